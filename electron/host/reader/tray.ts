/**
 * The tray beside the reader: the fixture cards. Each is issued when it is first put in, and then keeps what happens to it:
 * balance, tries, log. Its file is the chip.
 */

import { existsSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Personalisation } from '../../../card/chip/personalisation/schema.ts'
import type { Entropy } from '../../../card/ports.ts'
import type { TrayCard } from '../../contract/reader-view.ts'
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
  readonly #cards = new Map<string, Personalisation>()
  readonly #titles: Readonly<Record<string, string>>

  private constructor(options: TrayOptions, titles: Readonly<Record<string, string>>) {
    this.#options = options
    this.#titles = titles
  }

  static open(options: TrayOptions): Result<Tray, FileProblem> {
    const titles = readTitles(options.fixtures)
    if (!titles.ok) return titles
    const tray = new Tray(options, titles.value)
    mkdirSync(options.folder, { recursive: true })
    for (const id of inOrder(jsonFiles(join(options.fixtures, 'cards')), Object.keys(titles.value))) {
      const card = readPersonalisation(join(options.fixtures, 'cards', `${id}.json`))
      if (!card.ok) return card
      tray.#cards.set(id, card.value)
    }
    return ok(tray)
  }

  cards(inserted: string | undefined): TrayCard[] {
    return [...this.#cards].map(([id, card]) => ({
      id,
      title: { zh: this.#titles[id] ?? id, en: card.description ?? id },
      version: 'version' in card ? card.version : '',
      kind: card.kind,
      inserted: id === inserted
    }))
  }

  /** The chip's file, made now if it was never in the reader. */
  async file(id: string): Promise<Result<string, TrayRefusal>> {
    const personalisation = this.#cards.get(id)
    if (personalisation === undefined) return refuse({ kind: 'unknown-card', card: id })
    const { fixtures, folder, entropy, today } = this.#options
    const out = join(folder, `${id}.card`)
    if (existsSync(out)) return ok(out)
    const issuer = readIssuer(fixtures)
    if (!issuer.ok) return refuse({ kind: 'file', problem: issuer.error })
    const from = join(fixtures, 'cards', `${id}.json`)
    const issued = await issueCard({ from, personalisation, issuer: issuer.value, out, entropy, today: today() })
    return issued.ok ? ok(out) : refuse({ kind: 'not-issued', refusal: issued.error })
  }

  register(): Result<CardRegister, FileProblem> {
    return readCardRegister(join(this.#options.folder, 'any.card'))
  }

  /** The PIN that a fixture card is issued with, visibly fake; undefined where it has none. */
  issuedPin(id: string): string | undefined {
    const card = this.#cards.get(id)
    return card?.kind === 'social-security' ? card.pin.value : undefined
  }
}

/** As the titles stand: cards that work first. A card without a title comes last. */
function inOrder(files: readonly string[], titled: readonly string[]): string[] {
  const ids = files.map((file) => basename(file, '.json'))
  return [...titled.filter((id) => ids.includes(id)), ...ids.filter((id) => !titled.includes(id))]
}

const titlesSchema = z.record(z.string(), z.string())

/** The fixtures describe themselves in English; this is the same in a cashier's words. */
const readTitles = (fixtures: string): Result<Readonly<Record<string, string>>, FileProblem> =>
  readDocument(join(fixtures, 'tray', 'titles.json'), 'tray titles', (json) => checkDocument(titlesSchema, json))
