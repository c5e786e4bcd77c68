/** What an older ledger got back from its centre, and why it did not. */

import { never } from '../../../base/invariant.ts'
import type { Fact } from '../../../settlement/ledger/fact.ts'
import type { Restored, RestoreStop } from '../../../settlement/sync/restore-ledger.ts'
import type { RestoredView } from '../../contract/sync-view.ts'
import type { Text } from '../../contract/text.ts'
import { say } from '../refusal/answers.ts'

/** What a person counts. */
export function restoredView({ kinds }: Restored): RestoredView {
  const count = (kind: Fact['kind']): number => kinds.filter((each) => each === kind).length
  return { settlements: count('posting'), refunds: count('correction'), loads: count('load-posting'), closes: count('close') }
}

/** Link and store have words of their own. */
export function restoreStopText(stop: Exclude<RestoreStop, { kind: 'link' | 'store-failure' }>): Text {
  switch (stop.kind) {
    case 'histories-differ':
      return say(
        `账簿恢复后又有新记录，与中心第${stop.batch}批接不上，没有写入任何记录`,
        `the ledger has gone on since it was put back, or is another one: batch ${stop.batch} of the centre does not follow it, and none of it was written`
      )
    case 'batch-not-ours':
      return say(`第${stop.batch}批不是本机所发`, `batch ${stop.batch} of the centre is none of this terminal's`)
    case 'does-not-follow':
    case 'not-allowed':
      return say(`第${stop.sequence}条无法写入账簿`, `fact ${stop.sequence} of the centre cannot be written here`)
    default:
      return never(stop)
  }
}

/** What support looks for. */
export const restoreStopDetail = (stop: Exclude<RestoreStop, { kind: 'link' | 'store-failure' }>): string | undefined =>
  stop.kind === 'batch-not-ours' ? stop.wrong : stop.kind === 'not-allowed' ? stop.refusal : undefined
