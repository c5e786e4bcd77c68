/** What may stand on the program's command line. Switches of Chromium are its own and are not looked at. */

import { resolve } from 'node:path'

/** The folder for ledger, cards and statements; undefined: the operating system's place for this program. */
export function dataFolderIn(args: readonly string[]): string | undefined {
  const given = args.findLast((arg) => arg.startsWith('--data='))?.slice('--data='.length)
  return given === undefined || given === '' ? undefined : resolve(given)
}
