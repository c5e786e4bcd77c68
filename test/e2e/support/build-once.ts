/** Before any file of tests: the bundles, so that none of them waits for another's build. */

import { built } from './built.ts'

export async function setup(): Promise<void> {
  await built()
}
