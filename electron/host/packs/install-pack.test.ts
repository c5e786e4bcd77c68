import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/support/command-line.ts'
import { jsonMember, plainPolicy, plainRules, testPack, testTrust } from '../../../test/support/packs.ts'
import { packPath } from './active-packs.ts'
import { diskSteps, type FileSteps } from '../files/file-steps.ts'
import { installPack, rollBackPack, type InstallRequest } from './install-pack.ts'
import { loadPacks } from './load-packs.ts'

const folder = temporaryFolder()
const data = folder.path('till')
beforeEach(() => {
  rmSync(data, { recursive: true, force: true })
  mkdirSync(data)
})
afterAll(() => folder.remove())

const pack = (version: string, ratio: string, head: object = {}): Uint8Array =>
  testPack({ version, ...head }, [jsonMember('policy', 'policies/a.json', plainPolicy(ratio))])

/** Of these tests no flush has to reach the disk. */
const quick: FileSteps = { ...diskSteps, flush: () => undefined, flushFolder: () => undefined }

const install = (zip: Uint8Array, change: Partial<InstallRequest> = {}) =>
  installPack({
    data,
    zip,
    trusted: testTrust(),
    delivered: { policies: [], rules: [] },
    readCatalogue: () => ({ ok: false, error: 'no catalogue here' }),
    knowsCode: undefined,
    allowOlder: false,
    today: '2026-01-02',
    steps: quick,
    ...change
  })

const problems = async (zip: Uint8Array, change: Partial<InstallRequest> = {}): Promise<string> => {
  const installed = await install(zip, change)
  if (installed.ok) return installed.value.outcome
  return installed.error.kind === 'refused' ? installed.error.problems.map(({ kind, member }) => `${kind} ${member}`.trim()).join(', ') : installed.error.kind
}

/** "test-pack 1 2026-01-01..2026-01-31 0.5" */
const used = (): string[] =>
  loadPacks(data).layers.map(({ id, version, period, policies }) => `${id} ${version} ${period.from}..${period.to ?? ''} ${policies[0]?.version ?? ''}`)

describe('a pack', () => {
  it('is used from its first day, and the one before it until then', async () => {
    expect(await problems(pack('1', '0.5'))).toBe('installed')
    expect(await problems(pack('2', '0.6', { effective: '2026-02-01' }))).toBe('installed')
    expect(used()).toEqual(['test-pack 1 2026-01-01..2026-01-31 0.5', 'test-pack 2 2026-02-01.. 0.6'])
  })

  it('is installed once', async () => {
    await install(pack('1', '0.5'))
    expect(await problems(pack('1', '0.5'))).toBe('unchanged')
    expect(await problems(pack('1.0', '0.5'))).toBe('other-contents')
    expect(await problems(pack('1', '0.6'))).toBe('other-contents')
    expect(used()).toEqual(['test-pack 1 2026-01-01.. 0.5'])
  })

  it('goes forward, unless somebody says that it may go back', async () => {
    await install(pack('1', '0.5'))
    await install(pack('2', '0.6'))
    expect(await problems(pack('1.5', '0.9'))).toBe('older-version')
    expect(await problems(pack('1', '0.5'))).toBe('older-version')
    expect(await problems(pack('1', '0.5'), { allowOlder: true })).toBe('installed')
    expect(used()).toEqual(['test-pack 1 2026-01-01.. 0.5'])
  })

  it('is taken back to the version before it, and then to what was delivered', async () => {
    await install(pack('1', '0.5'))
    await install(pack('2', '0.6'))
    expect(await rollBackPack(data, 'test-pack', quick)).toEqual({ ok: true, value: { removed: '2', now: '1' } })
    expect(used()).toEqual(['test-pack 1 2026-01-01.. 0.5'])
    expect(readdirSync(dirname(packPath(data, 'test-pack', '1')))).toEqual(['1.pack'])
    expect(await rollBackPack(data, 'test-pack', quick)).toEqual({ ok: true, value: { removed: '1', now: undefined } })
    expect(await rollBackPack(data, 'test-pack', quick)).toEqual({ ok: true, value: undefined })
    expect(used()).toEqual([])
  })

  it('that was taken back may come again', async () => {
    await install(pack('1', '0.5'))
    await install(pack('2', '0.6'))
    await rollBackPack(data, 'test-pack', quick)
    expect(await problems(pack('2', '0.7'))).toBe('installed')
  })

  it('that is refused leaves everything as it was', async () => {
    await install(pack('1', '0.5'))
    const before = readFileSync(join(data, 'packs', 'active.json'), 'utf8')
    expect(await problems(testPack({ version: '2' }, [jsonMember('policy', 'policies/a.json', plainPolicy('1.5'))]))).toBe('invalid-member policies/a.json')
    expect(await problems(pack('2', '0.6'), { trusted: [] })).toBe('unknown-publisher')
    expect(await problems(testPack({ version: '2' }, [jsonMember('catalogue', 'catalogue/a.json', {})]))).toBe('broken-catalogue catalogue/a.json')
    expect(await problems(pack('2', '0.6'), { beforeUse: () => Promise.resolve({ ok: false, error: 'disk full' }) })).toBe('catalogue-not-installed')
    expect(readFileSync(join(data, 'packs', 'active.json'), 'utf8')).toBe(before)
    expect(used()).toEqual(['test-pack 1 2026-01-01.. 0.5'])
  })

  it('does not rule what another pack rules', async () => {
    await install(pack('1', '0.5'))
    expect(await problems(pack('1', '0.6', { id: 'second' }))).toBe('overlapping-policies policies/a.json')
  })

  it('does not bring a version that was another document, though nobody uses that one any more', async () => {
    await install(pack('1', '0.5'))
    await install(pack('2', '0.6'))
    const again = testPack({ version: '3' }, [jsonMember('policy', 'policies/a.json', { ...plainPolicy('0.7'), version: '0.5' })])
    expect(await problems(again)).toBe('same-version policies/a.json')
    expect(used()).toEqual(['test-pack 2 2026-01-01.. 0.6'])
  })

  it('says how many codes of its rules nobody could look up', async () => {
    const rules = jsonMember('rules', 'rules/a.json', plainRules({ groups: { odd: { codes: ['XZ99', 'XZ98'], source: 'test region', certainty: 'fictitious' } } }))
    expect(await install(testPack({}, [rules]))).toMatchObject({ ok: true, value: { codesUnchecked: 2 } })
    expect(await problems(testPack({ version: '2' }, [rules]), { knowsCode: (code) => code === 'XZ99' })).toBe('unknown-code rules/a.json')
  })

  it('is not installed while another one is', async () => {
    await install(pack('1', '0.5'))
    let inner = ''
    await install(pack('2', '0.6'), {
      beforeUse: async () => {
        inner = await problems(pack('3', '0.7'))
        return { ok: true, value: undefined }
      }
    })
    expect(inner).toBe('file-in-use')
  })
})

