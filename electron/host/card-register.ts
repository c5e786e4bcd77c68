/**
 * What only the back office knows of a card: reported lost, not activated yet. The card itself answers like any other.
 * Until a centre is asked it is a file, `card-register.json`, which belongs to a folder of cards.
 */

import { z } from 'zod'
import { ok, type Result } from '../../base/result.ts'
import { checkDocument, type InputProblem } from '../../settlement/wire/input-problem.ts'

const registerSchema = z.strictObject({
  cards: z.array(
    z.strictObject({
      card_id: z.string().regex(/^[0-9A-F]{32}$/, 'must be the 32 hexadecimal digits of the card identification code'),
      /** temporary: by telephone; formal: in person, which also starts a replacement. */
      lost: z.enum(['temporary', 'formal']).optional(),
      activated: z.boolean().default(true)
    })
  )
})

export type RegisteredCard = z.output<typeof registerSchema>['cards'][number]

/** By card identification code. A card that is not in it is in order. */
export type CardRegister = ReadonlyMap<string, RegisteredCard>

export const EMPTY_REGISTER: CardRegister = new Map()

export function parseCardRegister(json: unknown): Result<CardRegister, InputProblem[]> {
  const document = checkDocument(registerSchema, json)
  return document.ok ? ok(new Map(document.value.cards.map((card) => [card.card_id, card]))) : document
}

export const registerDocument = (register: CardRegister): unknown => ({ cards: [...register.values()] })
