/**
 * Every reason in words, in both languages: what is wrong, who can mend it, and what can be done today. What a reason says
 * is a fact; what follows from it is said by the verdict, because a place may give it another weight.
 */

import { formatFen } from '../money/fen.ts'
import { formatQuantity } from '../money/price.ts'
import type { Effect, Mender, Reason, ReasonKind } from './reason.ts'
import { HANDING_OVER_SAYINGS } from './say-handing-over.ts'
import { PAYMENT_SAYINGS } from './say-payment.ts'
import { PERSON_SAYINGS } from './say-person.ts'
import type { Cover, ItemVerdict, Payable } from './verdict.ts'
import { fill, type Sentence, type Words } from './words.ts'

export interface Saying {
  /** Who can mend it. */
  readonly by: Mender
  readonly what: Sentence
  /** null: there is nothing to mend. */
  readonly mend: Sentence | null
  /** Left out: what the effect leaves anyhow. */
  readonly today?: Sentence
}

export interface SaidReason {
  readonly what: Words
  readonly mend: Words | null
  readonly today: Words | null
}

const SAYINGS: Readonly<Record<ReasonKind, Saying>> = { ...PERSON_SAYINGS, ...HANDING_OVER_SAYINGS, ...PAYMENT_SAYINGS }

/** What is open to the person whatever the reason. */
const TODAY: Readonly<Record<Effect, Sentence | null>> = {
  forbids: ['今天不能售出', 'It cannot be sold today.'],
  'cash-only': ['今天付现金，保留发票以便事后报销', 'Pay cash today, and keep the invoice to claim afterwards.'],
  'own-money': ['今天可用个人账户或现金购买', 'Today it can be paid from the account or in cash.'],
  limits: ['超出部分用个人账户或现金支付', 'What is over is paid from the account or in cash.'],
  asks: ['核实后即可继续', 'It goes on when that is clear.'],
  note: null
}

type Leaves = Pick<ItemVerdict, 'cover' | 'accountMayPay'>

/** What a lighter reason leaves open today a weightier one may have closed: nobody buys with own money what may not be sold. */
const isOpenToday = (effect: Effect, { cover, accountMayPay }: Leaves): boolean =>
  cover === 'forbidden' ? effect === 'forbids' : accountMayPay || effect === 'cash-only' || effect === 'asks'

/** `verdict`: that the reason is told with. */
export function sayReason({ kind, effect, values }: Reason, verdict?: Leaves): SaidReason {
  const { what, mend, today } = SAYINGS[kind]
  const isOpen = effect !== 'note' && (verdict === undefined || isOpenToday(effect, verdict))
  const open = isOpen ? (today ?? TODAY[effect]) : null
  return {
    what: fill(what, values),
    mend: mend === null ? null : fill(mend, values),
    today: open === null ? null : fill(open, values)
  }
}

export const menderOf = (kind: ReasonKind): Mender => SAYINGS[kind].by

const COVER_WORDS: Readonly<Record<Cover, Words>> = {
  covered: { zh: '医保支付', en: 'Covered' },
  limited: { zh: '部分支付', en: 'Covered in part' },
  'own-money': { zh: '自费', en: 'Own money' },
  forbidden: { zh: '不得售出', en: 'May not be sold' }
}

/** One sentence: the light, and the reason that weighs most. */
export function sayVerdict({ cover, reasons, payable, accountMayPay }: ItemVerdict): Words {
  const head = cover === 'own-money' && !accountMayPay ? { zh: '只收现金', en: 'Cash only' } : COVER_WORDS[cover]
  const [first] = reasons
  const part = payable === undefined ? { zh: '', en: '' } : sayPayable(payable)
  const why = first === undefined ? undefined : fill(SAYINGS[first.kind].what, first.values)
  return {
    zh: `${head.zh}${part.zh}${why === undefined ? '' : `：${why.zh}`}`,
    en: `${head.en}${part.en}${why === undefined ? '.' : `: ${lowered(why.en)}`}`
  }
}

const sayPayable = (payable: Payable): Words => {
  switch (payable.of) {
    case 'quantity':
      return { zh: `（数量 ${formatQuantity(payable.quantity)}）`, en: ` (quantity ${formatQuantity(payable.quantity)})` }
    case 'amount':
      return { zh: `（${formatFen(payable.amount)} 元）`, en: ` (${formatFen(payable.amount)} yuan)` }
    default:
      return payable satisfies never
  }
}

/** A sentence behind a colon; a name or an abbreviation keeps its capital. */
const lowered = (sentence: string): string => (/^[A-Z][a-z ]/.test(sentence) ? `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}` : sentence)
