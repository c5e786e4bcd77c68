/** A debit's outcome from literal answers, with the values of the published worked settlement (128.50 yuan, online). */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { PurseStub, type PurseStubState } from '../../test/support/purse-stub.ts'
import { scriptedModule, type ModuleScript } from '../../test/support/scripted-module.ts'
import type { FaultEffect } from '../channel/fault.ts'
import { VirtualReader } from '../reader/virtual/virtual-reader.ts'
import type { DebitIntent, DebitOutcome } from './debit-intent.ts'
import { openCardSession } from './open-card-session.ts'

const AMOUNTS = { account: 0, own: 12850, pooled: 10000 }
const TIME = '20260315093015'
const INIT = 'B02801011301000000000000323200002710510100000001'
const DEBIT = 'B02C01000F0000001220260315093015A6B1F0A8'

async function counter(state: Partial<PurseStubState> = {}, script: ModuleScript = {}) {
  const card = new PurseStub(state)
  const reader = new VirtualReader('counter')
  reader.insert(card)
  const opened = await openCardSession({
    reader,
    psam: scriptedModule(script),
    entropy: { bytes: (length) => new Uint8Array(length) },
    today: '2026-03-15'
  })
  invariant(opened.ok, `the stub opens: ${JSON.stringify(opened)}`)
  return { card, reader, session: opened.value }
}

async function settled(state: Partial<PurseStubState> = {}, script: ModuleScript = {}, effect?: FaultEffect, amounts = AMOUNTS) {
  const { card, reader, session } = await counter(state, script)
  const intent = await session.initialiseDebit({ amounts, time: TIME })
  invariant(intent.ok, `initialised: ${JSON.stringify(intent)}`)
  if (effect !== undefined) reader.faults.arm({ effect, instruction: 0x2c, occurrence: 1 })
  const outcome: DebitOutcome = await session.debit(intent.value)
  return { card, session, intent: intent.value, outcome }
}

describe('initialising', () => {
  it('tells the card the three amounts and the terminal, and records what a proof needs', async () => {
    const { card, intent } = await settled()
    expect(card.sent).toContain(INIT)
    expect(intent).toEqual({
      cardId: '510100D15600000500000001E3D8C079',
      serialBefore: 5,
      balanceBefore: undefined,
      terminalNo: '510100000001',
      terminalSerial: 0x12,
      time: TIME,
      amounts: AMOUNTS
    } satisfies DebitIntent)
  })

  it.each([
    ['6982', { kind: 'pin-not-verified' }],
    ['9403', { kind: 'key-version-unknown' }],
    ['9401', { kind: 'insufficient-balance', balance: undefined, asked: 0 }],
    ['6985', { kind: 'card-blocked', statusWord: '6985' }],
    ['6A80', { kind: 'card-refused', step: 'B028', statusWord: '6A80' }],
    ['00050100A1B29000', { kind: 'card-refused', step: 'B028', statusWord: '9000' }]
  ])('the card answers %s', async (serial, refusal) => {
    const { session, card } = await counter({ serial })
    expect(await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })).toEqual({ ok: false, error: refusal })
    expect(card.count('2C')).toBe(0)
  })

  it("hands on the module's refusal with its word", async () => {
    const { session } = await counter({}, { refusal: { kind: 'psam-key-missing', statusWord: '6A88' } })
    expect(await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })).toEqual({
      ok: false,
      error: { kind: 'psam', reason: 'psam-key-missing', statusWord: '6A88' }
    })
  })

  it('notices a card swapped behind a reader that says nothing', async () => {
    const { session, card } = await counter()
    card.state.identificationCode = '510100D15600000500000002E3D8C079'
    expect(await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })).toEqual({
      ok: false,
      error: { kind: 'session-ended', cause: 'card-swapped' }
    })
    expect(await session.readHolder()).toEqual({ ok: false, error: { kind: 'session-ended', cause: 'card-swapped' } })
    expect([card.count('28'), card.count('2C')]).toEqual([0, 0])
  })

  it('speaks PBOC to a card that does not know the class B0', async () => {
    const { session, card } = await counter({ purseClass: 0x80 })
    await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })
    expect(session.purse).toBe(undefined)
    expect(card.sent.slice(-2)).toEqual(['B026000104', '805C000204'])
  })
})

