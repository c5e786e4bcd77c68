/** Unpacks one member, never to more than its stated size: what a small member claims to be decides how much is unpacked. */

import { Inflate } from 'fflate'
import { ok, refuse, type Result } from '../../base/result.ts'
import { packProblem, type PackProblem } from './pack-problem.ts'
import type { ZipMember } from './zip-directory.ts'

/** Deflate makes at most 1032 bytes of one: so much is unpacked at a time before the size is looked at again, 4 MiB. */
const SLICE_BYTES = 4 * 1024

export function unzipMember(zip: Uint8Array, member: ZipMember): Result<Uint8Array, PackProblem> {
  const packed = zip.subarray(member.at, member.at + member.packedBytes)
  if (member.isDeflated) return inflate(packed, member)
  return packed.length === member.bytes ? ok(packed.slice()) : refuse(wrongSize(member, packed.length))
}

function inflate(packed: Uint8Array, member: ZipMember): Result<Uint8Array, PackProblem> {
  const unpacked = new Uint8Array(member.bytes)
  let bytes = 0
  const stream = new Inflate((chunk) => {
    if (bytes + chunk.length <= unpacked.length) unpacked.set(chunk, bytes)
    bytes += chunk.length
  })
  try {
    for (let at = 0; at < packed.length && bytes <= member.bytes; at += SLICE_BYTES) {
      stream.push(packed.subarray(at, at + SLICE_BYTES), at + SLICE_BYTES >= packed.length)
    }
  } catch (cause) {
    // What fflate throws is always about the data it was given.
    const detail = cause instanceof Error ? cause.message : 'unknown'
    return refuse(packProblem('broken-member', member.path, detail, 'must be deflated data'))
  }
  return bytes === member.bytes ? ok(unpacked) : refuse(wrongSize(member, bytes))
}

const wrongSize = ({ path, bytes }: ZipMember, found: number): PackProblem =>
  packProblem('wrong-size', path, found > bytes ? `more than ${bytes} bytes` : `${found} bytes`, `must have the ${bytes} bytes that the directory states`)
