/** What a reader with keys of its own refuses before the card is asked. No try is spent by any of it. */

import { never } from '../../../base/invariant.ts'
import type { PinPadFailure } from '../../../card/reader/pin-pad.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import type { Text } from '../../contract/text.ts'
import { MEND, NOTHING_CHARGED } from '../refusal/advice.ts'

export type PadRefusal =
  /** The reader has keys of its own: digits are typed there and nowhere else. */
  | { readonly kind: 'pin-on-pad' }
  | { readonly kind: 'no-pad' }
  | { readonly kind: 'pad-only-verifies' }
  /** Cancelled, out of time, digits it does not take. */
  | { readonly kind: 'pad'; readonly refusal: PinPadFailure }

type Said = Pick<RefusalView, 'blame' | 'what'> & Partial<Pick<RefusalView, 'mend' | 'today'>>

const text = (zh: string, en: string): Text => ({ zh, en })

const AGAIN = text('请持卡人在密码键盘上重新输入，未计次数', 'the holder types it again on the pad; no try was counted')

export function aboutPad(refusal: PadRefusal): Said {
  switch (refusal.kind) {
    case 'pin-on-pad':
      return {
        blame: 'refusal',
        what: text('这台读卡器有密码键盘，密码只能在键盘上输入', 'this reader has keys of its own: the PIN is typed there and nowhere else'),
        today: NOTHING_CHARGED
      }
    case 'no-pad':
      return { blame: 'refusal', what: text('这台读卡器没有密码键盘', 'this reader has no keys'), mend: text('请在本窗口输入密码', 'the PIN is typed at this window') }
    case 'pad-only-verifies':
      return {
        blame: 'refusal',
        what: text('这台读卡器的密码键盘不能改密码', 'the pad of this reader cannot change a PIN'),
        mend: text('请换一个窗口修改，或到社保服务窗口办理', 'change it at another window, or at the service window')
      }
    case 'pad':
      return { blame: 'refusal', ...aboutTyping(refusal.refusal) }
    default:
      return never(refusal)
  }
}

function aboutTyping(failure: PinPadFailure): Omit<Said, 'blame'> {
  switch (failure.kind) {
    case 'pad-cancelled':
      return { what: text('持卡人在密码键盘上按了取消', 'the holder pressed cancel on the pad'), mend: AGAIN, today: NOTHING_CHARGED }
    case 'pad-timeout':
      return { what: text('密码键盘上没有及时输入', 'nothing was typed on the pad in time'), mend: AGAIN, today: NOTHING_CHARGED }
    case 'pad-length':
      return { what: text('在密码键盘上输入的位数不对，卡未被询问', 'too few or too many digits were typed on the pad; the card was not asked'), mend: AGAIN, today: NOTHING_CHARGED }
    case 'pad-entries-differ':
      return { what: text('两次输入的新密码不同，密码未修改', 'the new PIN was typed in two ways; it was not changed'), mend: AGAIN }
    case 'pad-refused':
      return {
        what: text(`密码键盘不支持这一操作（状态字${failure.statusWord}）`, `the pad cannot do this (status word ${failure.statusWord})`),
        mend: MEND.support,
        today: NOTHING_CHARGED
      }
    default:
      return never(failure)
  }
}
