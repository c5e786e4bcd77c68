/** What the desk itself refuses before card, rules or ledger are asked: an old revision, no card, a PIN that is none. */

import { never } from '../../../base/invariant.ts'
import { PIN_DIGITS_MAX, PIN_DIGITS_MIN, type PinFormatRefusal } from '../../../card/secret/pin.ts'
import type { RefundRefusal } from '../../../settlement/case/refund-settlement.ts'
import type { InputProblem } from '../../../settlement/wire/input-problem.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import type { Text } from '../../contract/text.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { RecordRefusal } from '../records/recorded-visit.ts'
import { MEND } from '../refusal/advice.ts'
import { problemsAnswers } from '../refusal/bill.ts'
import { doneNotShownView, type DoneNotShown } from '../refusal/done-not-shown.ts'
import { recordRefusalView } from '../refusal/refund.ts'
import { refusalView } from '../refusal/refusal-view.ts'
import { syncRefusalView, type SyncRefusal } from '../sync/sync-refusal.ts'
import { driverRefusalView, type DriverRefusal } from '../driver-api/driver-refusal.ts'
import { saleRefusalView, type SaleRefusal } from '../sale/sale-refusal.ts'
import { closeRefusalView, type CloseDeskRefusal } from '../close/close-refusal.ts'
import { aboutPad, type PadRefusal } from './pad-refusal.ts'

export type DeskRefusal =
  | { readonly kind: 'no-bill' }
  | { readonly kind: 'bill-stale'; readonly stated: number; readonly now: number }
  | { readonly kind: 'bill-empty' }
  /** Made by hand while another person's card was there. */
  | { readonly kind: 'bill-of-another'; readonly name: string }
  | { readonly kind: 'line-unknown'; readonly line: string }
  /** A settlement is under way: nothing on the screen may change under it. */
  | { readonly kind: 'settling' }
  | { readonly kind: 'no-card' }
  /** Another card, or the same one put in again, since the screen was drawn. */
  | { readonly kind: 'card-changed' }
  | { readonly kind: 'pin-not-given' }
  | { readonly kind: 'last-try-unconfirmed' }
  | { readonly kind: 'pin-malformed'; readonly refusal: PinFormatRefusal }
  | { readonly kind: 'pin-unchanged' }
  /** Everybody knows the PIN that cards are issued with. */
  | { readonly kind: 'first-pin-refused' }
  /** The new PIN is on the card, which has left, or fallen silent, since. */
  | { readonly kind: 'pin-changed-card-gone' }
  | { readonly kind: 'not-on-card'; readonly item: string }
  /** Nothing of that name waits for this card. */
  | { readonly kind: 'owed-unknown'; readonly owed: string }
  /** `cause` is the file problem's or the parser's name for it, `detail` its own words. */
  | { readonly kind: 'visit-not-readable'; readonly cause: string; readonly detail: string }
  | { readonly kind: 'visit-invalid'; readonly problems: readonly InputProblem[] }
  | { readonly kind: 'visit-gone'; readonly file: string }
  | { readonly kind: 'amount-malformed'; readonly field: AmountField; readonly value: string }
  | { readonly kind: 'received-too-little'; readonly due: string; readonly received: string }
  /** `detail` null: the tray has none of that name. */
  | { readonly kind: 'card-not-insertable'; readonly card: string; readonly detail: string | null }
  | { readonly kind: 'no-fixture-pin'; readonly card: string }
  /** Tray, faults and pace belong to the simulated reader, and another one serves. */
  | { readonly kind: 'not-simulated' }
  /** till.json cannot be written. */
  | { readonly kind: 'reader-not-remembered'; readonly detail: string }
  /** Of a reader with keys of its own. */
  | PadRefusal
  /** Of the centre: connecting, trying, a parked entry. */
  | { readonly kind: 'sync'; readonly refusal: SyncRefusal }
  /** Of the day close. */
  | { readonly kind: 'close'; readonly refusal: CloseDeskRefusal }
  /** Of other programs that use the card. */
  | { readonly kind: 'driver'; readonly refusal: Exclude<DriverRefusal, { kind: 'pin-malformed' }> }
  /** Of a pharmacy's sale. */
  | { readonly kind: 'sale'; readonly refusal: SaleRefusal }
  /** Of the records: unknown, in doubt, refunded already. */
  | { readonly kind: 'record'; readonly refusal: RecordRefusal | RefundRefusal }
  | DoneNotShown

