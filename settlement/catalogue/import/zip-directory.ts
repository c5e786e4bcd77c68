/** The central directory of a ZIP (APPNOTE 4.3.12, 4.3.16): where each member lies, and what it says of itself. */

import { refuse, ok, type Result } from '../../../base/result.ts'
import { MEMBERS_MAX } from './limits.ts'

export interface ZipMember {
  readonly name: string
  /** As it lies in the file. */
  readonly packed: Uint8Array
  readonly isDeflated: boolean
  /** Of what it unpacks to. */
  readonly crc: number
  readonly size: number
}

const END_SIGNATURE = 0x06_05_4b_50
const ENTRY_SIGNATURE = 0x02_01_4b_50
const LOCAL_SIGNATURE = 0x04_03_4b_50
const END_BYTES = 22
const ENTRY_BYTES = 46
const LOCAL_BYTES = 30
const COMMENT_BYTES_MAX = 0xff_ff
const STORED = 0
const DEFLATED = 8
const IS_ENCRYPTED = 1

export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

/** Members in their order, folders left out; the refusal says what is wrong with the file. */
export function zipMembers(bytes: Uint8Array): Result<readonly ZipMember[], string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = endOf(view)
  if (end === undefined) return refuse('its end is missing; it is truncated')
  const count = view.getUint16(end + 10, true)
  if (count > MEMBERS_MAX) return refuse(`it has ${count} members; must be at most ${MEMBERS_MAX}`)
  const members = new Map<string, ZipMember>()
  let at = view.getUint32(end + 16, true)
  for (let entry = 0; entry < count; entry += 1) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== ENTRY_SIGNATURE) return refuse('its directory is damaged')
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength))
    if (members.has(name)) return refuse(`it holds ${JSON.stringify(name)} twice`)
    const member = memberAt(bytes, view, { at, name })
    if (!member.ok) return member
    members.set(name, member.value)
    at += ENTRY_BYTES + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return ok([...members.values()].filter(({ name }) => !name.endsWith('/')))
}

function endOf(view: DataView): number | undefined {
  const last = view.byteLength - END_BYTES
  for (let end = last; end >= 0 && end >= last - COMMENT_BYTES_MAX; end -= 1) if (view.getUint32(end, true) === END_SIGNATURE) return end
  return undefined
}

function memberAt(bytes: Uint8Array, view: DataView, { at, name }: { readonly at: number; readonly name: string }): Result<ZipMember, string> {
  const [flags, method, local] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true), view.getUint32(at + 42, true)]
  const shown = JSON.stringify(name)
  if ((flags & IS_ENCRYPTED) !== 0) return refuse(`${shown} is encrypted`)
  if (method !== STORED && method !== DEFLATED) return refuse(`${shown} is packed by method ${method}; must be stored or deflated`)
  if (local + LOCAL_BYTES > bytes.length || view.getUint32(local, true) !== LOCAL_SIGNATURE) return refuse(`${shown} is not where its directory says`)
  const start = local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
  const packed = bytes.subarray(start, start + view.getUint32(at + 20, true))
  return ok({ name, packed, isDeflated: method === DEFLATED, crc: view.getUint32(at + 16, true), size: view.getUint32(at + 24, true) })
}
