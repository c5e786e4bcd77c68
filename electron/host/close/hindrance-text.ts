/** What stands in the way of signing. */

import { never } from '../../../base/invariant.ts'
import type { Hindrance } from '../../../settlement/close/day.ts'
import type { Text } from '../../contract/text.ts'
import { say } from '../refusal/answers.ts'

export const hindranceTexts = (hindrances: readonly Hindrance[]): Text[] => hindrances.map(hindranceText)

function hindranceText(hindrance: Hindrance): Text {
  switch (hindrance.kind) {
    case 'nothing-to-close':
      return say('上次日结后没有新的账目', 'nothing was booked since the last close')
    case 'drawer-not-counted':
      return say('钱箱还没有清点', 'the drawer is not counted yet')
    case 'items-open':
      return say(`还有${hindrance.items.length}项没有处理`, `still without a resolution: ${hindrance.items.length}`)
    default:
      return never(hindrance)
  }
}
