/** The whole dialogue of a terminal: session, PSAM session, virtual reader, simulated chip and PSAM, fixture cards. */

import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import type { FaultEffect } from '../../card/channel/fault.ts'
import type { CardSession } from '../../card/session/card-session.ts'
import type { DebitIntent } from '../../card/session/debit-intent.ts'
import { detectCard } from '../../card/session/open-card-session.ts'
import type { PurchaseModule } from '../../card/session/ports.ts'
import { garbledAt, type CardUnderTest } from '../chip/card-under-test.ts'
import { countingEntropy } from '../support/psam.ts'
import { fixtureCard, fixturePsam, pin, terminalWith, TestTerminal, TIME, TODAY } from './terminal.ts'

const PIN = '246810'
const AMOUNTS = { account: 5000, own: 200, pooled: 10000 }

async function verified(terminal: TestTerminal, digits = PIN): Promise<CardSession> {
  const session = await terminal.session()
  expect(await session.verifyPin(pin(digits))).toEqual({ ok: true, value: null })
  return session
}

async function initialised(session: CardSession, amounts = AMOUNTS, time = TIME): Promise<DebitIntent> {
  const intent = await session.initialiseDebit({ amounts, time })
  invariant(intent.ok, `the debit is initialised: ${JSON.stringify(intent)}`)
  return intent.value
}

describe('opening', () => {
  it('reads who the card is', async () => {
    const { identity } = await (await terminalWith(fixtureCard('in-service-32k'))).session()
    expect(identity).toMatchObject({
      version: '2.00',
      region: '999999',
      resetInformation: '0081544C348660999900000001',
      cardNumber: 'A12345674',
      issueDate: '2024-06-03',
      expiryDate: '2034-06-03',
      expired: false,
      algorithm: 'DES'
    })
    expect(identity.identificationCode).toMatch(/^999999D15600000500000001[0-9A-F]{8}$/)
  })

  it.each([
    ['bank-card', 'not-a-social-security-card'],
    ['blank', 'blank-card'],
    ['counterfeit', 'not-genuine']
  ])('%s is refused as %s', async (card, kind) => {
    const opened = await (await terminalWith(fixtureCard(card))).open()
    expect(opened.ok ? 'opened' : opened.error.kind).toBe(kind)
  })

  it('an expired card opens and says so', async () => {
    expect((await (await terminalWith(fixtureCard('expired'))).session()).identity.expired).toBe(true)
  })

  it('a blocked card answers 6A81 to everything and is told from a foreign one', async () => {
    const card = fixtureCard('in-service-32k', { blocked: { card: true } })
    const opened = await (await terminalWith(card)).open()
    expect(opened).toEqual({ ok: false, error: { kind: 'card-blocked', statusWord: '6A81' } })
  })

  it('without a PSAM a copy is not found out, and a v3.00 card keeps its number', async () => {
    const terminal = new TestTerminal(undefined)
    terminal.reader.insert(fixtureCard('counterfeit').chip)
    expect((await terminal.open()).ok).toBe(true)
    terminal.reader.insert(fixtureCard('v3-contactless').chip)
    expect((await terminal.session()).identity).toMatchObject({ version: '3.00', cardNumber: undefined, algorithm: 'SM4' })
  })

  it('detecting needs no key and lets the card go', async () => {
    const terminal = await terminalWith(fixtureCard('in-service-16k'))
    const detected = await detectCard({ reader: terminal.reader, entropy: countingEntropy(), today: TODAY })
    expect(detected.ok && detected.value.version).toBe('1.00')
  })

  it('the PSAM session is a purchase module as it stands', async () => {
    const module: PurchaseModule = await fixturePsam()
    expect(module.terminalNumber).toBe('999999000001')
  })
})

