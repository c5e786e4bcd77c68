/** What is refused to the window about other programs that use the card. */

import { never } from '../../../base/invariant.ts'
import type { PinFormatRefusal } from '../../../card/secret/pin.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import type { Text } from '../../contract/text.ts'

export type DriverRefusal =
  | { readonly kind: 'driver-settings-damaged'; readonly detail: string }
  | { readonly kind: 'driver-off' }
  /** The caller has got its answer already: too late, or cancelled elsewhere. */
  | { readonly kind: 'driver-question-over' }
  | { readonly kind: 'pin-malformed'; readonly refusal: PinFormatRefusal }

const text = (zh: string, en: string): Text => ({ zh, en })

export function driverRefusalView(refusal: Exclude<DriverRefusal, { kind: 'pin-malformed' }>): RefusalView {
  switch (refusal.kind) {
    case 'driver-settings-damaged':
      return {
        kind: refusal.kind,
        blame: 'outside',
        what: text('医院软件接口的设置文件无法读取', 'the settings of the interface for hospital software cannot be read'),
        mend: text('请信息科移走数据目录中的driver-api.json，重新配对', 'support moves driver-api.json out of the data folder; callers are paired anew'),
        today: text('本窗口的结算不受影响', 'settling at this window goes on'),
        detail: refusal.detail
      }
    case 'driver-off':
      return {
        kind: refusal.kind,
        blame: 'bad-input',
        what: text('医院软件接口没有开启', 'the interface for hospital software is off'),
        mend: text('请先开启', 'turn it on first'),
        today: null
      }
    case 'driver-question-over':
      return {
        kind: refusal.kind,
        blame: 'refusal',
        what: text('对方程序已不再等待密码', 'the program does not wait for the PIN any more'),
        mend: text('请在对方程序中重新操作', 'do it again in that program'),
        today: null
      }
    default:
      return never(refusal)
  }
}
