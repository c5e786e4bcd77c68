/**
 * Opens a pack: measured first, then its signature, then what the manifest says; members are unpacked one at a time, when
 * they are asked for. Nothing of what is in a pack is read before its publisher is known.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { checkDocument } from '../wire/input-problem.ts'
import { parseJsonMember } from './json-member.ts'
import { MANIFEST_PATH, manifestSchema, sha256, SIGNATURE_PATH, type Manifest, type ManifestMember } from './manifest.ts'
import { CONTENTS_BYTES_MAX, MANIFEST_BYTES_MAX, MEMBER_BYTES_MAX, SIGNATURE_BYTES_MAX } from './pack-limits.ts'
import { memberProblems, packProblem, type PackProblem } from './pack-problem.ts'
import type { TrustedKey } from './publisher-key.ts'
import { checkSignature } from './signature-file.ts'
import { unzipMember } from './unzip-member.ts'
import { readZipDirectory, type ZipMember } from './zip-directory.ts'

export interface Pack {
  readonly manifest: Manifest
  /** Who signed it, of those that are trusted. */
  readonly key: TrustedKey
  /** A member's bytes, which are the ones that were signed. */
  read(member: ManifestMember): Result<Uint8Array, PackProblem>
}

export function openPack(zip: Uint8Array, trusted: readonly TrustedKey[]): Result<Pack, readonly PackProblem[]> {
  const directory = readZipDirectory(zip)
  if (!directory.ok) return refuse([directory.error])
  const members = new Map(directory.value.map((member) => [member.path, member]))
  const total = directory.value.reduce((sum, { bytes }) => sum + bytes, 0)
  if (total > CONTENTS_BYTES_MAX) return refuse([packProblem('contents-too-large', '', `${total} bytes`, `must unpack to at most ${CONTENTS_BYTES_MAX} bytes`)])
  const manifestBytes = readBounded(zip, members, MANIFEST_PATH, MANIFEST_BYTES_MAX)
  if (!manifestBytes.ok) return refuse([manifestBytes.error])
  const signature = readBounded(zip, members, SIGNATURE_PATH, SIGNATURE_BYTES_MAX)
  if (!signature.ok) return refuse([signature.error])
  const key = checkSignature(manifestBytes.value, signature.value, trusted)
  if (!key.ok) return refuse([key.error])
  const json = parseJsonMember(MANIFEST_PATH, manifestBytes.value)
  if (!json.ok) return json
  const manifest = checkDocument(manifestSchema, json.value)
  if (!manifest.ok) return refuse(memberProblems('bad-manifest', MANIFEST_PATH, manifest.error))
  const problems = [...memberFaults(manifest.value, members), ...surplus(manifest.value, members)]
  if (problems.length > 0) return refuse(problems)
  return ok({ manifest: manifest.value, key: key.value, read: (member) => readMember(zip, members, member) })
}

type Members = ReadonlyMap<string, ZipMember>

function readBounded(zip: Uint8Array, members: Members, path: string, bytesMax: number): Result<Uint8Array, PackProblem> {
  const member = members.get(path)
  if (member === undefined) return refuse(packProblem('missing-member', path, '', 'must be in every pack'))
  if (member.bytes > bytesMax) return refuse(packProblem('member-too-large', path, `${member.bytes} bytes`, `must have at most ${bytesMax} bytes`))
  return unzipMember(zip, member)
}

const memberFaults = ({ members: stated }: Manifest, members: Members): PackProblem[] =>
  stated.flatMap(({ path, kind, bytes }) => {
    const found = members.get(path)
    if (found === undefined) return [packProblem('missing-member', path, '', 'is named by the manifest')]
    if (found.bytes !== bytes) return [packProblem('wrong-size', path, `${found.bytes} bytes`, `must have the ${bytes} bytes that the manifest states`)]
    const bytesMax = MEMBER_BYTES_MAX[kind]
    return bytes > bytesMax ? [packProblem('member-too-large', path, `${bytes} bytes`, `must have at most ${bytesMax} bytes`)] : []
  })

function surplus({ members: stated }: Manifest, members: Members): PackProblem[] {
  const named = new Set([MANIFEST_PATH, SIGNATURE_PATH, ...stated.map(({ path }) => path)])
  return [...members.keys()].filter((path) => !named.has(path)).map((path) => packProblem('unexpected-member', path, '', 'must be named by the manifest'))
}

function readMember(zip: Uint8Array, members: Members, { path, sha256: stated }: ManifestMember): Result<Uint8Array, PackProblem> {
  const member = members.get(path)
  if (member === undefined) return refuse(packProblem('missing-member', path, '', 'is named by the manifest'))
  const bytes = unzipMember(zip, member)
  if (!bytes.ok) return bytes
  const found = sha256(bytes.value)
  return found === stated ? bytes : refuse(packProblem('wrong-hash', path, `sha256 ${found}`, `must be ${stated}`))
}
