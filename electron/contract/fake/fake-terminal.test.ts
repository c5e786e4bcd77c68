import { beforeEach, describe, expect, it } from 'vitest'
import type { TerminalEvent } from '../events.ts'
import type { FaultKind } from '../reader-view.ts'
import type { Answer } from '../terminal.ts'
import { createFakeTerminal, type FakeTerminal } from './fake-terminal.ts'
import { BILL_STALE } from './fake-refusals.ts'
import { FIXTURE_PIN, LONG_STATEMENT, SAMPLE_BILL, SAMPLE_BILL_NO_CARD, SAMPLE_CARD_VERIFIED, SAMPLE_STATEMENTS, SAMPLE_SUMS, SAMPLE_SUMS_VERIFIED } from './sample-views.ts'
import { fen } from './fake-sums.ts'
import type { RequestName } from '../requests.ts'

let terminal: FakeTerminal
let events: TerminalEvent[]

beforeEach(() => {
  terminal = createFakeTerminal()
  events = []
  terminal.listen((event) => void events.push(event))
})

const topics = (): string[] => events.map(({ topic }) => topic)

async function value<Name extends RequestName>(answer: Promise<Answer<Name>>) {
  const got = await answer
  if (!got.ok) throw new Error(`refused: ${got.error.kind}`)
  return got.value
}

async function refusal<Name extends RequestName>(answer: Promise<Answer<Name>>): Promise<string> {
  const got = await answer
  return got.ok ? 'accepted' : got.error.kind
}

async function ready(): Promise<{ presence: number; revision: number }> {
  terminal.insertCard('in-service-32k')
  const { presence } = await value(terminal.call('card.verify-pin', { presence: 1, pin: FIXTURE_PIN, lastTry: false }))
  const { revision } = await value(terminal.call('bill.open-queue', { file: 'MZ2026030500001.json' }))
  return { presence, revision }
}

describe('a visit at the fake till', () => {
  it('shows the first bill undivided while no card is there, then as the sample views have it', async () => {
    const bill = await value(terminal.call('bill.open-queue', { file: 'MZ2026030500001.json' }))
    expect(bill).toEqual(SAMPLE_BILL_NO_CARD)
    terminal.insertCard('in-service-32k')
    expect(events.at(-1)).toMatchObject({ topic: 'bill', bill: { ...SAMPLE_BILL, revision: 2 } })
  })

  it('takes the account of 2760.00 into the sums once the PIN is right', async () => {
    await ready()
    const { bill, panel } = await value(terminal.call('terminal.state', {}))
    expect(bill?.outcome).toEqual({ state: 'computed', sums: SAMPLE_SUMS_VERIFIED, provisional: true })
    expect(panel).toEqual({ state: 'ready', card: SAMPLE_CARD_VERIFIED })
  })

  it('settles 818.47 as fund 97.10 and account 721.37, closes the bill and leaves 2038.63 on the card', async () => {
    const { presence, revision } = await ready()
    const statement = await value(terminal.call('settle', { presence, revision, cash: '0.00' }))
    expect(statement.sums).toMatchObject({ total: '818.47', fundPaid: '97.10', account: '721.37', cash: '0.00' })
    expect(statement.balance).toEqual({ before: '2760.00', after: '2038.63' })
    const state = await value(terminal.call('terminal.state', {}))
    expect(state.bill).toBeNull()
    expect(state.queue.map(({ file }) => file)).not.toContain('MZ2026030500001.json')
    expect(state.panel).toMatchObject({ card: { verified: false, account: { state: 'on-card', balance: '2038.63' } } })
    expect(events.filter((event) => event.topic === 'progress').map(({ step }) => step)).toEqual(['computing', 'holding', 'debiting', 'posting', 'done'])
  })

  it.each([
    ['another amount of cash than was on the screen', { cash: '1.00' }, 'amounts-changed'],
    ['an older revision', { revision: 0 }, 'bill-stale'],
    ['another presence of a card', { presence: 7 }, 'card-changed']
  ])('refuses to settle %s', async (_, other, kind) => {
    expect(await refusal(terminal.call('settle', { ...(await ready()), cash: '0.00', ...other }))).toBe(kind)
  })

  it('charges nothing when the card is pulled while the settlement waits', async () => {
    const params = await ready()
    const release = terminal.delayNext('settle')
    const settling = terminal.call('settle', { ...params, cash: '0.00' })
    terminal.removeCard()
    release()
    expect(await refusal(settling)).toBe('session-ended')
    expect(terminal.statement('H99999900001202603051000000001')).toBeUndefined()
  })

  it('lets nothing change under a settlement', async () => {
    const params = await ready()
    const release = terminal.delayNext('settle')
    const settling = terminal.call('settle', { ...params, cash: '0.00' })
    expect(await refusal(terminal.call('bill.close', {}))).toBe('settling')
    expect(await refusal(terminal.call('bill.remove-line', { revision: params.revision, line: '1' }))).toBe('settling')
    release()
    expect(await refusal(settling)).toBe('accepted')
  })

  it('an edit changes the line and the sums, and counts the revision', async () => {
    const { revision } = await ready()
    const change = await value(terminal.call('bill.set-line', { revision, line: '12', quantity: '2' }))
    expect(change).toMatchObject({ revision: revision + 1, removed: [], changed: [{ line: '12', amount: '40.00', ownPay: '40.00' }] })
    expect(change.outcome).toMatchObject({ sums: { total: '838.47', personal: '741.37', account: '741.37', cash: '0.00' } })
    expect(await refusal(terminal.call('bill.remove-line', { revision, line: '12' }))).toBe('bill-stale')
  })
})

