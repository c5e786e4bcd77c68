/** Changing the PIN with digits that came from here, and what is known when the card does not answer. */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { fixtureCard, fixturePsam, pin, TODAY } from '../../test/card/terminal.ts'
import { countingEntropy } from '../../test/support/psam.ts'
import type { FaultEffect } from '../channel/fault.ts'
import { VirtualReader } from '../reader/virtual/virtual-reader.ts'
import { openCardSession } from './open-card-session.ts'

const CHANGE_PIN = 0x5e
const change = { from: pin('246810'), to: pin('135790') }

async function opened() {
  const reader = new VirtualReader('counter')
  const { chip } = fixtureCard('in-service-32k')
  reader.insert(chip)
  const open = async () => {
    const session = await openCardSession({ reader, psam: await fixturePsam(), entropy: countingEntropy(), today: TODAY })
    invariant(session.ok, 'the card opens')
    return session.value
  }
  return { reader, chip, open, session: await open() }
}

describe('changing the PIN', () => {
  it('with the old one right: the new one counts', async () => {
    const { session } = await opened()
    expect(await session.changePin(change)).toEqual({ ok: true, value: null })
    expect(session.pinVerified).toBe(false)
    expect(await session.verifyPin(change.to)).toEqual({ ok: true, value: null })
  })

  it('with the old one wrong costs a try, and nothing is changed', async () => {
    const { session } = await opened()
    expect(await session.changePin({ from: pin('999999'), to: change.to })).toEqual({ ok: false, error: { kind: 'wrong-pin', triesLeft: 5 } })
    expect(await session.verifyPin(change.from)).toEqual({ ok: true, value: null })
  })

  it.each([
    ['remove-before', '246810'],
    ['remove-after', '135790'],
    ['mute', '246810'],
    ['lose-answer', '135790'],
    ['truncate', '135790']
  ] satisfies readonly (readonly [FaultEffect, string])[])('%s: either may count, and it is %s', async (effect, counts) => {
    const { reader, chip, open, session } = await opened()
    reader.faults.arm({ effect, instruction: CHANGE_PIN, occurrence: 1 })
    expect(await session.changePin(change)).toMatchObject({ ok: false, error: { kind: 'pin-perhaps-changed' } })
    if (effect.startsWith('remove')) reader.insert(chip)
    const again = await open()
    expect(await again.verifyPin(pin(counts))).toEqual({ ok: true, value: null })
  })

  it('a card that left before it was asked keeps its PIN', async () => {
    const { reader, session } = await opened()
    reader.remove()
    expect(await session.changePin(change)).toEqual({ ok: false, error: { kind: 'session-ended', cause: 'card-removed' } })
  })
})
