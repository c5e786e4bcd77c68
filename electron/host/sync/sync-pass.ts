/** One pass of sync, for who has no window: everything that is left goes, until nothing is or the link comes to nothing. */

import type { Applied } from '../../../settlement/sync/apply-answer.ts'
import type { ReleasedHold } from '../../../settlement/sync/doubts.ts'
import type { Stepped, Sync } from '../../../settlement/sync/sync.ts'

export interface SyncPass {
  /** Sequence numbers of the facts. */
  readonly confirmed: readonly number[]
  readonly adjusted: readonly number[]
  readonly parked: readonly number[]
  readonly noted: number
  readonly downloaded: readonly string[]
  /** In doubt before, and free now by the centre's word. */
  readonly released: readonly ReleasedHold[]
  /** idle: nothing is left. */
  readonly end: Exclude<Stepped, { readonly kind: 'worked' }>
}

export async function syncPass(sync: Sync): Promise<SyncPass> {
  const applied: Applied[] = []
  const downloaded: string[] = []
  const released: ReleasedHold[] = []
  for (;;) {
    const outcome = await sync.step('all')
    if (outcome.kind !== 'worked') {
      return {
        confirmed: applied.flatMap(({ accepted }) => accepted),
        adjusted: applied.flatMap(({ adjusted }) => adjusted),
        parked: applied.flatMap(({ parked }) => parked),
        noted: applied.reduce((sum, { noted }) => sum + noted, 0),
        downloaded,
        released,
        end: outcome
      }
    }
    if (outcome.applied !== undefined) applied.push(outcome.applied)
    if (outcome.downloaded !== undefined) downloaded.push(outcome.downloaded)
    if (outcome.released !== undefined) released.push(outcome.released)
  }
}
