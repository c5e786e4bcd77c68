/**
 * Eight terminals of a hospital, offline for a day: the same people at several of them, with the same cards, some visits
 * refunded, one card reported lost meanwhile. Then all at once. What the centre has booked and what the terminals know to be
 * booked is the same to the fen, person by person and fund by fund.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { decodeCounters } from '../../settlement/ledger/fact-decoding.ts'
import { encodeCounters } from '../../settlement/ledger/fact-encoding.ts'
import { addCounters } from '../../settlement/ledger/journal.ts'
import type { Counters } from '../../settlement/calculation/counters.ts'
import { unconfirmed } from '../../settlement/sync/unconfirmed.ts'
import { bookedHere, bookedThere, chainHere, chainThere } from '../support/both-books.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { got, openWorld, worldCard, type World, type WorldTerminal } from '../support/sync-world.ts'
import { readCounters } from '../../settlement/centre/record/counters-text.ts'

const TERMINALS = 8
const LIMITS = { facts: 7, bytes: 1024 * 1024, ageMs: 0, notedAgeMs: 0 }
const nameOf = ({ number }: WorldTerminal): string => `H99999900001-${String(number).padStart(2, '0')}`

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
}, 120_000)
afterAll(() => postgres.stop())

/** Every terminal sees everybody: whoever was elsewhere before has counters that it does not know. */
async function aDay(world: World, terminals: readonly WorldTerminal[]): Promise<void> {
  const cards = ['in-service-32k', 'retired-32k', 'resident-adult'].map((fixture) => worldCard(fixture))
  const lost = worldCard('rare-name')
  for (const [index, terminal] of terminals.entries()) {
    for (const card of cards) {
      world.clock.wait(120_000)
      const settled = await terminal.settle(card)
      if ((index + cards.indexOf(card)) % 5 === 0) terminal.refund(settled)
    }
    if (index === 2 || index === 5) await terminal.settle(lost)
  }
}

async function isLost(world: World, terminal: WorldTerminal): Promise<void> {
  const cardId = got(terminal.ledger.settlements({ limit: 1 }))[0]?.hold.fact.intent.cardId ?? ''
  await world.centre.ports.database.db.updateTable('card').set({ lost: 'formal', lost_since: '20260301000000' }).where('card_id', '=', cardId).execute()
}

/** By person, what all terminals together know to be used of the year. */
function countersHere(terminals: readonly WorldTerminal[]): ReadonlyMap<string, Counters> {
  const used = new Map<string, Counters>()
  for (const { ledger } of terminals) {
    for (const { hold, confirmation, correctionConfirmation, effective } of got(ledger.settlements({ limit: 1_000 }))) {
      if (confirmation === undefined || correctionConfirmation !== undefined) continue
      const { personNo } = hold.fact
      used.set(personNo, got(addCounters(used.get(personNo) ?? {}, effective.counters)))
    }
  }
  return used
}

async function countersThere({ centre }: World): Promise<ReadonlyMap<string, Counters>> {
  const { db } = centre.ports.database
  const rows = await db.selectFrom('accumulator').innerJoin('person', 'person.psn_no', 'accumulator.psn_no').select(['certno', 'counters']).execute()
  return new Map(rows.map(({ certno, counters }) => [certno, readCounters(counters)]))
}

/** Without the counters that stand at zero. */
const comparable = (used: ReadonlyMap<string, Counters>): unknown =>
  Object.fromEntries([...used].map(([person, counters]) => [person, decodeCounters(encodeCounters(counters))]))

describe.each(['SQLite', 'PostgreSQL'] as const)('eight terminals after a day offline, the centre on %s', (database) => {
  let world: World
  let terminals: WorldTerminal[]

  beforeAll(async () => {
    world = await openWorld(database === 'PostgreSQL' ? await postgres.url() : undefined)
    terminals = []
    for (let number = 1; number <= TERMINALS; number += 1) terminals.push(await world.terminal(number))
    await aDay(world, terminals)
    await isLost(world, terminals[2] ?? got({ ok: false, error: 'no third terminal' }))
  }, 240_000)
  afterAll(() => world.close())

  it('have everything unconfirmed, and nothing in doubt', () => {
    const waiting = terminals.map(({ ledger }) => got(unconfirmed(ledger, ledger.sync)).count)
    expect(waiting.reduce((sum, count) => sum + count, 0)).toBe(8 * 3 + 4 + 2)
    expect(terminals.flatMap(({ ledger }) => got(ledger.openHolds()))).toEqual([])
  })

  it('are all at once confirmed, adjusted where the person was elsewhere before, and refused where the card was lost', async () => {
    const passes = await Promise.all(terminals.map((terminal) => terminal.pass(LIMITS)))
    expect(passes.map(({ end }) => end.kind)).toEqual(terminals.map(() => 'idle'))
    const sum = (of: (pass: (typeof passes)[number]) => number): number => passes.reduce((total, pass) => total + of(pass), 0)
    expect(sum(({ confirmed }) => confirmed.length)).toBe(8 * 3 + 4)
    expect(sum(({ parked }) => parked.length)).toBe(2)
    expect(sum(({ adjusted }) => adjusted.length)).toBeGreaterThan(8)
    expect(terminals.map(({ ledger }) => ledger.sync.parkedCounts().waiting)).toEqual([0, 0, 1, 0, 0, 1, 0, 0])
  }, 120_000)

  it('agree with the centre to the fen, fund by fund', async () => {
    for (const terminal of terminals) {
      const here = bookedHere(terminal.ledger)
      expect(here, nameOf(terminal)).toEqual(await bookedThere(world.centre.ports.database, nameOf(terminal)))
      expect(here.sums['total'], nameOf(terminal)).toBeGreaterThan(0)
    }
  })

  it('agree with the centre about what everybody has used of the year', async () => {
    expect(comparable(countersHere(terminals))).toEqual(comparable(await countersThere(world)))
    expect(countersHere(terminals).size).toBe(3)
  })

  it('have their chains at the centre, byte for byte', async () => {
    for (const terminal of terminals) {
      expect(await chainThere(world.centre.ports.database, nameOf(terminal)), nameOf(terminal)).toEqual(chainHere(terminal.ledger))
    }
  })

  it('have nothing more to say when they come again', async () => {
    const heads = terminals.map(({ ledger }) => got(ledger.head()).sequence)
    const passes = await Promise.all(terminals.map((terminal) => terminal.pass(LIMITS)))
    expect(passes.flatMap(({ confirmed, parked }) => [...confirmed, ...parked])).toEqual([])
    expect(terminals.map(({ ledger }) => got(ledger.head()).sequence)).toEqual(heads)
  })
})
