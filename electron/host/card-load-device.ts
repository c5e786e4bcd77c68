/** The settlement's load device, made of a card session: the same shapes, amounts asserted to be fen on the way. */

import { never } from '../../base/invariant.ts'
import { ok, refuse } from '../../base/result.ts'
import { AMOUNT_MAX_FEN } from '../../card/command/purse.ts'
import type { CardSession } from '../../card/session/card-session.ts'
import type * as card from '../../card/session/load-intent.ts'
import { fen } from '../../settlement/money/fen.ts'
import type { LoadDevice, LoadEvidence, LoadOffer } from '../../settlement/payment/load-device.ts'

export const cardLoadDevice = (session: CardSession): LoadDevice => ({
  initialise: async ({ amount }) => {
    if (amount > AMOUNT_MAX_FEN) return refuse({ kind: 'amount-too-large', amount, max: fen(AMOUNT_MAX_FEN) })
    const offer = await session.initialiseLoad(amount)
    return offer.ok ? ok(offerOf(offer.value)) : offer
  },
  credit: async (intent) => {
    const outcome = await session.creditLoad(intent)
    switch (outcome.kind) {
      case 'loaded':
        return { kind: 'loaded', evidence: evidenceOf(outcome.evidence) }
      case 'not-loaded':
      case 'unknown':
        return outcome
      default:
        return never(outcome)
    }
  },
  resolve: async (intent) => {
    const resolution = await session.resolveLoad(intent)
    return resolution.kind === 'loaded' ? { kind: 'loaded', evidence: evidenceOf(resolution.evidence) } : resolution
  }
})

const offerOf = (offer: card.LoadOffer): LoadOffer => ({ ...offer, balance: fen(offer.balance), amount: fen(offer.amount) })

const evidenceOf = ({ source, tac, serialAfter, balanceAfter }: card.LoadEvidence): LoadEvidence => ({
  source,
  tac,
  serialAfter,
  balanceAfter: balanceAfter === undefined ? undefined : fen(balanceAfter)
})
