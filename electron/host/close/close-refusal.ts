/** Why something about a close was not done. */

import { never } from '../../../base/invariant.ts'
import type { CountRefusal, DecideRefusal, ReopenDayRefusal, SignRefusal } from '../../../settlement/case/close-day.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import type { Text } from '../../contract/text.ts'
import { MEND } from '../refusal/advice.ts'
import { badInput, outside, refused, say, type Answers } from '../refusal/answers.ts'
import { doneNotShownView, type DoneNotShown } from '../refusal/done-not-shown.ts'
import { diskText } from '../files/disk-text.ts'
import { recordingText, storeAnswers, storeDetail } from '../refusal/ledger.ts'
import { KEY_UNUSABLE } from '../sync/link-text.ts'
import type { KeyRefusal } from '../sync/terminal-key.ts'
import { hindranceTexts } from './hindrance-text.ts'

export type CloseDeskRefusal =
  | CountRefusal
  | DecideRefusal
  | SignRefusal
  | ReopenDayRefusal
  | KeyRefusal
  | DoneNotShown
  | { readonly kind: 'amount-malformed'; readonly field: 'float' | 'counted'; readonly value: string }
  /** A close of a version that this program does not know. */
  | { readonly kind: 'report-unreadable'; readonly close: number }
  /** `code` of the system. */
  | { readonly kind: 'csv-not-written'; readonly path: string; readonly code: string }

/** Kinds that screens and tests know; what the ledger refuses has its own. */
const KINDS: Readonly<Partial<Record<CloseDeskRefusal['kind'], string>>> = {
  hindered: 'close-hindered',
  'day-changed': 'close-stale',
  'not-the-last': 'close-not-last'
}

export const closeRefusalView = (refusal: CloseDeskRefusal): RefusalView =>
  refusal.kind === 'done-not-shown' ? doneNotShownView(refusal) : { kind: kindOf(refusal), ...answersTo(refusal) }

type Refused = Exclude<CloseDeskRefusal, DoneNotShown>

function kindOf(refusal: Refused): string {
  if (refusal.kind === 'not-closed') return refusal.refusal.kind === 'counted-elsewhere' ? 'close-stale' : refusal.refusal.kind
  if (refusal.kind === 'hindered' && refusal.hindrances.some(({ kind }) => kind === 'nothing-to-close')) return 'nothing-to-close'
  if (refusal.kind === 'text-invalid' && refusal.length === 0) return 'note-missing'
  return KINDS[refusal.kind] ?? refusal.kind
}

function answersTo(refusal: Refused): Answers {
  switch (refusal.kind) {
    case 'amount-malformed':
      return badInput({ what: say(`${refusal.field === 'float' ? '备用金' : '清点'}：“${refusal.value}”不是金额`, `${refusal.field}: "${refusal.value}" is no amount`) })
    case 'amount-negative':
      return badInput({ what: say('备用金和清点的金额不能是负数', 'neither the float nor what was counted can be below zero') })
    case 'item-unknown':
      return refused({ what: say(`“${refusal.item}”已不在差异中`, `"${refusal.item}" is no difference any more`) })
    case 'resolution-not-offered':
      return badInput({ what: say('这一项不能这样处理', `this item cannot be resolved so; offered: ${refusal.offered.join(', ')}`) })
    case 'text-invalid':
      return refusal.field === 'person'
        ? badInput({ what: say('请写明交给谁', 'say whom it goes to'), mend: say(`姓名不超过${refusal.lengthMax}字`, `a name of up to ${refusal.lengthMax} letters`) })
        : badInput({ what: say('请写明事由', 'say what it is about'), mend: say(`不超过${refusal.lengthMax}字，不含换行`, `up to ${refusal.lengthMax} letters on one line`) })
    case 'chain-went-on':
      return refused({
        what: say(`本机账簿已接着记了别的，${refusal.settlementId}不能照中心的副本补记`, `this ledger has gone on, so ${refusal.settlementId} cannot be written as the centre has it`),
        mend: say('请让持卡人再次插卡核实，或交人处理', 'the card decides when it comes back; or hand it to a person')
      })
    case 'not-booked':
      return refused({ what: recordingText(refusal.refusal), mend: MEND.support, detail: storeDetail(refusal.refusal) })
    case 'centre-refused':
      return outside({ what: say(`中心没有照办：${refusal.reason}`, `the centre did not do it: ${refusal.reason}`) })
    case 'hindered':
      return refused({ what: joined(hindranceTexts(refusal.hindrances)) })
    case 'day-changed':
      return refused({ what: say('账目刚刚有变动，请核对后再签', 'the books have just changed; look again before signing') })
    case 'not-closed':
      return notClosedAnswers(refusal.refusal)
    case 'reason-invalid':
      return badInput({ what: say(`重开原因须为1至${refusal.lengthMax}个字符，不含换行`, `the reason has 1 to ${refusal.lengthMax} characters on one line`) })
    case 'reason-missing':
      return badInput({ what: say('请填写重开原因', 'write why it is opened again') })
    case 'close-unknown':
      return badInput({ what: say('没有这次日结', 'there is no such close') })
    case 'already-reopened':
      return refused({ what: say(`这次日结已重开（${refusal.reason}）`, `that close was opened again already (${refusal.reason})`) })
    case 'not-the-last':
      return refused({ what: say(`只能重开最近一次日结（#${refusal.last}）`, `only the last close that counts can be opened again (#${refusal.last})`) })
    case 'report-unreadable':
      return refused({ what: say(`日结#${refusal.close}由更新的版本所记，本机不能显示`, `close #${refusal.close} was written by another version and cannot be shown`), mend: MEND.support })
    case 'csv-not-written':
      return csvAnswers(refusal)
    case 'terminal-key':
      return outside({ what: KEY_UNUSABLE, mend: MEND.support, detail: refusal.problem })
    case 'store-failure':
      return storeAnswers(refusal)
    default:
      return never(refusal)
  }
}

function csvAnswers({ path, code }: Extract<Refused, { kind: 'csv-not-written' }>): Answers {
  const { zh, en } = diskText(code)
  return outside({ what: say(`不能写入${path}：${zh}`, `${path} cannot be written: ${en}`), mend: MEND.support, detail: code })
}

function notClosedAnswers(refusal: Extract<SignRefusal, { kind: 'not-closed' }>['refusal']): Answers {
  switch (refusal.kind) {
    case 'counted-elsewhere':
      return refused({ what: say('账目刚刚有变动，请核对后再签', 'the books have just changed; look again before signing') })
    case 'nothing-to-close':
      return refused({ what: say('上次日结后没有新的账目', 'nothing was booked since the last close') })
    case 'day-before-last-close':
      return refused({
        what: say(`本机日期${refusal.day}早于上次日结的${refusal.lastDay}`, `this machine's day ${refusal.day} lies before the last close of ${refusal.lastDay}`),
        mend: MEND.clock
      })
    case 'store-failure':
      return storeAnswers(refusal)
    default:
      return never(refusal)
  }
}

const joined = (texts: readonly Text[]): Text => say(texts.map(({ zh }) => zh).join('；'), texts.map(({ en }) => en).join('; '))
