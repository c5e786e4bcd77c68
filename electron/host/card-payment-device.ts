/** The settlement's payment device, made of a card session: the same shapes, amounts asserted to be fen on the way. */

import { never } from '../../base/invariant.ts'
import { ok, refuse } from '../../base/result.ts'
import { AMOUNT_MAX_FEN } from '../../card/command/purse.ts'
import type { CardSession } from '../../card/session/card-session.ts'
import type * as card from '../../card/session/debit-intent.ts'
import { fen, type Fen } from '../../settlement/money/fen.ts'
import type { DebitEvidence, DebitIntent, DeviceRefusal, PaymentDevice } from '../../settlement/payment/payment-device.ts'

export const cardPaymentDevice = (session: CardSession): PaymentDevice => ({
  initialise: async (amounts, time) => {
    const tooLarge = [amounts.account, amounts.own, amounts.pooled].find((amount) => amount > AMOUNT_MAX_FEN)
    if (tooLarge !== undefined) return refuse({ kind: 'amount-too-large', amount: tooLarge, max: fen(AMOUNT_MAX_FEN) })
    const intent = await session.initialiseDebit({ amounts, time })
    return intent.ok ? ok(intentOf(intent.value)) : refuse(refusalOf(intent.error))
  },
  debit: async (intent) => {
    const outcome = await session.debit(intent)
    switch (outcome.kind) {
      case 'debited':
        return { kind: 'debited', evidence: evidenceOf(outcome.evidence) }
      case 'not-debited':
        return { kind: 'not-debited', refusal: refusalOf(outcome.refusal) }
      case 'unknown':
        return outcome
      default:
        return never(outcome)
    }
  },
  resolve: async (intent, proved) => {
    const resolution = await session.resolveDebit(intent, proved)
    return resolution.kind === 'debited' ? { kind: 'debited', evidence: evidenceOf(resolution.evidence) } : resolution
  }
})

const fenOrUnknown = (amount: number | undefined): Fen | undefined => (amount === undefined ? undefined : fen(amount))

const intentOf = (intent: card.DebitIntent): DebitIntent => ({
  ...intent,
  balanceBefore: fenOrUnknown(intent.balanceBefore),
  amounts: { account: fen(intent.amounts.account), own: fen(intent.amounts.own), pooled: fen(intent.amounts.pooled) }
})

const evidenceOf = ({ source, tac, mac2, serialAfter, balanceAfter }: card.DebitEvidence): DebitEvidence => ({
  source,
  tac,
  mac2,
  serialAfter,
  balanceAfter: fenOrUnknown(balanceAfter)
})

const refusalOf = (refusal: card.DebitRefusal): DeviceRefusal =>
  refusal.kind === 'insufficient-balance'
    ? { kind: 'insufficient-balance', balance: fenOrUnknown(refusal.balance), asked: fen(refusal.asked) }
    : refusal
