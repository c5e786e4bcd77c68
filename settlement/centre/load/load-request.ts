/** What a terminal sends to have a load signed, and how the centre keeps it. Amounts are yuan on the wire. */

import { z } from 'zod'
import { invariant } from '../../../base/invariant.ts'
import { ok, type Result } from '../../../base/result.ts'
import type { LoadPurpose } from '../../ledger/fact.ts'
import { formatFen, parseFen, type Fen } from '../../money/fen.ts'
import type { LoadOffer } from '../../payment/load-device.ts'
import { amountField } from '../../wire/fields.ts'
import { checkDocument, type InputProblem } from '../../wire/input-problem.ts'

export interface LoadAsk {
  readonly loadId: string
  readonly purpose: LoadPurpose
  readonly offer: LoadOffer
}

/** A card's amounts and serials have four and two bytes; its last serial takes no load any more. */
const LOAD_SERIAL_MAX = 0xfffe
const CARD_AMOUNT_MAX = 0xffff_ffff

const idField = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z-]{0,59}$/, 'must have 1 to 60 letters, digits and "-"')
const hexField = (digits: number) => z.string().regex(new RegExp(`^[0-9A-Fa-f]{${digits}}$`), `must be ${digits} hex digits`)
const onCard = (text: string): boolean => (parseFen(text) ?? Infinity) <= CARD_AMOUNT_MAX
const cardAmountField = amountField.refine(onCard, 'must be an amount that a card can hold, at most "42949672.95"')

const purposeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('refund'), settlementId: idField }),
  z.strictObject({ kind: z.literal('credit'), creditId: idField })
])

const offerSchema = z.strictObject({
  cardId: hexField(32),
  balance: cardAmountField,
  amount: cardAmountField.refine((text) => (parseFen(text) ?? 0) > 0, 'must be more than "0.00"'),
  loadSerial: z.int().min(0).max(LOAD_SERIAL_MAX),
  keyVersion: z.int().min(0).max(255),
  random: hexField(8),
  mac1: hexField(8),
  terminalNo: z.string().regex(/^\d{12}$/, 'must be 12 digits')
})

const askSchema = z.strictObject({ loadId: idField, purpose: purposeSchema, offer: offerSchema })
const voidSchema = z.strictObject({ loadId: idField })

export function parseLoadAsk(json: unknown): Result<LoadAsk, InputProblem[]> {
  const checked = checkDocument(askSchema, json)
  if (!checked.ok) return checked
  const { loadId, purpose, offer } = checked.value
  return ok({ loadId, purpose, offer: offerOf(offer) })
}

export function parseVoidAsk(json: unknown): Result<string, InputProblem[]> {
  const checked = checkDocument(voidSchema, json)
  return checked.ok ? ok(checked.value.loadId) : checked
}

/** Upper case, as item 01 and codes are everywhere in this house. */
const offerOf = (offer: z.output<typeof offerSchema>): LoadOffer => ({
  ...offer,
  cardId: offer.cardId.toUpperCase(),
  random: offer.random.toUpperCase(),
  mac1: offer.mac1.toUpperCase(),
  balance: fenIn(offer.balance),
  amount: fenIn(offer.amount)
})

function fenIn(text: string): Fen {
  const amount = parseFen(text)
  invariant(amount !== undefined, `"${text}" was checked to be an amount`)
  return amount
}

/** As it is kept, and as a terminal writes it. */
export const writeOffer = (offer: LoadOffer): z.output<typeof offerSchema> => ({
  ...offer,
  balance: formatFen(offer.balance),
  amount: formatFen(offer.amount)
})

/** Of a row that this file has written. */
export const readOffer = (text: string): LoadOffer => offerOf(offerSchema.parse(JSON.parse(text)))
export const readPurpose = (text: string): LoadPurpose => purposeSchema.parse(JSON.parse(text))
