/** The PIN at the reader's pad, and bursts: what reaches the card, in which order, and when it is anybody's. */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { ok, refuse } from '../../base/result.ts'
import { fixtureCard, fixturePsam, pin, TIME, TODAY } from '../../test/card/terminal.ts'
import { countingEntropy } from '../../test/support/psam.ts'
import { fromHex, toHex } from '../bytes/hex.ts'
import type { CardConnection, CardHold, CardReader } from '../reader/card-reader.ts'
import type { PinPad, PinPadFailure } from '../reader/pin-pad.ts'
import { VirtualReader } from '../reader/virtual/virtual-reader.ts'
import { openCardSession } from './open-card-session.ts'

const AMOUNTS = { account: 5000, own: 200, pooled: 10000 }

/** A real reader in the card's eyes: can be held, has a pad whose holder types what the test says. */
function bench(typed: (command: string) => string | PinPadFailure, holdFails?: () => 'card-reset' | undefined) {
  const virtual = new VirtualReader('counter')
  virtual.insert(fixtureCard('in-service-32k').chip)
  const steps: string[] = []
  const reader: CardReader = {
    name: 'pad',
    async connect() {
      const connected = await virtual.connect()
      if (!connected.ok) return connected
      const inner = connected.value
      const type = async (template: string): ReturnType<PinPad['verify']> => {
        steps.push(`pad ${template}`)
        const filled = typed(template)
        return typeof filled === 'string' ? inner.transmit(fromHex(filled)) : refuse(filled)
      }
      const hold: CardHold = {
        begin: () => {
          const failure = holdFails?.()
          if (failure !== undefined) return Promise.resolve(refuse({ kind: failure }))
          steps.push('begin')
          return Promise.resolve(ok(null))
        },
        end: () => {
          steps.push('end')
          return Promise.resolve()
        }
      }
      const connection: CardConnection = {
        atr: inner.atr,
        protocol: 'T=0',
        hold,
        pinPad: {
          verify: ({ header, digits }) => type(`${toHex(header)} ${digits.min}-${digits.max}`),
          modify: ({ header, digits, separator }) => type(`${toHex(header)} ${digits} ${toHex(separator)} ${digits}`)
        },
        transmit: (command) => {
          if (steps.at(-1) !== 'commands') steps.push('commands')
          return inner.transmit(command)
        },
        reset: () => inner.reset(),
        disconnect: () => inner.disconnect()
      }
      return ok(connection)
    }
  }
  return { reader, steps, virtual }
}

async function sessionOf({ reader, steps }: ReturnType<typeof bench>) {
  const opened = await openCardSession({ reader, psam: await fixturePsam(), entropy: countingEntropy(), today: TODAY })
  invariant(opened.ok, 'the card opens')
  const atOpening = steps.splice(0)
  return { session: opened.value, atOpening }
}

const right = (): string => '0020000003246810'

describe('the PIN at the pad', () => {
  it('is typed with the directory entered and nobody kept off the card', async () => {
    const pad = bench(right)
    const { session } = await sessionOf(pad)
    expect(session.pinPad).toBe('verify-and-modify')
    expect(await session.verifyPinOnPad()).toEqual({ ok: true, value: null })
    expect(pad.steps).toEqual(['begin', 'commands', 'end', 'pad 00200000 6-6'])
    expect(session.pinVerified).toBe(true)
  })

  it('that is wrong counts as one that came from here', async () => {
    const { session } = await sessionOf(bench(() => '0020000003999999'))
    expect(await session.verifyPinOnPad()).toEqual({ ok: false, error: { kind: 'wrong-pin', triesLeft: 5 } })
    expect(session.pinVerified).toBe(false)
  })

  it.each(['pad-cancelled', 'pad-timeout', 'pad-length'] as const)('%s costs no try, and takes back what was verified before', async (kind) => {
    let isTyped = false
    const { session } = await sessionOf(bench(() => (isTyped ? { kind } : ((isTyped = true), right()))))
    await session.verifyPinOnPad()
    expect(await session.verifyPinOnPad()).toEqual({ ok: false, error: { kind } })
    expect(session.pinVerified).toBe(false)
    expect(session.ended).toBeUndefined()
  })

  it('is changed there: old, FF, new', async () => {
    const pad = bench((template) => (template.startsWith('80') ? '805E010007246810FF135790' : '0020000003135790'))
    const { session } = await sessionOf(pad)
    expect(await session.changePinOnPad()).toEqual({ ok: true, value: null })
    expect(pad.steps.at(-1)).toBe('pad 805E0100 6 FF 6')
    expect(await session.verifyPinOnPad()).toEqual({ ok: true, value: null })
  })

  it('changed there by a card that is pulled before it answers, may be the new one already', async () => {
    const pad = bench((template) => (template.startsWith('80') ? (pad.virtual.remove(), '805E010007246810FF135790') : right()))
    const { session } = await sessionOf(pad)
    expect(await session.changePinOnPad()).toEqual({
      ok: false,
      error: { kind: 'pin-perhaps-changed', fault: { kind: 'session-ended', cause: 'card-removed' } }
    })
  })

  it('ends the session when the card is pulled meanwhile', async () => {
    const pad = bench(() => (pad.virtual.remove(), right()))
    const { session } = await sessionOf(pad)
    expect(await session.verifyPinOnPad()).toEqual({ ok: false, error: { kind: 'session-ended', cause: 'card-removed' } })
    expect(session.ended).toBe('card-removed')
  })
})

describe('bursts', () => {
  it('opening is one', async () => {
    const { atOpening } = await sessionOf(bench(right))
    expect(atOpening).toEqual(['begin', 'commands', 'end'])
  })

  it('from INITIALIZE to DEBIT the card is kept, and given back after it', async () => {
    const pad = bench(right)
    const { session } = await sessionOf(pad)
    await session.verifyPin(pin('246810'))
    pad.steps.length = 0
    const intent = await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })
    invariant(intent.ok, 'the debit is initialised')
    expect(pad.steps).toEqual(['begin', 'commands'])
    expect((await session.debit(intent.value)).kind).toBe('debited')
    expect(pad.steps).toEqual(['begin', 'commands', 'begin', 'commands', 'end', 'end'])
  })

  it('an initialised debit that nobody makes gives the card back with the next operation', async () => {
    const pad = bench(right)
    const { session } = await sessionOf(pad)
    await session.verifyPin(pin('246810'))
    await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })
    pad.steps.length = 0
    await session.readHolder()
    expect(pad.steps).toEqual(['begin', 'commands', 'end', 'end'])
  })

  it('a debit that cannot begin, because another program reset the card, is not debited: nothing was sent', async () => {
    let isReset = false
    const pad = bench(right, () => (isReset ? 'card-reset' : undefined))
    const { session } = await sessionOf(pad)
    await session.verifyPin(pin('246810'))
    const intent = await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })
    invariant(intent.ok, 'the debit is initialised')
    isReset = true
    pad.steps.length = 0
    expect(await session.debit(intent.value)).toEqual({ kind: 'not-debited', refusal: { kind: 'session-ended', cause: 'card-reset' } })
    expect(pad.steps).toEqual([])
    expect(session.ended).toBe('card-reset')
  })
})
