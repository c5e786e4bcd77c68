/** One terminal, real cards' bytes, and the real centre: what is settled here is booked there, whatever the wire does. */

import { copyFileSync, readFileSync, rmSync, statSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CentreRules } from '../../electron/host/sync/centre-rules.ts'
import { readCentreFile } from '../../electron/host/sync/centre-files.ts'
import { openLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { unconfirmed } from '../../settlement/sync/unconfirmed.ts'
import { bookedHere, bookedThere, chainHere, chainThere } from '../support/both-books.ts'
import { got, openWorld, worldCard, type World, type WorldTerminal } from '../support/sync-world.ts'

let world: World
let till: WorldTerminal

beforeEach(async () => {
  world = await openWorld()
  till = await world.terminal(1)
})
afterEach(() => world.close())

const NAME = 'H99999900001-01'
const left = (): number => got(unconfirmed(till.ledger, till.ledger.sync)).count
const database = () => world.centre.ports.database

async function agree(): Promise<void> {
  expect(bookedHere(till.ledger)).toEqual(await bookedThere(database(), NAME))
  expect(await chainThere(database(), NAME)).toEqual(chainHere(till.ledger))
  expect(got(verifyLedger(`${till.folder}/ledger.db`)).findings).toEqual([])
}

describe('a terminal with its centre', () => {
  it('is enrolled once; its key is its own, and readable by nobody else', async () => {
    expect(got(readCentreFile(till.paths))).toMatchObject({ terminal: NAME, region: '999999', institution: { code: 'H99999900001' } })
    expect(statSync(till.paths.key).mode & 0o777).toBe(0o600)
    expect(readFileSync(till.paths.key, 'utf8')).toContain('BEGIN PRIVATE KEY')
    await expect(till.enrol(world.url, await world.centre.enrolmentCode())).rejects.toThrow('already-connected')
  })

  it('has every settlement and refund booked, fact by fact and fen by fen', async () => {
    const card = worldCard('in-service-32k')
    const first = await till.settle(card)
    world.clock.wait(60_000)
    await till.settle(card, 'emergency-level-3')
    till.refund(first)
    expect(left()).toBe(3)
    expect(await till.pass()).toMatchObject({ confirmed: [2, 4, 5], adjusted: [], parked: [], end: { kind: 'idle' } })
    expect(left()).toBe(0)
    const { settlements, corrections } = await bookedThere(database(), NAME)
    expect({ settlements, corrections }).toEqual({ settlements: 2, corrections: 1 })
    await agree()
  })

  it('is told what it may work by, and works by it: a card reported lost at the centre is refused here', async () => {
    await till.pass()
    const rules = new CentreRules(till.ledger.sync, { enrolled_at: world.clock.time })
    expect(rules.policies([]).map(({ region }) => region)).toContain('999999')
    expect(rules.catalogue()?.size).toBeGreaterThan(10)
    const lost = (): ReturnType<CentreRules['register']> => rules.register(new Map())
    const card = worldCard('in-service-32k')
    expect((await till.serve(card, 'outpatient-demo', { register: lost() })).ok).toBe(true)
    const [row] = await database().db.selectFrom('card').select('card_id').where('card_id', '=', got(till.ledger.settlements({ limit: 1 }))[0]?.hold.fact.intent.cardId ?? '').execute()
    await database().db.updateTable('card').set({ lost: 'formal', lost_since: world.clock.time }).where('card_id', '=', row?.card_id ?? '').execute()
    world.clock.wait(61_000)
    await till.pass()
    expect(await till.serve(card, 'outpatient-demo', { register: lost() })).toEqual({ ok: false, error: { kind: 'card-lost', reported: 'formal' } })
  })

  it('stops fund payment when the centre has been silent for longer than the region allows, and goes on when it answers', async () => {
    await till.pass()
    const rules = new CentreRules(till.ledger.sync, { enrolled_at: world.clock.time })
    const centre = () => ({ ...rules.answers, institution: 'H99999900001', now: world.clock.time })
    const card = worldCard('in-service-32k')
    world.clock.wait(7 * 86_400_000)
    expect((await till.serve(card, 'outpatient-demo', { centre })).ok).toBe(true)
    world.clock.wait(1_000)
    const refused = await till.serve(card, 'outpatient-demo', { centre })
    expect(refused).toMatchObject({ ok: false, error: { kind: 'centre-stale', answeredAt: '20260315090000', days: 7, daysMax: 7 } })
    expect((await till.serve(card)).ok).toBe(true)
    await till.pass()
    expect((await till.serve(card, 'outpatient-demo', { centre })).ok).toBe(true)
  })
})

describe('a card that left while it was charged, and pays at another window', () => {
  let card = worldCard('in-service-32k')
  beforeEach(() => {
    card = worldCard('in-service-32k')
  })
  const open = () => got(till.ledger.openHolds()).map(({ fact }) => fact.visit.visitNo)
  const diesAt = async (point: string): Promise<void> => {
    await till.dieAt(point, card)
    expect(await till.pass()).toMatchObject({ released: [], end: { kind: 'idle' } })
    expect(open()).toHaveLength(1)
  }
  const paysElsewhere = async (): Promise<void> => {
    const other = await world.terminal(2)
    world.clock.wait(60_000)
    await other.settle(card, 'emergency-level-3')
    world.clock.wait(60_000)
    expect(await till.pass()).toMatchObject({ released: [] })
    expect(await other.pass()).toMatchObject({ end: { kind: 'idle' }, parked: [] })
    world.clock.wait(60_000)
  }

  it('is not owed for what it was not charged: the hold is released without it, and the visit can be settled', async () => {
    await diesAt('held')
    const [visitNo] = open()
    await paysElsewhere()
    expect(await till.pass()).toMatchObject({
      released: [{ hold: { visit: { visitNo } }, proof: `serial-used-elsewhere: booked 20260315090200` }],
      end: { kind: 'idle' }
    })
    expect(open()).toEqual([])
    await till.settle(card)
    await till.pass()
    await agree()
  })

  it('and was charged before it left stays in doubt: that its next payment follows proves nothing', async () => {
    await diesAt('debited')
    const [visitNo] = open()
    await paysElsewhere()
    expect(await till.pass()).toMatchObject({ released: [], end: { kind: 'idle' } })
    expect(open()).toEqual([visitNo])
  })
})

describe('whatever the wire does', () => {
  it.each([
    ['the batch is lost on its way', ['lose-request'], 0],
    ['the answer is lost on its way', ['lose-reply'], 1],
    ['the answer is lost three times', ['lose-reply', 'lose-reply', 'lose-reply'], 1],
    ['it comes twice', ['send-twice'], 1]
  ] as const)('%s: it is booked once', async (_, faults, booked) => {
    await till.settle(worldCard('in-service-32k'))
    world.wire.faults.push(...faults)
    const sync = till.connect()
    while (left() > 0) {
      const outcome = await sync.step('all')
      if (outcome.kind === 'waiting') {
        expect((await bookedThere(database(), NAME)).settlements).toBe(booked)
        world.clock.wait(60_000)
      }
    }
    expect(world.wire.faults).toEqual([])
    await till.pass()
    expect((await bookedThere(database(), NAME)).settlements).toBe(1)
    await agree()
  })

  it('a reply that comes after the settlement was taken back is right for both', async () => {
    const settled = await till.settle(worldCard('in-service-32k'))
    world.wire.faults.push('lose-reply')
    expect((await till.pass()).end.kind).toBe('waiting')
    till.refund(settled)
    await till.pass()
    expect(await bookedThere(database(), NAME)).toMatchObject({ settlements: 1, corrections: 1, sums: { total: 0, fund_paid: 0, cash: 0 } })
    expect(left()).toBe(0)
    await agree()
  })

  it('a centre that goes down and comes back finds everything', async () => {
    const card = worldCard('in-service-32k')
    await till.settle(card)
    await world.centre.stop()
    const sync = till.connect()
    expect(await sync.step('all')).toMatchObject({ kind: 'waiting' })
    expect(sync.health.state).toBe('network-down')
    await till.settle(card)
    await world.centre.start()
    world.clock.wait(60_000)
    while ((await sync.step('all')).kind === 'worked');
    expect(sync.health.state).toBe('up')
    expect(left()).toBe(0)
    await agree()
  })

  it('a ledger put back from a copy that has the facts and not yet their batch makes the batch again, and both go on', async () => {
    const card = worldCard('in-service-32k')
    await till.settle(card)
    const file = `${till.folder}/ledger.db`
    const reopened = (work: () => void): void => {
      till.ledger.close()
      work()
      till.ledger = got(openLedger({ path: file, create: false }))
    }
    reopened(() => copyFileSync(file, `${file}.copy`))
    const sync = till.connect()
    while ((await bookedThere(database(), NAME)).settlements === 0) await sync.step('all')
    reopened(() => ['', '-wal', '-shm'].forEach((end) => (end === '' ? copyFileSync(`${file}.copy`, file) : rmSync(`${file}${end}`, { force: true }))))
    expect([left(), till.ledger.sync.lastBatch()]).toEqual([1, undefined])
    await till.settle(card)
    expect(await till.pass()).toMatchObject({ confirmed: [2, 4], parked: [], end: { kind: 'idle' } })
    expect([left(), (await bookedThere(database(), NAME)).settlements]).toEqual([0, 2])
    await agree()
  })

  it('an address behind which nobody is a centre is told from a network that is down', async () => {
    await world.wire.close()
    const sync = till.connect()
    expect(await sync.step('all')).toMatchObject({ kind: 'waiting', failure: { kind: 'centre-down', cause: 'ECONNREFUSED' } })
  })
})

describe('an entry that the centre does not book', () => {
  it('is parked for a person, judged again when the register is right, and then booked', async () => {
    const settled = await till.settle(worldCard('in-service-32k'))
    const { db } = database()
    const person = got(till.ledger.settlement(settled))?.hold.fact.personNo ?? ''
    await db.updateTable('person').set({ certno: 'elsewhere' }).where('certno', '=', person).execute()
    expect(await till.pass()).toMatchObject({ confirmed: [], parked: [2], end: { kind: 'idle' } })
    expect(till.ledger.sync.parked(2)).toMatchObject({ verdict: { kind: 'refused', refusal: { kind: 'person-unknown' } }, state: 'open' })
    await till.settle(worldCard('retired-32k'))
    expect(await till.pass()).toMatchObject({ confirmed: [4], parked: [] })
    expect(left()).toBe(1)
    await db.updateTable('person').set({ certno: person }).where('certno', '=', 'elsewhere').execute()
    expect(got(await till.connect().retry(2))).toMatchObject({ state: 'resolved' })
    await till.pass()
    expect(left()).toBe(0)
    await agree()
  })

  it('and is taken back here is over for both', async () => {
    const settled = await till.settle(worldCard('in-service-32k'))
    await database().db.updateTable('card').set({ lost: 'formal', lost_since: '20260301000000' }).execute()
    expect(await till.pass()).toMatchObject({ parked: [2] })
    till.refund(settled)
    await till.pass()
    expect(till.ledger.sync.parkedCounts()).toEqual({ waiting: 0, reversed: 2 })
    expect(left()).toBe(0)
    expect((await bookedThere(database(), NAME)).settlements).toBe(0)
    await agree()
  })
})