const text = (zh: string, en: string): Text => ({ zh, en })

const NOTHING_CHARGED = text('本次未扣款', 'nothing was charged')

/** A record, so that a new kind that is forgotten here does not compile. */
const OWN_KINDS: Readonly<Record<DeskRefusal['kind'], true>> = {
  'no-bill': true,
  'bill-stale': true,
  'bill-empty': true,
  'bill-of-another': true,
  'line-unknown': true,
  settling: true,
  'no-card': true,
  'card-changed': true,
  'pin-not-given': true,
  'last-try-unconfirmed': true,
  'pin-malformed': true,
  'pin-unchanged': true,
  'first-pin-refused': true,
  'pin-changed-card-gone': true,
  'not-on-card': true,
  'owed-unknown': true,
  'visit-not-readable': true,
  'visit-invalid': true,
  'visit-gone': true,
  'amount-malformed': true,
  'received-too-little': true,
  'card-not-insertable': true,
  'no-fixture-pin': true,
  'not-simulated': true,
  'reader-not-remembered': true,
  'pin-on-pad': true,
  'no-pad': true,
  'pad-only-verifies': true,
  pad: true,
  sync: true,
  close: true,
  driver: true,
  sale: true,
  record: true,
  'done-not-shown': true
}

const isDeskRefusal = (refusal: CounterRefusal | DeskRefusal): refusal is DeskRefusal => Object.hasOwn(OWN_KINDS, refusal.kind)

export const anyRefusalView = (refusal: CounterRefusal | DeskRefusal): RefusalView =>
  isDeskRefusal(refusal) ? deskRefusalView(refusal) : refusalView(refusal)

type Said = Pick<RefusalView, 'blame' | 'what'> & Partial<Pick<RefusalView, 'mend' | 'today' | 'triesLeft' | 'detail'>>

function deskRefusalView(refusal: DeskRefusal): RefusalView {
  if (refusal.kind === 'record') return recordRefusalView(refusal.refusal)
  if (refusal.kind === 'sync') return syncRefusalView(refusal.refusal)
  if (refusal.kind === 'close') return closeRefusalView(refusal.refusal)
  if (refusal.kind === 'driver') return driverRefusalView(refusal.refusal)
  if (refusal.kind === 'sale') return saleRefusalView(refusal.refusal)
  if (refusal.kind === 'done-not-shown') return doneNotShownView(refusal)
  const { blame, what, mend = null, today = null, ...rest } = said(refusal)
  return { kind: refusal.kind === 'pin-malformed' || refusal.kind === 'pad' ? refusal.refusal.kind : refusal.kind, blame, what, mend, today, ...rest }
}

