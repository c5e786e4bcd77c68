/**
 * UTF-8 as a string, of texts that come again and again: the names of the same few thousand drugs stand in every bill, and each
 * of them twice. A decoder's call for a few bytes costs several times what it costs to find the string that they were before.
 */

/** Texts remembered, one a slot; a power of two. */
const SLOTS = 4_096
/** Longer ones are no names, and are decoded each time. */
const REMEMBERED_BYTES_MAX = 256

const FNV_OFFSET = 0x81_1c_9d_c5
const FNV_PRIME = 0x01_00_01_93
const HALF_OF_BITS = 16

interface Remembered {
  readonly bytes: Uint8Array
  readonly text: string
}

const slots: (Remembered | undefined)[] = Array.from({ length: SLOTS }, () => undefined)
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of `bytes` from `start` to before `end`; undefined when that is no UTF-8. */
export function textFromUtf8(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > REMEMBERED_BYTES_MAX) return decoded(bytes.subarray(start, end))
  const slot = slotOf(bytes, start, end)
  const remembered = slots[slot]
  if (remembered !== undefined && isSame(remembered.bytes, bytes, start, end)) return remembered.text
  const text = decoded(bytes.subarray(start, end))
  // A copy: whose bytes these are may write others over them.
  if (text !== undefined) slots[slot] = { bytes: new Uint8Array(bytes.subarray(start, end)), text }
  return text
}

/** FNV-1a, its halves folded. */
function slotOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = FNV_OFFSET
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), FNV_PRIME)
  return (hash ^ (hash >>> HALF_OF_BITS)) & (SLOTS - 1)
}

function isSame(remembered: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (remembered.length !== end - start) return false
  for (let index = 0; index < remembered.length; index += 1) if (remembered[index] !== bytes[start + index]) return false
  return true
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch (cause) {
    if (cause instanceof TypeError) return undefined
    throw cause
  }
}
