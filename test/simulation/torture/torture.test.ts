/** A small torture in every run of the tests; `npm run torture` is the big one. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { DAMAGES } from './disk/damages.ts'
import { makePast, tryDamage } from './disk/damaged-ledger.ts'
import { damagedLedgers } from './disk/disk-faults.ts'
import { TillOnSmallDisk } from './disk/till-on-small-disk.ts'
import { Dice } from './dice.ts'
import { Tally } from './tally.ts'
import { parseTortureOptions } from './torture-options.ts'
import { torture } from './torture-run.ts'

const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'caresettle-torture-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('processes that are killed', () => {
  it('leave nothing behind that the auditor minds: five kills among two tills and a centre', async () => {
    const options = { kills: 5, seed: 5, db: 'sqlite', tills: 2, folder, keep: false } as const
    const report = await torture(options, () => undefined)
    expect(report.findings).toEqual([])
    expect(report.kills.total).toBeGreaterThanOrEqual(5)
    expect(report.operations.of('settle ok')).toBeGreaterThan(0)
    // One a kill of a host, and the one at the end.
    expect(report.audits).toBeGreaterThan(1)
  }, 300_000)
})

describe('a ledger whose files are damaged', () => {
  it('is refused by name or goes on whole: two hundred times at random, and no fact is lost in silence', () => {
    const fates = new Tally()
    expect(damagedLedgers(join(folder, 'ledger'), { seed: 1, damages: 200, fates })).toEqual([])
    for (const fate of ['refused', 'unharmed', 'beside', 'older']) expect(fates.of(fate), fate).toBeGreaterThan(0)
  }, 120_000)

  it('is refused when the log has lost commits behind its beginning', () => {
    const past = makePast(join(folder, 'log'))
    const noise = DAMAGES.find(({ name }) => name === 'a frame of noise in the log')
    const first = { ...noise, apply: (files: typeof past.files) => ({ ...files, log: files.log.map((byte, at) => (at > 2_000 && at < 2_100 ? byte ^ 1 : byte)) }) }
    expect(tryDamage(join(folder, 'log'), past, new Dice(1), { name: 'one', mayLoseCommits: false, ...first })).toMatchObject({
      fate: 'refused',
      detail: 'store-failure: corrupt: its write-ahead log is damaged at frame 1, and commits follow'
    })
  })
})

const small = TillOnSmallDisk.mount(folder)
if (small === undefined) process.stderr.write('full and read-only disks are not tested: nothing can be mounted here\n')

describe.skipIf(small === undefined)('a till on a disk', () => {
  afterAll(() => small?.close())

  it('that is full charges nobody for what it cannot write down, and goes on when there is room', async () => {
    await small?.start()
    expect(await small?.settleWithRoomFor(0)).toEqual(['store-failure', 'settled'])
    await small?.settleWithRoomFor(32)
    expect(await small?.audit()).toEqual([])
    await small?.stop()
  }, 60_000)

  it('that is read-only says so in a line and ends, and works when it can be written again', async () => {
    small?.disk.readOnly()
    const { state, complaint } = (await small?.startsAs()) ?? { state: '', complaint: '' }
    expect(state).toBe('failed: ledger: io: SQLITE_CANTOPEN: unable to open database file; exit 4')
    expect(complaint).not.toContain('    at ')
    small?.disk.writable()
    await small?.start()
    expect(await small?.settle('AFTERWARDS')).toBe('settled')
    expect(small?.findings).toEqual([])
  }, 60_000)
})

it.each([
  [['--kills', '0'], '--kills: "0" must be a whole number from 1 to 100000'],
  [['--db', 'oracle'], '--db: "oracle" must be postgres or sqlite'],
  [['--tills', 'x'], '--tills: "x" must be a whole number from 1 to 12']
])('bad input %j names the option, the value and what is allowed', (args, error) => {
  expect(parseTortureOptions(args, () => 7)).toEqual({ ok: false, error })
})
