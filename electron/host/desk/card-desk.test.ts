import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Pin } from '../../../card/secret/pin.ts'
import { sale } from '../../../test/contract/ledger-fixture.ts'
import { openLedger, type SqliteLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import type { CardPanel } from '../../contract/card-view.ts'
import { cardPaymentDevice } from '../card-payment-device.ts'
import { noFault } from '../fault-point.ts'
import { readPolicies } from '../files/delivered.ts'
import { presences } from '../reader/card-slot.ts'
import { SimulatedSlot } from '../reader/simulated-slot.ts'
import { Tray } from '../reader/tray.ts'
import { momentOf, systemEntropy } from '../system.ts'
import { CardDesk, PIN_VALID_MS } from './card-desk.ts'
import { anyRefusalView } from './desk-refusal.ts'
import { PsamRack } from './psam-rack.ts'

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'fixtures')

let folder: string
let ledger: SqliteLedger
let tray: Tray
let slot: SimulatedSlot
let psams: PsamRack
let desk: CardDesk
let panels: CardPanel[]
let verifies: number
let lostBatches: number | undefined
let unknown: string | undefined
/** The card leaves when it is asked, behind its PIN, how many tries are left. */
let pullsAtAsking: boolean
let now: number
let timers: { ms: number; work: () => void; cancelled: boolean }[]

function parsed<Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: unknown }): Value {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'desk-'))
  panels = []
  timers = []
  verifies = 0
  lostBatches = undefined
  unknown = undefined
  pullsAtAsking = false
  now = Date.UTC(2026, 2, 15, 2)
  const path = join(folder, 'ledger.db')
  ledger = parsed(openLedger({ path, create: true }))
  tray = parsed(Tray.open({ fixtures: FIXTURES, folder: join(folder, 'cards'), entropy: systemEntropy, today: () => '2026-03-15' }))
  psams = new PsamRack({ fixtures: FIXTURES, ledger: path, region: '999999', entropy: systemEntropy, faultPoint: noFault })
  slot = new SimulatedSlot({
    now: () => 0,
    countPresence: presences(),
    entropy: systemEntropy,
    faultPoint: noFault,
    sleep: () => Promise.resolve(),
    changed: () => desk.slotChanged(),
    trace: (command) => {
      if (pullsAtAsking && verifies > 0 && /^0020....(00)?$/.test(command)) slot.remove()
      // A VERIFY with data is a try; without data it only asks.
      if (/^0020....0[1-9A-F]/.test(command)) verifies += 1
    }
  })
  desk = new CardDesk(
    {
      slot,
      psamFor: (identity) => psams.psamFor(identity),
      ledger,
      policies: parsed(readPolicies(FIXTURES)),
      register: () => parsed(tray.register()),
      isUnknown: (citizenNumber) => citizenNumber === unknown,
      owedTo: () => [],
      lostBatches: () => lostBatches,
      proveForOthers: () => Promise.resolve(),
      institution: 'H99999900001',
      clock: () => momentOf(now),
      entropy: systemEntropy,
      faultPoint: noFault,
      later: (ms, work) => {
        const timer = { ms, work, cancelled: false }
        timers.push(timer)
        return () => (timer.cancelled = true)
      }
    },
    { panel: (panel) => panels.push(panel), recovered: () => {} }
  )
})
afterEach(() => {
  slot.remove()
  psams.close()
  ledger.close()
  rmSync(folder, { recursive: true, force: true })
})

async function insert(id: string): Promise<number> {
  const file = parsed(await tray.file(id))
  expect(slot.insert(id, file).ok).toBe(true)
  await expect.poll(() => panels.at(-1)?.state).not.toBe('reading')
  return slot.presence ?? 0
}

const pin = (digits: string): Pin => parsed(Pin.parse(digits))
const card = () => {
  const panel = desk.panel
  if (panel.state !== 'ready') throw new Error(`the panel shows ${panel.state}`)
  return panel.card
}
const warnings = () => card().warnings.map(({ kind, blocks }) => `${kind}${blocks ? ' blocks' : ''}`)

