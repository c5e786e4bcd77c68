/** Cyclic files: record 1 is the newest, the oldest makes room (P2 5.5.8). Layout: newest 1 | count 1 | records. */

import { CYCLIC_HEADER_LENGTH, type PlacedContent } from './image/layout.ts'
import type { Nonvolatile } from './nonvolatile.ts'

type Cyclic = Extract<PlacedContent, { readonly kind: 'cyclic' }>

const addressOf = ({ offset, recordLength }: Cyclic, index: number): number =>
  offset + CYCLIC_HEADER_LENGTH + index * recordLength

/** `number` counts from 1, the newest; undefined when there are fewer. */
export function readCyclic(memory: Nonvolatile, file: Cyclic, number: number): Uint8Array | undefined {
  const newest = memory.byte(file.offset)
  const count = memory.byte(file.offset + 1)
  if (number < 1 || number > count) return undefined
  const index = (newest - (number - 1) + file.records) % file.records
  return memory.read(addressOf(file, index), file.recordLength)
}

/** Within a unit of work only: the record and the pointer to it are one unit. */
export function appendCyclic(memory: Nonvolatile, file: Cyclic, record: Uint8Array): void {
  const count = memory.byte(file.offset + 1)
  const index = count === 0 ? 0 : (memory.byte(file.offset) + 1) % file.records
  memory.write(addressOf(file, index), record)
  memory.write(file.offset, Uint8Array.of(index, Math.min(count + 1, file.records)))
}
