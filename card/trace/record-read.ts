/** Which record a READ RECORD meant: its file by the name that addresses use, and the tag where it is an item. */

import { cardFile, type CardFile } from '../session/file-table.ts'
import type { CardPlace } from './place.ts'
import { hexByte, type TracedCommand } from './traced-command.ts'

export interface RecordRead {
  /** "DF04EF08"; empty where no file was selected. */
  readonly name: string
  readonly file: CardFile | undefined
  /** By number the record says its own tag. */
  readonly tag: number
}

export function recordRead({ p1, p2 }: TracedCommand, place: CardPlace, data: Uint8Array): RecordRead {
  const shortId = p2 >> 3
  const fileId = shortId === 0 ? place.file : 0xef00 | shortId
  const name = fileId === undefined ? '' : `${place.directory}EF${hexByte(fileId & 0xff)}`
  return { name, file: cardFile(place.isFirstGeneration ? '1.00' : '2.00', name), tag: (p2 & 0x07) === 0 ? p1 : (data[0] ?? 0) }
}
