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
  /** Why no rules hold for the holder at this institution today. */
  readonly unruled: CounterRefusal | undefined
  /** 0 is locked; null: the card does not tell. */
  readonly triesLeft: number | null
  readonly firstPin: boolean
  /** A hold of this card is open. */
  readonly inDoubt: boolean
}

export function cardWarnings(findings: CardFindings): CardWarning[] {
  const { identity, register, unruled, triesLeft, firstPin, inDoubt } = findings
  const warnings: CardWarning[] = []
  const unfit = unfitCard(identity, register)
  if (unfit !== undefined) warnings.push({ kind: UNFIT[unfit.kind] ?? 'lost', blocks: true, refusal: refusalView(unfit) })
  if (unruled !== undefined) {
    warnings.push({ kind: unruled.kind === 'other-region' ? 'other-region' : 'no-rules', blocks: true, refusal: refusalView(unruled) })
  }
  if (triesLeft === 0) warnings.push({ kind: 'pin-locked', blocks: true, refusal: refusalView({ kind: 'pin-locked' }) })
  if (triesLeft === 1) warnings.push({ kind: 'last-try', blocks: false, refusal: LAST_TRY })
  if (firstPin) warnings.push({ kind: 'first-pin', blocks: true, refusal: refusalView({ kind: 'first-pin-unchanged' }) })
  if (inDoubt) warnings.push({ kind: 'in-doubt', blocks: false, refusal: IN_DOUBT })
  return warnings
}

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
  what: text('这张卡有一笔存疑结算尚未查清', 'a settlement of this card is still in doubt'),
  mend: text('请持卡人输入密码，由卡内记录查清', "the holder types the PIN, and the card's own log decides"),
  today: null
} as const
