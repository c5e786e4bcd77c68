/**
 * A name in items 09 and 4E. Whole characters only: a reader that decodes each item by itself then still sees no broken one.
 * A rare character costs four bytes in GB18030, a common one two.
 */

import { encodeText } from '../../bytes/text.ts'
import { concat } from '../../bytes/bytes.ts'

export const NAME_LENGTH_MAX = 0x1e
export const NAME_CONTINUED_LENGTH_MAX = 0x14

export interface SplitName {
  readonly name: Uint8Array
  /** Empty unless the first item overflows. */
  readonly continued: Uint8Array
}

/** undefined when even the second item does not hold the rest. */
export function splitName(name: string, continuedMax: number): SplitName | undefined {
  const characters = Array.from(name, encodeText)
  let length = 0
  const cut = characters.findIndex((character) => (length += character.length) > NAME_LENGTH_MAX)
  const first = concat(...(cut === -1 ? characters : characters.slice(0, cut)))
  const continued = cut === -1 ? new Uint8Array(0) : concat(...characters.slice(cut))
  return continued.length > continuedMax ? undefined : { name: first, continued }
}