describe('reading', () => {
  it('the holder is free on v2.00', async () => {
    const session = await (await terminalWith(fixtureCard('in-service-32k'))).session()
    expect(await session.readHolder()).toEqual({
      ok: true,
      value: {
        socialSecurityNumber: '000000199001010018',
        name: '测试一',
        sex: 'male',
        ethnicGroup: '01',
        birthplace: '999999',
        birthDate: '1990-01-01'
      }
    })
  })

  it('a rare name comes whole across its two items', async () => {
    const card = fixtureCard('rare-name')
    const holder = await (await (await terminalWith(card)).session()).readHolder()
    invariant(holder.ok, 'the holder is readable')
    expect(holder.value.name).not.toContain('\u{FFFD}')
    expect(holder.value.name).toMatch(/^\p{Script=Han}{2,}/u)
  })

  it('the medical account opens to RK1DF04 before the PIN, and to the PIN after it', async () => {
    const terminal = await terminalWith(fixtureCard('in-service-32k'))
    const session = await terminal.session()
    const expected = { insuranceType: '310', personClass: '11', insuredRegion: '999999', useMode: 'offline' }
    expect(await session.readMedical()).toMatchObject({ ok: true, value: expected })
    const authentications = terminal.sent('82')
    expect(authentications).toBeGreaterThan(0)
    await session.verifyPin(pin(PIN))
    expect(await session.readMedical()).toMatchObject({ ok: true, value: expected })
    expect(terminal.sent('82')).toBe(authentications)
  })

  it.each([
    ['in-service-32k', PIN, 276_000],
    ['in-service-16k', '1234', 86_040],
    ['pboc-profile', PIN, 100_000],
    ['empty-purse', PIN, 0]
  ])('balance of %s', async (card, digits, fen) => {
    const session = await verified(await terminalWith(fixtureCard(card)), digits)
    expect(await session.readBalance()).toEqual({ ok: true, value: fen })
  })

  it('an online card has no balance on it', async () => {
    const session = await verified(await terminalWith(fixtureCard('online-mode')))
    expect(await session.readBalance()).toEqual({ ok: false, error: { kind: 'not-on-card' } })
  })

  it('the balance in the purse asks for the PIN', async () => {
    const session = await (await terminalWith(fixtureCard('in-service-32k'))).session()
    expect(await session.readBalance()).toEqual({ ok: false, error: { kind: 'pin-not-verified' } })
  })

  it('log, totals and special settlements', async () => {
    const session = await verified(await terminalWith(fixtureCard('in-service-32k')))
    const log = await session.readTransactionLog()
    expect(log).toEqual({
      ok: true,
      value: [
        {
          serial: 4,
          type: 'settlement',
          terminalNo: '999999000001',
          time: '20260211101230',
          amounts: { account: 4560, own: 4560, pooled: 10240 }
        },
        { serial: 2, type: 'load', terminalNo: '999999000009', time: '20260105020000', amounts: { account: 26000, own: 0, pooled: 0 } }
      ]
    })
    expect(await session.readYearlyTotals()).toEqual({ ok: true, value: { own: 4560, pooled: 10240, year: '2026' } })
    expect(await session.readSpecialSettlements()).toEqual({ ok: true, value: [] })
  })

  it('the fingerprint file is read to its end behind RKSSSE', async () => {
    const fingerprint = await (await (await terminalWith(fixtureCard('in-service-32k'))).session()).readFingerprint()
    invariant(fingerprint.ok, `readable: ${JSON.stringify(fingerprint)}`)
    expect([0x300, 0x400]).toContain(fingerprint.value.length)
  })

  it('offline counters are written and read back', async () => {
    const session = await verified(await terminalWith(fixtureCard('in-service-32k')))
    expect(await session.writeOfflineCounters({ amount: 12850, count: 1 })).toEqual({ ok: true, value: null })
    expect(await session.readOfflineCounters()).toEqual({ ok: true, value: { allowed: true, amount: 12850, count: 1 } })
    expect(await session.writeOfflineCounters({ amount: 0, count: 0 })).toEqual({ ok: true, value: null })
    expect(await session.readOfflineCounters()).toEqual({ ok: true, value: { allowed: true, amount: 0, count: 0 } })
  })
})

