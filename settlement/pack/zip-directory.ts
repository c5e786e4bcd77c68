/**
 * The directory of a ZIP file, read strictly: of the many kinds of ZIP a pack uses one, so that two programs cannot see
 * different members in it and nothing hides between them.
 *
 *   [local header, data] [local header, data] ... [directory entry] [directory entry] ... [end of directory]
 *   ^ 0                                          ^ directoryAt                            ^ the last 22 bytes
 *
 * APPNOTE 6.3.10: 4.3.7 local header, 4.3.12 directory entry, 4.3.16 end. Refused: ZIP64, encryption, data descriptors,
 * several disks, comments, any method but stored and deflated. CRCs are not looked at: the manifest has stronger sums.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { MEMBERS_MAX, PACK_BYTES_MAX, PATH_LENGTH_MAX } from './pack-limits.ts'
import { packProblem, type PackProblem } from './pack-problem.ts'

export interface ZipMember {
  readonly path: string
  readonly isDeflated: boolean
  /** Bytes in the file, and unpacked as the directory states them. */
  readonly packedBytes: number
  readonly bytes: number
  /** Where its data begins. */
  readonly at: number
}

const LOCAL = 0x04034b50
const ENTRY = 0x02014b50
const END = 0x06054b50
const LOCAL_BYTES = 30
const ENTRY_BYTES = 46
const END_BYTES = 22
const STORED = 0
const DEFLATED = 8
const UTF_8_NAMES = 0x0800
const ZIP64_MARK = 0xffff_ffff

type Directory = Result<readonly ZipMember[], PackProblem>
type Entry = ZipMember & { readonly localAt: number; readonly flags: number; readonly method: number }

const bad = (...problem: Parameters<typeof packProblem>): { readonly ok: false; readonly error: PackProblem } => refuse(packProblem(...problem))

export function readZipDirectory(zip: Uint8Array): Directory {
  if (zip.length > PACK_BYTES_MAX) return bad('pack-too-large', '', `${zip.length} bytes`, `must have at most ${PACK_BYTES_MAX} bytes`)
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  if (zip.length < END_BYTES || (view.getUint32(0, true) !== LOCAL && view.getUint32(0, true) !== END)) {
    return bad('not-a-zip', '', `${zip.length} bytes`, 'must begin as a ZIP file does')
  }
  const endAt = zip.length - END_BYTES
  if (view.getUint32(endAt, true) !== END) return bad('truncated', '', `${zip.length} bytes`, 'must end with the directory of the ZIP, without a comment')
  const count = view.getUint16(endAt + 10, true)
  const directoryBytes = view.getUint32(endAt + 12, true)
  const directoryAt = view.getUint32(endAt + 16, true)
  const disks = [view.getUint16(endAt + 4, true), view.getUint16(endAt + 6, true)]
  if (disks.some((disk) => disk !== 0) || view.getUint16(endAt + 8, true) !== count || view.getUint16(endAt + 20, true) !== 0) {
    return bad('unsupported-zip', '', 'several disks or a comment', 'must be one file without a comment')
  }
  if (count > MEMBERS_MAX) return bad('too-many-members', '', count, `must have at most ${MEMBERS_MAX} members`)
  if (directoryAt + directoryBytes !== endAt) {
    return bad('truncated', '', `directory of ${directoryBytes} bytes at ${directoryAt}`, `must end at ${endAt}, where the end record is`)
  }
  const entries = readEntries(view, { count, from: directoryAt, to: endAt })
  return entries.ok ? inOrder(view, entries.value, directoryAt) : entries
}

function readEntries(view: DataView, { count, from, to }: { count: number; from: number; to: number }): Result<readonly Entry[], PackProblem> {
  const entries: Entry[] = []
  const names = new Set<string>()
  let at = from
  for (let index = 0; index < count; index += 1) {
    if (at + ENTRY_BYTES > to || view.getUint32(at, true) !== ENTRY) {
      return bad('truncated', '', `${index} members in the directory`, `must be the ${count} that the end record states`)
    }
    const nameBytes = view.getUint16(at + 28, true)
    const next = at + ENTRY_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > to) return bad('truncated', '', `member ${index + 1}`, 'must lie within the directory')
    const entry = readEntry(view, at, nameOf(view, at + ENTRY_BYTES, nameBytes))
    const problem = entryProblem(entry) ?? duplicate(entry, names)
    if (problem !== undefined) return refuse(problem)
    names.add(entry.path.toLowerCase())
    entries.push(entry)
    at = next
  }
  return at === to ? ok(entries) : bad('unsupported-zip', '', `${to - at} bytes after the last member`, 'must end with its last member')
}

