/**
 * Cards reported lost. A lost card answers like any other: only this list, which the insurance centre keeps, tells. Until a
 * centre is asked it is a file next to the terminal's ledger.
 */

import { z } from 'zod'
import type { Result } from '../../base/result.ts'
import { checkDocument, type InputProblem } from '../../settlement/wire/input-problem.ts'

const lostCardsSchema = z.strictObject({
  note: z.string().optional(),
  cards: z.array(
    z.strictObject({
      card_id: z.string().regex(/^[0-9A-F]{32}$/, 'must be the 32 hexadecimal digits of the card identification code'),
      /** temporary: by telephone; formal: in person, which also starts a replacement. */
      reported: z.enum(['temporary', 'formal'])
    })
  )
})

export type LostReport = 'temporary' | 'formal'
export type LostCards = ReadonlyMap<string, LostReport>

export const NO_LOST_CARDS: LostCards = new Map()

export function parseLostCards(json: unknown): Result<LostCards, InputProblem[]> {
  const document = checkDocument(lostCardsSchema, json)
  if (!document.ok) return document
  return { ok: true, value: new Map(document.value.cards.map((card) => [card.card_id, card.reported])) }
}
