/** A batch of contents that lie side by side: a terminal adds them to a room as its ledger lends them. */

import { invariant } from '../../base/invariant.ts'
import type { FramesHead } from '../../settlement/batch/batch.ts'
import { BatchRoom } from '../../settlement/batch/encode-batch.ts'

/** `contents`: as many as the head says, in the order of the chain. */
export function encodeBatch(head: FramesHead, contents: readonly Uint8Array[]): Uint8Array {
  invariant(contents.length === head.count, `${contents.length} facts in a batch of ${head.count}`)
  const room = new BatchRoom()
  for (const content of contents) room.add(content)
  return room.batch(head)
}
