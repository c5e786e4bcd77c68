/** Makes a pack: the same members, words and key give the same bytes on every machine. */

import { zipSync, type Zippable } from 'fflate'
import { ok, refuse, type Result } from '../../base/result.ts'
import { checkDocument } from '../wire/input-problem.ts'
import { MANIFEST_PATH, manifestSchema, PACK_FORMAT, sha256, SIGNATURE_PATH, type Manifest } from './manifest.ts'
import type { MemberKind } from './pack-limits.ts'
import { memberProblems, packProblem, type PackProblem } from './pack-problem.ts'
import type { SigningKey } from './publisher-key.ts'
import { signatureFile } from './signature-file.ts'

export interface PackMember {
  readonly path: string
  readonly kind: MemberKind
  readonly bytes: Uint8Array
}

export type PackHead = Pick<Manifest, 'id' | 'version' | 'issued' | 'effective' | 'publisher'> & { readonly note?: string | undefined }

/** A ZIP states when its members were made; a pack says it in its manifest. */
const SAME_TIME = '2000-01-01T00:00:00'
const LEVEL = 9

export function buildPack(head: PackHead, members: readonly PackMember[], key: SigningKey): Result<Uint8Array, readonly PackProblem[]> {
  const repeated = members.find(({ path }, index) => members.findIndex((other) => other.path.toLowerCase() === path.toLowerCase()) !== index)
  if (repeated !== undefined) return refuse([packProblem('duplicate-member', repeated.path, '', 'every member must have a name of its own, capitals aside')])
  const manifest = checkDocument(manifestSchema, {
    format: PACK_FORMAT,
    ...head,
    members: members.map(({ path, kind, bytes }) => ({ path, kind, sha256: sha256(bytes), bytes: bytes.length }))
  })
  if (!manifest.ok) return refuse(memberProblems('bad-manifest', MANIFEST_PATH, manifest.error))
  const text = new TextEncoder().encode(`${JSON.stringify(manifest.value, undefined, 2)}\n`)
  return ok(zipped([[MANIFEST_PATH, text], [SIGNATURE_PATH, new TextEncoder().encode(signatureFile(key, text))], ...members.map(({ path, bytes }) => [path, bytes] as const)]))
}

function zipped(files: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const tree: Zippable = {}
  for (const [path, bytes] of files) tree[path] = [bytes, { level: LEVEL, mtime: SAME_TIME }]
  return zipSync(tree)
}
