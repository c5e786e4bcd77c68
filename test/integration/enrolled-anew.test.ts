/**
 * A till that finds its centre again only under another name: its ledger has gone on after an older copy was put back, its key is lost, or the
 * centre does not know it any more. The whole ledger is sent again, and nothing of it is booked twice, or left out.
 */

import { copyFileSync, readFileSync, rmSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readCentreFile } from '../../electron/host/sync/centre-files.ts'
import { decompressZstd } from '../../electron/host/sync/compress.ts'
import { openLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { unconfirmed } from '../../settlement/sync/unconfirmed.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { bookedHere, bookedThere, chainHere, chainThere } from '../support/both-books.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { got, openWorld, worldCard, type World, type WorldTerminal } from '../support/sync-world.ts'

const [OLDER, NEWER] = ['H99999900001-01', 'H99999900001-02']

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterAll(() => postgres.stop())

describe.each([
  ['SQLite', () => Promise.resolve(undefined)],
  ['PostgreSQL', () => postgres.url()]
] as const)('with a centre on %s', (_, urlOf) => {
  let world: World
  let till: WorldTerminal
  beforeEach(async () => {
    world = await openWorld(await urlOf())
    till = await world.terminal(1)
  })
  afterEach(() => world.close())

  const database = () => world.centre.ports.database
  const left = (): number => got(unconfirmed(till.ledger, till.ledger.sync)).count
  const file = (): string => `${till.folder}/ledger.db`
  const anew = async (): Promise<void> => till.enrol(world.url, await world.centre.enrolmentCode(), true)

  function reopened(work: () => void): void {
    till.ledger.close()
    work()
    till.ledger = got(openLedger({ path: file(), create: false }))
  }

  function putBack(): void {
    reopened(() => {
      for (const end of ['-wal', '-shm']) rmSync(`${file()}${end}`, { force: true })
      copyFileSync(`${file()}.copy`, file())
    })
  }

  async function agree(): Promise<void> {
    expect(bookedHere(till.ledger)).toEqual(await bookedThere(database(), NEWER))
    expect(await chainThere(database(), NEWER)).toEqual(chainHere(till.ledger))
    expect(got(verifyLedger(file())).findings).toEqual([])
    expect(left()).toBe(0)
  }

  it('a ledger that has gone on after an older copy was put back has all that it has booked, and the centre what it had lost', async () => {
    const [one, two] = [worldCard('in-service-32k'), worldCard('retired-32k')]
    const before = await till.settle(one)
    await till.pass()
    reopened(() => copyFileSync(file(), `${file()}.copy`))
    await till.settle(one)
    await till.pass()
    putBack()
    world.clock.wait(60_000)
    const after = await till.settle(two)
    expect(await till.pass()).toMatchObject({ end: { kind: 'stopped', reason: { kind: 'centre-ahead' } } })
    const restored = await till.connect().restore({ isOwn: () => true, decompress: decompressZstd })
    expect(restored).toEqual({ ok: false, error: { kind: 'histories-differ', batch: 3 } })
    expect([till.ledger.sync.apart(), left()]).toEqual([{ kind: 'parted', batch: 3 }, 1])

    await anew()
    expect(got(readCentreFile(till.paths))?.terminal).toBe(NEWER)
    expect(await till.pass()).toMatchObject({ parked: [], end: { kind: 'idle' } })
    await agree()
    expect(bookedHere(till.ledger).settlements).toBe(2)
    // What the lost copy had settled stays the older name's.
    expect((await bookedThere(database(), OLDER)).settlements).toBe(1)
    const rows = await database().db.selectFrom('settlement').select(['medins_setl_id', 'terminal']).orderBy('setl_time').execute()
    expect(rows.filter(({ terminal }) => terminal === NEWER).map(({ medins_setl_id }) => medins_setl_id).toSorted()).toEqual([before, after].toSorted())

    till.refund(before)
    await till.pass()
    await agree()
    expect(bookedHere(till.ledger)).toMatchObject({ settlements: 2, corrections: 1 })
  })

  it('one whose key is lost is known again by its chain', async () => {
    const card = worldCard('in-service-32k')
    await till.settle(card)
    till.refund(await till.settle(card))
    await till.pass()
    const before = await database().db.selectFrom('settlement').selectAll().orderBy('setl_id').execute()
    rmSync(till.paths.key)
    await anew()
    const after = await till.settle(card)
    expect(await till.pass()).toMatchObject({ parked: [], end: { kind: 'idle' } })
    await agree()
    const rows = await database().db.selectFrom('settlement').selectAll().orderBy('setl_id').execute()
    expect(rows.filter(({ medins_setl_id }) => medins_setl_id !== after)).toEqual(before.map((row) => ({ ...row, terminal: NEWER })))
  })

  it('what the centre had refused is judged once more under the new name, and what people have said of it stays', async () => {
    await till.settle(worldCard('in-service-32k'))
    const { db } = database()
    await db.updateTable('card').set({ lost: 'formal', lost_since: '20260301000000' }).execute()
    expect(await till.pass()).toMatchObject({ parked: [2] })
    got(till.connect().handOver(2, '交信息科'))
    await anew()
    expect(await till.pass()).toMatchObject({ parked: [2] })
    expect(till.ledger.sync.parked(2)).toMatchObject({ state: 'handed-over', note: '交信息科' })
    expect(left()).toBe(1)
    await db.updateTable('card').set({ lost: null, lost_since: null }).execute()
    expect(got(await till.connect().retry(2))).toMatchObject({ state: 'resolved' })
    await till.pass()
    await agree()
  })

  it('until the centre has said yes it is who it was', async () => {
    await till.settle(worldCard('in-service-32k'))
    await till.pass()
    const key = readFileSync(till.paths.key)
    await expect(till.enrol(world.url, 'AAAA-BBBB-CCCC-DDDD', true)).rejects.toThrow('code')
    expect([readFileSync(till.paths.key), got(readCentreFile(till.paths))?.terminal]).toEqual([key, OLDER])
    await till.settle(worldCard('retired-32k'))
    expect(await till.pass()).toMatchObject({ parked: [], end: { kind: 'idle' } })
    expect((await bookedThere(database(), OLDER)).settlements).toBe(2)
  })
})
