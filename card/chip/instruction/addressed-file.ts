/** Which elementary file a record command means: the top five bits of P2 are a short file identifier, zero the current one. */

import { SW, type StatusWord } from '../../apdu/status-word.ts'
import type { PlacedFile } from '../image/layout.ts'
import type { RunningCard } from '../running-card.ts'

/** A file addressed by its short identifier becomes the current file, as ISO 7816-4 7.3.1 has it. */
export function addressedFile(card: RunningCard, sfi: number): PlacedFile | StatusWord {
  const { volatile } = card
  if (sfi === 0) return volatile.file ?? SW.NO_CURRENT_FILE
  const file = volatile.application.files.find((candidate) => (candidate.fid & 0xff) === sfi)
  if (file === undefined) return SW.FILE_NOT_FOUND
  volatile.file = file
  return file
}

export const RECORD_BY_TAG = 0x00
export const RECORD_BY_NUMBER = 0x04
export const recordMode = (p2: number): number => p2 & 0x07
export const recordSfi = (p2: number): number => p2 >> 3
