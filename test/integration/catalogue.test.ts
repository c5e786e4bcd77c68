import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { caresettle, caresettleHere, fixture, temporaryFolder } from '../support/command-line.ts'

/** A catalogue from its making to its rollback, as an administrator does it. Few items: the way is the same for 200,000. */

const folder = temporaryFolder()
const data = folder.path('data')
const [first, second] = [folder.path('first.zip'), folder.path('second.zip')]

const run = (...args: readonly string[]) => caresettleHere(['catalogue', ...args])
async function json(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout } = await run(...args, '--json')
  return JSON.parse(stdout) as Record<string, unknown>
}

beforeAll(async () => {
  mkdirSync(data)
  for (const [path, revision] of [[first, '1'], [second, '2']] as const) await run('generate', '--items', '400', '--seed', '7', '--revision', revision, path)
})
afterAll(() => folder.remove())

describe('a catalogue of a data folder', () => {
  it('is what the terminal was delivered with, until one is imported', async () => {
    expect(await json('list', '--data', data)).toEqual({ versions: [] })
    expect(await json('show', '--data', data, 'XM01AEB090A001010199999')).toMatchObject({ found: true, holds: { chrgitm_lv: '01' } })
  })

  it('is imported by a process of its own, found, compared with the next one, and taken back', async () => {
    expect(caresettle(['catalogue', 'import', '--data', data, first])).toMatchObject({ exit: 0, stderr: '' })
    expect(await json('import', '--data', data, second)).toMatchObject({ version: 'synthetic-7-400-r2', active: true, broken: 0, is_new: true })
    expect(await json('search', '--data', data, '9990000000000')).toMatchObject({ version: 'synthetic-7-400-r2', hits: [{ code: 'ZN14CAA4290900100000', chrgitm_lv: '02', pric: '43.72' }] })
    expect(await json('show', '--data', data, 'ZN14CAA4290900100000', '--on', '2024-12-31')).toMatchObject({ holds: { chrgitm_lv: null } })
    expect(await json('diff', '--data', data, 'synthetic-7-400-r1', 'synthetic-7-400-r2', '--limit', '0')).toEqual({ before: 'synthetic-7-400-r1', after: 'synthetic-7-400-r2', added: 1, removed: 1, changed: 5, rows: [] })
    expect(await json('rollback', '--data', data)).toMatchObject({ version: 'synthetic-7-400-r1', active: true })
    expect((await run('list', '--data', data)).stdout).toMatch(/^ {2}synthetic-7-400-r2 .*\n\* synthetic-7-400-r1 /)
    expect(await json('activate', '--data', data, 'synthetic-7-400-r2')).toMatchObject({ version: 'synthetic-7-400-r2', active: true })
  })

  it('answers no with 1, and what it cannot act on with 2, naming file, line, field and value', async () => {
    expect(await run('show', '--data', data, 'NOWHERE')).toMatchObject({ exit: 1, stdout: '"NOWHERE" is not in the catalogue synthetic-7-400-r2 目录中无此编码\n' })
    expect((await run('search', '--data', data, '不存在的药')).exit).toBe(1)
    const said = async (...args: readonly string[]) => {
      const { exit, stderr } = await run(...args)
      return [exit, stderr.replaceAll(folder.path(''), '')]
    }
    expect(await said('show', '--data', data, 'A', '--on', '2026-02-30')).toEqual([2, 'caresettle: --on: "2026-02-30" must be a day of the calendar, "YYYY-MM-DD"\n'])
    expect(await said('diff', '--data', data, 'none', 'synthetic-7-400-r2')).toEqual([2, 'caresettle: version "none" is not installed; installed: synthetic-7-400-r2, synthetic-7-400-r1\n'])
    expect(await said('generate', '--items', '0', first)).toEqual([2, 'caresettle: --items: "0" must be a whole number from 1 to 500000\n'])
    const cut = folder.path('cut.zip')
    writeFileSync(cut, readFileSync(first).subarray(0, 2_000))
    expect(await said('import', '--data', data, cut)).toEqual([2, 'caresettle: catalogue: cut.zip: cannot be read as ZIP: its end is missing; it is truncated\n'])
  })

  it('skips a broken row and says so; --strict installs nothing', async () => {
    const document = JSON.parse(readFileSync(fixture('catalogue', 'demo.json'), 'utf8')) as { items: Record<string, unknown>[] }
    const broken = folder.path('broken.json')
    writeFileSync(broken, JSON.stringify({ version: 'broken', items: [{ ...document.items[0], chrgitm_lv: '9' }, document.items[1]] }))
    expect(await run('import', '--data', data, '--strict', broken)).toMatchObject({ exit: 2, stdout: '', stderr: expect.stringContaining('1 rows are broken, and nothing was installed; broken.json, line 1, chrgitm_lv: "9" is refused') as string })
    const imported = await run('import', '--data', data, '--inactive', broken)
    expect(imported.exit).toBe(0)
    expect(imported.stdout).toContain('broken.json (document): 2 rows: 1 taken, 0 void, 0 of other divisions, 1 broken\n  broken.json, line 1, chrgitm_lv: "9" is refused: must be one of "01", "02", "03", "04"\n')
    expect((await json('list', '--data', data))['versions']).toMatchObject([{ version: 'broken', active: false }, { active: true }, {}])
  })

  it('installs nothing of a file that is empty or cut short, or that lost half of the items; the old version stays', async () => {
    const before = await json('list', '--data', data)
    const [rows, cut, empty, few] = [['A', 'B', 'C'].map((code) => `${code}\tnull\t1\n`).join(''), 'prices-cut.txt', '1301-empty.txt', 'few.zip']
    writeFileSync(folder.path(cut), `${rows}D\tnu`)
    writeFileSync(folder.path(empty), '')
    await run('generate', '--items', '100', '--seed', '7', folder.path(few))
    const said = async (...args: readonly string[]) => {
      const { exit, stderr } = await run('import', '--data', data, ...args)
      return [exit, stderr.replaceAll(folder.path(''), '')]
    }
    expect(await said(first, folder.path(cut))).toEqual([2, 'caresettle: catalogue: prices-cut.txt: it ends in the middle of line 4 (the row: "2 columns"); it is cut short\n'])
    expect(await said(second, folder.path(empty))).toEqual([2, 'caresettle: catalogue: 1301-empty.txt: it is empty; a file of items or prices has rows, or it was cut short\n'])
    expect(await said(folder.path(few))).toEqual([
      2,
      'caresettle: 100 items are less than half of the 400 of the active version synthetic-7-400-r2, and nothing was installed; --allow-smaller installs them all the same, --inactive installs them for a look\n'
    ])
    expect(await json('list', '--data', data)).toEqual(before)
    expect(await json('import', '--data', data, '--allow-smaller', folder.path(few))).toMatchObject({ codes: 100, active: true })
    expect(await json('rollback', '--data', data)).toMatchObject({ version: 'synthetic-7-400-r2', active: true })
  })

  it('tells of a barcode on two items, and finds both', async () => {
    const till = folder.path('shared')
    mkdirSync(till)
    const item = { chrgitm_lv: '01', med_chrgitm_type: '09', barcode: '9990000000000' }
    const shared = folder.path('shared.json')
    writeFileSync(shared, JSON.stringify({ version: 'shared', items: [{ ...item, med_list_codg: 'A', name: '甲(测试)' }, { ...item, med_list_codg: 'B', name: '乙(测试)' }] }))
    const { exit, stdout } = await run('import', '--data', till, shared)
    expect(exit).toBe(0)
    expect(stdout).toContain('1 numbers stand on several items; whoever scans one is asked which is meant 一码多品\n  barcode 9990000000000: A, B\n')
    expect(await json('search', '--data', till, '9990000000000')).toMatchObject({ hits: [{ code: 'A' }, { code: 'B' }] })
  })

  it('prices what is settled in that folder', async () => {
    const till = folder.path('till')
    mkdirSync(till)
    const visit = folder.path('visit.json')
    const code = '001101000010000-9'
    writeFileSync(visit, JSON.stringify({ ipt_otp_no: 'MZ1', fixmedins_code: 'H99999900001', institution: { level: 2, kind: 'hospital' }, begntime: '2024-03-01', lines: [{ med_list_codg: code, cnt: '2' }] }))
    const own = folder.path('own.json')
    writeFileSync(own, JSON.stringify({ version: 'own', items: [{ med_list_codg: code, name: '诊察费(测试)', chrgitm_lv: '01', med_chrgitm_type: '02', pric: '7.00' }] }))
    const card = folder.path('till.card')
    await caresettleHere(['card', 'new', '--from', fixture('cards', 'in-service-32k.json'), '--out', card])
    expect(await json('import', '--data', till, own)).toMatchObject({ version: 'own', active: true })
    const settled = await caresettleHere(['settle', '--visit', visit, '--card', card, '--pin-stdin', '--ledger', `${till}/ledger.db`, '--json'], { stdin: '246810\n' })
    expect(JSON.parse(settled.stdout)).toMatchObject({ medfee_sumamt: '14.00' })
  })

  it('that was damaged is named', async () => {
    for (const end of ['-wal', '-shm']) rmSync(`${data}/catalogue.db${end}`, { force: true })
    writeFileSync(`${data}/catalogue.db`, readFileSync(`${data}/catalogue.db`).subarray(0, 20_000))
    const { exit, stderr } = await run('search', '--data', data, '片')
    expect([exit, stderr.replace(data, '')]).toEqual([2, expect.stringMatching(/^caresettle: catalogue: "\/catalogue.db" cannot be read as a catalogue: it is truncated: 20000 of \d+ bytes; move it away and import again\n$/)])
  })
})
