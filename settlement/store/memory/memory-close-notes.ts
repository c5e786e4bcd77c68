/** Notes of a close without a disk, for tests. */

import { ok } from '../../../base/result.ts'
import type { CloseNote, CloseNotes } from '../../close/ports.ts'

export function memoryCloseNotes(): CloseNotes {
  const kept: { readonly after: number; readonly note: CloseNote }[] = []
  return {
    count: () => ok(kept.length),
    notes: (after) => ok(kept.filter((one) => one.after === after).map(({ note }) => note)),
    add: (after, note) => {
      kept.push({ after, note })
      return ok(undefined)
    }
  }
}
