/** Which built file an address of the app's own scheme names: exactly one of the list, or none. */

import { builtFile, type BuiltFile, type BuiltFiles } from '../../page/built-files.ts'
import { APP_URL, isOf } from './origin.ts'

export interface Asked {
  readonly method: string
  readonly url: string
}

/** Only reading, and no second way of writing an address: a query or an escape names nothing. */
export function fileOf(files: BuiltFiles, { method, url }: Asked): BuiltFile | undefined {
  if (method !== 'GET' || !isOf(APP_URL, url) || !url.startsWith(APP_URL)) return undefined
  return builtFile(files, url.slice(APP_URL.length - 1).replace(/#.*$/, ''))
}