function said(refusal: Exclude<DeskRefusal, { kind: 'record' | 'sync' | 'close' | 'driver' | 'sale' | 'done-not-shown' }>): Said {
  switch (refusal.kind) {
    case 'no-bill':
    case 'bill-stale':
    case 'bill-empty':
    case 'bill-of-another':
    case 'line-unknown':
    case 'settling':
      return aboutBill(refusal)
    case 'no-card':
      return { blame: 'refusal', what: text('读卡器中没有卡', 'there is no card in the reader'), mend: text('请插入患者的社会保障卡', "put in the patient's social security card") }
    case 'card-changed':
      return {
        blame: 'refusal',
        what: text('卡已取出或更换，以屏幕上现在的卡为准', 'the card was taken out or changed; what is on the screen now counts'),
        mend: text('请核对持卡人后再操作', 'check the holder and do it again'),
        today: NOTHING_CHARGED
      }
    case 'not-on-card':
      return { blame: 'refusal', what: text(`卡上没有该项（${refusal.item}）`, `the card has no ${refusal.item}`) }
    case 'owed-unknown':
      return {
        blame: 'refusal',
        what: text('这张卡没有这笔待圈存', 'nothing of that name is owed to this card'),
        mend: text('请重新读卡，以卡面板上的待圈存为准', 'read the card again; what its panel shows is what it has to get')
      }
    case 'visit-not-readable':
      return {
        blame: 'bad-input',
        what: text(`不是可读取的就诊单：${UNREADABLE[refusal.cause] ?? refusal.detail}`, `this is no visit: ${refusal.detail}`),
        mend: HOSPITAL
      }
    case 'visit-invalid':
      return problemsAnswers(refusal.problems)
    case 'visit-gone':
      return {
        blame: 'bad-input',
        what: text(`队列中已没有${refusal.file}`, `the queue no longer has ${refusal.file}`),
        mend: text('可能已在别处处理，请看队列', 'it may have been dealt with elsewhere; look at the queue')
      }
    case 'amount-malformed':
    case 'received-too-little':
      return aboutMoney(refusal)
    case 'card-not-insertable':
    case 'no-fixture-pin':
    case 'not-simulated':
    case 'reader-not-remembered':
      return aboutReader(refusal)
    case 'pin-on-pad':
    case 'no-pad':
    case 'pad-only-verifies':
    case 'pad':
      return aboutPad(refusal)
    case 'pin-not-given':
    case 'last-try-unconfirmed':
    case 'pin-malformed':
    case 'pin-unchanged':
    case 'first-pin-refused':
    case 'pin-changed-card-gone':
      return aboutPin(refusal)
    default:
      return never(refusal)
  }
}

const UNREADABLE: Readonly<Record<string, string>> = {
  'malformed-json': '内容不是完整的JSON',
  'not-utf-8': '不是UTF-8编码的文本',
  'file-too-large': '文件过大',
  'no-such-file': '文件已不在',
  'not-a-file': '不是文件'
}

const HOSPITAL = text('请开单科室或收费处更正后重新打开', 'the department that made the bill, or the cashier, corrects it and opens it again')
type BillRefusal = Extract<DeskRefusal, { kind: 'no-bill' | 'bill-stale' | 'bill-empty' | 'bill-of-another' | 'line-unknown' | 'settling' }>

function aboutBill(refusal: BillRefusal): Said {
  switch (refusal.kind) {
    case 'no-bill':
      return { blame: 'refusal', what: text('没有打开的账单', 'no bill is open'), mend: text('请从队列选择，或新建账单', 'pick one from the queue, or begin one') }
    case 'bill-stale':
      return {
        blame: 'refusal',
        what: text('账单刚刚有变动，请按现在的账单再操作一次', 'the bill has just changed; do it again on the bill as it is now'),
        today: NOTHING_CHARGED
      }
    case 'bill-empty':
      return { blame: 'refusal', what: text('账单没有项目', 'the bill has no line'), mend: text('请先录入项目', 'add a line first') }
    case 'bill-of-another':
      return {
        blame: 'refusal',
        what: text(`这张费用单是为${refusal.name}做的，现在插着的是另一个人的卡`, `this bill was made for ${refusal.name}, and the card is another person's`),
        mend: text('请核对这张费用单是谁的', 'check whose bill it is'),
        today: NOTHING_CHARGED
      }
    case 'line-unknown':
      return { blame: 'bad-input', what: text(`账单中没有第${refusal.line}项`, `the bill has no line ${refusal.line}`) }
    case 'settling':
      return { blame: 'refusal', what: text('正在结算，请稍候', 'a settlement is under way; wait for it to end') }
    default:
      return never(refusal)
  }
}

type AmountField = 'cash-due' | 'received'

const AMOUNT_FIELDS: Readonly<Record<AmountField, Text>> = { 'cash-due': text('应收现金', 'cash due'), received: text('实收', 'received') }

