/**
 * A simulated card made from its personalisation by the test issuer: the chip as a file, and what no chip knows - reported
 * lost, not activated - in the register of its folder.
 */

import { existsSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ok, refuse, type Result } from '../../base/result.ts'
import { parsePersonalisation } from '../../card/chip/personalisation/parse.ts'
import { personalise } from '../../card/chip/personalisation/personalise.ts'
import type { Personalisation } from '../../card/chip/personalisation/schema.ts'
import type { IssuerKeys } from '../../card/issuer/issuer-keys.ts'
import type { Entropy } from '../../card/ports.ts'
import { VirtualReader } from '../../card/reader/virtual/virtual-reader.ts'
import { detectCard, type OpenRefusal } from '../../card/session/open-card-session.ts'
import { EMPTY_REGISTER, parseCardRegister, registerDocument, type CardRegister } from './card-register.ts'
import { createChipFile, type ChipFileRefusal, type CreateRefusal } from './chip-file.ts'
import { noFault } from './fault-point.ts'
import { badDocument, readDocument } from './files/document.ts'
import type { FileProblem } from './files/file-problem.ts'
import { openCardFile } from './terminal-hardware.ts'

export interface IssueRequest {
  /** Names the personalisation in problems: its file. */
  readonly from: string
  readonly personalisation: Personalisation
  readonly issuer: IssuerKeys
  /** Where the chip goes; a file that is there already is never overwritten. */
  readonly out: string
  readonly entropy: Entropy
  /** YYYY-MM-DD. */
  readonly today: string
}

export type IssueRefusal =
  | { readonly kind: 'file'; readonly problem: FileProblem }
  | { readonly kind: 'create'; readonly refusal: CreateRefusal }
  | { readonly kind: 'chip'; readonly refusal: ChipFileRefusal }
  | { readonly kind: 'card'; readonly refusal: OpenRefusal }

export interface IssuedCard {
  /** Size of the chip's memory. */
  readonly bytes: number
  /** Whether the register now says something about it. */
  readonly registered: boolean
}

/** An invalid personalisation is described field by field; a PIN or key in it is never repeated. */
export const readPersonalisation = (path: string): Result<Personalisation, FileProblem> =>
  readDocument(path, 'personalisation', (json) => {
    const card = parsePersonalisation(json)
    return card.ok ? card : { ok: false, error: card.error.problems }
  })

export async function issueCard(request: IssueRequest): Promise<Result<IssuedCard, IssueRefusal>> {
  const image = personalise(request.personalisation, request.issuer)
  if (!image.ok) return refuse({ kind: 'file', problem: badDocument(request.from, 'personalisation', image.error.problems).error })
  const created = createChipFile(request.out, image.value)
  if (!created.ok) return refuse({ kind: 'create', refusal: created.error })
  const registered = await registerCard(request)
  return registered.ok ? ok({ bytes: image.value.length, registered: registered.value }) : registered
}

export const registerPath = (card: string): string => join(dirname(card), 'card-register.json')

export function readCardRegister(card: string): Result<CardRegister, FileProblem> {
  const path = registerPath(card)
  return existsSync(path) ? readDocument(path, 'card register', parseCardRegister) : ok(EMPTY_REGISTER)
}

async function registerCard({ personalisation, out, entropy, today }: IssueRequest): Promise<Result<boolean, IssueRefusal>> {
  if (personalisation.kind !== 'social-security') return ok(false)
  const { lost, activated } = personalisation.backOffice
  const isInOrder = lost === undefined && activated
  const register = readCardRegister(out)
  if (!register.ok) return refuse({ kind: 'file', problem: register.error })
  if (isInOrder && register.value.size === 0) return ok(false)
  const cardId = await identificationCode(out, entropy, today)
  if (!cardId.ok) return cardId
  const cards = new Map(register.value)
  // A new card of a known number replaces what was said of the old one.
  cards.delete(cardId.value)
  if (!isInOrder) cards.set(cardId.value, { card_id: cardId.value, activated, ...(lost === undefined ? {} : { lost }) })
  writeFileSync(registerPath(out), `${JSON.stringify(registerDocument(cards), undefined, 2)}\n`)
  return ok(!isInOrder)
}

async function identificationCode(path: string, entropy: Entropy, today: string): Promise<Result<string, IssueRefusal>> {
  const file = openCardFile(path, entropy, noFault)
  if (!file.ok) return refuse({ kind: 'chip', refusal: file.error })
  const reader = new VirtualReader('card issuing')
  reader.insert(file.value.chip)
  try {
    const identity = await detectCard({ reader, entropy, today })
    return identity.ok ? ok(identity.value.identificationCode) : refuse({ kind: 'card', refusal: identity.error })
  } finally {
    reader.remove()
    file.value.close()
  }
}
