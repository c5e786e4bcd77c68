/**
 * The tray beside the reader: the fixture cards. Each is issued when it is first put in, and then keeps what happens to it:
 * balance, tries, log. Its file is the chip.
 */

import { existsSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Entropy } from '../../../card/ports.ts'
import type { TrayCard } from '../../contract/reader-view.ts'
import type { Text } from '../../contract/text.ts'
import type { CardRegister } from '../card-register.ts'
import { checkDocument } from '../../../settlement/wire/input-problem.ts'
import { jsonFiles, readIssuer } from '../files/delivered.ts'
import { readDocument } from '../files/document.ts'
import type { FileProblem } from '../files/file-problem.ts'
import { issueCard, readCardRegister, readPersonalisation, type IssueRefusal } from '../issue-card.ts'

export type TrayRefusal =
  | { readonly kind: 'unknown-card'; readonly card: string }
  | { readonly kind: 'file'; readonly problem: FileProblem }
  | { readonly kind: 'not-issued'; readonly refusal: IssueRefusal }

export interface TrayOptions {
  readonly fixtures: string
  /** Folder of the chips that were issued. */
  readonly folder: string
  readonly entropy: Entropy
  readonly today: () => string
}

export class Tray {
  readonly #options: TrayOptions
  readonly #cards = new Map<string, Label>()
  readonly #titles: Readonly<Record<string, Text>>

  private constructor(options: TrayOptions, titles: Readonly<Record<string, Text>>) {
    this.#options = options
    this.#titles = titles
  }

  static open(options: TrayOptions): Result<Tray, FileProblem> {
    const titles = readTitles(options.fixtures)
    if (!titles.ok) return titles
    const tray = new Tray(options, titles.value)
    mkdirSync(options.folder, { recursive: true })
    for (const id of inOrder(jsonFiles(join(options.fixtures, 'cards')), Object.keys(titles.value))) {
      const label = readDocument(join(options.fixtures, 'cards', `${id}.json`), 'personalisation', (json) => checkDocument(labelSchema, json))
      if (!label.ok) return label
      tray.#cards.set(id, label.value)
    }
    return ok(tray)
  }

  cards(inserted: string | undefined): TrayCard[] {
    return [...this.#cards].map(([id, card]) => ({
      id,
      title: this.#titles[id] ?? { zh: id, en: card.description ?? id },
      version: card.version ?? '',
      kind: card.kind,
      inserted: id === inserted
    }))
  }

  /** The chip's file, made now if it was never in the reader. */
  async file(id: string): Promise<Result<string, TrayRefusal>> {
    if (!this.#cards.has(id)) return refuse({ kind: 'unknown-card', card: id })
    const { fixtures, folder, entropy, today } = this.#options
    const out = join(folder, `${id}.card`)
    if (existsSync(out)) return ok(out)
    const personalisation = readPersonalisation(this.#source(id))
    if (!personalisation.ok) return refuse({ kind: 'file', problem: personalisation.error })
    const issuer = readIssuer(fixtures)
    if (!issuer.ok) return refuse({ kind: 'file', problem: issuer.error })
    const request = { from: this.#source(id), personalisation: personalisation.value, issuer: issuer.value }
    const issued = await issueCard({ ...request, out, entropy, today: today() })
    return issued.ok ? ok(out) : refuse({ kind: 'not-issued', refusal: issued.error })
  }

  register(): Result<CardRegister, FileProblem> {
    return readCardRegister(join(this.#options.folder, 'any.card'))
  }

  /** The PIN that a fixture card is issued with, visibly fake; undefined where it has none. */
  issuedPin(id: string): string | undefined {
    if (!this.#cards.has(id)) return undefined
    const card = readPersonalisation(this.#source(id))
    return card.ok && card.value.kind === 'social-security' ? card.value.pin.value : undefined
  }

  #source(id: string): string {
    return join(this.#options.fixtures, 'cards', `${id}.json`)
  }
}

/** As the titles stand: cards that work first. A card without a title comes last. */
function inOrder(files: readonly string[], titled: readonly string[]): string[] {
  const ids = files.map((file) => basename(file, '.json'))
  return [...titled.filter((id) => ids.includes(id)), ...ids.filter((id) => !titled.includes(id))]
}

/** What stands on a card in the tray; whether it can be issued is found out when it is put in. */
const labelSchema = z.object({
  kind: z.enum(['social-security', 'bank', 'blank']),
  version: z.string().optional(),
  description: z.string().optional()
})
type Label = z.output<typeof labelSchema>

const titlesSchema = z.record(z.string(), z.strictObject({ zh: z.string(), en: z.string() }))

/** The fixtures describe themselves at length; this is what fits on a card in the tray. */
const readTitles = (fixtures: string): Result<Readonly<Record<string, Text>>, FileProblem> =>
  readDocument(join(fixtures, 'tray', 'titles.json'), 'tray titles', (json) => checkDocument(titlesSchema, json))
