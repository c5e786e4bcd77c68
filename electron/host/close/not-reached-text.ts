/** Why the centre's column of a close is empty, and whose it is to mend. */

import type { Text } from '../../contract/text.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { MEND } from '../refusal/advice.ts'
import { and, say } from '../refusal/answers.ts'
import { because } from '../sync/unreached-text.ts'

export function notReachedText(reason: string, detail: string): Text {
  const { zh, en } = whyText(reason, detail)
  return say(`没有与中心核对：${zh}`, `nothing was compared with the centre: ${en}`)
}

function whyText(reason: string, detail: string): Text {
  switch (reason) {
    case 'paused':
      return say('本机已设为离线', 'this till was set offline')
    case 'network-down':
      return and(because(say('连不上中心', 'it cannot be reached'), detail), MEND.network)
    case 'centre-down':
      return and(because(say('中心没有正常应答', 'it does not answer as a centre does'), detail), MEND.centre)
    case 'clock-skew':
      return and(
        say(`本机时钟与中心相差过大，中心时间为${readableTime(detail)}`, `this machine's clock is too far from the centre's, which says ${readableTime(detail)}`),
        MEND.clock
      )
    case 'too-many':
      return say('中心要求稍后再试', 'it asks to come again later')
    case 'details-differ':
      return and(say('中心的合计与明细一直对不上', 'its totals and its details do not agree'), MEND.centre)
    case 'too-many-rows':
      return say(`中心的明细太多（${detail}条以上）`, `it has too many rows (more than ${detail})`)
    default:
      return say(`中心拒绝（${detail}）`, `it refuses (${detail})`)
  }
}

const CODED: ReadonlySet<string> = new Set(['network-down', 'centre-down', 'details-differ'])

/** What support looks for, where the words leave it out. */
export const notReachedDetail = (reason: string, detail: string): string | undefined => (CODED.has(reason) ? detail : undefined)
