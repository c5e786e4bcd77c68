/** Everything that is written or said by the programs passes here once: logs, answers, bodies, and in the end the files. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unpacked } from './batch-body.ts'
import type { Findings } from './failure.ts'
import { SecretSearch } from './secrets.ts'
import type { AuditView, Observation } from './view.ts'
import { readChip } from './chip-image.ts'

/** The first PIN of every card is public, and stands in examples. */
const FIRST_PINS: ReadonlySet<string> = new Set(['123456', '1234'])
/** As a wrong PIN is only worth looking for where no clock and no amount looks like it. */
const TYPED = /^(?:[7-9]\d{5}|\d{9,12})$/
/** Different ones: 999999 is a division, 888888 a guess, and a card without a PIN of its own has 000000. */
const DIGITS_MIN = 4
/** Databases are looked at by themselves; a till's own key stands in a file of its own. */
const NOT_READ = /\.db(-\w+)?$|key|-writer$/
/** Its answer is a PIN. */
const FIXTURE_PIN = 'reader.fixture-pin'

export class SecretWatch {
  readonly #view: AuditView
  readonly #findings: Findings
  readonly #search: SecretSearch
  readonly #pins = new Set<string>()
  readonly #cardNumbers = new Set<string>()

  constructor(view: AuditView, findings: Findings) {
    this.#view = view
    this.#findings = findings
    this.#search = new SecretSearch(view.keys ?? [])
    for (const card of view.cards) {
      const chip = readChip(card.image())
      for (const number of [chip?.cardId, chip?.cardNumber]) if (number !== undefined && number !== '') this.#cardNumbers.add(number)
    }
  }

  told(observation: Observation): void {
    switch (observation.kind) {
      case 'log-line':
      case 'support-line':
        return this.#text(`a ${observation.kind}`, observation.line, this.#cardNumbers)
      case 'window-asked':
        return this.#learn(observation.params)
      case 'window-answer':
        if (observation.name === FIXTURE_PIN) return
        return this.#text(`the answer to ${observation.name}`, JSON.stringify(observation.answer) ?? '', NONE)
      case 'window-event':
        return this.#text('an event', JSON.stringify(observation.event) ?? '', NONE)
      case 'http-request':
        return this.#bytes(`a request for ${observation.path}`, observation.body)
      case 'http-answered':
        return this.#bytes('an answer of the centre', observation.body)
      default:
    }
  }

  /** With the logs that SQLite keeps beside them. */
  checkFiles(paths: readonly string[]): void {
    for (const path of paths.flatMap((one) => [one, `${one}-wal`]).filter((one) => existsSync(one))) this.#bytes(`a page of ${path.split('/').at(-1)}`, readFileSync(path))
  }

  /** Whatever else a program has left beside its ledger. */
  checkFolders(folders: readonly string[]): void {
    for (const folder of folders.filter((one) => existsSync(one))) {
      for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
        if (!entry.isFile() || NOT_READ.test(entry.name)) continue
        this.#bytes(`file ${entry.name}`, readFileSync(join(entry.parentPath, entry.name)))
      }
    }
  }

  #known(): ReadonlySet<string> {
    for (const { pin } of this.#view.cards) if (!FIRST_PINS.has(pin) && new Set(pin).size >= DIGITS_MIN) this.#pins.add(pin)
    return this.#pins
  }

  #learn(params: unknown): void {
    if (typeof params !== 'object' || params === null) return
    for (const name of ['pin', 'from', 'to']) {
      const typed: unknown = (params as Readonly<Record<string, unknown>>)[name]
      if (typeof typed === 'string' && TYPED.test(typed) && new Set(typed).size >= DIGITS_MIN) this.#pins.add(typed)
    }
  }

  #text(where: string, text: string, cardNumbers: ReadonlySet<string>): void {
    const found = this.#search.inText(text, { pins: this.#known(), cardNumbers })
    this.#findings.expect('nothing-secret', found === undefined, () => `${found} stands in ${where}`)
  }

  #bytes(where: string, body: Uint8Array | undefined): void {
    if (body === undefined || body.length === 0) return
    const found = this.#search.inBytes(unpacked(body), this.#known())
    this.#findings.expect('nothing-secret', found === undefined, () => `${found} stands in ${where}`)
  }
}

const NONE: ReadonlySet<string> = new Set()
