/** A load's outcome from literal answers, with the values of the worked load (50.00 onto 100.00). */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { PurseStub, type PurseStubState } from '../../test/support/purse-stub.ts'
import { scriptedModule } from '../../test/support/scripted-module.ts'
import type { FaultEffect } from '../channel/fault.ts'
import { VirtualReader } from '../reader/virtual/virtual-reader.ts'
import type { LoadIntent, LoadOffer, LoadOutcome } from './load-intent.ts'
import { openCardSession } from './open-card-session.ts'

const INIT = 'B02800010B010000138851010000000110'
const CREDIT = 'B02A00000B2026031509301585A28E4A04'
const OFFER: LoadOffer = {
  cardId: '510100D15600000500000001E3D8C079',
  balance: 10_000,
  amount: 5000,
  loadSerial: 3,
  keyVersion: 1,
  random: '0A0B0C0D',
  mac1: '89E37B8F',
  terminalNo: '510100000001'
}
const INTENT: LoadIntent = {
  cardId: OFFER.cardId,
  serialBefore: 3,
  balanceBefore: 10_000,
  amount: 5000,
  terminalNo: '510100000001',
  time: '20260315093015',
  mac2: '85A28E4A'
}

async function counter(state: Partial<PurseStubState> = {}) {
  const card = new PurseStub({ balance: 10_000, ...state })
  const reader = new VirtualReader('counter')
  reader.insert(card)
  const opened = await openCardSession({
    reader,
    psam: scriptedModule(),
    entropy: { bytes: (length) => new Uint8Array(length) },
    today: '2026-03-15'
  })
  invariant(opened.ok, `the stub opens: ${JSON.stringify(opened)}`)
  return { card, reader, session: opened.value }
}

/** The stub's balance is what it will show afterwards. */
async function loaded(state: Partial<PurseStubState> = {}, effect?: FaultEffect, balanceAfter = 15_000) {
  const { card, reader, session } = await counter(state)
  const offer = await session.initialiseLoad(5000)
  invariant(offer.ok, `initialised: ${JSON.stringify(offer)}`)
  if (effect !== undefined) reader.faults.arm({ effect, instruction: 0x2a, occurrence: 1 })
  card.state.balance = balanceAfter
  const outcome: LoadOutcome = await session.creditLoad(INTENT)
  return { card, session, outcome }
}

describe('initialising', () => {
  it('tells the card amount and terminal, and hands on what the issuer signs over', async () => {
    const { card, session } = await counter()
    expect(await session.initialiseLoad(5000)).toEqual({ ok: true, value: OFFER })
    expect(card.sent.filter((command) => command.startsWith('B0280001')).map((command) => command.slice(0, 32))).toEqual([
      INIT.slice(0, 32)
    ])
  })

  it.each([
    ['6982', { kind: 'pin-not-verified' }],
    ['9403', { kind: 'key-version-unknown' }],
    ['6985', { kind: 'card-blocked', statusWord: '6985' }],
    ['9402', { kind: 'card-refused', step: 'B028', statusWord: '9402' }],
    ['000027109000', { kind: 'card-refused', step: 'B028', statusWord: '9000' }]
  ])('the card answers %s', async (loadSerial, refusal) => {
    const { session, card } = await counter({ loadSerial })
    expect(await session.initialiseLoad(5000)).toEqual({ ok: false, error: refusal })
    expect(card.count('2A')).toBe(0)
  })

  it('a card whose account is at the centre is not asked', async () => {
    const { session, card } = await counter({ balance: undefined })
    expect(await session.initialiseLoad(5000)).toEqual({ ok: false, error: { kind: 'account-not-on-card' } })
    expect(card.count('28')).toBe(0)
  })

  it('notices a card swapped behind a reader that says nothing', async () => {
    const { session, card } = await counter()
    card.state.identificationCode = '510100D15600000500000002E3D8C079'
    expect(await session.initialiseLoad(5000)).toEqual({ ok: false, error: { kind: 'session-ended', cause: 'card-swapped' } })
    expect(card.count('28')).toBe(0)
  })

  it('no amount and half a fen are a broken caller', async () => {
    const { session } = await counter()
    for (const amount of [0, -1, 0.5, 0x1_0000_0000]) expect(() => session.initialiseLoad(amount)).toThrow('are no load')
  })
})

