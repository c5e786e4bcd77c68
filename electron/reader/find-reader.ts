/** Which of the readers that were seen a part of a name means. */

import { chooseReader } from '../../card/reader/pcsc/choose-reader.ts'
import type { ReaderTrouble } from '../../card/reader/pcsc/reader-trouble.ts'
import type { ReadersSeen, SeenReader } from './real-readers.ts'

export function findReader({ readers, trouble }: ReadersSeen, asked: string): SeenReader | ReaderTrouble {
  if (trouble !== undefined) return trouble
  const chosen = chooseReader(
    asked,
    readers.map(({ name }) => name)
  )
  if (!chosen.ok) return chosen.error
  return readers.find(({ name }) => name === chosen.value) ?? { kind: 'no-reader' }
}
