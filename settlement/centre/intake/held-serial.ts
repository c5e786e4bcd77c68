/**
 * GET /v1/holds/:sequence: whether another settlement is booked under the serial that an open hold's debit would have used. A card
 * gives each serial to one purchase, so that debit never happened, however little its card can still prove of it.
 *
 * Told of holds that the asking terminal has sent, and only when: who used the serial, and where, is the person's own business.
 */

import type { FastifyInstance } from 'fastify'
import { writeHeldSerial } from '../../batch/answer.ts'
import type { HeldSerial } from '../../batch/batch.ts'
import { serialOfDebit } from '../../payment/payment-device.ts'
import type { CentrePorts } from '../ports.ts'
import { ChainCopy } from '../record/chain-copy.ts'
import { callerOf } from '../serve/caller.ts'
import { FACT_NUMBER, numberInAddress } from '../serve/number-in-address.ts'
import { refusal, sendRefusal } from '../serve/refusal.ts'
import type { CentreQueries } from '../store/centre-database.ts'

const SEQUENCE = { path: 'sequence', pattern: FACT_NUMBER, what: 'the number of a fact, from 1' }

export function registerHeldSerials(app: FastifyInstance, { database }: Pick<CentrePorts, 'database'>): void {
  app.get('/v1/holds/:sequence', async (request, reply) => {
    const asked = numberInAddress(request.params, SEQUENCE)
    if (!asked.ok) return sendRefusal(reply, asked.error)
    const sequence = asked.value
    const held = await heldSerial(database.db, callerOf(request).terminal.terminal, sequence)
    return held === undefined
      ? sendRefusal(reply, refusal(404, 'hold-unknown', `sequence: the centre was sent no hold as fact ${sequence} of this terminal`))
      : writeHeldSerial(held)
  })
}

/** undefined: the terminal has sent no hold under that number. */
export async function heldSerial(db: CentreQueries, terminal: string, sequence: number): Promise<HeldSerial | undefined> {
  const kept = await new ChainCopy(db).fact(terminal, sequence)
  if (kept?.fact.kind !== 'hold') return undefined
  const { settlementId, intent } = kept.fact
  const used = await db
    .selectFrom('card')
    .innerJoin('settlement', 'settlement.card_ref', 'card.card_ref')
    .select('setl_time')
    .where('card_id', '=', intent.cardId)
    .where('card_serial', '=', serialOfDebit(intent))
    .where('medins_setl_id', '!=', settlementId)
    .executeTakeFirst()
  return { sequence, usedAt: used?.setl_time }
}
