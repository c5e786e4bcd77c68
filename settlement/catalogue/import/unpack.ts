/** The texts in a file: those of a ZIP, each with its checksum looked at, or the file itself. */

import { unzipSync } from 'fflate'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { crc32 } from './crc32.ts'
import type { ImportRefusal } from './import-problem.ts'
import { FILE_BYTES_MAX, MEMBERS_MAX, UNPACKED_BYTES_MAX } from './limits.ts'

export interface ImportFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Members are named "catalogue.zip/1301.txt". */
export function unpack(file: ImportFile): Result<readonly ImportFile[], ImportRefusal> {
  const { name, bytes } = file
  if (bytes.length > FILE_BYTES_MAX) return refuse({ kind: 'file-too-large', file: name, bytes: bytes.length, bytesMax: FILE_BYTES_MAX })
  if (!(bytes[0] === 0x50 && bytes[1] === 0x4b)) return ok([file])
  const directory = checksumsOf(bytes)
  if (typeof directory === 'string') return refuse({ kind: 'zip-broken', file: name, detail: directory })
  const bytesDeclared = [...directory.values()].reduce((sum, { size }) => sum + size, 0)
  if (bytesDeclared > UNPACKED_BYTES_MAX) return refuse({ kind: 'file-too-large', file: name, bytes: bytesDeclared, bytesMax: UNPACKED_BYTES_MAX })
  return unpacked(file, directory)
}

function unpacked({ name, bytes }: ImportFile, directory: Directory): Result<readonly ImportFile[], ImportRefusal> {
  let members: Record<string, Uint8Array>
  try {
    members = unzipSync(bytes, { filter: (member) => !member.name.endsWith('/') })
  } catch (cause) {
    return refuse({ kind: 'zip-broken', file: name, detail: cause instanceof Error ? cause.message : 'damaged' })
  }
  const texts = Object.entries(members).map(([member, content]) => ({ name: `${name}/${member}`, member, bytes: content }))
  const folders = [...directory.keys()].filter((member) => member.endsWith('/')).length
  if (texts.length + folders !== directory.size) return refuse({ kind: 'zip-broken', file: name, detail: 'not all of its members can be read' })
  const damaged = texts.find(({ member, bytes: content }) => {
    const stated = directory.get(member)
    return stated === undefined || stated.size !== content.length || stated.crc !== crc32(content)
  })
  if (damaged !== undefined) return refuse({ kind: 'zip-broken', file: name, detail: `${damaged.member} is damaged: its checksum differs` })
  return ok(texts.map(({ name: path, bytes: content }) => ({ name: path, bytes: content })))
}

type Directory = ReadonlyMap<string, { readonly crc: number; readonly size: number }>

const END_SIGNATURE = 0x06_05_4b_50
const ENTRY_SIGNATURE = 0x02_01_4b_50
const END_BYTES = 22
const ENTRY_BYTES = 46
const COMMENT_BYTES_MAX = 0xff_ff

/** The central directory (APPNOTE 4.3.12, 4.3.16); what is wrong with it otherwise. */
function checksumsOf(bytes: Uint8Array): Directory | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const last = bytes.length - END_BYTES
  let end = last
  while (end >= 0 && end >= last - COMMENT_BYTES_MAX && view.getUint32(end, true) !== END_SIGNATURE) end -= 1
  if (end < 0 || end < last - COMMENT_BYTES_MAX) return 'its end is missing; it is truncated'
  const count = view.getUint16(end + 10, true)
  if (count > MEMBERS_MAX) return `it has ${count} members; must be at most ${MEMBERS_MAX}`
  const directory = new Map<string, { crc: number; size: number }>()
  let at = view.getUint32(end + 16, true)
  for (let entry = 0; entry < count; entry += 1) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== ENTRY_SIGNATURE) return 'its directory is damaged'
    const [nameLength, extraLength, commentLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)]
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameLength))
    if (directory.has(name)) return `it holds ${JSON.stringify(name)} twice`
    directory.set(name, { crc: view.getUint32(at + 16, true), size: view.getUint32(at + 24, true) })
    at += ENTRY_BYTES + nameLength + extraLength + commentLength
  }
  return directory
}
