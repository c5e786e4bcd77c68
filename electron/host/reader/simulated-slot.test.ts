import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { detectCard } from '../../../card/session/open-card-session.ts'
import { systemEntropy } from '../system.ts'
import { presences } from './card-slot.ts'
import { SimulatedSlot } from './simulated-slot.ts'
import { Tray } from './tray.ts'

const FIXTURES = join(import.meta.dirname, '..', '..', '..', 'fixtures')

let folder: string
let tray: Tray
let slot: SimulatedSlot
let changes: (number | undefined)[]
let traced: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slot-'))
  const opened = Tray.open({ fixtures: FIXTURES, folder, entropy: systemEntropy, today: () => '2026-03-15' })
  if (!opened.ok) throw new Error(opened.error.message)
  tray = opened.value
  changes = []
  traced = []
  slot = new SimulatedSlot({
    now: () => 0,
    countPresence: presences(),
    entropy: systemEntropy,
    faultPoint: () => {},
    sleep: () => new Promise((resolve) => setImmediate(resolve)),
    changed: () => changes.push(slot.presence),
    trace: (command) => traced.push(command)
  })
})
afterEach(() => {
  slot.remove()
  rmSync(folder, { recursive: true, force: true })
})

async function insert(id: string): Promise<void> {
  const file = await tray.file(id)
  if (!file.ok) throw new Error(file.error.kind)
  expect(slot.insert(id, file.value).ok).toBe(true)
}

const detect = () => detectCard({ reader: slot.reader, entropy: systemEntropy, today: '2026-03-15' })

describe('the slot', () => {
  it('counts presences: the same card put in again is another presence', async () => {
    await insert('in-service-32k')
    slot.remove()
    await insert('in-service-32k')
    expect(changes).toEqual([1, undefined, 2])
  })

  it('reads the card that is in it, and shows what passes', async () => {
    await insert('retired-32k')
    const identity = await detect()
    expect(identity.ok && identity.value.version).toBe('2.00')
    expect(traced[0]).toMatch(/^00A404000F/)
  })

  it('lets a card be pulled out between two commands', async () => {
    await insert('in-service-32k')
    const reading = detect()
    await new Promise((resolve) => setImmediate(resolve))
    slot.remove()
    const identity = await reading
    expect(identity.ok ? '' : identity.error.kind).toBe('session-ended')
    expect(slot.presence).toBeUndefined()
  })

  it('a card that another card replaces is taken out first', async () => {
    await insert('in-service-32k')
    await insert('child')
    expect(changes).toEqual([1, undefined, 2])
    expect(slot.holds).toBe('child')
  })

  it('an armed fault is shown until it has struck, once', async () => {
    await insert('in-service-32k')
    slot.arm('mute')
    slot.arm('cut-in-debit')
    expect(slot.faults).toEqual(['mute', 'cut-in-debit'])
    const identity = await detect()
    expect(identity.ok ? '' : identity.error.kind).toBe('reader-fault')
    expect(slot.faults).toEqual(['cut-in-debit'])
    slot.clearFaults()
    expect(slot.faults).toEqual([])
    expect((await detect()).ok).toBe(true)
  })
})

describe('the tray', () => {
  it('holds every fixture card with a name in both languages', () => {
    const cards = tray.cards('child')
    expect(cards).toHaveLength(20)
    expect(cards[0]?.id).toBe('in-service-32k')
    expect(cards.filter(({ title }) => title.zh === '' || title.zh === title.en)).toEqual([])
    expect(cards.filter(({ inserted }) => inserted).map(({ id }) => id)).toEqual(['child'])
  })

  it('issues a card once and keeps it', async () => {
    const first = await tray.file('lost')
    expect(first).toEqual(await tray.file('lost'))
    const register = tray.register()
    expect(register.ok && [...register.value.values()].map(({ lost }) => lost)).toEqual(['formal'])
  })

  it('knows no card outside it', async () => {
    expect(await tray.file('../till')).toEqual({ ok: false, error: { kind: 'unknown-card', card: '../till' } })
  })
})
