/**
 * kill -9 of a terminal at every step of sync: the batch is durable, has left, was answered, was written down. Then a restart.
 * Whatever the moment, the settlement is booked once, the ledger knows it, and both sides hold the same chain.
 */

import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../electron/host/system.ts'
import { openLedgerForReading } from '../../settlement/store/sqlite/open-ledger.ts'
import { unconfirmed } from '../../settlement/sync/unconfirmed.ts'
import { verifyLedger } from '../../settlement/verifier/verify-ledger.ts'
import { bookedHere, bookedThere, chainHere, chainThere } from '../support/both-books.ts'
import { temporaryFolder, type Run } from '../support/command-line.ts'
import { got, INSTITUTION, openWorld, worldCard, type World } from '../support/sync-world.ts'

const folder = temporaryFolder()
const CARDS = ['in-service-32k', 'retired-32k', 'resident-adult', 'rare-name', 'empty-purse', 'low-tries', 'pboc-profile', 'online-mode']
let world: World

beforeAll(async () => {
  world = await openWorld()
  // The command line has the machine's clock, so the centre has it too.
  world.clock.time = systemClock().cardTime
})
afterAll(async () => {
  await world.close()
  folder.remove()
})

const database = () => world.centre.ports.database

/** The command line beside this process, whose centre has to answer it meanwhile. */
function run(args: readonly string[], killAt?: string): Promise<Run> {
  const { CARESETTLE_KILL_AT: _, ...environment } = process.env
  const child = spawn(process.execPath, [join('electron', 'cli', 'caresettle.js'), ...args], {
    env: killAt === undefined ? environment : { ...environment, CARESETTLE_KILL_AT: killAt }
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (part: Uint8Array) => (said.stdout += String(part)))
  child.stderr.on('data', (part: Uint8Array) => (said.stderr += String(part)))
  return new Promise((resolve) => child.on('close', (code) => resolve({ exit: code ?? 'killed', ...said })))
}

interface Place {
  readonly data: string
  readonly terminal: string
}

let counters = 0

/** A data folder with one settlement, enrolled as a terminal of its own. */
async function counter(): Promise<Place> {
  counters += 1
  const terminal = await world.terminal(counters)
  await terminal.settle(worldCard(CARDS[counters - 1] ?? ''))
  terminal.close()
  return { data: terminal.folder, terminal: `${INSTITUTION}-${String(counters).padStart(2, '0')}` }
}

const ledgerIn = (data: string): string => join(data, 'ledger.db')

function stateOf(data: string): { readonly left: number; readonly batches: number; readonly answered: number } {
  const ledger = got(openLedgerForReading(ledgerIn(data)))
  try {
    return { left: got(unconfirmed(ledger, ledger.sync)).count, batches: ledger.sync.lastBatch()?.number ?? 0, answered: ledger.sync.answeredTo() }
  } finally {
    ledger.close()
  }
}

function personIn(data: string): string {
  const ledger = got(openLedgerForReading(ledgerIn(data)))
  try {
    return got(ledger.settlements({ limit: 1 }))[0]?.hold.fact.personNo ?? ''
  } finally {
    ledger.close()
  }
}

async function agree({ data, terminal }: Place): Promise<void> {
  const ledger = got(openLedgerForReading(ledgerIn(data)))
  try {
    expect(got(unconfirmed(ledger, ledger.sync)).count).toBe(0)
    expect(bookedHere(ledger)).toEqual(await bookedThere(database(), terminal))
    expect(await chainThere(database(), terminal)).toEqual(chainHere(ledger))
  } finally {
    ledger.close()
  }
  expect(got(verifyLedger(ledgerIn(data))).findings).toEqual([])
}

describe('a terminal killed in sync', () => {
  it.each([
    ['when the batch is durable and nobody has seen it', 'sync-made', { left: 1, batches: 1, answered: 0 }],
    ['when the batch has left', 'sync-sent', { left: 1, batches: 1, answered: 0 }],
    ['when the answer is there and nothing of it is written down', 'sync-answered', { left: 1, batches: 1, answered: 0 }],
    ['when the answer is written down', 'sync-applied', { left: 0, batches: 1, answered: 1 }],
    ['when the second batch, of the confirmations, is durable', 'sync-made#2', { left: 0, batches: 2, answered: 1 }],
    ['when the answer to the second batch is there', 'sync-answered#2', { left: 0, batches: 2, answered: 1 }]
  ])('%s, goes on at the next start, and is booked once', async (_, killAt, after) => {
    const place = await counter()
    const killed = await run(['sync', '--data', place.data], killAt)
    expect(killed.exit, killed.stderr).toBe('killed')
    expect(stateOf(place.data)).toEqual(after)
    const again = await run(['sync', '--data', place.data, '--json'])
    expect(again.exit, again.stderr).toBe(0)
    expect(JSON.parse(again.stdout)).toMatchObject({ confirmed: after.left, unconfirmed: { count: 0 } })
    expect((await bookedThere(database(), place.terminal)).settlements).toBe(1)
    await agree(place)
  }, 60_000)
})

describe('the command line', () => {
  it('says how the two stand, and ends with 4 when the centre cannot be reached', async () => {
    const { data } = await counter()
    const status = await run(['sync', 'status', '--data', data, '--json'])
    expect(JSON.parse(status.stdout)).toMatchObject({
      centre: { url: world.url, name: 'caresettle-centre', paused: false },
      unconfirmed: { count: 1 },
      queue: { facts: 2, batches: 0 },
      parked: []
    })
    const elsewhere = folder.path('elsewhere')
    cpSync(data, elsewhere, { recursive: true })
    const centre = join(elsewhere, 'centre.json')
    writeFileSync(centre, readFileSync(centre, 'utf8').replace(world.url, 'http://127.0.0.1:1'))
    const unreached = await run(['sync', '--data', elsewhere, '--json'])
    expect(unreached.exit).toBe(4)
    expect(JSON.parse(unreached.stdout)).toMatchObject({ error: { kind: 'centre-down', message: expect.stringMatching(/^the centre does not answer .*; ECONNREFUSED$/) } })
  })

  it.each([
    ['neither place', ['sync'], 2, 'missing-option'],
    ['a ledger that is not there', ['sync', '--ledger', 'new.db'], 2, 'ledger-missing'],
    ['an institution that is none', ['sync', 'connect', '--ledger', 'new.db', '--institution', 'garbage', '--centre', 'http://127.0.0.1:1', '--code', 'X'], 2, 'bad-option'],
    ['an address that is none', ['sync', 'connect', '--ledger', 'new.db', '--institution', INSTITUTION, '--centre', 'centre', '--code', 'X'], 2, 'address-malformed'],
    ['an entry that nobody has named', ['sync', 'retry', '--ledger', 'new.db'], 2, 'missing-option'],
    ['an entry that is no number', ['sync', 'retry', '--ledger', 'new.db', '--entry', '1e1'], 2, 'bad-option'],
    ['an entry of a ledger that is not there', ['sync', 'hand-over', '--ledger', 'new.db', '--entry', '2', '--note', 'x'], 2, 'ledger-missing'],
    ['a new ledger whose institution nobody has said', ['sync', 'connect', '--ledger', 'new.db', '--centre', 'http://127.0.0.1:1', '--code', 'X'], 2, 'missing-option']
  ] as const)('refuses %s', async (_, args, exit, kind) => {
    const refused = await run([...args.map((word) => (word === 'new.db' ? folder.path(word) : word)), '--json'])
    expect(refused.exit).toBe(exit)
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { kind } })
  })

  it('has an entry judged again and handed over, and says with 1 that it is still not booked', async () => {
    const { data } = await counter()
    const { db } = database()
    const rename = (from: string, to: string) => db.updateTable('person').set({ certno: to }).where('certno', '=', from).execute()
    const person = personIn(data)
    const asked = async (...words: readonly string[]) => {
      const said = await run([...words, '--data', data, '--json'])
      return { exit: said.exit, json: JSON.parse(said.stdout) as unknown }
    }
    await rename(person, 'elsewhere')
    expect(await asked('sync')).toMatchObject({ exit: 0, json: { confirmed: 0, parked: [{ sequence: 2 }] } })
    // Since the money was taken, beside the centre as beside the day, and not since the centre said no.
    const waiting = { count: 1, since: world.clock.time }
    expect(await asked('sync', 'status')).toMatchObject({ json: { unconfirmed: waiting } })
    expect(await asked('day', 'show')).toMatchObject({ json: { unconfirmed: waiting, items: [{ kind: 'parked', since: world.clock.time }] } })
    expect(await asked('sync', 'retry', '--entry', '2')).toMatchObject({ exit: 1, json: { sequence: 2, state: 'open', verdict: { refusal: { kind: 'person-unknown' } } } })
    expect(await asked('sync', 'hand-over', '--entry', '2', '--note', ' ')).toMatchObject({ exit: 2, json: { error: { kind: 'note-missing' } } })
    expect(await asked('sync', 'hand-over', '--entry', '2', '--note', '已交医保办')).toMatchObject({ exit: 0, json: { sequence: 2, state: 'handed-over', note: '已交医保办' } })
    expect(await asked('sync', 'status')).toMatchObject({ json: { parked: [{ sequence: 2, state: 'handed-over' }] } })
    const read = await run(['sync', 'status', '--data', data])
    expect(read.stdout).toMatch(/待处理 parked 2 \S+: .* \(.*\); 已转交 handed over \d{4}-\d\d-\d\d \d\d:\d\d:\d\d: 已交医保办\n/)
    await rename('elsewhere', person)
    expect(await asked('sync', 'retry', '--entry', '2')).toMatchObject({ exit: 0, json: { sequence: 2, state: 'resolved' } })
    expect(await asked('sync', 'retry', '--entry', '2')).toMatchObject({ exit: 3, json: { error: { kind: 'not-parked' } } })
    expect(await asked('sync', 'retry', '--entry', '9')).toMatchObject({ exit: 2, json: { error: { kind: 'not-parked', message: expect.stringContaining('--entry: 9') as string } } })
    expect(await asked('sync', 'hand-over', '--entry', '9', '--note', 'x')).toMatchObject({ exit: 2, json: { error: { kind: 'not-parked' } } })
    expect(await asked('sync')).toMatchObject({ exit: 0, json: { unconfirmed: { count: 0 } } })
  })

  it('refuses a code that is not known or of another institution, which is not used up by that', async () => {
    const ledger = folder.path('fresh.db')
    const connect = (code: string, institution = INSTITUTION) =>
      run(['sync', 'connect', '--ledger', ledger, '--institution', institution, '--centre', world.url, '--code', code, '--json'])
    expect(JSON.parse((await connect('AAAA-AAAA-AAAA-AAAA')).stdout)).toMatchObject({ error: { kind: 'code-refused' } })
    const code = await world.centre.enrolmentCode()
    expect(JSON.parse((await connect(code, 'H99999900003')).stdout)).toMatchObject({ error: { kind: 'institution-differs' } })
    expect((await connect(code)).exit).toBe(0)
    expect(JSON.parse((await connect(code)).stdout)).toMatchObject({ error: { kind: 'already-connected' } })
  })
})
