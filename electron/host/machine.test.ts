/** A whole till, as it is wired, on a machine of the test's: its clock stands, its timers wait, its readers are scripted. */

import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { refuse } from '../../base/result.ts'
import type { VirtualCard } from '../../card/reader/virtual/virtual-card.ts'
import { fixtureCard } from '../../test/card/terminal.ts'
import { manualTimer, type ManualTimer } from '../../test/support/manual-timer.ts'
import { countingEntropy, poweredPsam } from '../../test/support/psam.ts'
import { ScriptedReaders } from '../../test/support/scripted-readers.ts'
import type { TerminalEvent } from '../contract/events.ts'
import { diskSteps } from './files/file-steps.ts'
import type { Machine } from './machine.ts'
import { momentOf } from './system.ts'
import { systemMachine } from './system-machine.ts'
import { wire, type Wired } from './wiring.ts'

const FIXTURES = join(import.meta.dirname, '..', '..', 'fixtures')
const TILL = JSON.parse(readFileSync(join(FIXTURES, 'till', 'till.json'), 'utf8')) as object
const MORNING = Date.UTC(2026, 2, 15, 4, 0)
const SETTLED_AT = '2026-03-15 12:00:00'

class Killed extends Error {}

let root: string
let card: VirtualCard
let psam: VirtualCard
let timer: ManualTimer
let events: TerminalEvent[]

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'machine-'))
  card = fixtureCard('in-service-32k').chip
  psam = poweredPsam('terminal-v2').chip
  timer = manualTimer()
  events = []
  const data = join(root, 'first')
  mkdirSync(data)
  writeFileSync(join(data, 'till.json'), JSON.stringify({ ...TILL, reader: { kind: 'pcsc', card: 'counter', psam: { reader: 'sam' } } }))
  // Whatever of the till were not on the machine would wait here for ever, or be dated 1999.
  vi.useFakeTimers({ now: Date.UTC(1999, 0, 1), toFake: ['Date', 'setTimeout', 'setInterval', 'setImmediate', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(root, { recursive: true, force: true })
})

function machineWith(readers: ScriptedReaders, changes: Partial<Machine> = {}): Machine {
  return {
    ...systemMachine(),
    clock: () => momentOf(MORNING),
    syncClock: () => ({ time: momentOf(MORNING).cardTime, epochMs: MORNING }),
    entropy: countingEntropy(),
    now: () => timer.now(),
    later: (ms, work) => timer.after(ms, work),
    every: () => () => {},
    breath: () => Promise.resolve(),
    compress: (bytes) => Promise.resolve(bytes.slice()),
    ask: () => Promise.resolve(refuse({ reached: false, cause: 'there is no network' })),
    openReaders: () => Promise.resolve(readers),
    watchFolder: () => () => {},
    warn: (line) => expect(line).toBe('nothing'),
    ...changes
  }
}

function pluggedIn(): ScriptedReaders {
  const readers = new ScriptedReaders()
  for (const name of ['counter', 'sam']) readers.plug(name)
  readers.insert('sam', psam)
  return readers
}

/** Every promise that can be kept without time passing. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 2_000; turn += 1) await Promise.resolve()
}

async function boot(folder: string, machine: Machine): Promise<Wired> {
  const wired = await wire({ data: join(root, folder), fixtures: FIXTURES, version: 'test', environment: {}, machine, tell: (event) => events.push(event), logBytes: 1 << 16 })
  if (!wired.ok) throw new Error(wired.error)
  await settled()
  return wired.value
}

const last = <Topic extends TerminalEvent['topic']>(topic: Topic) =>
  events.findLast((event): event is Extract<TerminalEvent, { topic: Topic }> => event.topic === topic)

/** Card in, PIN given, the first bill of the queue open, or one of one item. */
async function ready({ handlers }: Wired, readers: ScriptedReaders, { byHand }: { readonly byHand?: string } = {}) {
  readers.insert('counter', card)
  await settled()
  const panel = last('card')?.panel
  if (panel?.state !== 'ready') throw new Error(JSON.stringify(panel))
  const { presence } = panel.card
  const opened = await (byHand === undefined ? handlers['bill.open-queue']({ file: '01-internal-medicine.json' }) : handlers['bill.start']({}))
  if (!opened.ok) throw new Error(JSON.stringify(opened))
  if (byHand !== undefined) await handlers['bill.add-line']({ revision: opened.value.revision, code: byHand, quantity: '1' })
  const verified = await handlers['card.verify-pin']({ presence, pin: '246810', lastTry: false })
  if (!verified.ok) throw new Error(JSON.stringify(verified))
  const bill = last('bill')?.bill
  if (bill?.outcome.state !== 'computed') throw new Error(JSON.stringify(bill))
  return { presence, revision: bill.revision, cash: bill.outcome.sums.cash }
}

it('opens a card and settles while no time passes, and leaves no timer of its own', async () => {
  const readers = pluggedIn()
  const till = await boot('first', machineWith(readers))
  const statement = await till.handlers.settle(await ready(till, readers))
  expect(statement).toMatchObject({ ok: true, value: { settledAt: SETTLED_AT } })
  timer.advance(2_000)
  await settled()
  expect(readdirSync(join(root, 'first', 'queue', 'settled'))).toEqual(['01-internal-medicine.json'])
  expect(vi.getTimerCount()).toBe(0)
  till.close()
})

it('gives bills that were begun in the same second each a number of its own', async () => {
  const readers = pluggedIn()
  const till = await boot('first', machineWith(readers))
  const numbers: string[] = []
  for (let patient = 0; patient < 2; patient += 1) {
    const asked = await ready(till, readers, { byHand: 'XM01AEB090A001010199999' })
    const statement = await till.handlers.settle(asked)
    if (!statement.ok) throw new Error(JSON.stringify(statement))
    numbers.push(statement.value.visit.visitNo)
    timer.advance(2_000)
    await settled()
    readers.remove('counter')
    await settled()
  }
  expect(numbers).toEqual(['SG202603151200000001', 'SG202603151200000003'])
  till.close()
})

it('dies where the machine does, writes nothing afterwards, and the next one proves the debit', async () => {
  let isDead = false
  const alive = (): void => {
    if (isDead) throw new Killed()
  }
  const readers = pluggedIn()
  const files = Object.fromEntries(Object.entries(diskSteps).map(([name, step]) => [name, (...args: never[]) => (alive(), (step as (...all: never[]) => unknown)(...args))])) as unknown as Machine['files']
  const faultPoint = (name: string): void => {
    isDead ||= name === 'debited'
    alive()
  }
  const first = await boot('first', machineWith(readers, { faultPoint, files }))
  const asked = await ready(first, readers)
  await expect((async () => first.handlers.settle(asked))()).rejects.toThrow(Killed)
  await expect((async () => first.handlers['close.csv']({ sequence: null }))()).rejects.toThrow(Killed)
  expect(readdirSync(join(root, 'first'))).not.toContain('statements')

  cpSync(join(root, 'first'), join(root, 'second'), { recursive: true, filter: (path) => !/-(writer|shm)$/.test(path) })
  const again = pluggedIn()
  const second = await boot('second', machineWith(again))
  again.insert('counter', card)
  await settled()
  const panel = last('card')?.panel
  if (panel?.state !== 'ready') throw new Error(JSON.stringify(panel))
  await second.handlers['card.verify-pin']({ presence: panel.card.presence, pin: '246810', lastTry: false })
  await settled()
  expect(last('resolved')?.resolutions.map(({ outcome }) => outcome)).toEqual(['posted'])
  second.close()
})