describe('a PIN', () => {
  const verify = (pin: string, lastTry = false) => terminal.call('card.verify-pin', { presence: 1, pin, lastTry })

  it('costs a try when it is wrong, and the chip remembers over a removal', async () => {
    terminal.insertCard('in-service-32k')
    expect(await refusal(verify('111111'))).toBe('wrong-pin')
    terminal.removeCard()
    terminal.insertCard('in-service-32k')
    const { panel } = await value(terminal.call('terminal.state', {}))
    expect(panel).toMatchObject({ card: { triesLeft: 5, verified: false } })
  })

  it('is not sent to a card with one try left unless that is meant, and a wrong one locks it', async () => {
    terminal.insertCard('low-tries')
    expect(await refusal(verify('111111'))).toBe('last-try-unconfirmed')
    expect(await refusal(verify('111111', true))).toBe('wrong-pin')
    expect(await refusal(verify(FIXTURE_PIN, true))).toBe('pin-locked')
  })

  it('is stars in the calls', async () => {
    terminal.insertCard('in-service-32k')
    await verify(FIXTURE_PIN)
    expect(terminal.calls).toEqual([{ name: 'card.verify-pin', params: { presence: 1, pin: '******', lastTry: false } }])
    expect(JSON.stringify(events)).not.toContain(FIXTURE_PIN)
  })
})

describe('a debit that gets no answer', () => {
  const inDoubt = async () => (await value(terminal.call('terminal.state', {}))).inDoubt
  const balance = async () => {
    const { panel } = await value(terminal.call('terminal.state', {}))
    const presence = panel.state === 'ready' ? panel.card.presence : 0
    return (await value(terminal.call('card.verify-pin', { presence, pin: FIXTURE_PIN, lastTry: false }))).account
  }
  const breakOff = async (fault: FaultKind) => {
    const params = await ready()
    terminal.armFault(fault)
    expect(await refusal(terminal.call('settle', { ...params, cash: '0.00' }))).toBe('in-doubt')
    expect(await inDoubt()).toMatchObject([{ total: '818.47', account: '721.37', needsPin: false }])
  }

  it('and took the money stands in doubt until the same card is back and its PIN is given', async () => {
    await breakOff('remove-after-debit')
    terminal.insertCard('retired-32k')
    expect(topics()).not.toContain('resolved')
    terminal.insertCard('in-service-32k')
    expect(await inDoubt()).toMatchObject([{ needsPin: true }])
    expect(await balance()).toEqual({ state: 'on-card', balance: '2038.63' })
    expect(await inDoubt()).toEqual([])
  })

  it.each(['remove-before-debit', 'cut-in-debit'] as const)('and took nothing (%s) is released as soon as the card is back', async (fault) => {
    await breakOff(fault)
    terminal.insertCard('in-service-32k')
    expect(await inDoubt()).toEqual([])
    expect((await value(terminal.call('terminal.state', {}))).queue[0]).toMatchObject({ state: 'waiting' })
    expect(await balance()).toEqual({ state: 'on-card', balance: '2760.00' })
  })
})

