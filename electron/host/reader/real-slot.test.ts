import { beforeEach, describe, expect, it } from 'vitest'
import { ScriptedReaders } from '../../../test/support/scripted-readers.ts'
import { fixtureCard } from '../../../test/card/terminal.ts'
import type { PcscChoice } from '../../contract/reader-choice.ts'
import { presences } from './card-slot.ts'
import { RealSlot } from './real-slot.ts'

const READER = 'ACS ACR39U 00 00'
const SAM = 'ACS ACR39U SAM 00 01'
const CARD = fixtureCard('in-service-32k').chip

let readers: ScriptedReaders
let changes: string[]

beforeEach(() => {
  readers = new ScriptedReaders()
  changes = []
})

function slotOf(choice: Omit<PcscChoice, 'kind' | 'psam'> & Partial<PcscChoice>): RealSlot {
  const slot: RealSlot = new RealSlot({
    now: () => 0,
    readers,
    choice: { kind: 'pcsc', psam: 'file', ...choice },
    countPresence: presences(),
    changed: () => changes.push(slot.trouble?.kind ?? (slot.presence === undefined ? 'empty' : `card ${slot.presence}`)),
    trace: () => {}
  })
  return slot
}

describe('the slot of a real reader', () => {
  it('says nothing is broken while the process has not looked yet', () => {
    const slot = slotOf({})
    expect([slot.trouble, slot.presence, changes]).toEqual([undefined, undefined, []])
  })

  it('counts a card that comes, leaves and comes back', () => {
    slotOf({ card: 'acr39u 00' })
    readers.plug(READER)
    readers.insert(READER, CARD)
    readers.remove(READER)
    readers.insert(READER, CARD)
    expect(changes).toEqual(['empty', 'card 1', 'empty', 'card 2'])
  })

  it('a card that was swapped between two looks is another presence', () => {
    slotOf({})
    readers.plug(READER)
    readers.insert(READER, CARD)
    readers.insert(READER, CARD)
    expect(changes.slice(1)).toEqual(['card 1', 'card 2'])
  })

  it('takes no notice of what lies in other readers', () => {
    slotOf({ card: READER })
    readers.plug(READER)
    readers.plug(SAM)
    readers.insert(SAM, CARD)
    expect(changes).toEqual(['empty'])
  })

  it('without a name it is the only reader beside that of the PSAM', () => {
    const slot = slotOf({ psam: { reader: 'SAM' } })
    readers.plug(SAM)
    expect(slot.trouble).toEqual({ kind: 'no-reader' })
    readers.plug(READER)
    expect(slot.seen?.name).toBe(READER)
    readers.plug('Another 00 00')
    expect(slot.trouble).toEqual({ kind: 'two-match', asked: '', matches: [READER, 'Another 00 00'] })
  })

  it.each([
    ['service-stopped', () => readers.breakWith({ kind: 'service-stopped' }), () => readers.breakWith(undefined)],
    ['process-gone', () => readers.breakWith({ kind: 'process-gone', detail: 'SIGKILL' }), () => readers.breakWith(undefined)],
    ['held-by-other', () => readers.hold(READER, 'held'), () => readers.hold(READER, 'present')]
  ])('%s takes the card away until it is mended, and then it is another presence', (kind, breaks, mend) => {
    const slot = slotOf({})
    readers.plug(READER)
    readers.insert(READER, CARD)
    breaks()
    expect([slot.presence, slot.trouble?.kind]).toEqual([undefined, kind])
    mend()
    expect([slot.presence, slot.trouble]).toEqual([2, undefined])
  })

  it('a reader that was pulled out is named, and found again', () => {
    const slot = slotOf({ card: 'ACR39U 00' })
    readers.plug(SAM)
    expect(slot.trouble).toEqual({ kind: 'no-such-reader', asked: 'ACR39U 00', there: [SAM] })
    readers.plug(READER)
    expect(slot.trouble).toBeUndefined()
  })

  it('a mute card is a card: reading it says what is wrong', async () => {
    const slot = slotOf({})
    readers.plug(READER)
    readers.insert(READER, CARD)
    readers.hold(READER, 'mute')
    expect(slot.presence).toBe(2)
    expect(await slot.reader.connect()).toEqual({ ok: false, error: { kind: 'mute-card' } })
  })

  it('does not connect while something is broken, and says what', async () => {
    const slot = slotOf({ card: 'Cherry' })
    readers.plug(READER)
    const refused = await slot.reader.connect()
    expect(refused).toMatchObject({ ok: false, error: { kind: 'reader-fault', trouble: { kind: 'no-such-reader' } } })
    expect(slot.reader.name).toBe('Cherry')
  })

  it('hears nothing more once it is closed', () => {
    const slot = slotOf({})
    readers.plug(READER)
    slot.close()
    readers.insert(READER, CARD)
    expect(changes).toEqual(['empty'])
  })
})