describe('the PIN', () => {
  it('tries left are known before the first digit and after every try, and every submission is one VERIFY', async () => {
    const terminal = await terminalWith(fixtureCard('in-service-32k'))
    const session = await terminal.session()
    expect(await session.pinTriesLeft()).toEqual({ ok: true, value: 6 })
    expect(await session.verifyPin(pin('999999'))).toEqual({ ok: false, error: { kind: 'wrong-pin', triesLeft: 5 } })
    expect(await session.pinTriesLeft()).toEqual({ ok: true, value: 5 })
    await session.verifyPin(pin(PIN))
    expect(await session.pinTriesLeft()).toEqual({ ok: true, value: 'verified' })
    expect(terminal.trace.filter(({ command }) => /^00200000../.test(command))).toHaveLength(2)
  })

  it('the last wrong try locks it, and the right PIN no longer helps', async () => {
    const session = await (await terminalWith(fixtureCard('low-tries'))).session()
    expect(await session.verifyPin(pin('999999'))).toMatchObject({ ok: false, error: { kind: 'pin-locked' } })
    expect(await session.verifyPin(pin(PIN))).toMatchObject({ ok: false, error: { kind: 'pin-locked' } })
    expect(await session.pinTriesLeft()).toEqual({ ok: true, value: 0 })
  })

  it('a locked PIN is freed with the PSAM, or replaced', async () => {
    const session = await (await terminalWith(fixtureCard('pin-locked'))).session()
    expect(await session.unblockPin()).toEqual({ ok: true, value: null })
    expect(await session.unblockPin()).toEqual({ ok: false, error: { kind: 'pin-not-locked' } })
    expect(await session.reloadPin(pin('445566'))).toEqual({ ok: true, value: null })
    expect(await session.verifyPin(pin('445566'))).toEqual({ ok: true, value: null })
  })

  it('is changed by its holder', async () => {
    const session = await (await terminalWith(fixtureCard('in-service-32k'))).session()
    expect(await session.changePin({ from: pin('999999'), to: pin('112233') })).toMatchObject({
      ok: false,
      error: { kind: 'wrong-pin', triesLeft: 5 }
    })
    expect(await session.changePin({ from: pin(PIN), to: pin('112233') })).toEqual({ ok: true, value: null })
    expect(await session.verifyPin(pin('112233'))).toEqual({ ok: true, value: null })
  })

  it('a wrong one takes back what the right one gave, on the card and in the session', async () => {
    const session = await verified(await terminalWith(fixtureCard('in-service-32k')))
    expect(session.pinVerified).toBe(true)
    await session.verifyPin(pin('999999'))
    expect(session.pinVerified).toBe(false)
    expect(await session.readBalance()).toEqual({ ok: false, error: { kind: 'pin-not-verified' } })
  })

  it('leaves no digit in a trace', async () => {
    const terminal = await terminalWith(fixtureCard('in-service-32k'))
    await verified(terminal)
    expect(terminal.trace.map(({ command }) => command)).toContain('0020000003******')
    expect(JSON.stringify(terminal.trace)).not.toContain(PIN)
  })
})

describe('a settlement', () => {
  it.each([
    ['in-service-32k', PIN, 5, 276_000],
    ['in-service-16k', '1234', 12, 86_040],
    ['pboc-profile', PIN, 1, 100_000]
  ])('%s pays 50.00 from the balance on the card', async (name, digits, serial, balance) => {
    const session = await verified(await terminalWith(fixtureCard(name)), digits)
    const intent = await initialised(session)
    expect(intent).toMatchObject({
      serialBefore: serial,
      balanceBefore: balance,
      terminalNo: '999999000001',
      terminalSerial: 1,
      time: TIME
    })
    expect(await session.debit(intent)).toMatchObject({
      kind: 'debited',
      evidence: { source: 'debit-answer', serialAfter: serial + 1, balanceAfter: balance - 5000, balanceFits: true }
    })
    const log = await session.readTransactionLog()
    expect(log.ok && log.value[0]).toMatchObject({ serial, type: 'settlement', terminalNo: '999999000001', time: TIME })
  })

  it('an online card only signs: account 0, no balance before or after', async () => {
    const session = await verified(await terminalWith(fixtureCard('online-mode')))
    const intent = await initialised(session, { account: 0, own: 12850, pooled: 10000 })
    expect(intent.balanceBefore).toBeUndefined()
    const outcome = await session.debit(intent)
    expect(outcome).toMatchObject({ kind: 'debited', evidence: { balanceAfter: undefined, balanceFits: undefined } })
  })

  it.each([
    ['in-service-32k', { account: 276_001, own: 0, pooled: 0 }, { balance: 276_000, asked: 276_001 }],
    ['online-mode', { account: 1, own: 0, pooled: 0 }, { balance: undefined, asked: 1 }]
  ])('%s cannot pay more than it holds, and no purse command goes out', async (name, amounts, told) => {
    const terminal = await terminalWith(fixtureCard(name))
    const session = await verified(terminal)
    const refused = await session.initialiseDebit({ amounts, time: TIME })
    expect(refused).toEqual({ ok: false, error: { kind: 'insufficient-balance', ...told } })
    expect([terminal.sent('28'), terminal.sent('2C')]).toEqual([0, 0])
  })

  it('asks for the PIN first', async () => {
    const session = await (await terminalWith(fixtureCard('in-service-32k'))).session()
    const refused = await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })
    expect(refused).toEqual({ ok: false, error: { kind: 'pin-not-verified' } })
  })

  it('a blocked medical application is named', async () => {
    const session = await verified(await terminalWith(fixtureCard('application-blocked')))
    const refused = await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })
    expect(refused).toEqual({ ok: false, error: { kind: 'card-blocked', statusWord: '6283' } })
  })

  it('an operation between the two steps cancels the debit: the card refuses it and nothing moves', async () => {
    const session = await verified(await terminalWith(fixtureCard('in-service-32k')))
    const intent = await initialised(session)
    await session.readHolder()
    expect(await session.debit(intent)).toMatchObject({ kind: 'not-debited' })
    expect(await session.readBalance()).toEqual({ ok: true, value: 276_000 })
  })

  it('is debited once: the same intent again is a broken caller', async () => {
    const session = await verified(await terminalWith(fixtureCard('in-service-32k')))
    const intent = await initialised(session)
    await session.debit(intent)
    await expect(session.debit(intent)).rejects.toThrow('a debit without an initialised purchase')
    expect(await session.readBalance()).toEqual({ ok: true, value: 271_000 })
  })
})