const readEntry = (view: DataView, at: number, path: string): Entry => ({
  path,
  flags: view.getUint16(at + 8, true),
  method: view.getUint16(at + 10, true),
  isDeflated: view.getUint16(at + 10, true) === DEFLATED,
  packedBytes: view.getUint32(at + 20, true),
  bytes: view.getUint32(at + 24, true),
  localAt: view.getUint32(at + 42, true),
  at: 0
})

function entryProblem({ path, flags, method, packedBytes, bytes, localAt }: Entry): PackProblem | undefined {
  if (!isMemberPath(path)) return packProblem('bad-member-name', shown(path), '', MEMBER_PATH_RULE)
  if ([packedBytes, bytes, localAt].includes(ZIP64_MARK)) return packProblem('unsupported-zip', path, 'ZIP64', 'must be a ZIP of the plain kind')
  if ((flags & ~UTF_8_NAMES) !== 0) return packProblem('unsupported-zip', path, `flags ${flags}`, 'must be neither encrypted nor streamed')
  if (method === STORED || method === DEFLATED) return undefined
  return packProblem('unsupported-zip', path, `method ${method}`, 'must be stored (0) or deflated (8)')
}

const duplicate = ({ path }: Entry, names: ReadonlySet<string>): PackProblem | undefined =>
  names.has(path.toLowerCase()) ? packProblem('duplicate-member', path, '', 'every member must have a name of its own, capitals aside') : undefined

/** Members lie one after the other, from the first byte to the directory, and each says of itself what the directory says. */
function inOrder(view: DataView, entries: readonly Entry[], directoryAt: number): Directory {
  const members: ZipMember[] = []
  let end = 0
  for (const entry of entries.toSorted((left, right) => left.localAt - right.localAt)) {
    const { path, localAt } = entry
    if (localAt !== end) return bad('overlapping-members', path, `begins at byte ${localAt}`, `must begin at ${end}, where the one before it ends`)
    if (localAt + LOCAL_BYTES > directoryAt || view.getUint32(localAt, true) !== LOCAL) return bad('truncated', path, `at byte ${localAt}`, 'must be a member of a ZIP')
    const nameBytes = view.getUint16(localAt + 26, true)
    const at = localAt + LOCAL_BYTES + nameBytes + view.getUint16(localAt + 28, true)
    end = at + entry.packedBytes
    if (end > directoryAt) return bad('truncated', path, `ends at byte ${end}`, `must end before the directory, ${directoryAt}`)
    if (!agrees(view, entry, nameBytes)) return bad('headers-disagree', path, '', 'name, method and sizes must be the same in both places')
    members.push({ path, isDeflated: entry.isDeflated, packedBytes: entry.packedBytes, bytes: entry.bytes, at })
  }
  if (end !== directoryAt) return bad('overlapping-members', '', `${directoryAt - end} bytes before the directory`, 'nothing may lie there')
  return ok(members)
}

const agrees = (view: DataView, { localAt, flags, method, packedBytes, bytes, path }: Entry, nameBytes: number): boolean =>
  view.getUint16(localAt + 6, true) === flags &&
  view.getUint16(localAt + 8, true) === method &&
  view.getUint32(localAt + 18, true) === packedBytes &&
  view.getUint32(localAt + 22, true) === bytes &&
  nameOf(view, localAt + LOCAL_BYTES, nameBytes) === path

/** Names are ASCII; any other byte makes one that `isMemberPath` refuses. */
const nameOf = (view: DataView, at: number, bytes: number): string =>
  String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, Math.min(bytes, PATH_LENGTH_MAX + 1)))

const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/
export const MEMBER_PATH_RULE = `must be folders and a file of letters, digits, ".", "_" and "-", at most ${PATH_LENGTH_MAX} characters, such as "policies/999999-test.json"`

/** Never absolute, never out of its folder: no segment begins with a dot, a slash or a drive. */
export const isMemberPath = (path: string): boolean =>
  path.length <= PATH_LENGTH_MAX && path.split('/').every((segment) => SEGMENT.test(segment))

const shown = (path: string): string => JSON.stringify(path.slice(0, 60))