describe('the credit', () => {
  it("is sent once, with the issuer's time and MAC2, and gives the TAC", async () => {
    const { card, outcome } = await loaded()
    expect(card.sent.filter((command) => command.startsWith(CREDIT.slice(0, 32)))).toHaveLength(1)
    expect(card.count('2A')).toBe(1)
    expect(outcome).toEqual({
      kind: 'loaded',
      evidence: { source: 'credit-answer', tac: '428C9B81', serialAfter: 4, balanceAfter: 15_000 }
    })
  })

  it.each([
    ['9302', { kind: 'load-not-authentic' }],
    ['6982', { kind: 'pin-not-verified' }],
    ['9403', { kind: 'key-version-unknown' }],
    ['6985', { kind: 'card-blocked', statusWord: '6985' }],
    ['6A81', { kind: 'card-blocked', statusWord: '6A81' }],
    ['6901', { kind: 'card-refused', step: 'B02A', statusWord: '6901' }],
    ['9402', { kind: 'card-refused', step: 'B02A', statusWord: '9402' }]
  ])('%s: not loaded, for the card says so', async (creditAnswer, refusal) => {
    expect((await loaded({ creditAnswer })).outcome).toEqual({ kind: 'not-loaded', refusal })
  })

  it.each([
    ['6581', 'unclear-answer'],
    ['6F00', 'unclear-answer'],
    ['9000', 'unclear-answer'],
    ['428C9B9000', 'unclear-answer'],
    ['428C9B819302', 'unclear-answer'],
    ['90', 'no-answer'],
    ['', 'no-answer'],
    ['61', 'no-answer']
  ])('answer "%s": unknown, %s', async (creditAnswer, cause) => {
    expect((await loaded({ creditAnswer })).outcome).toEqual({ kind: 'unknown', cause })
  })

  it('a card that says yes and does not hold the money is not believed', async () => {
    expect((await loaded({}, undefined, 10_000)).outcome).toEqual({ kind: 'unknown', cause: 'balance-does-not-fit' })
  })

  it('a reset by another program before it: nothing was sent', async () => {
    const { outcome, card } = await loaded({}, 'reset-before')
    expect(outcome).toEqual({ kind: 'not-loaded', refusal: { kind: 'session-ended', cause: 'card-reset' } })
    expect(card.count('2A')).toBe(0)
  })

  it.each(['mute', 'lose-answer', 'remove-before', 'remove-after', 'truncate'] as const)('%s leaves it unknown', async (effect) => {
    expect((await loaded({}, effect)).outcome.kind).toBe('unknown')
  })

  it.each([
    ['another amount', { amount: 5001 }],
    ['another serial', { serialBefore: 4 }],
    ['another card', { cardId: '510100D15600000500000002E3D8C079' }]
  ])('for %s than the one initialised is a broken caller', async (_, changed) => {
    const { session, card } = await counter()
    await session.initialiseLoad(5000)
    await expect(session.creditLoad({ ...INTENT, ...changed })).rejects.toThrow('a credit of another load')
    expect(card.count('2A')).toBe(0)
  })

  it('is given once, and not after a settlement was begun', async () => {
    const { session } = await loaded()
    await expect(session.creditLoad(INTENT)).rejects.toThrow('a credit without an initialised load')
    await session.initialiseLoad(5000)
    await session.initialiseDebit({ amounts: { account: 0, own: 1, pooled: 0 }, time: '20260315093015' })
    await expect(session.creditLoad(INTENT)).rejects.toThrow('a credit without an initialised load')
  })
})
