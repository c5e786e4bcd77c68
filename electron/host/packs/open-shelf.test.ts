import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/support/command-line.ts'
import { jsonMember, plainPolicy, plainRules, testPack, testTrust } from '../../../test/support/packs.ts'
import { date } from '../../../settlement/calendar/business-date.ts'
import { choosePolicy } from '../../../settlement/policy/choose-policy.ts'
import { packPath } from './active-packs.ts'
import { diskSteps } from '../files/file-steps.ts'
import { installPack } from './install-pack.ts'
import { openShelf, type OpenedShelf } from './open-shelf.ts'

const folder = temporaryFolder()
const [data, fixtures] = [folder.path('till'), folder.path('delivered')]
let warned: string[] = []
beforeEach(() => {
  for (const path of [data, fixtures]) rmSync(path, { recursive: true, force: true })
  for (const path of [data, join(fixtures, 'regions'), join(fixtures, 'rules')]) mkdirSync(path, { recursive: true })
  deliver('regions/999999-test.json', plainPolicy('0.1'))
  deliver('regions/370300-far.json', plainPolicy('0.2', { region: '370300' }))
  deliver('rules/000000-national.json', plainRules({ id: 'national', region: '000000' }))
  deliver('rules/370000-far.json', plainRules({ id: 'far', region: '370000', based_on: 'national' }))
  warned = []
})
afterAll(() => folder.remove())

const deliver = (name: string, json: object): void => writeFileSync(join(fixtures, name), JSON.stringify(json))

function opened(): OpenedShelf {
  const shelf = openShelf({ fixtures, data, division: '999999', today: () => date('2026-01-01'), warn: (line) => warned.push(line) })
  if (!shelf.ok) throw new Error(shelf.error.message)
  return shelf.value
}

const install = async (version: string, effective: string, members: Parameters<typeof testPack>[1]): Promise<void> => {
  const installed = await installPack({
    data,
    zip: testPack({ version, effective }, members),
    trusted: testTrust(),
    delivered: { policies: [], rules: opened().shelf.rules },
    readCatalogue: () => ({ ok: false, error: 'none' }),
    knowsCode: undefined,
    allowOlder: false,
    today: '2026-01-01',
    steps: { ...diskSteps, flush: () => undefined, flushFolder: () => undefined }
  })
  if (!installed.ok) throw new Error(JSON.stringify(installed.error))
}

const policyOn = ({ shelf }: OpenedShelf, on: string): string => {
  const chosen = choosePolicy(shelf.policies, { region: '999999', insutype: '310', date: date(on) })
  return chosen.ok ? chosen.value.version : chosen.error.kind
}
const rulesOn = ({ shelf }: OpenedShelf, region: string, on: string): string => {
  const rules = shelf.rulesFor(region, date(on))
  return rules.ok ? rules.value.identity.chain.map(({ id, version }) => `${id} ${version}`).join(' > ') : rules.error.kind
}

describe('a counter works by', () => {
  it('what it was delivered with; other provinces when somebody asks', () => {
    const terminal = opened()
    expect(terminal.shelf.policies.map(({ region }) => region)).toEqual(['999999'])
    expect(rulesOn(terminal, '999999', '2026-01-01')).toBe('national 1')
    expect(rulesOn(terminal, '370300', '2026-01-01')).toBe('national 1 > far 1')
    terminal.shelf.readTheRest()
    expect(terminal.shelf.policies.map(({ region }) => region)).toEqual(['999999', '370300'])
  })

  it('a pack from its first day of service, at midnight without anybody doing anything', async () => {
    await install('1', '2026-03-01', [
      jsonMember('policy', 'policies/a.json', plainPolicy('0.9')),
      jsonMember('rules', 'rules/a.json', plainRules({ version: '7', based_on: 'national' }))
    ])
    const terminal = opened()
    expect(['2026-02-28', '2026-03-01'].map((on) => policyOn(terminal, on))).toEqual(['0.1', '0.9'])
    expect(['2026-02-28', '2026-03-01'].map((on) => rulesOn(terminal, '999999', on))).toEqual(['national 1', 'national 1 > test-region 7'])
    expect(rulesOn(terminal, '370000', '2026-03-01')).toBe('national 1 > far 1')
  })

  it('a pack that is installed while it runs', async () => {
    const terminal = opened()
    expect(rulesOn(terminal, '999999', '2026-03-01')).toBe('national 1')
    expect(terminal.reload()).toBe(false)
    await install('1', '2026-03-01', [jsonMember('rules', 'rules/a.json', plainRules({ version: '7', based_on: 'national' }))])
    expect([terminal.reload(), terminal.reload()]).toEqual([true, false])
    expect(rulesOn(terminal, '999999', '2026-03-01')).toBe('national 1 > test-region 7')
  })

  it('the version before, when a pack is damaged, and says so in one line', async () => {
    for (const [version, ratio] of [['1', '0.8'], ['2', '0.9']] as const) await install(version, '2026-03-01', [jsonMember('policy', 'policies/a.json', plainPolicy(ratio))])
    expect(policyOn(opened(), '2026-03-01')).toBe('0.9')
    writeFileSync(packPath(data, 'test-pack', '2'), 'nothing')
    expect(policyOn(opened(), '2026-03-01')).toBe('0.8')
    writeFileSync(packPath(data, 'test-pack', '1'), 'nothing')
    warned = []
    expect(policyOn(opened(), '2026-03-01')).toBe('0.1')
    expect(warned.map((line) => line.slice(0, 30))).toEqual(['pack test-pack 1 is not used: ', 'pack test-pack 2 is not used: '])
  })

  it('what is there, when a delivered file of another place is broken', () => {
    deliver('rules/370000-far.json', { id: 'far' })
    const terminal = opened()
    expect(rulesOn(terminal, '370300', '2026-01-01')).toBe('national 1')
    expect(warned[0]).toContain('370000-far.json')
  })
})
