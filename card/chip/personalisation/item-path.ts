/** Finds an item of the file system by its path, and codes a value as the item's type asks. */

import { refuse, ok, type Result } from '../../../base/result.ts'
import { packDecimal } from '../../bytes/packed-decimal.ts'
import { encodePaddedText, encodeText } from '../../bytes/text.ts'
import { GENERATIONS, type Version } from '../file-system/generation.ts'
import type { Item } from '../file-system/table.ts'

export interface ExtraItem {
  /** "DF01/EF06" */
  readonly file: string
  /** Two hexadecimal digits. */
  readonly tag: string
  readonly value: string
}

export interface ItemRefusal {
  readonly field: 'file' | 'tag' | 'value'
  readonly rule: string
}

export function findItem(version: Version, { file, tag, value }: ExtraItem): Result<Item, ItemRefusal> {
  const [application, ef] = file.split('/')
  const table = GENERATIONS[version].applications
    .find(({ name }) => name === application)
    ?.files.find(({ fid }) => fid === Number.parseInt(ef ?? '', 16))
  if (table?.structure.kind !== 'records') return refuse({ field: 'file', rule: `version ${version} has no such record file` })
  const number = Number.parseInt(tag, 16)
  const item = table.structure.items.find((candidate) => candidate.tag === number)
  if (item === undefined || item.live !== undefined) return refuse({ field: 'tag', rule: `${file} keeps no such item` })
  return fits(item, value) ? ok(item) : refuse({ field: 'value', rule: `must fit ${item.type} of ${item.length} bytes` })
}

function fits(item: Item, value: string): boolean {
  if (item.type === 'cn') return /^\d*$/.test(value) && value.length <= 2 * item.length
  return item.type === 'an' && encodeText(value).length <= item.length
}

export const encodeItem = (item: Item, value: string): Uint8Array =>
  item.type === 'cn' ? packDecimal(value, item.length) : encodePaddedText(value, item.length)

/** What an item holds that nobody filled: 00 for text, F nibbles for digits, the same inside a chain. */
export function emptyValue(item: Item): Uint8Array {
  if (item.inner === undefined) return new Uint8Array(item.length).fill(item.type === 'cn' ? 0xff : 0x00)
  return Uint8Array.from(item.inner.flatMap((inner) => [inner.tag, inner.length, ...emptyValue(inner)]))
}