/** The settlement as a counter performs it, with an event before the n-th operation. */
const STEPS = ['readHolder', 'readMedical', 'pinTriesLeft', 'verifyPin', 'readBalance', 'initialiseDebit', 'debit'] as const

const EVENTS = {
  'removed': (terminal: TestTerminal) => terminal.reader.remove(),
  're-seated': (terminal: TestTerminal, card: CardUnderTest) => {
    terminal.reader.remove()
    terminal.reader.insert(card.chip)
  },
  'swapped for another': (terminal: TestTerminal) => terminal.reader.insert(fixtureCard('retired-32k').chip),
  'reset by another program': (terminal: TestTerminal) => terminal.reader.foreignReset()
} as const

async function settleWith(event: keyof typeof EVENTS, eventBefore: number) {
  const card = fixtureCard('in-service-32k')
  const terminal = await terminalWith(card)
  const session = await terminal.session()
  let intent: DebitIntent | undefined
  let outcome: unknown
  for (const [index, step] of STEPS.entries()) {
    if (index === eventBefore) EVENTS[event](terminal, card)
    if (step === 'debit') outcome = intent === undefined ? 'never initialised' : await session.debit(intent)
    else if (step === 'verifyPin') await session.verifyPin(pin(PIN))
    else if (step === 'initialiseDebit') {
      const asked = await session.initialiseDebit({ amounts: AMOUNTS, time: TIME })
      intent = asked.ok ? asked.value : undefined
    } else await session[step]()
  }
  return { card, terminal, session, outcome }
}

/** A reader cannot say whether a card that is gone left before or after the command: only proof settles that. */
const outcomeAtDebit = (event: keyof typeof EVENTS) =>
  event === 'removed'
    ? { kind: 'unknown', cause: 'card-removed' }
    : { kind: 'not-debited', refusal: { kind: 'session-ended', cause: 'card-reset' } }

describe('the card changes under a settlement', () => {
  for (const event of Object.keys(EVENTS) as (keyof typeof EVENTS)[]) {
    it.each(STEPS.map((step, index) => [step, index] as const))(`${event} before %s: no debit reaches any card`, async (step, index) => {
      const { card, terminal, session, outcome } = await settleWith(event, index)
      expect(session.ended).toBe(event === 'removed' ? 'card-removed' : 'card-reset')
      expect(await session.readHolder()).toEqual({ ok: false, error: { kind: 'session-ended', cause: session.ended } })
      expect(outcome).toEqual(step === 'debit' ? outcomeAtDebit(event) : 'never initialised')
      terminal.reader.insert(card.chip)
      expect(await (await verified(terminal)).readBalance()).toEqual({ ok: true, value: 276_000 })
    })
  }
})

