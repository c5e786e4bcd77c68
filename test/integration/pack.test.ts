/** Packs from the publisher's desk to the counter: what is wrong with one is named, and the old one goes on serving. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPolicies } from '../../electron/host/files/delivered.ts'
import { readRuleFiles } from '../../electron/host/packs/delivered-rules.ts'
import { diskSteps } from '../../electron/host/files/file-steps.ts'
import { installPack } from '../../electron/host/packs/install-pack.ts'
import { loadPacks } from '../../electron/host/packs/load-packs.ts'
import { readPackCatalogue } from '../../electron/host/packs/read-pack-catalogue.ts'
import { withPacksBeside } from '../../electron/cli/packs-beside.ts'
import { openShelf } from '../../electron/host/packs/open-shelf.ts'
import { date } from '../../settlement/calendar/business-date.ts'
import { openCatalogue } from '../../settlement/catalogue/sqlite/sqlite-catalogue.ts'
import type { PackMember } from '../../settlement/pack/build-pack.ts'
import { sayPackProblem } from '../../settlement/pack/pack-problem.ts'
import { caresettle, caresettleHere, fixture, temporaryFolder } from '../support/command-line.ts'
import { jsonMember, plainPolicy, plainRules, TEST_KEY_FILE, TEST_TRUST_FILE, testKey, testPack, testTrust } from '../support/packs.ts'

const folder = temporaryFolder()
const data = folder.path('till')
const FIXTURES = fixture()
const SOURCE = { source: 'test region', certainty: 'fictitious' }
const steps = { ...diskSteps, flush: () => undefined, flushFolder: () => undefined }

function valueOf<Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: unknown }): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const delivered = { policies: valueOf(readPolicies(FIXTURES)), rules: valueOf(readRuleFiles(FIXTURES)) }

const install = (zip: Uint8Array) =>
  installPack({ data, zip, trusted: testTrust(), delivered, readCatalogue: readPackCatalogue, knowsCode: undefined, allowOlder: false, today: '2026-01-02', steps })

const policy = (change: object = {}): PackMember => jsonMember('policy', 'policies/test.json', plainPolicy('0.5', change))
const rules = (change: object = {}, path = 'rules/test.json'): PackMember => jsonMember('rules', path, plainRules({ based_on: 'national', effective: { from: '2026-01-01' }, ...change }))
const item = (code: string, change: object = {}): object => ({ med_list_codg: code, name: '测试药(测试)', chrgitm_lv: '01', med_chrgitm_type: '09', pric: '10.00', ...change })
const catalogue = (...items: readonly object[]): PackMember => jsonMember('catalogue', 'catalogue/items.json', { version: 'test', items })

const inUse = (): string[] => loadPacks(data).layers.map(({ id, version }) => `${id} ${version}`)

beforeAll(async () => {
  mkdirSync(data)
  valueOf(await install(testPack({ version: '1' }, [policy(), rules()])))
})
afterAll(() => folder.remove())

describe('a pack is refused by name, and the one before it goes on serving:', () => {
  const second = { version: '2' }
  const notSigned = (): Uint8Array => {
    const zip = testPack(second, [policy()])
    // The last byte of the signature file's text is in the second member, stored after the manifest: any change breaks it.
    const at = Buffer.from(zip).indexOf('manifest.sig') + 'manifest.sig'.length + 20
    zip[at] = (zip[at] ?? 0) ^ 0x01
    return zip
  }

  it.each<[string, () => Uint8Array, RegExp]>([
    ['rules in a circle', () => testPack(second, [rules({ based_on: 'other' }), rules({ id: 'other', region: '999900', based_on: 'test-region' }, 'rules/other.json')]), /^rules\/test\.json: the rules cannot be used together: .*must not form a circle/],
    ['groups in a circle', () => testPack(second, [rules({ groups: { a: { groups: ['b'], ...SOURCE }, b: { groups: ['a'], ...SOURCE } } })]), /^rules\/test\.json: its contents are refused: .*groups\.a/],
    ['two policies for one day', () => testPack(second, [policy(), jsonMember('policy', 'policies/again.json', plainPolicy('0.6', { effective: { from: '2026-07-01', to: null } }))]), /^policies\/again\.json: two policies claim the same days: region 999999, insurance 310, 390, 2026-07-01 to further notice: must not rule what policies\/test\.json rules$/],
    ['two versions of rules for one day', () => testPack(second, [rules(), rules({ version: '2', effective: { from: '2026-07-01' } }, 'rules/again.json')]), /^rules\/again\.json: the rules cannot be used together: .*must not overlap version 1/],
    ['a base that nobody has', () => testPack(second, [rules({ based_on: 'nowhere' })]), /^rules\/test\.json: .*based_on: "nowhere" is refused/],
    ['a group that nobody defines', () => testPack(second, [rules({ item_rules: [{ rule: 'sex', sex: 'male', items: ['nobody'], ...SOURCE }] })]), /^rules\/test\.json: .*nobody/],
    ['a code that its catalogue does not hold', () => testPack(second, [rules({ groups: { odd: { codes: ['XZ99'], ...SOURCE } } }), catalogue(item('XA01AA'))]), /^rules\/test\.json: a rule names a code that the catalogue does not hold: groups\.odd\.codes\[0\] "XZ99"/],
    ['a rule without a source', () => testPack(second, [rules({ supply: [{ days: 7, certainty: 'published' }] })]), /^rules\/test\.json: its contents are refused: supply\[0\]\.source: missing/],
    ['a policy with a section that stands twice', () => testPack(second, [{ kind: 'policy', path: 'policies/test.json', bytes: new TextEncoder().encode('{"region":"999999","bands":[],"bands":[]}') }]), /^policies\/test\.json: a field stands twice in one object: bands: must stand once in its object$/],
    ['a policy without bottom', () => testPack(second, [{ kind: 'policy', path: 'policies/test.json', bytes: new TextEncoder().encode(`{"region":"999999","bands":${'['.repeat(50_000)}${']'.repeat(50_000)}}`) }]), /^policies\/test\.json: it is nested too deeply: bands\[0\].*: must have at most 64 levels$/],
    ['a policy with a field that nobody knows', () => testPack(second, [policy({ deductable: {} })]), /^policies\/test\.json: its contents are refused: deductable/],
    ['a catalogue without a row that can be read', () => testPack(second, [catalogue(item('XA', { chrgitm_lv: '9' }))]), /^catalogue\/items\.json: the catalogue cannot be used: /],
    ['the signature of something else', notSigned, /^manifest\.(sig|json): /],
    ['an older version', () => testPack({ version: '0.9' }, [policy()]), /^pack: a version that is not newer than what is installed: test-pack 0\.9: must be newer than 1; --allow-older/],
    ['other contents under the same version', () => testPack({ version: '1' }, [policy({ version: 'other' })]), /^pack: this version is installed with other contents/],
    ['what another pack rules', () => testPack({ id: 'second-pack' }, [policy()]), /^policies\/test\.json: two policies claim the same days: .*must not rule what the pack test-pack 1 rules$/]
  ])('%s', async (_, made, words) => {
    const refused = await install(made())
    const said = !refused.ok && refused.error.kind === 'refused' ? refused.error.problems.map((problem) => sayPackProblem(problem).en) : [JSON.stringify(refused)]
    expect(said[0]).toMatch(words)
    expect(inUse()).toEqual(['test-pack 1'])
  })

  it('an unknown publisher', async () => {
    const refused = await installPack({ data, zip: testPack(second, [policy()]), trusted: [], delivered, readCatalogue: readPackCatalogue, knowsCode: undefined, allowOlder: false, today: '2026-01-02', steps })
    expect(refused).toMatchObject({ ok: false, error: { kind: 'refused', problems: [{ kind: 'unknown-publisher', value: `key ${testKey().id}` }] } })
    expect(inUse()).toEqual(['test-pack 1'])
  })
})

it('broken rows of a catalogue are named by line, skipped and counted, and the rest is used', async () => {
  const zip = testPack({ id: 'items-pack' }, [catalogue(item('XA01AA'), item('XA01AB', { pric: '-1' }), item('XA01AC', { chrgitm_lv: '9' }), item('XA01AD'))])
  const installed = valueOf(await install(zip))
  expect(installed.members.catalogue).toMatchObject({ codes: 2, broken: 2 })
  expect(installed.members.catalogue?.problems.map((line) => line.slice(0, 24))).toEqual(['items.json, line 2, pric', 'items.json, line 3, chrg'])
})

it('the rules of a pack are those of its first day, for whoever asks for that day', () => {
  const { shelf } = valueOf(openShelf({ fixtures: FIXTURES, data, division: '999999', today: () => date('2026-01-02'), warn: () => undefined }))
  const on = (day: string): string => {
    const found = shelf.rulesFor('999999', date(day))
    return found.ok ? found.value.identity.chain.map(({ id, version }) => `${id} ${version}`).join(' > ') : found.error.kind
  }
  expect(on('2026-01-01')).toMatch(/^national \S+ > test-region 1$/)
  expect(shelf.policies.filter(({ region }) => region === '999999').map(({ version, effective }) => `${version} ${effective.from}`)).toContain('0.5 2026-01-01')
})

it('a ledger in the data folder is settled by the same', async () => {
  const policies = await withPacksBeside(join(data, 'ledger.db'), delivered.policies)
  expect(policies.filter(({ region }) => region === '999999').map(({ version, effective }) => `${version} ${effective.from}`)).toEqual(['0.5 2026-01-01', '1 2020-01-01'])
  expect(await withPacksBeside(folder.path('ledger.db'), delivered.policies)).toBe(delivered.policies)
})

it('the command line: made, checked, refused, installed, listed, compared, taken back', async () => {
  const path = (name: string): string => folder.path(name)
  const json = async (...args: string[]): Promise<unknown> => JSON.parse((await caresettleHere([...args, '--json'])).stdout)
  const till = path('second-till')
  mkdirSync(till)
  const trust = ['--trust', TEST_TRUST_FILE]
  const build = async (version: string, file: string, more: readonly string[] = []): Promise<string> => {
    const out = path(`${version}.pack`)
    const run = await caresettleHere(['pack', 'build', '--id', 'test', '--version', version, '--effective', '2026-01-01', '--key', TEST_KEY_FILE, '--policy', file, '--out', out, ...more])
    expect(run.exit, run.stderr).toBe(0)
    return out
  }
  const [good, bad] = [path('good.json'), path('bad.json')]
  writeFileSync(good, JSON.stringify(plainPolicy('0.5')))
  writeFileSync(bad, JSON.stringify(plainPolicy('1.5')))
  expect((await caresettleHere(['pack', 'install', await build('1', good), '--data', till, ...trust])).exit).toBe(0)
  // The one that a user would see as a process.
  const refused = caresettle(['pack', 'install', await build('2', bad, ['--unchecked']), '--data', till, ...trust])
  expect(refused.exit).toBe(2)
  expect(refused.stderr).toContain('policies/bad.json: its contents are refused: bands[0].ratio[0].ratio: "1.5" is refused')
  expect(refused.stderr.trimEnd().split('\n')).toHaveLength(1)
  expect(await json('pack', 'list', '--data', till)).toMatchObject({ packs: [{ id: 'test', version: '1', used: { from: '2026-01-01', to: null } }], problems: [] })
  writeFileSync(path('better.json'), JSON.stringify(plainPolicy('0.6')))
  expect(await json('pack', 'diff', path('1.pack'), await build('3', path('better.json')), ...trust)).toMatchObject({
    differences: [
      { path: 'manifest.version' },
      { path: 'policies/better.json', before: 'policies/good.json', after: 'policies/better.json' },
      { path: 'policies/better.json.version', before: '0.5', after: '0.6' },
      { path: 'policies/better.json.bands[0].ratio[0].ratio', before: '0.5', after: '0.6' }
    ]
  })
  expect((await caresettleHere(['pack', 'rollback', 'test', '--data', till])).stdout).toContain('随终端交付的数据')
  expect(JSON.parse(readFileSync(join(till, 'packs', 'active.json'), 'utf8'))).toEqual({ format: 'caresettle-packs-1', packs: [] })
  expect(existsSync(join(till, 'packs', 'test', '1.pack'))).toBe(false)
})

it('a key that is made here signs what a terminal that trusts it takes, and is never overwritten', async () => {
  const [key, out] = [folder.path('mine.pem'), folder.path('mine.pack')]
  writeFileSync(folder.path('mine.json'), JSON.stringify(plainPolicy('0.5')))
  const make = () => caresettleHere(['pack', 'key', '--out', key, '--publisher', '测试局'])
  expect((await make()).exit).toBe(0)
  expect(await make()).toMatchObject({ exit: 2, stderr: expect.stringContaining('never overwritten') as string })
  expect((await caresettleHere(['pack', 'build', '--id', 'mine', '--version', '1', '--key', key, '--policy', folder.path('mine.json'), '--out', out])).exit).toBe(0)
  expect((await caresettleHere(['pack', 'check', out])).stderr).toContain('--trust FILE names the publishers')
  expect((await caresettleHere(['pack', 'check', out, '--trust', `${key}.trust.json`])).stdout).toMatch(/发布者 publisher 测试局; 密钥 key [0-9a-f]{16} \(测试局\)/)
})

it('a pack with a catalogue: its items are searched until it is taken back', async () => {
  const till = folder.path('third-till')
  mkdirSync(till)
  const file = folder.path('items.pack')
  writeFileSync(file, testPack({ id: 'items', version: '1', effective: '2026-01-01' }, [catalogue(item('XA01AA'), item('XA01AB', { pric: '-1' }))]))
  const installed = await caresettleHere(['pack', 'install', file, '--data', till, '--trust', TEST_TRUST_FILE])
  expect(installed.stdout).toContain('项目 1 items, 跳过 1 broken rows skipped')
  expect(searched(till)).toEqual(['items 1', true, false])
  expect((await caresettleHere(['pack', 'rollback', 'items', '--data', till])).exit).toBe(0)
  expect(searched(till)).toEqual(['', false, false])
})

function searched(till: string): unknown[] {
  const opened = valueOf(openCatalogue(join(till, 'catalogue.db')))
  try {
    return [opened.version, opened.hasCodePrefix('XA01AA'), opened.hasCodePrefix('XA01AB')]
  } finally {
    opened.close()
  }
}

it('region check: complete, not to be used, and unreadable have an exit code each', async () => {
  const check = (path: string) => caresettleHere(['region', 'check', path])
  const lacking = folder.path('lacking.json')
  const whole = JSON.parse(readFileSync(fixture('regions', '999999-test.json'), 'utf8')) as Record<string, unknown>
  writeFileSync(lacking, JSON.stringify({ ...whole, deductible: { rows: [{ when: { level: [1, 2] }, amount: '200.00', ...SOURCE }] } }))
  expect((await check(fixture('regions', '999999-test.json'))).exit).toBe(0)
  const found = await check(lacking)
  expect([found.exit, found.stderr]).toEqual([1, ''])
  expect(found.stdout).toContain('所有人：医院3级、药店：没有起付线（deductible.rows）')
  expect(found.stdout).toContain('everybody: hospital of level 3, pharmacy: no deductible row (deductible.rows)')
  expect((await check(folder.path('nowhere.json'))).exit).toBe(2)
  writeFileSync(lacking, `${JSON.stringify(whole).slice(0, -1)},"bands":[]}`)
  const repeated = await check(lacking)
  expect([repeated.exit, repeated.stdout.includes('bands 写了两次')]).toEqual([1, true])
  writeFileSync(lacking, JSON.stringify({ ...whole, card: { pin_try_limit: 0 } }))
  expect((await check(lacking)).stdout).toContain('card.pin_try_limit: the value is refused: must be 1 to 15')
})

it('of every region that is delivered, what must be mended is a row that nobody published', async () => {
  const files = readdirSync(fixture('regions')).map((name) => fixture('regions', name))
  const checked = JSON.parse((await caresettleHere(['region', 'check', '--json', ...files])).stdout) as { findings: { kind: string; severity: string }[] }
  expect(new Set(checked.findings.filter(({ severity }) => severity === 'stops').map(({ kind }) => kind))).toEqual(new Set(['no-row']))
})
