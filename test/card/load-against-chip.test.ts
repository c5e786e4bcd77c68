/** Loads on the simulated chip, signed by the test issuer as the centre signs them: torn at every byte, and resolved. */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { toHex } from '../../card/bytes/hex.ts'
import type { FaultEffect } from '../../card/channel/fault.ts'
import { IssuerAuthority, type CardOfRecord } from '../../card/issuer/authority.ts'
import type { CardSession } from '../../card/session/card-session.ts'
import type { LoadIntent, LoadOffer } from '../../card/session/load-intent.ts'
import { garbledAt, testIssuerKeys, type CardUnderTest } from '../chip/card-under-test.ts'
import { fixtureCard, pin, terminalWith, TIME, type TestTerminal } from './terminal.ts'

const PIN = '246810'
const HOST_TIME = '20260315100000'

const authority = new IssuerAuthority(testIssuerKeys())

const recordOf = ({ identity }: CardSession, purse: CardOfRecord['purse'] = 'SSC-LB002'): CardOfRecord => ({
  region: identity.region,
  cardFactor: toHex(identity.cardFactor),
  algorithm: identity.algorithm === 'SM4' ? 'SM4' : 'DES',
  purse
})

async function verified(terminal: TestTerminal, digits = PIN): Promise<CardSession> {
  const session = await terminal.session()
  expect(await session.verifyPin(pin(digits))).toEqual({ ok: true, value: null })
  return session
}

async function offered(session: CardSession, amount = 5000): Promise<LoadOffer> {
  const offer = await session.initialiseLoad(amount)
  invariant(offer.ok, `the load is initialised: ${JSON.stringify(offer)}`)
  return offer.value
}

/** As the issuer signs it, who looks at MAC1 first. */
function signed(session: CardSession, offer: LoadOffer, purse?: CardOfRecord['purse']): LoadIntent {
  const card = recordOf(session, purse)
  invariant(authority.verifyLoadMac1(card, offer, offer.mac1), 'the card asked for it')
  const { cardId, balance, amount, loadSerial, terminalNo } = offer
  const mac2 = toHex(authority.loadMac2(card, offer, HOST_TIME))
  return { cardId, serialBefore: loadSerial, balanceBefore: balance, amount, terminalNo, time: HOST_TIME, mac2 }
}

const intended = async (session: CardSession): Promise<LoadIntent> => signed(session, await offered(session))

