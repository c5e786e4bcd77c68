import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unzipSync, zipSync, type Zippable } from 'fflate'
import { describe, expect, it } from 'vitest'
import { buildPack, type PackHead, type PackMember } from './build-pack.ts'
import { compareVersions, manifestSchema } from './manifest.ts'
import { openPack } from './open-pack.ts'
import { PACK_PROBLEM_KINDS, packProblem, sayPackProblem, type PackProblem } from './pack-problem.ts'
import { parseSigningKey, parseTrustedKeys, type SigningKey, type TrustedKey } from './publisher-key.ts'
import { isMemberPath } from './zip-directory.ts'

const FOLDER = join(import.meta.dirname, '..', '..', 'fixtures', 'packs')
const KEY = signingKey(readFileSync(join(FOLDER, 'test-publisher.fake-private-key.pem'), 'utf8'))
const TRUSTED = trusted(JSON.parse(readFileSync(join(FOLDER, 'test-publisher.json'), 'utf8')))
/** The seed is thirty-two times 01. */
const STRANGER = signingKey('-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB\n-----END PRIVATE KEY-----\n')

function signingKey(pem: string): SigningKey {
  const key = parseSigningKey(pem)
  if (!key.ok) throw new Error(key.error)
  return key.value
}

function trusted(json: unknown): readonly TrustedKey[] {
  const keys = parseTrustedKeys(json)
  if (!keys.ok) throw new Error(JSON.stringify(keys.error))
  return keys.value
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const HEAD: PackHead = { id: '999999-test', version: '2026.1', issued: '2026-01-01', effective: '2026-02-01', publisher: '测试发布者' }
const MEMBERS: readonly PackMember[] = [
  { path: 'policies/a.json', kind: 'policy', bytes: utf8('{"region":"999999"}') },
  { path: 'rules/b.json', kind: 'rules', bytes: utf8('{"id":"national"}') }
]

function built(head: Partial<PackHead> = {}, members = MEMBERS, key = KEY): Uint8Array {
  const pack = buildPack({ ...HEAD, ...head }, members, key)
  if (!pack.ok) throw new Error(JSON.stringify(pack.error))
  return pack.value
}

const problemsOf = (zip: Uint8Array, keys = TRUSTED): readonly PackProblem[] => {
  const pack = openPack(zip, keys)
  return pack.ok ? pack.value.manifest.members.flatMap((member) => problemOf(pack.value.read(member))) : pack.error
}
const problemOf = (read: { ok: true } | { ok: false; error: PackProblem }): PackProblem[] => (read.ok ? [] : [read.error])
const kindsOf = (zip: Uint8Array, keys = TRUSTED): string[] => problemsOf(zip, keys).map(({ kind, member }) => `${kind} ${member}`.trim())

/** A ZIP of any members, which need be no pack. */
const zip = (files: Zippable): Uint8Array => zipSync(files, { level: 6, mtime: '2000-01-01T00:00:00' })

/** The bytes with some of them others: at each place, a number in so many bytes, the low one first. */
function changed(bytes: Uint8Array, ...changes: readonly { at: number; to: number; width: 1 | 2 | 4 }[]): Uint8Array {
  const copy = bytes.slice()
  const view = new DataView(copy.buffer)
  for (const { at, to, width } of changes) {
    if (width === 4) view.setUint32(at, to, true)
    else if (width === 2) view.setUint16(at, to, true)
    else view.setUint8(at, to)
  }
  return copy
}

/** Where the directory's entries begin, in order. */
function entriesOf(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: number[] = []
  let at = view.getUint32(bytes.length - 6, true)
  for (let left = view.getUint16(bytes.length - 12, true); left > 0; left -= 1) {
    entries.push(at)
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}
const localOf = (bytes: Uint8Array, entry: number): number => new DataView(bytes.buffer).getUint32(entry + 42, true)

describe('a pack', () => {
  it('opens with its publisher, its members and what it says of itself', () => {
    const pack = openPack(built({ note: 'first' }), TRUSTED)
    if (!pack.ok) throw new Error(JSON.stringify(pack.error))
    const { manifest, key } = pack.value
    expect(key).toMatchObject({ id: 'a050837d85070582', publisher: '测试发布者 test publisher' })
    expect(manifest).toEqual({
      format: 'caresettle-pack-1',
      id: '999999-test',
      version: '2026.1',
      issued: '2026-01-01',
      effective: '2026-02-01',
      publisher: '测试发布者',
      note: 'first',
      members: [
        { path: 'policies/a.json', kind: 'policy', sha256: 'd78f10e49e590dd23ed45f6117a397550fb28aadab9113fbd86671a7a6d17942', bytes: 19 },
        { path: 'rules/b.json', kind: 'rules', sha256: '8f3104b91bbdbbfac762c5a7e83035daefceb3a822ab146f71cc79c153195b70', bytes: 17 }
      ]
    })
    expect(manifest.members.map((member) => pack.value.read(member))).toEqual(MEMBERS.map(({ bytes }) => ({ ok: true, value: bytes })))
  })

  it('is the same bytes whenever it is built', () => {
    expect(built()).toEqual(built())
  })

  it.each([
    ['2026.1', '2026.1.0', 0],
    ['2026.9', '2026.10', -1],
    ['2027', '2026.12.31', 1]
  ])('version %s against %s', (left, right, sign) => {
    expect(Math.sign(compareVersions(left, right))).toBe(sign)
  })
})

describe('who made it', () => {
  it('must be trusted', () => {
    expect(problemsOf(built({}, MEMBERS, STRANGER))).toEqual([
      packProblem('unknown-publisher', '', `key ${STRANGER.id}`, 'must be one of the trusted keys: a050837d85070582 (测试发布者 test publisher)')
    ])
    expect(kindsOf(built(), [])).toEqual(['unknown-publisher'])
  })

  it('must have signed this manifest, and no other', () => {
    const [first, second] = [openZip(built()), openZip(built({ version: '2026.2' }))]
    expect(kindsOf(zip({ ...first, 'manifest.sig': second['manifest.sig'] ?? utf8('') }))).toEqual(['wrong-signature manifest.sig'])
  })

  it('must have signed these members', () => {
    const files = openZip(built())
    expect(kindsOf(zip({ ...files, 'rules/b.json': utf8('{"id":"nationaL"}') }))).toEqual(['wrong-hash rules/b.json'])
    expect(kindsOf(zip({ ...files, 'rules/b.json': utf8('{"id":"longer than it was"}') }))).toEqual(['wrong-size rules/b.json'])
    expect(kindsOf(zip({ ...files, 'rules/c.json': utf8('{}') }))).toEqual(['unexpected-member rules/c.json'])
    const { 'rules/b.json': _, ...without } = files
    expect(kindsOf(zip(without))).toEqual(['missing-member rules/b.json'])
  })

  it.each([
    ['no manifest', { 'manifest.sig': utf8('{}') }, 'missing-member manifest.json'],
    ['no signature', { 'manifest.json': utf8('{}') }, 'missing-member manifest.sig'],
    ['a signature that is no JSON', { 'manifest.json': utf8('{}'), 'manifest.sig': utf8('MEUCIQ') }, 'not-json manifest.sig'],
    ['a signature that says a thing twice', { 'manifest.json': utf8('{}'), 'manifest.sig': utf8('{"key": "a", "key": "b"}') }, 'repeated-field manifest.sig'],
    ['a signature without bottom', { 'manifest.json': utf8('{}'), 'manifest.sig': utf8('['.repeat(2000) + ']'.repeat(2000)) }, 'too-deep manifest.sig'],
    ['a signature of another kind', { 'manifest.json': utf8('{}'), 'manifest.sig': utf8('{"algorithm":"none"}') }, 'bad-signature manifest.sig'],
    ['a manifest that is too long', { 'manifest.json': new Uint8Array(256 * 1024 + 1), 'manifest.sig': utf8('{}') }, 'member-too-large manifest.json']
  ])('%s', (_, files, problem) => {
    expect(kindsOf(zip(files))).toEqual([problem])
  })

  it('a key that is none is refused without a word of what it holds', () => {
    expect(parseSigningKey('not a key')).toEqual({ ok: false, error: 'must be a private key in PEM (PKCS #8)' })
    expect(parseTrustedKeys({ keys: [{ publisher: 'x', public_key: 'AAAA' }] })).toMatchObject({ ok: false, error: [{ path: 'keys[0].public_key' }] })
    expect(JSON.stringify(KEY)).toBe('"signing key"')
  })
})

const openZip = (bytes: Uint8Array): Record<string, Uint8Array> => unzipSync(bytes)

describe('a manifest', () => {
  it.each([
    ['an id that leaves its folder', { id: '../etc' }, 'id'],
    ['an id that is a device', { id: 'con' }, 'id'],
    ['a version in words', { version: 'latest' }, 'version'],
    ['a version with a leading zero', { version: '2026.01' }, 'version'],
    ['a day that is none', { effective: '2026-02-30' }, 'effective'],
    ['another format', { format: 'caresettle-pack-2' }, 'format'],
    ['a field nobody knows', { region: '999999' }, 'region']
  ])('%s is refused', (_, change, path) => {
    const member = { path: 'policies/a.json', kind: 'policy', sha256: '0'.repeat(64), bytes: 1 }
    const checked = manifestSchema.safeParse({ format: 'caresettle-pack-1', ...HEAD, members: [member], ...change })
    expect(JSON.stringify(checked.error?.issues)).toContain(path)
  })

  it.each(['a.json', 'policies/a.json', 'rules/999999-x.2026.json'])('a member may be called %s', (path) => {
    expect(isMemberPath(path)).toBe(true)
  })
  it.each(['/etc/passwd', '../a', 'a/../b', 'C:/a', 'a\\b', './a', 'a//b', 'a/', '', '.hidden', 'é.json', 'a'.repeat(121)])('a member may not be called %j', (path) => {
    expect(isMemberPath(path)).toBe(false)
  })
})

describe('a hostile ZIP', () => {
  const good = built()
  const [first = 0, second = 0] = entriesOf(good)
  const end = good.length - 22

  it.each([
    ['an empty file', new Uint8Array(0), 'not-a-zip'],
    ['a text', utf8('hello, this is not a ZIP at all'), 'not-a-zip'],
    ['larger than a pack may be', new Uint8Array(64 * 1024 * 1024 + 1), 'pack-too-large'],
    ['cut short', good.subarray(0, good.length - 1), 'truncated'],
    ['cut in half', good.subarray(0, good.length / 2), 'truncated'],
    ['without its first byte', good.subarray(1), 'not-a-zip'],
    ['with something after it', new Uint8Array([...good, 0]), 'truncated'],
    ['several disks', changed(good, { at: end + 4, to: 1, width: 2 }), 'unsupported-zip'],
    ['a comment', changed(good, { at: end + 20, to: 9, width: 2 }), 'unsupported-zip'],
    ['more members than a pack may have', changed(good, { at: end + 8, to: 513, width: 2 }, { at: end + 10, to: 513, width: 2 }), 'too-many-members'],
    ['fewer members than are there', changed(good, { at: end + 8, to: 3, width: 2 }, { at: end + 10, to: 3, width: 2 }), 'unsupported-zip'],
    ['more members than are there', changed(good, { at: end + 8, to: 5, width: 2 }, { at: end + 10, to: 5, width: 2 }), 'truncated'],
    ['a directory that lies elsewhere', changed(good, { at: end + 16, to: 0, width: 4 }), 'truncated'],
    ['encrypted', changed(good, { at: first + 8, to: 1, width: 2 }), 'unsupported-zip manifest.json'],
    ['streamed, so that sizes are not stated', changed(good, { at: first + 8, to: 8, width: 2 }), 'unsupported-zip manifest.json'],
    ['packed in a way nobody expects', changed(good, { at: first + 10, to: 12, width: 2 }), 'unsupported-zip manifest.json'],
    ['ZIP64', changed(good, { at: first + 24, to: 0xffff_ffff, width: 4 }), 'unsupported-zip manifest.json'],
    ['two members on the same bytes', changed(good, { at: second + 42, to: 0, width: 4 }), 'overlapping-members manifest.sig'],
    ['another name in the member than in the directory', changed(good, { at: 30, to: 0x4d, width: 1 }), 'headers-disagree manifest.json'],
    ['another size in the member than in the directory', changed(good, { at: 22, to: 5, width: 4 }), 'headers-disagree manifest.json'],
    ['broken data', changed(good, { at: 30 + 13, to: 0xff, width: 1 }), 'broken-member manifest.json'],
    ['out of its folder', zip({ '../../etc/passwd': utf8('x') }), 'bad-member-name "../../etc/passwd"'],
    ['an absolute path', zip({ '/etc/passwd': utf8('x') }), 'bad-member-name "/etc/passwd"'],
    ['a path of another system', zip({ 'a\\..\\b': utf8('x') }), 'bad-member-name "a\\\\..\\\\b"'],
    ['two names that differ in capitals only', zip({ 'rules/a.json': utf8('{}'), 'rules/A.json': utf8('{}') }), 'duplicate-member rules/A.json']
  ])('%s', (_, bytes, problem) => {
    expect(kindsOf(bytes)).toEqual([problem])
  })

  it('a member that unpacks to more than it says stops there', () => {
    const bomb = zip({ 'manifest.json': new Uint8Array(8 * 1024 * 1024), 'manifest.sig': utf8('{}') })
    const [entry = 0] = entriesOf(bomb)
    const lying = changed(bomb, { at: entry + 24, to: 100, width: 4 }, { at: 22, to: 100, width: 4 })
    expect(problemsOf(lying)).toEqual([
      packProblem('wrong-size', 'manifest.json', 'more than 100 bytes', 'must have the 100 bytes that the directory states')
    ])
  })

  it('members that unpack to more than a pack may hold are not unpacked', () => {
    const large = zip({ 'a.json': new Uint8Array(1000), 'b.json': new Uint8Array(1000) })
    const sizes = entriesOf(large).flatMap((entry) => [entry + 24, localOf(large, entry) + 22])
    expect(kindsOf(changed(large, ...sizes.map((at) => ({ at, to: 130 * 1024 * 1024, width: 4 as const }))))).toEqual(['contents-too-large'])
  })

  it('any byte of a pack that is another one is noticed', () => {
    // Every byte would take long: primes walk over headers, data and directory alike.
    for (let at = 0; at < good.length; at += 7) {
      const broken = changed(good, { at, to: (good[at] ?? 0) ^ 0x55, width: 1 })
      const opened = openPack(broken, TRUSTED)
      const same = opened.ok && opened.value.manifest.members.every((member, index) => {
        const read = opened.value.read(member)
        return read.ok && Buffer.compare(read.value, MEMBERS[index]?.bytes ?? utf8('')) === 0
      })
      // CRCs, times and versions of the ZIP are not looked at; what is read is what was signed all the same.
      expect(opened.ok && !same && problemsOf(broken).length === 0, `byte ${at}`).toBe(false)
    }
  })
})

it('every problem has its words in both languages', () => {
  for (const kind of PACK_PROBLEM_KINDS) {
    const { zh, en } = sayPackProblem(packProblem(kind, 'rules/a.json', '7', 'must be 6'))
    expect(zh).toMatch(/^rules\/a\.json：\p{Script=Han}/u)
    expect(en).toMatch(/^rules\/a\.json: [a-z].*7: must be 6$/)
  }
  expect(sayPackProblem(packProblem('truncated', '', '3 bytes', 'must be whole'))).toEqual({
    zh: '数据包：数据包不完整：3 bytes：须为完整的普通ZIP文件',
    en: 'pack: the pack is cut short: 3 bytes: must be whole'
  })
})