describe('a card at the desk', () => {
  it('is read before any PIN, and says how many tries are left', async () => {
    await insert('in-service-32k')
    expect(panels.map(({ state }) => state)).toEqual(['reading', 'ready'])
    expect(card()).toMatchObject({ holder: { name: '测试一', age: 36 }, triesLeft: 6, verified: false, account: { state: 'after-pin' } })
    expect(verifies).toBe(0)
  })

  it.each([
    ['expired', ['expired blocks']],
    ['lost', ['lost blocks']],
    ['not-activated', ['not-activated blocks']],
    ['other-region', ['other-region blocks']],
    ['pin-locked', ['pin-locked blocks']],
    ['low-tries', ['last-try']],
    ['in-service-32k', []]
  ])('%s is shown with what stands against it', async (id, expected) => {
    await insert(id)
    expect(warnings()).toEqual(expected)
  })

  it('of somebody whom the centre does not have settles nothing from when that is known, and again when he is registered', async () => {
    const presence = await insert('in-service-32k')
    unknown = '000000199001010018'
    desk.judgeAgain()
    expect(warnings()).toEqual(['person-unknown blocks'])
    expect(await desk.verifyPin(presence, pin('246810'), false)).toMatchObject({ ok: true })
    expect(desk.blocking).toEqual({ kind: 'person-unknown' })
    unknown = undefined
    desk.judgeAgain()
    expect([warnings(), desk.blocking]).toEqual([[], undefined])
  })

  it('is not asked for what an older ledger only takes for open: what became of it may stand in what is lost', async () => {
    const presence = await insert('in-service-32k')
    parsed(await desk.verifyPin(presence, pin('246810'), false))
    const { amounts, time } = sale(1).intent
    const intent = await desk.lend((session) => cardPaymentDevice(session).initialise(amounts, time), false)
    parsed(ledger.hold(sale(1, { intent: parsed(intent ?? expect.fail('no card')) })))
    const isOpen = (): boolean => parsed(ledger.openHolds()).length === 1
    lostBatches = 1
    expect((await desk.verifyPin(presence, pin('246810'), false)).ok).toBe(true)
    expect([isOpen(), warnings()]).toEqual([true, ['ledger-older blocks', 'in-doubt']])
    lostBatches = undefined
    expect((await desk.verifyPin(presence, pin('246810'), false)).ok).toBe(true)
    expect([isOpen(), warnings()]).toEqual([false, []])
  })

  it('that leaves behind its PIN, before it has told how many tries are left, is not shown any more', async () => {
    const presence = await insert('in-service-32k')
    pullsAtAsking = true
    const verified = await desk.verifyPin(presence, pin('246810'), false)
    expect([verifies, verified.ok ? 'ok' : anyRefusalView(verified.error).kind]).toEqual([1, 'card-changed'])
    expect([desk.panel.state, panels.at(-1)?.state]).toEqual(['no-card', 'no-card'])
  })

  it.each([
    ['bank-card', 'not-a-social-security-card'],
    ['blank', 'blank-card'],
    ['counterfeit', 'not-genuine'],
    ['application-blocked', 'card-blocked']
  ])('%s is refused by name', async (id, kind) => {
    const presence = await insert(id)
    expect(desk.panel).toMatchObject({ state: 'refused', refusal: { kind } })
    const tried = await desk.verifyPin(presence, pin('246810'), false)
    expect(tried.ok ? 'ok' : anyRefusalView(tried.error).kind).toBe(kind)
  })

  it('asks the card exactly as often as a person typed', async () => {
    const presence = await insert('in-service-32k')
    await desk.verifyPin(presence, pin('111111'), false)
    await desk.verifyPin(presence, pin('222222'), false)
    expect((await desk.verifyPin(presence, pin('246810'), false)).ok).toBe(true)
    expect(verifies).toBe(3)
  })

  it('does not spend the last try without being asked twice', async () => {
    const presence = await insert('low-tries')
    expect(await desk.verifyPin(presence, pin('246810'), false)).toMatchObject({ ok: false, error: { kind: 'last-try-unconfirmed' } })
    expect(verifies).toBe(0)
    expect((await desk.verifyPin(presence, pin('246810'), true)).ok).toBe(true)
    expect(warnings()).toEqual([])
  })

  it('locks at the last wrong PIN and is not asked again', async () => {
    const presence = await insert('low-tries')
    expect(await desk.verifyPin(presence, pin('111111'), true)).toMatchObject({ ok: false })
    expect(warnings()).toEqual(['pin-locked blocks'])
    expect(await desk.verifyPin(presence, pin('246810'), true)).toMatchObject({ ok: false, error: { kind: 'pin-locked' } })
    expect(verifies).toBe(1)
  })

  it('forgets the PIN when its time is up, without anybody touching the card', async () => {
    const presence = await insert('in-service-32k')
    await desk.verifyPin(presence, pin('246810'), false)
    expect(card()).toMatchObject({ verified: true, account: { state: 'on-card', balance: '2760.00' } })
    const [expiry] = timers.filter(({ ms, cancelled }) => ms === PIN_VALID_MS && !cancelled)
    expiry?.work()
    await expect.poll(() => card().verified).toBe(false)
    expect(card().account).toEqual({ state: 'after-pin' })
    const asked = (): never => {
      throw new Error('nothing may be asked of the card')
    }
    expect(await desk.settle(presence, asked, asked)).toMatchObject({ ok: false, error: { kind: 'pin-not-given' } })
  })

  it('is judged again when the day changes, without asking it anything', async () => {
    await insert('in-service-32k')
    now = Date.UTC(2035, 0, 1)
    desk.judgeAgain()
    expect(verifies).toBe(0)
    expect(desk.payer?.today).toBe('2035-01-01')
    expect(panels.at(-1)).toMatchObject({ state: 'ready', card: { holder: { age: 45 } } })
  })

  it('takes back the expiry of a card that has left', async () => {
    const presence = await insert('in-service-32k')
    await desk.verifyPin(presence, pin('246810'), false)
    slot.remove()
    expect(timers.filter(({ ms, cancelled }) => ms === PIN_VALID_MS && !cancelled)).toEqual([])
    expect(desk.panel).toEqual({ state: 'no-card' })
  })

  it('knows the PIN that a card was issued with, and settles nothing with it until it is changed', async () => {
    const presence = await insert('not-activated')
    expect((await desk.verifyPin(presence, pin('123456'), false)).ok).toBe(true)
    expect(warnings()).toContain('first-pin blocks')
    expect(await desk.changePin(presence, { from: pin('123456'), to: pin('123456') }, false)).toMatchObject({ error: { kind: 'pin-unchanged' } })
    expect(await desk.changePin(presence, { from: pin('123456'), to: pin('1234') }, false)).toMatchObject({ error: { kind: 'first-pin-refused' } })
    expect((await desk.changePin(presence, { from: pin('123456'), to: pin('864209') }, false)).ok).toBe(true)
    expect(warnings()).toEqual(['not-activated blocks'])
    expect((await desk.verifyPin(presence, pin('864209'), false)).ok).toBe(true)
  })

  it('reads the card again when another program has reset it', async () => {
    const presence = await insert('in-service-32k')
    slot.arm('foreign-reset')
    expect(await desk.verifyPin(presence, pin('246810'), false)).toMatchObject({ ok: false })
    expect(verifies).toBe(0)
    expect((await desk.verifyPin(presence, pin('246810'), false)).ok).toBe(true)
  })

  it('a card of the third generation finds the PSAM of its cipher', async () => {
    const presence = await insert('v3-contactless')
    expect(card().generation.version).toBe('3.00')
    expect((await desk.verifyPin(presence, pin('246810'), false)).ok).toBe(true)
  })
})