describe('a load', () => {
  it.each(['6A82', '6985', '9302'])('is on the card, and %s arrives in place of its TAC: unknown, and resolved by the card', async (statusWord) => {
    const card = fixtureCard('in-service-32k')
    const terminal = await terminalWith(card)
    terminal.reader.insert(garbledAt(card.chip, 0x2a, statusWord))
    const session = await verified(terminal)
    const intent = await intended(session)
    expect(await session.creditLoad(intent)).toEqual({ kind: 'unknown', cause: 'unclear-answer' })
    expect(await session.resolveLoad(intent)).toMatchObject({ kind: 'loaded', evidence: { balanceAfter: 281_000 } })
  })

  it.each([
    ['in-service-32k', PIN, 'terminal-v2', '999999000001', 'SSC-LB002', 276_000],
    ['in-service-16k', '1234', 'terminal-v2', '999999000001', 'SSC-LB002', 86_040],
    ['pboc-profile', PIN, 'terminal-v2', '999999000001', 'PBOC', 100_000],
    ['v3-contactless', PIN, 'terminal-v3-stand-in', '999999000003', 'SSC-LB002', 93_000]
  ] as const)('%s takes 50.00, and the issuer knows the TAC', async (name, digits, psam, terminalNo, purse, balance) => {
    const session = await verified(await terminalWith(fixtureCard(name), psam), digits)
    const offer = await offered(session)
    expect(offer).toMatchObject({ balance, amount: 5000, keyVersion: 1, terminalNo })
    const outcome = await session.creditLoad(signed(session, offer, purse))
    invariant(outcome.kind === 'loaded', `loaded: ${JSON.stringify(outcome)}`)
    const { tac, ...evidence } = outcome.evidence
    expect(evidence).toEqual({ source: 'credit-answer', serialAfter: offer.loadSerial + 1, balanceAfter: balance + 5000 })
    expect(authority.verifyLoadTac(recordOf(session, purse), offer, HOST_TIME, tac ?? '')).toBe(true)
    const log = await session.readTransactionLog()
    expect(log.ok && log.value[0]).toMatchObject({ serial: offer.loadSerial, type: 'load', time: HOST_TIME })
  })

  it('counts by a serial of its own: a settlement leaves it, and it leaves the settlement its own', async () => {
    const session = await verified(await terminalWith(fixtureCard('in-service-32k')))
    const before = await offered(session)
    const debit = await session.initialiseDebit({ amounts: { account: 100, own: 0, pooled: 0 }, time: TIME })
    invariant(debit.ok, 'initialised')
    await session.debit(debit.value)
    const intent = await intended(session)
    expect(intent.serialBefore).toBe(before.loadSerial)
    await session.creditLoad(intent)
    expect((await offered(session)).loadSerial).toBe(before.loadSerial + 1)
    const next = await session.initialiseDebit({ amounts: { account: 100, own: 0, pooled: 0 }, time: TIME })
    expect(next.ok && next.value.serialBefore).toBe(debit.value.serialBefore + 1)
  })

  it('asks for the PIN first', async () => {
    const session = await (await terminalWith(fixtureCard('in-service-32k'))).session()
    expect(await session.initialiseLoad(5000)).toEqual({ ok: false, error: { kind: 'pin-not-verified' } })
  })

  it('does not go onto a card that only signs', async () => {
    const session = await verified(await terminalWith(fixtureCard('online-mode')))
    expect(await session.initialiseLoad(5000)).toEqual({ ok: false, error: { kind: 'account-not-on-card' } })
  })

  it('a wrong MAC2 is refused by the card and changes nothing', async () => {
    const session = await verified(await terminalWith(fixtureCard('in-service-32k')))
    const intent = await intended(session)
    expect(await session.creditLoad({ ...intent, mac2: '00000000' })).toEqual({
      kind: 'not-loaded',
      refusal: { kind: 'load-not-authentic' }
    })
    expect(await session.readBalance()).toEqual({ ok: true, value: 276_000 })
  })

  it('a signature works once: for a second initialisation the card has another random', async () => {
    const session = await verified(await terminalWith(fixtureCard('in-service-32k')))
    const first = await intended(session)
    await offered(session)
    expect(await session.creditLoad(first)).toEqual({ kind: 'not-loaded', refusal: { kind: 'load-not-authentic' } })
  })

  it('an operation between the two steps cancels it', async () => {
    const session = await verified(await terminalWith(fixtureCard('in-service-32k')))
    const intent = await intended(session)
    await session.readHolder()
    expect(await session.creditLoad(intent)).toMatchObject({ kind: 'not-loaded' })
    expect(await session.readBalance()).toEqual({ ok: true, value: 276_000 })
  })
})