describe('an interrupted debit', () => {
  async function interrupted(effect: FaultEffect, name = 'in-service-32k', instruction = 0x2c) {
    const card = fixtureCard(name)
    const terminal = await terminalWith(card)
    const session = await verified(terminal)
    const intent = await initialised(session)
    terminal.reader.faults.arm({ effect, instruction, occurrence: 1 })
    const outcome = await session.debit(intent)
    terminal.reader.insert(card.chip)
    return { terminal, intent, outcome, card }
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
    const resolution = await (await verified(terminal)).resolveDebit(intent)
    const evidence = { source: 'transaction-prove', serialAfter: 6, balanceAfter: 271_000, balanceFits: true }
    expect(resolution).toMatchObject(
      happened ? { kind: 'debited', evidence } : { kind: 'not-debited', proof: 'serial-unchanged' }
    )
  })

  it.each(['6A82', '6985', '6982', '9302'])('is done, and %s arrives in place of its codes: unknown, and resolved by the card', async (statusWord) => {
    const card = fixtureCard('in-service-32k')
    const terminal = await terminalWith(card)
    terminal.reader.insert(garbledAt(card.chip, 0x2c, statusWord))
    const session = await verified(terminal)
    const intent = await initialised(session)
    expect(await session.debit(intent)).toEqual({ kind: 'unknown', cause: 'unclear-answer' })
    expect(await session.resolveDebit(intent)).toMatchObject({ kind: 'debited', evidence: { source: 'transaction-prove', balanceAfter: 271_000 } })
  })

  it('the answer is lost in GET RESPONSE: unknown, though the card said 61 08', async () => {
    const card = fixtureCard('in-service-32k')
    const terminal = await terminalWith(card)
    const session = await verified(terminal)
    const intent = await initialised(session)
    terminal.reader.faults.arm({ effect: 'remove-before', instruction: 0xc0, occurrence: 1 })
    expect(await session.debit(intent)).toEqual({ kind: 'unknown', cause: 'card-removed' })
    terminal.reader.insert(card.chip)
    expect(await (await verified(terminal)).resolveDebit(intent)).toMatchObject({ kind: 'debited' })
  })

  it('is proved by the log, with the codes that the debit would have given', async () => {
    const { terminal, intent } = await interrupted('remove-after')
    const resolution = await (await verified(terminal)).resolveDebit(intent)
    expect(resolution).toMatchObject({ kind: 'debited', evidence: { source: 'transaction-prove' } })
    const twin = await terminalWith(fixtureCard('in-service-32k'))
    const session = await verified(twin)
    const answered = await session.debit(await initialised(session))
    invariant(answered.kind === 'debited' && resolution.kind === 'debited', 'both are debited')
    expect([resolution.evidence.tac, resolution.evidence.mac2]).toEqual([answered.evidence.tac, answered.evidence.mac2])
  })

  describe.each(['mute', 'lose-answer', 'truncate'] as const)('while the card is asked, a bad contact (%s) swallows one answer', (effect) => {
    it.each([
      ['SELECT', 0xa4],
      ['GET TRANSACTION PROVE', 0x2e],
      ['INITIALIZE FOR PURCHASE', 0x28],
      ['READ RECORD', 0xb2],
      ['GET BALANCE', 0x26]
    ])('to %s: asked once more, it is proved with its codes', async (_, instruction) => {
      const { terminal, intent } = await interrupted('remove-after')
      const session = await verified(terminal)
      terminal.reader.faults.arm({ effect, instruction, occurrence: 1 })
      expect(await session.resolveDebit(intent)).toMatchObject({ kind: 'debited', evidence: { source: 'transaction-prove', balanceFits: true } })
      expect(terminal.reader.faults.armed).toBe(false)
    })

    it('a second silence is the card’s own', async () => {
      const { terminal, intent } = await interrupted('remove-after')
      const session = await verified(terminal)
      for (let time = 0; time < 2; time += 1) terminal.reader.faults.arm({ effect, instruction: 0xb2, occurrence: 1 })
      expect(await session.resolveDebit(intent)).toEqual({ kind: 'unresolved', reason: 'card-does-not-answer' })
    })
  })

  it('that did not happen is disproved by the unchanged serial', async () => {
    const { terminal, intent } = await interrupted('mute')
    expect(await (await verified(terminal)).resolveDebit(intent)).toEqual({ kind: 'not-debited', proof: 'serial-unchanged' })
  })

  it('is found in the log after another settlement has followed it', async () => {
    const { terminal, intent } = await interrupted('remove-after')
    const later = await verified(terminal)
    await later.debit(await initialised(later, { account: 100, own: 0, pooled: 0 }))
    expect(await later.resolveDebit(intent)).toMatchObject({ kind: 'debited', evidence: { serialAfter: 6 } })
  })

  it('that did not happen is not mistaken for the settlement that took its serial', async () => {
    const { terminal, intent } = await interrupted('mute')
    const later = await verified(terminal)
    await later.debit(await initialised(later, { account: 100, own: 0, pooled: 0 }))
    expect(await later.resolveDebit(intent)).toEqual({ kind: 'not-debited', proof: 'serial-taken-by-another' })
  })

  it('that never left is not proved by the debit of another terminal, which has taken its serial', async () => {
    const card = fixtureCard('in-service-32k')
    const here = await terminalWith(card)
    const intent = await initialised(await verified(here), { account: 5000, own: 200, pooled: 10_000 })
    here.reader.remove()
    const there = await terminalWith(card)
    const elsewhere = await verified(there)
    await elsewhere.debit(await initialised(elsewhere, { account: 100, own: 0, pooled: 0 }))
    there.reader.remove()
    here.reader.insert(card.chip)
    expect(await (await here.session()).resolveDebit(intent)).toEqual({ kind: 'unresolved', reason: 'pin-needed' })
    expect(await (await verified(here)).resolveDebit(intent)).toEqual({ kind: 'not-debited', proof: 'serial-taken-by-another' })
  })

  it('that never left is told from a debit of as much elsewhere, such as that of the same bill, once a settlement of here stands in the log', async () => {
    const card = fixtureCard('in-service-32k')
    const amounts = { account: 5000, own: 200, pooled: 10_000 }
    const here = await terminalWith(card)
    const earlier = await verified(here)
    const proved = await initialised(earlier, { account: 100, own: 0, pooled: 0 }, '20260301080000')
    await earlier.debit(proved)
    const intent = await initialised(earlier, amounts)
    here.reader.remove()
    const there = await terminalWith(card)
    const elsewhere = await verified(there)
    await elsewhere.debit(await initialised(elsewhere, amounts, '20260315110000'))
    there.reader.remove()
    here.reader.insert(card.chip)
    const later = await verified(here)
    expect(await later.resolveDebit(intent)).toEqual({ kind: 'unresolved', reason: 'log-shows-another-transaction' })
    expect(await later.resolveDebit(intent, () => [proved])).toEqual({ kind: 'not-debited', proof: 'serial-taken-by-another' })
  })

  it("closes on no other card's word", async () => {
    const { terminal, intent } = await interrupted('remove-after')
    terminal.reader.insert(fixtureCard('retired-32k').chip)
    expect(await (await terminal.session()).resolveDebit(intent)).toEqual({ kind: 'unresolved', reason: 'other-card' })
  })

  it('closes on no word of a card that cannot prove itself', async () => {
    const { card, intent } = await interrupted('remove-after')
    const bare = new TestTerminal(undefined)
    bare.reader.insert(card.chip)
    expect(await (await bare.session()).resolveDebit(intent)).toEqual({ kind: 'unresolved', reason: 'psam-needed' })
  })

  it('the power is cut after any byte the card writes: the card is old or new, and the terminal learns which', async () => {
    const whole = fixtureCard('in-service-32k')
    const session = await verified(await terminalWith(whole))
    const intent = await initialised(session)
    const before = whole.medium.written
    await session.debit(intent)
    const writes = whole.medium.written - before
    expect(writes).toBeGreaterThan(20)
    const seen = new Set<string>()
    for (let cut = 0; cut < writes; cut += 7) seen.add(await cutAfter(cut))
    expect([...seen].toSorted()).toEqual(['debited 271000', 'not-debited 276000'])
  })

  async function cutAfter(bytes: number): Promise<string> {
    const card = fixtureCard('in-service-32k')
    const terminal = await terminalWith(card)
    const session = await verified(terminal)
    const intent = await initialised(session)
    card.medium.cutAfter(bytes)
    expect(await session.debit(intent)).toEqual({ kind: 'unknown', cause: 'card-removed' })
    card.medium.restorePower()
    terminal.reader.insert(card.chip)
    const again = await verified(terminal)
    const resolution = await again.resolveDebit(intent)
    const balance = await again.readBalance()
    return `${resolution.kind} ${balance.ok ? balance.value : balance.error.kind}`
  }
})
