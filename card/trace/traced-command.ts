/** A command as a trace has it: hex, two stars for a hidden byte. What is hidden is undefined and stays so. */

import { invariant } from '../../base/invariant.ts'

export interface TracedCommand {
  readonly cla: number
  readonly ins: number
  readonly p1: number
  readonly p2: number
  /** Empty in cases 1 and 2. */
  readonly data: readonly (number | undefined)[]
  readonly le: number | undefined
}

const HEADER_LENGTH = 4
const BYTES = /^(?:[0-9A-Fa-f]{2}|\*\*)*$/

/** undefined for what is no short command. */
export function parseTraced(command: string): TracedCommand | undefined {
  invariant(BYTES.test(command), 'a traced command is hexadecimal with stars')
  const bytes = Array.from({ length: command.length / 2 }, (_, index) => byteOf(command.slice(2 * index, 2 * index + 2)))
  const [cla, ins, p1, p2, first] = bytes
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return undefined
  const header = { cla, ins, p1, p2 }
  if (bytes.length === HEADER_LENGTH) return { ...header, data: [], le: undefined }
  if (first === undefined) return undefined
  if (bytes.length === HEADER_LENGTH + 1) return { ...header, data: [], le: first || 256 }
  const data = bytes.slice(HEADER_LENGTH + 1, HEADER_LENGTH + 1 + first)
  const rest = bytes.length - (HEADER_LENGTH + 1 + first)
  if (data.length !== first || rest > 1) return undefined
  return { ...header, data, le: rest === 1 ? (bytes.at(-1) ?? 0) || 256 : undefined }
}

const byteOf = (text: string): number | undefined => (text === '**' ? undefined : Number.parseInt(text, 16))

/** `count` bytes, big-endian; undefined when one of them is hidden or missing. */
export function uintIn({ data }: TracedCommand, offset: number, count: number): number | undefined {
  let value = 0
  for (const byte of data.slice(offset, offset + count)) {
    if (byte === undefined) return undefined
    value = value * 256 + byte
  }
  return data.length < offset + count ? undefined : value
}

/** Two hexadecimal digits. */
export const hexByte = (byte: number): string => byte.toString(16).toUpperCase().padStart(2, '0')