describe('an interrupted load', () => {
  async function interrupted(effect: FaultEffect) {
    const card = fixtureCard('in-service-32k')
    const terminal = await terminalWith(card)
    const session = await verified(terminal)
    const offer = await offered(session)
    const intent = signed(session, offer)
    terminal.reader.faults.arm({ effect, instruction: 0x2a, occurrence: 1 })
    const outcome = await session.creditLoad(intent)
    terminal.reader.insert(card.chip)
    return { terminal, offer, intent, outcome, card, record: recordOf(session) }
  }

  it.each([
    ['mute', 'no-answer', false],
    ['remove-before', 'card-removed', false],
    ['lose-answer', 'no-answer', true],
    ['truncate', 'no-answer', true],
    ['remove-after', 'card-removed', true]
  ] as const)('%s: unknown, and resolved by the card', async (effect, cause, happened) => {
    const { terminal, intent, outcome } = await interrupted(effect)
    expect(outcome).toEqual({ kind: 'unknown', cause })
    const resolution = await (await verified(terminal)).resolveLoad(intent)
    const evidence = { source: 'transaction-prove', serialAfter: intent.serialBefore + 1, balanceAfter: 281_000 }
    expect(resolution).toMatchObject(
      happened ? { kind: 'loaded', evidence } : { kind: 'not-loaded', proof: 'load-serial-unchanged' }
    )
  })

  it('is proved without the PIN, by a TAC that the issuer knows', async () => {
    const { terminal, offer, intent, record } = await interrupted('remove-after')
    const resolution = await (await terminal.session()).resolveLoad(intent)
    invariant(resolution.kind === 'loaded', JSON.stringify(resolution))
    expect(authority.verifyLoadTac(record, offer, HOST_TIME, resolution.evidence.tac ?? '')).toBe(true)
  })

  it('is disproved with the PIN only', async () => {
    const { terminal, intent } = await interrupted('mute')
    expect(await (await terminal.session()).resolveLoad(intent)).toEqual({ kind: 'unresolved', reason: 'pin-needed' })
    expect((await (await verified(terminal)).resolveLoad(intent)).kind).toBe('not-loaded')
  })

  it('is found in the log after a settlement has taken its codes from PROVE', async () => {
    const { terminal, intent } = await interrupted('remove-after')
    const later = await verified(terminal)
    const debit = await later.initialiseDebit({ amounts: { account: 100, own: 0, pooled: 0 }, time: TIME })
    invariant(debit.ok, 'initialised')
    await later.debit(debit.value)
    expect(await later.resolveLoad(intent)).toEqual({
      kind: 'loaded',
      evidence: { source: 'transaction-log', tac: undefined, serialAfter: intent.serialBefore + 1, balanceAfter: undefined }
    })
  })

  it('that did not happen is not mistaken for the load that took its serial', async () => {
    const { terminal, intent } = await interrupted('mute')
    const later = await verified(terminal)
    await later.creditLoad(signed(later, await offered(later, 700)))
    expect(await later.resolveLoad(intent)).toEqual({ kind: 'unresolved', reason: 'log-shows-another-transaction' })
  })

  it('the power is cut after any byte the card writes: the card is old or new, and the terminal learns which', async () => {
    const whole = fixtureCard('in-service-32k')
    const session = await verified(await terminalWith(whole))
    const intent = await intended(session)
    const before = whole.medium.written
    await session.creditLoad(intent)
    const writes = whole.medium.written - before
    expect(writes).toBeGreaterThan(20)
    const seen: string[] = []
    for (let cut = 0; cut < writes; cut++) seen.push(await cutAfter(cut))
    const turn = seen.indexOf('loaded 281000')
    expect(turn).toBeGreaterThan(0)
    expect(seen).toEqual(seen.map((_, cut) => (cut < turn ? 'not-loaded 276000' : 'loaded 281000')))
  })

  async function cutAfter(bytes: number): Promise<string> {
    const card: CardUnderTest = fixtureCard('in-service-32k')
    const terminal = await terminalWith(card)
    const session = await verified(terminal)
    const intent = await intended(session)
    card.medium.cutAfter(bytes)
    expect(await session.creditLoad(intent)).toEqual({ kind: 'unknown', cause: 'card-removed' })
    card.medium.restorePower()
    terminal.reader.insert(card.chip)
    const again = await verified(terminal)
    const resolution = await again.resolveLoad(intent)
    const balance = await again.readBalance()
    return `${resolution.kind} ${balance.ok ? balance.value : balance.error.kind}`
  }
})