describe('damage', () => {
  it('a pack that no longer opens is named, and the one before it serves', async () => {
    await install(pack('1', '0.5'))
    await install(pack('2', '0.6', { effective: '2026-02-01' }))
    writeFileSync(packPath(data, 'test-pack', '2'), 'PK')
    expect(loadPacks(data).problems).toEqual(['pack test-pack 2 is not used: pack: it is not a ZIP file: 2 bytes: must begin as a ZIP file does'])
    expect(used()).toEqual(['test-pack 1 2026-01-01.. 0.5'])
    rmSync(packPath(data, 'test-pack', '1'))
    expect(loadPacks(data).problems).toHaveLength(2)
    expect(used()).toEqual([])
  })

  it('one pack in the place of another is not taken for it', async () => {
    await install(pack('1', '0.5'))
    writeFileSync(packPath(data, 'test-pack', '1'), pack('9', '0.9'))
    expect(loadPacks(data).problems[0]).toContain('test-pack 9: must be test-pack 1')
  })

  it('a list of packs that cannot be read is named, kept, and nothing is installed over it', async () => {
    await install(pack('1', '0.5'))
    writeFileSync(join(data, 'packs', 'active.json'), '{"format":')
    expect(loadPacks(data).problems[0]).toMatch(/^no pack is used: packs: .*active\.json is not JSON/)
    expect(await problems(pack('2', '0.6'))).toBe('unreadable')
    expect(readFileSync(join(data, 'packs', 'active.json'), 'utf8')).toBe('{"format":')
  })
})

class Killed extends Error {}

/** The program ends before its n-th step; a write that is broken off leaves half of the file. */
function killedAt(n: number): { readonly steps: FileSteps; readonly done: () => number } {
  let done = 0
  const before = (half?: () => void): void => {
    done += 1
    if (done !== n) return
    half?.()
    throw new Killed()
  }
  const step =
    <Args extends readonly unknown[], Answer>(work: (...args: Args) => Answer, half?: (...args: Args) => void) =>
    (...args: Args): Answer => {
      before(half === undefined ? undefined : () => half(...args))
      return work(...args)
    }
  return {
    done: () => done,
    steps: {
      makeFolder: step(quick.makeFolder),
      writeDraft: step(quick.writeDraft, (path, bytes) => quick.writeDraft(path, bytes.subarray(0, bytes.length / 2))),
      flush: step(quick.flush),
      rename: step(quick.rename),
      flushFolder: step(quick.flushFolder),
      remove: step(quick.remove),
      append: step(quick.append),
      truncate: step(quick.truncate)
    }
  }
}

describe('a program that ends in the middle', () => {
  const OLD = 'test-pack 1 2026-01-01.. 0.5'
  const NEW = 'test-pack 2 2026-01-01.. 0.6'

  it('of installing leaves the old version or the new one, whole, and installing can go on', async () => {
    const seen: string[] = []
    for (let n = 1; n <= 20; n += 1) {
      rmSync(data, { recursive: true, force: true })
      mkdirSync(data)
      await install(pack('1', '0.5'))
      const { steps, done } = killedAt(n)
      const ended = await install(pack('2', '0.6'), { steps }).catch((cause: unknown) => cause)
      expect(loadPacks(data).problems).toEqual([])
      seen.push(used().join())
      expect([OLD, NEW]).toContain(seen.at(-1))
      if (!(ended instanceof Killed)) {
        expect(done()).toBe(n - 1)
        break
      }
      expect(['installed', 'unchanged']).toContain(await problems(pack('2', '0.6')))
      expect(used()).toEqual([NEW])
      expect(readdirSync(dirname(packPath(data, 'test-pack', '1')))).toEqual(['1.pack', '2.pack'])
    }
    // Two folders, four steps of the pack, four of the list: the rename of the list is the eleventh of twelve.
    expect(seen).toEqual([...Array.from({ length: 10 }, () => OLD), NEW, NEW])
  })

  it('of taking back leaves one or the other too', async () => {
    for (let n = 1; n <= 6; n += 1) {
      rmSync(data, { recursive: true, force: true })
      mkdirSync(data)
      await install(pack('1', '0.5'))
      await install(pack('2', '0.6'))
      await rollBackPack(data, 'test-pack', killedAt(n).steps).catch((cause: unknown) => cause)
      expect(loadPacks(data).problems).toEqual([])
      expect([OLD, NEW]).toContain(used().join())
    }
  })
})
