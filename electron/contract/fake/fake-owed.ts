/** What refunds still owe to a card of the tray. */

import type { OwedView } from '../card-view.ts'
import type { World } from './fake-world.ts'

export function owedTo(world: World, card: string | null): readonly OwedView[] {
  const mine = world.statements.filter(({ settlementId }) => card !== null && world.debitedCards.get(settlementId) === card)
  return mine.flatMap(({ settlementId, visit, refund }): OwedView[] =>
    refund === null || refund.owedToCard === '0.00'
      ? []
      : [
          {
            owed: settlementId,
            purpose: 'refund',
            amount: refund.owedToCard,
            reason: { zh: `${visit.visitNo}已退费`, en: `${visit.visitNo} was refunded` }
          }
        ]
  )
}
