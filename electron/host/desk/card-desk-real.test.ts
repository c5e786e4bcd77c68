/** The card desk over a real reader's slot: what is broken on the way, other programs at the card, a PIN at the reader's own keys. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fixtureCard, fixturePsam, pin, TODAY } from '../../../test/card/terminal.ts'
import { ScriptedReaders } from '../../../test/support/scripted-readers.ts'
import { ok } from '../../../base/result.ts'
import type { VirtualCard } from '../../../card/reader/virtual/virtual-card.ts'
import { openLedger, type SqliteLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import type { CardPanel } from '../../contract/card-view.ts'
import { EMPTY_REGISTER } from '../card-register.ts'
import { noFault } from '../fault-point.ts'
import { readPolicies } from '../files/delivered.ts'
import { presences } from '../reader/card-slot.ts'
import { RealSlot } from '../reader/real-slot.ts'
import { momentOf, systemEntropy } from '../system.ts'
import { CardDesk } from './card-desk.ts'
import { SECOND_LOOK_MS } from './second-look.ts'

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'fixtures')
const READER = 'Test Reader 00 00'

let folder: string
let ledger: SqliteLedger
let readers: ScriptedReaders
let slot: RealSlot
let desk: CardDesk
let panels: CardPanel[]
let commands: string[]
let timers: { ms: number; work: () => void }[]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-real-'))
  const opened = openLedger({ path: join(folder, 'ledger.db'), create: true })
  const policies = readPolicies(FIXTURES)
  if (!opened.ok || !policies.ok) throw new Error('no ledger, or no policies')
  ledger = opened.value
  readers = new ScriptedReaders()
  readers.plug(READER)
  panels = []
  commands = []
  timers = []
  const psam = await fixturePsam()
  slot = new RealSlot({
    now: () => 0,
    readers,
    choice: { kind: 'pcsc', psam: 'file' },
    countPresence: presences(),
    changed: () => desk.slotChanged(),
    trace: (command) => commands.push(command)
  })
  desk = new CardDesk(
    {
      slot,
      psamFor: () => Promise.resolve(ok(psam)),
      ledger,
      policies: policies.value,
      register: () => EMPTY_REGISTER,
      isUnknown: () => false,
      owedTo: () => [],
      lostBatches: () => undefined,
      proveForOthers: () => Promise.resolve(),
      institution: 'H99999900001',
      clock: () => momentOf(Date.parse(`${TODAY}T02:00:00Z`)),
      entropy: systemEntropy,
      faultPoint: noFault,
      later: (ms, work) => {
        const timer = { ms, work }
        timers.push(timer)
        return () => (timers = timers.filter((other) => other !== timer))
      }
    },
    { panel: (panel) => panels.push(panel), recovered: () => {} }
  )
})
afterEach(() => {
  slot.close()
  ledger.close()
  rmSync(folder, { recursive: true, force: true })
})

const state = (): string => desk.panel.state
const kind = (): string | undefined => ('refusal' in desk.panel ? desk.panel.refusal.kind : undefined)
const chip = (changed: object = {}) => fixtureCard('in-service-32k', changed).chip

async function insert(card: VirtualCard): Promise<number> {
  readers.insert(READER, card)
  await expect.poll(state).not.toBe('reading')
  return slot.presence ?? 0
}

/** Every second look that is waited for, now. */
async function waitASecond(): Promise<void> {
  const due = timers.filter(({ ms }) => ms === SECOND_LOOK_MS)
  timers = timers.filter((timer) => !due.includes(timer))
  const shown = panels.length
  for (const { work } of due) work()
  if (due.length > 0) await expect.poll(() => panels.length).toBeGreaterThan(shown)
}

