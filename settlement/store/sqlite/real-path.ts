/** The one name by which a file is locked and opened, whatever links lead to it. */

import { realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Of a file that is not there yet: its name in its folder's real path. Throws when the folder is not there either. */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause
    return join(realpathSync(dirname(path)), basename(path))
  }
}
