/** What the cashier must know of a card before anything is typed. Those that block are the ones a settlement would refuse. */

import type { CardWarning } from '../../contract/card-view.ts'
import type { Text } from '../../contract/text.ts'
import type { CardIdentity } from '../../../card/session/identity.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { CardRegister } from '../card-register.ts'
import { unfitCard } from '../patient.ts'
import { refusalView } from '../refusal/refusal-view.ts'

export interface CardFindings {
  readonly identity: CardIdentity
  readonly register: CardRegister
  /** The centre has nobody of the holder's number. */
  readonly isUnknown: boolean
  /** Why no rules hold for the holder at this institution today. */
  readonly unruled: CounterRefusal | undefined
  /** 0 is locked; null: the card does not tell. */
  readonly triesLeft: number | null
  readonly firstPin: boolean
  /** Batches of the centre's that bring facts which the ledger has lost. */
  readonly lostBatches: number | undefined
  /** A hold or a load of this card is open. */
  readonly inDoubt: boolean
}

export const cardWarnings = (findings: CardFindings): CardWarning[] => [
  ...blockers(findings).map(({ kind, refusal }) => ({ kind, blocks: true, refusal: refusalView(refusal) })),
  ...(findings.triesLeft === 1 ? [{ kind: 'last-try', blocks: false, refusal: LAST_TRY } as const] : []),
  ...(findings.inDoubt ? [{ kind: 'in-doubt', blocks: false, refusal: IN_DOUBT } as const] : [])
]

interface Blocker {
  readonly kind: CardWarning['kind']
  readonly refusal: CounterRefusal
}

/** Why nothing is settled with this card, the weightiest first. */
function blockers({ identity, register, isUnknown, unruled, triesLeft, firstPin, lostBatches }: CardFindings): Blocker[] {
  const found: Blocker[] = []
  if (lostBatches !== undefined) found.push({ kind: 'ledger-older', refusal: { kind: 'ledger-older', batches: lostBatches } })
  const unfit = unfitCard(identity, register)
  if (unfit !== undefined) found.push({ kind: UNFIT[unfit.kind] ?? 'lost', refusal: unfit })
  if (isUnknown) found.push({ kind: 'person-unknown', refusal: { kind: 'person-unknown' } })
  if (unruled !== undefined) found.push({ kind: unruled.kind === 'other-region' ? 'other-region' : 'no-rules', refusal: unruled })
  if (triesLeft === 0) found.push({ kind: 'pin-locked', refusal: { kind: 'pin-locked' } })
  if (firstPin) found.push({ kind: 'first-pin', refusal: { kind: 'first-pin-unchanged' } })
  return found
}

/** Of the reasons why nothing is settled, the first one that counts where `excused` does not. */
export const firstBlocking = (findings: CardFindings, excused?: CounterRefusal['kind']): CounterRefusal | undefined =>
  blockers(findings).find(({ refusal }) => refusal.kind !== excused)?.refusal

const UNFIT: Readonly<Record<string, CardWarning['kind']>> = { 'card-lost': 'lost', 'card-not-activated': 'not-activated', 'card-expired': 'expired' }

const text = (zh: string, en: string): Text => ({ zh, en })

const LAST_TRY = {
  kind: 'last-try',
  blame: 'refusal',
  what: text('密码只剩最后一次，再错将锁卡', 'one try is left: a wrong PIN locks the card'),
  mend: text('忘记密码的请不要再试，持卡和身份证到社保服务窗口重置', 'who has forgotten it stops here and has it reset at the service window with card and ID'),
  today: null
} as const

const IN_DOUBT = {
  kind: 'card-in-doubt',
  blame: 'refusal',
  what: text('这张卡有一笔存疑的结算或圈存尚未查清', 'a settlement or a load of this card is still in doubt'),
  mend: text('请持卡人输入密码，由卡内记录查清', "the holder types the PIN, and the card's own log decides"),
  today: null
} as const