describe('the debit', () => {
  it('is sent once, with terminal serial, time and MAC1', async () => {
    const { card } = await settled()
    expect(card.sent.filter((command) => command === DEBIT)).toHaveLength(1)
    expect(card.count('2C')).toBe(1)
  })

  const EVIDENCE = { source: 'debit-answer', mac2: '5C338336', tac: 'AF80675D', serialAfter: 6, balanceAfter: undefined, balanceFits: undefined }

  it.each([
    ['MAC2 first', '5C338336AF80675D9000'],
    ['TAC first, told by which half verifies', 'AF80675D5C3383369000']
  ])('%s', async (_, debitAnswer) => {
    expect((await settled({ debitAnswer })).outcome).toEqual({ kind: 'debited', evidence: EVIDENCE })
  })

  it.each([
    ['9302', { kind: 'terminal-not-authentic' }],
    ['9401', { kind: 'insufficient-balance', balance: undefined, asked: 0 }],
    ['6982', { kind: 'pin-not-verified' }],
    ['9403', { kind: 'key-version-unknown' }],
    ['6985', { kind: 'card-blocked', statusWord: '6985' }],
    ['6A81', { kind: 'card-blocked', statusWord: '6A81' }],
    ['6901', { kind: 'card-refused', step: 'B02C', statusWord: '6901' }],
    ['9402', { kind: 'card-refused', step: 'B02C', statusWord: '9402' }]
  ])('%s: not debited, for the card says so', async (debitAnswer, refusal) => {
    expect((await settled({ debitAnswer })).outcome).toEqual({ kind: 'not-debited', refusal })
  })

  /** `word` is what the card, or a bad contact, says to the DEBIT and to the INITIALIZE behind it. */
  const toldTwice = async (word: string): Promise<DebitOutcome> => {
    const { session, card } = await counter({ debitAnswer: word })
    const intent = await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })
    invariant(intent.ok, 'the first INITIALIZE is answered')
    Object.assign(card.state, { serial: word })
    return session.debit(intent.value)
  }

  it.each(['6985', '6982', '6901', '6A82'])('%s twice: unknown, for a bad contact may have garbled both', async (word) => {
    expect(await toldTwice(word)).toEqual({ kind: 'unknown', cause: 'unclear-answer' })
  })

  it.each(['6A81', '9303'])('%s twice, a card that is blocked: not debited', async (word) => {
    expect(await toldTwice(word)).toMatchObject({ kind: 'not-debited', refusal: { statusWord: word } })
  })

  it.each([
    ['6581', 'unclear-answer'],
    ['6F00', 'unclear-answer'],
    ['9000', 'unclear-answer'],
    ['5C338336AF9000', 'unclear-answer'],
    ['5C3383369302', 'unclear-answer'],
    ['90', 'no-answer'],
    ['', 'no-answer'],
    ['61', 'no-answer'],
    ['00000000000000009000', 'mac2-wrong']
  ])('answer "%s": unknown, %s', async (debitAnswer, cause) => {
    expect((await settled({ debitAnswer })).outcome).toEqual({ kind: 'unknown', cause })
  })

  it('a module that cannot check MAC2 leaves it unknown', async () => {
    const { outcome } = await settled({}, { mac2Refusal: { kind: 'psam-unreachable' } })
    expect(outcome).toEqual({ kind: 'unknown', cause: 'mac2-unverified' })
  })

  it('reads the balance again and reports a card that does not add up', async () => {
    const { outcome } = await settled({ balance: 20_000 }, {}, undefined, { account: 5000, own: 0, pooled: 0 })
    expect(outcome).toMatchObject({ kind: 'debited', evidence: { balanceAfter: 20_000, balanceFits: false } })
  })

  it('a reset by another program before it: nothing was sent', async () => {
    const { outcome, card } = await settled({}, {}, 'reset-before')
    expect(outcome).toEqual({ kind: 'not-debited', refusal: { kind: 'session-ended', cause: 'card-reset' } })
    expect(card.count('2C')).toBe(0)
  })

  it.each(['mute', 'lose-answer', 'remove-before', 'remove-after', 'truncate'] as const)('%s leaves it unknown', async (effect) => {
    expect((await settled({}, {}, effect)).outcome.kind).toBe('unknown')
  })

  it('of another purchase than the one initialised last is a broken caller', async () => {
    const { session, card } = await counter()
    const first = await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })
    invariant(first.ok, 'initialised')
    await session.initialiseDebit({ amounts: AMOUNTS, time: '20260315093016' })
    await expect(session.debit(first.value)).rejects.toThrow('a debit of another purchase than the one initialised last')
    expect(card.count('2C')).toBe(0)
  })
})