type MoneyRefusal = Extract<DeskRefusal, { kind: 'amount-malformed' | 'received-too-little' }>

function aboutMoney(refusal: MoneyRefusal): Said {
  switch (refusal.kind) {
    case 'amount-malformed':
      return {
        blame: 'bad-input',
        what: text(
          `${AMOUNT_FIELDS[refusal.field].zh}：“${refusal.value}”不是金额，应为最多两位小数的数字，如 100 或 99.50`,
          `${AMOUNT_FIELDS[refusal.field].en}: "${refusal.value}" is no amount; write digits with at most two places, such as 100 or 99.50`
        )
      }
    case 'received-too-little':
      return { blame: 'bad-input', what: text(`实收${refusal.received}元，少于应收${refusal.due}元`, `received ${refusal.received}, less than the ${refusal.due} due`) }
    default:
      return never(refusal)
  }
}

type ReaderRefusal = Extract<DeskRefusal, { kind: 'card-not-insertable' | 'no-fixture-pin' | 'not-simulated' | 'reader-not-remembered' }>

function aboutReader(refusal: ReaderRefusal): Said {
  switch (refusal.kind) {
    case 'card-not-insertable':
      return refusal.detail === null
        ? { blame: 'bad-input', what: text(`托盘里没有测试卡${refusal.card}`, `the tray has no card ${refusal.card}`) }
        : { blame: 'outside', what: text(`测试卡${refusal.card}不能插入`, `the card ${refusal.card} cannot be put in`), mend: MEND.support, detail: refusal.detail }
    case 'no-fixture-pin':
      return { blame: 'refusal', what: text(`${refusal.card}没有密码`, `${refusal.card} has no PIN`) }
    case 'not-simulated':
      return { blame: 'refusal', what: text('现在用的是真实读卡器，请直接插卡、取卡', 'a real reader serves: put the card in and take it out by hand') }
    case 'reader-not-remembered':
      return { blame: 'outside', what: text('读卡器的选择无法保存', 'the choice of the reader cannot be kept'), mend: MEND.support, detail: refusal.detail }
    default:
      return never(refusal)
  }
}

type PinRefusal = Extract<DeskRefusal, { kind: 'pin-not-given' | 'last-try-unconfirmed' | 'pin-malformed' | 'pin-unchanged' | 'first-pin-refused' | 'pin-changed-card-gone' }>

function aboutPin(refusal: PinRefusal): Said {
  switch (refusal.kind) {
    case 'pin-not-given':
      return {
        blame: 'refusal',
        what: text('本次尚未输入密码，或已超过时限', 'the PIN has not been given for this card, or its time is up'),
        mend: text('请持卡人输入密码', 'the holder types the PIN'),
        today: NOTHING_CHARGED
      }
    case 'last-try-unconfirmed':
      return {
        blame: 'refusal',
        what: text('密码只剩最后一次，再错将锁卡', 'one try is left: a wrong PIN locks the card'),
        mend: text('请持卡人确认后再输', 'the holder confirms before typing it'),
        triesLeft: 1
      }
    case 'pin-malformed':
      return {
        blame: 'bad-input',
        what: text(`密码应为${PIN_DIGITS_MIN}至${PIN_DIGITS_MAX}位数字，卡未被询问`, `a PIN has ${PIN_DIGITS_MIN} to ${PIN_DIGITS_MAX} digits; the card was not asked`)
      }
    case 'pin-unchanged':
      return { blame: 'bad-input', what: text('新密码与原密码相同', 'the new PIN is the old one') }
    case 'first-pin-refused':
      return { blame: 'bad-input', what: text('新密码不能是发卡时的初始密码', 'the new PIN is the one that cards are issued with') }
    case 'pin-changed-card-gone':
      return {
        blame: 'refusal',
        what: text('密码已改为新密码，随后卡已离开或不再应答', 'the PIN was changed to the new one; then the card left or fell silent'),
        mend: text('从现在起请使用新密码', 'the new PIN counts from now on')
      }
    default:
      return never(refusal)
  }
}