describe('a card in a real reader', () => {
  it('is read as in the simulated one, and settled with until it is pulled', async () => {
    await insert(chip())
    expect(panels.map(({ state: of }) => of)).toEqual(['reading', 'ready'])
    readers.remove(READER)
    expect(desk.panel).toEqual({ state: 'no-card' })
  })

  it('the service stops: the window says so at once, and reads the card again when it runs', async () => {
    await insert(chip())
    readers.breakWith({ kind: 'service-stopped' })
    expect([state(), kind()]).toEqual(['no-reader', 'service-stopped'])
    readers.breakWith(undefined)
    await expect.poll(state).toBe('ready')
  })

  it('a reset by another program while it is read is looked at once more, by itself', async () => {
    readers.virtual(READER).faults.arm({ effect: 'reset-before', occurrence: 1 })
    await insert(chip())
    expect([state(), kind()]).toEqual(['refused', 'session-ended'])
    await waitASecond()
    expect(state()).toBe('ready')
  })

  it('is not asked for ever when nothing gets better', async () => {
    readers.virtual(READER).faults.arm({ effect: 'reset-before', occurrence: 1 })
    await insert(chip())
    for (let looks = 0; looks < 8; looks += 1) {
      readers.virtual(READER).faults.arm({ effect: 'reset-before', occurrence: 1 })
      await waitASecond()
    }
    expect(timers.filter(({ ms }) => ms === SECOND_LOOK_MS)).toEqual([])
  })

  it('what the card itself refuses is not asked again', async () => {
    await insert(fixtureCard('bank-card').chip)
    expect(state()).toBe('refused')
    expect(timers.filter(({ ms }) => ms === SECOND_LOOK_MS)).toEqual([])
  })

  it('another program takes it for itself and lets go of it again', async () => {
    await insert(chip())
    readers.hold(READER, 'held')
    expect([state(), kind()]).toEqual(['no-reader', 'held-by-other'])
    readers.hold(READER, 'present')
    await expect.poll(state).toBe('ready')
  })

  it('is read again when its PSAM is back', async () => {
    await insert(chip())
    const before = commands.length
    desk.psamCame()
    await expect.poll(() => commands.length).toBeGreaterThan(before)
  })
})

describe('a reader with keys of its own', () => {
  it('takes the PIN there, and none from the window', async () => {
    readers.holder = () => '246810'
    const presence = await insert(chip())
    expect(desk.panel).toMatchObject({ state: 'ready', card: { pinOn: 'pad' } })
    expect(await desk.verifyPin(presence, pin('246810'), false)).toMatchObject({ ok: false, error: { kind: 'pin-on-pad' } })
    expect((await desk.verifyPinOnPad(presence, false)).ok).toBe(true)
    expect(desk.panel).toMatchObject({ card: { verified: true, account: { state: 'on-card' } } })
    expect(commands.join(' ')).not.toContain('246810')
  })

  it.each([
    ['pad-cancelled', 6],
    ['pad-timeout', 6],
    ['pad-length', 6]
  ] as const)('%s costs no try', async (failure, left) => {
    readers.holder = () => ({ kind: failure })
    const presence = await insert(chip())
    expect(await desk.verifyPinOnPad(presence, false)).toMatchObject({ ok: false, error: { kind: 'pad', refusal: { kind: failure } } })
    expect(desk.panel).toMatchObject({ card: { triesLeft: left, verified: false } })
  })

  it('a wrong PIN costs one, as at the window, and the last is asked about first', async () => {
    readers.holder = () => '111111'
    const presence = await insert(chip())
    for (let left = 5; left >= 1; left -= 1) {
      expect(await desk.verifyPinOnPad(presence, false)).toMatchObject({ error: { kind: 'pin', refusal: { kind: 'wrong-pin', triesLeft: left } } })
    }
    expect(await desk.verifyPinOnPad(presence, false)).toMatchObject({ error: { kind: 'last-try-unconfirmed' } })
    await desk.verifyPinOnPad(presence, true)
    expect(await desk.verifyPinOnPad(presence, true)).toMatchObject({ error: { kind: 'pin-locked' } })
  })

  it('that only verifies changes no PIN, and nobody types it at the window instead', async () => {
    readers.holder = () => '246810'
    const presence = await insert(chip())
    expect(await desk.changePinOnPad(presence, false)).toMatchObject({ error: { kind: 'pad-only-verifies' } })
    expect(await desk.changePin(presence, { from: pin('246810'), to: pin('864209') }, false)).toMatchObject({ error: { kind: 'pin-on-pad' } })
  })

  it('is not asked for where there are no keys', async () => {
    const presence = await insert(chip())
    expect(await desk.verifyPinOnPad(presence, false)).toMatchObject({ error: { kind: 'no-pad' } })
  })
})