describe('records of the fake', () => {
  const search = (other: object = {}) =>
    terminal.call('records.search', { from: '2026-03-01', to: '2026-03-05', text: '', state: 'all', after: null, limit: 50, ...other })

  it.each([
    ['everything', {}, 6],
    ['one day', { from: '2026-03-05' }, 2],
    ['a name', { text: '测试三' }, 1],
    ['what is owed', { state: 'owed' }, 1],
    ['what was refunded', { state: 'refunded' }, 2],
    ['what is in doubt', { state: 'in-doubt' }, 1]
  ])('finds %s', async (_, other, count) => {
    expect((await value(search(other))).rows).toHaveLength(count)
  })

  it('goes on where a page ended', async () => {
    const first = await value(search({ limit: 4 }))
    const rest = await value(search({ limit: 4, after: first.next }))
    expect([first.rows.length, rest.rows.length, rest.next]).toEqual([4, 2, null])
  })

  it('refunds once: cash back, fund reversed, the account part owed to the card', async () => {
    const settlementId = 'H99999900001202603050945120001'
    expect(await refusal(terminal.call('records.refund', { settlementId, reason: ' ' }))).toBe('reason-invalid')
    expect(await value(terminal.call('records.refund', { settlementId, reason: '测试' }))).toMatchObject({ state: 'refunded', owedToCard: '721.37' })
    expect(terminal.statement(settlementId)?.refund).toMatchObject({ cash: '0.00', fund: '97.10', owedToCard: '721.37' })
    expect(await refusal(terminal.call('records.refund', { settlementId, reason: '测试' }))).toBe('already-refunded')
  })

  it('counts a print, and answers with how many there were before it', async () => {
    const settlementId = 'H99999900001202603050945120001'
    expect((await value(terminal.call('statement.print', { settlementId, format: 'a5' }))).printed).toBe(0)
    expect((await value(terminal.call('statement.print', { settlementId, format: '80mm' }))).printed).toBe(1)
  })
})

describe('the panel of the fake', () => {
  it('refuses the next call only, as it is told', async () => {
    terminal.refuseNext('bill.start', BILL_STALE)
    expect(await refusal(terminal.call('bill.start', {}))).toBe('bill-stale')
    expect(await refusal(terminal.call('bill.start', {}))).toBe('accepted')
  })

  it('answers as a host that is away until it is back', async () => {
    terminal.hostAway()
    expect(await refusal(terminal.call('terminal.state', {}))).toBe('host-away')
    terminal.hostBack()
    expect(await refusal(terminal.call('terminal.state', {}))).toBe('accepted')
  })

  it('throws where a call breaks its schema', () => {
    expect(() => terminal.call('reader.insert', { card: '' })).toThrow('reader.insert breaks its schema: card')
  })

  it('opens a bill of any length', async () => {
    const many = createFakeTerminal({ lines: 500 })
    expect((await value(many.call('bill.open-queue', { file: 'MZ2026030500001.json' }))).lines).toHaveLength(500)
  })
})

describe('the amounts of the samples agree', () => {
  it.each([...SAMPLE_STATEMENTS, LONG_STATEMENT])('of $settlementId', ({ sums, lines, invoice }) => {
    expect(fen(sums.total)).toBe(fen(sums.fundPaid) + fen(sums.personal))
    expect(fen(sums.personal)).toBe(fen(sums.account) + fen(sums.mutualAid) + fen(sums.cash))
    expect(fen(sums.total)).toBe(lines.reduce((total, { amount }) => total + fen(amount), 0n))
    expect(fen(sums.inScope)).toBe(lines.reduce((total, { inScope }) => total + fen(inScope), 0n))
    expect(fen(sums.total)).toBe(fen(invoice.selfCare) + fen(invoice.ownExpense) + fen(invoice.inScope))
    for (const line of lines) expect(fen(line.amount)).toBe(fen(line.ownPay) + fen(line.overCeiling) + fen(line.prePay) + fen(line.inScope))
  })

  it('of the bill on the screen', () => {
    expect(fen(SAMPLE_SUMS.total)).toBe(fen(SAMPLE_SUMS.fundPaid) + fen(SAMPLE_SUMS.personal))
    expect(fen(SAMPLE_SUMS_VERIFIED.personal)).toBe(fen(SAMPLE_SUMS_VERIFIED.account) + fen(SAMPLE_SUMS_VERIFIED.cash))
  })
})
