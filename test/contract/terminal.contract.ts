/**
 * What a window may rely on, whatever stands behind the bridge: the real host with simulated hardware, or the fake that the
 * component tests use. A window that works on one works on the other.
 */

import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { BillView, QueueEntry } from '../../electron/contract/bill-view.ts'
import type { CardPanel, CardView } from '../../electron/contract/card-view.ts'
import type { TerminalEvent } from '../../electron/contract/events.ts'
import type { FaultKind } from '../../electron/contract/reader-view.ts'
import type { Params, RequestName } from '../../electron/contract/requests.ts'
import type { Answer, Terminal } from '../../electron/contract/terminal.ts'

export interface TerminalUnderTest {
  readonly terminal: Terminal
  /** A card of the employee 测试一, in service, whose PIN is 246810 with three tries or more. */
  readonly card: string
  close(): Promise<void>
}

/** Everything that was told, and waiting for what is not told yet. */
class Heard {
  readonly events: TerminalEvent[] = []
  readonly #waiting = new Set<() => void>()

  constructor(terminal: Terminal) {
    terminal.listen((event) => {
      this.events.push(event)
      for (const look of this.#waiting) look()
    })
  }

  panel(state: CardPanel['state']): Promise<CardPanel> {
    return this.last((event) => (event.topic === 'card' && event.panel.state === state ? event.panel : undefined))
  }

  /** The newest event of its topic, once it is what is waited for. */
  last<Found>(find: (event: TerminalEvent) => Found | undefined): Promise<Found> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`never told; topics: ${this.events.map(({ topic }) => topic).join(' ')}`)), 20_000)
      const look = (): void => {
        const found = this.events.toReversed().map(find).find((candidate) => candidate !== undefined)
        if (found === undefined) return
        clearTimeout(timer)
        this.#waiting.delete(look)
        resolve(found)
      }
      this.#waiting.add(look)
      look()
    })
  }
}

async function value<Name extends RequestName>(terminal: Terminal, name: Name, params: Params<Name>) {
  const answer = await terminal.call(name, params)
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`)
  return answer.value
}

const kind = (answer: Answer<RequestName>): string => (answer.ok ? 'ok' : answer.error.kind)

export function describeTerminal(name: string, open: () => Promise<TerminalUnderTest>): void {
  async function withTerminal(test: (context: TerminalUnderTest & { heard: Heard }) => Promise<void>): Promise<void> {
    const under = await open()
    try {
      await test({ ...under, heard: new Heard(under.terminal) })
    } finally {
      await under.close()
    }
  }

  async function insert({ terminal, card, heard }: TerminalUnderTest & { heard: Heard }): Promise<CardView> {
    await value(terminal, 'reader.insert', { card })
    return cardOf(heard)
  }

  async function firstWaiting(terminal: Terminal): Promise<QueueEntry> {
    const { queue } = await value(terminal, 'terminal.state', {})
    const first = queue.find(({ state, visit }) => state === 'waiting' && visit?.patient === '测试一')
    if (first === undefined) throw new Error('nobody waits')
    return first
  }

  const openFirst = async (terminal: Terminal): Promise<BillView> => value(terminal, 'bill.open-queue', { file: (await firstWaiting(terminal)).file })

  async function byHand(terminal: Terminal, quantity: string): Promise<BillView> {
    const { revision } = await value(terminal, 'bill.start', {})
    const [hit] = await value(terminal, 'catalogue.search', { text: 'amxl', limit: 1 })
    await value(terminal, 'bill.add-line', { revision, code: hit?.code ?? '', quantity })
    return shown(terminal)
  }

  async function cardOf(heard: Heard): Promise<CardView> {
    const panel = await heard.panel('ready')
    if (panel.state !== 'ready') throw new Error('no card')
    return panel.card
  }

  async function shown(terminal: Terminal): Promise<BillView> {
    const { bill } = await value(terminal, 'terminal.state', {})
    if (bill === null) throw new Error('no bill')
    return bill
  }

  describe(`${name}: a window may rely on it that`, () => {
    it('begins with an empty reader, no bill and a queue', () =>
      withTerminal(async ({ terminal }) => {
        const state = await value(terminal, 'terminal.state', {})
        expect(state).toMatchObject({ panel: { state: 'no-card' }, bill: null, inDoubt: [] })
        expect(state.queue.filter(({ state: of }) => of === 'waiting').length).toBeGreaterThan(0)
        expect(state.reader.tray.length).toBeGreaterThan(3)
      }))

    it('the state says which events are in it, and every later event has a larger number', () =>
      withTerminal(async (context) => {
        const { terminal } = context
        const numbers: (number | undefined)[] = []
        terminal.listen(({ topic, number }) => {
          if (topic !== 'host') numbers.push(number)
        })
        const { told } = await value(terminal, 'terminal.state', {})
        numbers.length = 0
        await insert(context)
        expect(numbers).toEqual(numbers.map((_, index) => told + 1 + index))
        expect(numbers.length).toBeGreaterThan(0)
        // What is told while the answer travels is not in it.
        const now = await value(terminal, 'terminal.state', {})
        expect(numbers.filter((number) => (number ?? 0) <= now.told)).toHaveLength(now.told - told)
      }))

    it('a card shows its holder and no whole number, and its balance only after the PIN', () =>
      withTerminal(async (context) => {
        const card = await insert(context)
        expect(card).toMatchObject({ holder: { name: '测试一' }, account: { state: 'after-pin' }, verified: false })
        for (const number of Object.values(card.masked)) expect(number ?? '****').toMatch(/^\*+.{4}$|^\*{4}$/)
        const whole = await value(context.terminal, 'card.reveal', { presence: card.presence, item: 'citizen-number' })
        expect(whole.value).toMatch(/^\d{17}[\dX]$/)
        const verified = await value(context.terminal, 'card.verify-pin', { presence: card.presence, pin: '246810', lastTry: false })
        expect(verified).toMatchObject({ verified: true, account: { state: 'on-card' } })
      }))

    it('a wrong PIN costs one try and says what is left; letters cost none', () =>
      withTerminal(async (context) => {
        const card = await insert(context)
        const tries = card.triesLeft ?? 0
        const letters = await context.terminal.call('card.verify-pin', { presence: card.presence, pin: '24x810', lastTry: false })
        expect(kind(letters)).toBe('pin-not-digits')
        const wrong = await context.terminal.call('card.verify-pin', { presence: card.presence, pin: '730916', lastTry: false })
        expect(wrong).toMatchObject({ ok: false, error: { kind: 'wrong-pin', triesLeft: tries - 1 } })
        expect(JSON.stringify([wrong, context.heard.events])).not.toContain('730916')
      }))

    it('the last try is not used before the person was asked twice', () =>
      withTerminal(async (context) => {
        const card = await insert(context)
        const { presence } = card
        for (let left = card.triesLeft ?? 0; left > 1; left -= 1) {
          await context.terminal.call('card.verify-pin', { presence, pin: '111111', lastTry: false })
        }
        expect(kind(await context.terminal.call('card.verify-pin', { presence, pin: '246810', lastTry: false }))).toBe('last-try-unconfirmed')
        const verified = await value(context.terminal, 'card.verify-pin', { presence, pin: '246810', lastTry: true })
        expect(verified.triesLeft).not.toBe(1)
        expect(verified.warnings.map(({ kind: of }) => of)).not.toContain('last-try')
      }))

    it('an edit is made on the revision that was seen, and answers with what changed', () =>
      withTerminal(async ({ terminal }) => {
        const bill = await openFirst(terminal)
        const [line] = bill.lines
        if (line === undefined) throw new Error('an empty bill')
        const change = await value(terminal, 'bill.set-line', { revision: bill.revision, line: line.line, quantity: '2' })
        expect(change.changed.map(({ line: of, quantity }) => [of, quantity])).toEqual([[line.line, '2']])
        expect(kind(await terminal.call('bill.remove-line', { revision: bill.revision, line: line.line }))).toBe('bill-stale')
        expect(kind(await terminal.call('bill.remove-line', { revision: change.revision, line: 'nobody' }))).toBe('line-unknown')
      }))

    it('nothing is charged without a card, without its PIN, or at another sum than was shown', () =>
      withTerminal(async (context) => {
        const { terminal } = context
        const settlements = () => value(terminal, 'records.search', { ...TODAY, text: '', state: 'settled', after: null, limit: 50 })
        const settledBefore = await settlements()
        const before = await openFirst(terminal)
        expect(kind(await terminal.call('settle', { presence: 0, revision: before.revision, cash: '0.00' }))).toBe('no-card')
        const { presence } = await insert(context)
        const bill = await context.heard.last((event) => (event.topic === 'bill' && event.bill?.outcome.state === 'computed' ? event.bill : undefined))
        const sums = bill.outcome.state === 'computed' ? bill.outcome.sums : undefined
        expect(kind(await terminal.call('settle', { presence, revision: bill.revision, cash: sums?.cash ?? '' }))).toBe('pin-not-given')
        await value(terminal, 'card.verify-pin', { presence, pin: '246810', lastTry: false })
        const { bill: now } = await value(terminal, 'terminal.state', {})
        expect(kind(await terminal.call('settle', { presence, revision: now?.revision ?? 0, cash: '0.01' }))).not.toBe('ok')
        expect(await settlements()).toEqual(settledBefore)
      }))

    it('a card that is not in the tray is called so, in the language of the sentence', () =>
      withTerminal(async ({ terminal }) => {
        expect(await terminal.call('reader.insert', { card: 'nope' })).toMatchObject({
          error: { kind: 'card-not-insertable', what: { zh: '托盘里没有测试卡nope', en: 'the tray has no card nope' } }
        })
      }))

    it('another amount of cash than is due charges nothing', () =>
      withTerminal(async (context) => {
        const params = await readyToSettle(context)
        expect(kind(await context.terminal.call('settle', { ...params, cash: '0.01' }))).toBe('amounts-changed')
        const { bill } = await value(context.terminal, 'terminal.state', {})
        expect(bill).not.toBeNull()
      }))

    it('a settlement gives a statement whose sums agree, closes the bill and stands in the records', () =>
      withTerminal(async (context) => {
        const { terminal, heard } = context
        const statement = await settleFirst(context)
        expect(statement).toMatchObject({ state: 'settled', printed: 0, refund: null, holder: { name: '测试一' } })
        const { total, fundPaid, personal, account, cash } = statement.sums
        expect(fen(total)).toBe(fen(fundPaid) + fen(personal))
        expect(fen(personal)).toBe(fen(account) + fen(cash))
        await heard.last((event) => (event.topic === 'bill' && event.bill === null ? true : undefined))
        const { settlementId } = statement
        const found = await value(terminal, 'records.search', { ...TODAY, text: settlementId, state: 'all', after: null, limit: 10 })
        expect(found.rows.map(({ settlementId: of, state, cash: due }) => [of, state, due])).toEqual([[settlementId, 'settled', cash]])
      }))

    it('a card that was not charged says so as soon as it is back', () =>
      withTerminal(async (context) => {
        const { terminal } = context
        const visitNo = await breakOff(context, 'remove-before-debit')
        expect(await standing(terminal, visitNo)).toMatchObject({ states: ['in-doubt'], inDoubt: [{ kind: 'settlement', needsPin: false }] })
        expect(await insertAgain(context)).toEqual(['released'])
        expect(await standing(terminal, visitNo)).toMatchObject({ states: [], inDoubt: [], panel: { card: { warnings: [] } } })
      }))

    it('a bill made by hand that was not charged is open again with its card, as it was, and is settled', () =>
      withTerminal(async (context) => {
        const { terminal, heard } = context
        const visitNo = await breakOff(context, 'remove-before-debit', (of) => byHand(of, '2'))
        expect((await value(terminal, 'terminal.state', {})).bill).toBeNull()
        expect(await insertAgain(context)).toEqual(['released'])
        const { presence } = await cardOf(heard)
        const back = await shown(terminal)
        expect([back.visit.visitNo, back.madeFor, back.lines.map(({ code, quantity }) => [code, quantity])]).toEqual([visitNo, null, [[expect.any(String), '2']]])
        await value(terminal, 'card.verify-pin', { presence, pin: '246810', lastTry: false })
        const { revision, outcome } = await shown(terminal)
        expect(await value(terminal, 'settle', { presence, revision, cash: cashOf({ outcome }) })).toMatchObject({ visit: { visitNo }, state: 'settled' })
      }))

    it('a card that was charged proves it after the PIN, and says before that it waits for it', () =>
      withTerminal(async (context) => {
        const { terminal, heard } = context
        const visitNo = await breakOff(context, 'remove-after-debit')
        expect(await insertAgain(context)).toEqual(['in-doubt'])
        const waiting = await standing(terminal, visitNo)
        expect(waiting).toMatchObject({ states: ['in-doubt'], inDoubt: [{ needsPin: true }] })
        const { panel } = waiting
        if (panel.state !== 'ready') throw new Error('no card')
        expect(panel.card.warnings.map(({ kind: of, blocks }) => [of, blocks])).toEqual([['in-doubt', false]])
        heard.events.length = 0
        const verified = await value(terminal, 'card.verify-pin', { presence: panel.card.presence, pin: '246810', lastTry: false })
        expect(verified.warnings).toEqual([])
        expect(await heard.last(outcomes)).toEqual(['posted'])
        expect(await standing(terminal, visitNo)).toMatchObject({ states: ['settled'], inDoubt: [] })
      }))

    it('a lost answer alone is looked up at once, while the PIN stands', () =>
      withTerminal(async (context) => {
        const { terminal, heard } = context
        const visitNo = await breakOff(context, 'lose-debit-answer')
        expect(await heard.last(outcomes)).toEqual(['posted'])
        expect(await standing(terminal, visitNo)).toMatchObject({ states: ['settled'], inDoubt: [] })
      }))

    it('the first print is the original and every later one a copy', () =>
      withTerminal(async (context) => {
        const { settlementId } = await settleFirst(context)
        const print = () => value(context.terminal, 'statement.print', { settlementId, format: 'a5' })
        expect([(await print()).printed, (await print()).printed]).toEqual([0, 1])
        expect(kind(await context.terminal.call('statement.print', { settlementId: 'NOBODY', format: 'a5' }))).toBe('settlement-unknown')
      }))

    it('a refund needs a reason, happens once, and owes the card what the chip paid', () =>
      withTerminal(async (context) => {
        const { terminal } = context
        const { settlementId, sums } = await settleFirst(context)
        expect(kind(await terminal.call('records.refund', { settlementId, reason: '  ' }))).toBe('reason-invalid')
        const row = await value(terminal, 'records.refund', { settlementId, reason: '误收' })
        expect(row).toMatchObject({ settlementId, state: 'refunded', owedToCard: sums.account })
        expect(kind(await terminal.call('records.refund', { settlementId, reason: '误收' }))).toBe('already-refunded')
        expect(await value(terminal, 'records.open', { settlementId })).toMatchObject({ state: 'refunded', refund: { reason: '误收', cash: sums.cash } })
      }))

    it('what is settled waits for a centre, and counts as not confirmed until then', () =>
      withTerminal(async (context) => {
        const { terminal } = context
        const unconfirmed = async () => (await value(terminal, 'terminal.state', {})).sync
        const before = await unconfirmed()
        expect(before).toMatchObject({ link: 'not-connected', centre: null, lastContact: null, parked: [], adjusted: [] })
        const { settlementId, confirmation } = await settleFirst(context)
        expect(confirmation).toEqual({ state: 'provisional' })
        const after = await unconfirmed()
        expect(after.unconfirmed.count).toBe(before.unconfirmed.count + 1)
        expect(after.unconfirmed.since).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/)
        const { rows } = await value(terminal, 'records.search', { ...TODAY, text: settlementId, state: 'all', after: null, limit: 10 })
        expect(rows.map((row) => [row.confirmation, row.loadedToCard])).toEqual([['provisional', '0.00']])
        for (const request of ['sync.now', 'sync.pause', 'sync.resume'] as const) expect(kind(await terminal.call(request, {}))).toBe('not-connected')
      }))

    it('a load needs the card that is owed, and a centre that signs it', () =>
      withTerminal(async (context) => {
        const { terminal } = context
        expect(kind(await terminal.call('load.start', { presence: 0, owed: 'NOBODY' }))).not.toBe('ok')
        const { settlementId } = await settleFirst(context)
        await value(terminal, 'records.refund', { settlementId, reason: '误收' })
        const { panel } = await value(terminal, 'terminal.state', {})
        const presence = panel.state === 'ready' ? panel.card.presence : 0
        expect(kind(await terminal.call('load.start', { presence, owed: settlementId }))).toBe('not-connected')
        expect(await value(terminal, 'records.open', { settlementId })).toMatchObject({ refund: { loaded: null } })
      }))

    it('a day is signed when it was counted and every difference has its resolution, and opened again with a reason', () =>
      withTerminal(async (context) => {
        const { terminal } = context
        await settleFirst(context)
        const opened = await value(terminal, 'close.open', {})
        expect(opened).toMatchObject({ state: 'open', steps: { counted: false } })
        for (const { row, till, ledger, centre, agrees } of opened.rows) {
          if (till !== null && ledger !== null) expect([row, till, agrees]).toEqual([row, ledger, true])
          // Of the funds a centre tells the sum alone.
          if (row.startsWith('fund:')) expect([row, centre]).toEqual([row, null])
        }
        expect(kind(await terminal.call('close.sign', { revision: opened.revision }))).toBe('close-hindered')
        expect(kind(await terminal.call('close.count', { float: '2oo', counted: '0' }))).toBe('amount-malformed')
        const { drawer } = await value(terminal, 'close.count', { float: '100', counted: '0' })
        let view = await value(terminal, 'close.count', { float: '100', counted: drawer.expected ?? '' })
        expect(view.drawer).toMatchObject({ float: '100.00', difference: '0.00' })
        for (const { item, offered } of view.items.filter(({ chosen }) => chosen === null)) {
          const [first] = offered
          if (first === undefined) throw new Error(`no way out of ${item}`)
          view = await value(terminal, 'close.resolve', { item, resolution: first.resolution, note: '明天处理' })
        }
        expect(view.whyNot).toEqual([])
        expect(kind(await terminal.call('close.sign', { revision: opened.revision }))).toBe('close-stale')
        const signed = await value(terminal, 'close.sign', { revision: view.revision })
        expect(signed).toMatchObject({ state: 'nothing', closes: [{ canReopen: true, reopened: null }] })
        const sequence = signed.closes[0]?.sequence ?? 0
        expect(await value(terminal, 'close.report', { sequence })).toMatchObject({ signed: { sequence }, drawer: { difference: '0.00' } })
        expect(kind(await terminal.call('close.reopen', { sequence, reason: '' }))).toBe('reason-invalid')
        const again = await value(terminal, 'close.reopen', { sequence, reason: '漏记一笔' })
        expect(again).toMatchObject({ state: 'open', closes: [{ canReopen: false, reopened: { reason: '漏记一笔' } }] })
        expect(again.rows.map(({ row, ledger }) => [row, ledger])).toEqual(opened.rows.map(({ row, ledger }) => [row, ledger]))
      }))

    it('a card that left is another presence, and what was asked of it is refused', () =>
      withTerminal(async (context) => {
        const { terminal, heard } = context
        const { presence } = await insert(context)
        await value(terminal, 'reader.remove', {})
        await heard.last((event) => (event.topic === 'card' && event.panel.state === 'no-card' ? true : undefined))
        expect(['no-card', 'card-changed']).toContain(kind(await terminal.call('card.verify-pin', { presence, pin: '246810', lastTry: false })))
        await value(terminal, 'reader.insert', { card: context.card })
        const again = await heard.last((event) =>
          event.topic === 'card' && event.panel.state === 'ready' && event.panel.card.presence !== presence ? event.panel.card : undefined
        )
        expect(again.presence).toBeGreaterThan(presence)
        expect(kind(await terminal.call('card.reveal', { presence, item: 'card-number' }))).toBe('card-changed')
      }))

    it('a reader that is not there is one sentence, one broken link and no card, and the simulated one can be had back', () =>
      withTerminal(async (context) => {
        const { terminal, heard } = context
        await insert(context)
        await value(terminal, 'reader.choose', { choice: { kind: 'pcsc', card: '(测试) no such reader' } })
        const panel = await heard.panel('no-reader')
        const { reader } = await value(terminal, 'terminal.state', {})
        const { trouble } = reader
        expect(panel.state === 'no-reader' && panel.refusal.kind).toBe(trouble?.kind)
        expect(trouble?.what.zh).toMatch(/.{4}/)
        expect(reader).toMatchObject({ kind: 'pcsc', tray: [], faults: [], choice: { kind: 'pcsc', psam: 'file' } })
        const at = reader.chain.findIndex(({ link }) => link === trouble?.link)
        expect(reader.chain.map(({ state }) => state).slice(0, at + 1)).toEqual([...Array<string>(at).fill('good'), 'broken'])
        expect(reader.chain[at + 1]?.state).toBe('unknown')
        for (const request of ['reader.remove', 'reader.clear-faults'] as const) expect(kind(await terminal.call(request, {}))).toBe('not-simulated')
        expect(kind(await terminal.call('reader.insert', { card: context.card }))).toBe('not-simulated')
        await value(terminal, 'reader.choose', { choice: { kind: 'simulated' } })
        const again = await value(terminal, 'terminal.state', {})
        expect([again.reader.kind, again.reader.trouble, again.panel.state]).toEqual(['virtual', null, 'no-card'])
        expect(again.reader.chain.map(({ link, state }) => [link, state]).slice(0, 2)).toEqual([['reader', 'good'], ['card', 'waiting']])
        await insert(context)
      }))

    it('a card in the simulated reader is typed for at the window', () =>
      withTerminal(async (context) => {
        const { presence, pinOn } = await insert(context)
        expect(pinOn).toBe('window')
        expect(kind(await context.terminal.call('card.verify-pin-on-pad', { presence, lastTry: false }))).toBe('no-pad')
        expect(kind(await context.terminal.call('card.change-pin-on-pad', { presence, lastTry: false }))).toBe('no-pad')
      }))

    it('hospital software is off until it is turned on, is paired by a code, and is answered only while it waits', () =>
      withTerminal(async ({ terminal, heard }) => {
        expect((await value(terminal, 'terminal.state', {})).driver).toMatchObject({ state: 'off', address: null, pairing: null, callers: [], asked: null })
        expect(kind(await terminal.call('driver.pair', {}))).toBe('driver-off')
        const port = await freePort()
        expect(await value(terminal, 'driver.turn', { on: true, port })).toMatchObject({ state: 'on', port, address: `http://127.0.0.1:${port}` })
        const { pairing } = await value(terminal, 'driver.pair', {})
        expect(pairing?.code).toMatch(/^\d{6}$/)
        expect(pairing?.until).toMatch(/^\d\d:\d\d:\d\d$/)
        expect(await heard.last((event) => (event.topic === 'driver' ? event.driver : undefined))).toMatchObject({ pairing })
        expect((await value(terminal, 'driver.end-pairing', {})).pairing).toBeNull()
        expect((await value(terminal, 'driver.forget', { caller: 'nobody' })).callers).toEqual([])
        expect(kind(await terminal.call('driver.answer', { number: 1, from: '24x810', to: null }))).toBe('pin-not-digits')
        expect(kind(await terminal.call('driver.answer', { number: 1, from: '246810', to: null }))).toBe('driver-question-over')
        expect(kind(await terminal.call('driver.cancel', { number: 1 }))).toBe('driver-question-over')
        expect(await value(terminal, 'driver.turn', { on: false, port })).toMatchObject({ state: 'off', port, address: null })
      }))

    it('a bill made by hand is not settled with the card of somebody else, unless it was passed on', () =>
      withTerminal(async (context) => {
        const { terminal, heard } = context
        await insert(context)
        await byHand(terminal, '2')
        heard.events.length = 0
        await value(terminal, 'reader.insert', { card: 'retired-32k' })
        const { presence, holder } = await cardOf(heard)
        await value(terminal, 'card.verify-pin', { presence, pin: '246810', lastTry: false })
        const left = await shown(terminal)
        expect([holder.name, left.madeFor, left.lines.length]).toEqual(['测试二', '测试一', 1])
        expect(kind(await terminal.call('settle', { presence, revision: left.revision, cash: cashOf(left) }))).toBe('bill-of-another')
        const { revision } = await shown(terminal)
        expect(kind(await terminal.call('bill.pass-on', { presence: presence - 1, revision }))).toBe('card-changed')
        expect(await value(terminal, 'bill.pass-on', { presence, revision })).toMatchObject({ madeFor: null })
        const own = await shown(terminal)
        expect(await value(terminal, 'settle', { presence, revision: own.revision, cash: cashOf(own) })).toMatchObject({ holder: { name: '测试二' } })
      }))

    it('a bill made by hand with nobody there is that of the first card, one without lines that of the next', () =>
      withTerminal(async (context) => {
        const { terminal, heard } = context
        await insert(context)
        const begun = await value(terminal, 'bill.start', {})
        heard.events.length = 0
        await value(terminal, 'reader.insert', { card: 'retired-32k' })
        await heard.panel('ready')
        expect((await shown(terminal)).madeFor).toBeNull()
        await value(terminal, 'reader.remove', {})
        const [hit] = await value(terminal, 'catalogue.search', { text: 'amxl', limit: 1 })
        await value(terminal, 'bill.add-line', { revision: (await shown(terminal)).revision, code: hit?.code ?? '', quantity: '2' })
        expect(begun.madeFor).toBeNull()
        heard.events.length = 0
        await insert(context)
        expect((await shown(terminal)).madeFor).toBe('测试二')
        await value(terminal, 'bill.open-queue', { file: (await firstWaiting(terminal)).file })
        heard.events.length = 0
        await value(terminal, 'reader.insert', { card: 'retired-32k' })
        await heard.panel('ready')
        expect((await shown(terminal)).madeFor).toBeNull()
      }))

    it('a bill of the queue that names somebody else than the card is another person’s', () =>
      withTerminal(async ({ terminal, heard }) => {
        await value(terminal, 'reader.insert', { card: 'retired-32k' })
        await heard.panel('ready')
        await openFirst(terminal)
        const { outcome, visit } = await shown(terminal)
        expect([visit.patient, outcome.state === 'refused' && outcome.refusal.kind]).toEqual(['测试一', 'other-person'])
      }))

    it('what is pasted and is no visit is refused by field, value and rule', () =>
      withTerminal(async ({ terminal }) => {
        const refused = await terminal.call('bill.open-text', { text: '{ "lines": [] ' })
        expect(refused).toMatchObject({ ok: false, error: { blame: 'bad-input' } })
        expect((await value(terminal, 'terminal.state', {})).bill).toBeNull()
      }))
  })

  /** What the records say of a visit, and what is open. */
  async function standing(terminal: Terminal, visitNo: string) {
    const { inDoubt, panel } = await value(terminal, 'terminal.state', {})
    const { rows } = await value(terminal, 'records.search', { ...TODAY, text: visitNo, state: 'all', after: null, limit: 50 })
    return { states: rows.map(({ state }) => state), inDoubt, panel }
  }

  /** What the card says of what was open. */
  async function insertAgain({ terminal, card, heard }: TerminalUnderTest & { heard: Heard }) {
    heard.events.length = 0
    await value(terminal, 'reader.insert', { card })
    await heard.panel('ready')
    return heard.last(outcomes)
  }

  async function settleFirst(context: TerminalUnderTest & { heard: Heard }) {
    return value(context.terminal, 'settle', await readyToSettle(context))
  }

  /** A settlement that ends in doubt; gives the number of its visit. */
  async function breakOff(context: TerminalUnderTest & { heard: Heard }, fault: FaultKind, openBill = openFirst): Promise<string> {
    const { terminal } = context
    const params = await readyToSettle(context, openBill)
    const { bill } = await value(terminal, 'terminal.state', {})
    await value(terminal, 'reader.fault', { kind: fault })
    expect(kind(await terminal.call('settle', params))).toBe('in-doubt')
    return bill?.visit.visitNo ?? ''
  }

  async function readyToSettle(context: TerminalUnderTest & { heard: Heard }, openBill = openFirst): Promise<Params<'settle'>> {
    const { terminal } = context
    const { presence } = await insert(context)
    await openBill(terminal)
    await value(terminal, 'card.verify-pin', { presence, pin: '246810', lastTry: false })
    const { bill } = await value(terminal, 'terminal.state', {})
    if (bill?.outcome.state !== 'computed') throw new Error(`not computed: ${JSON.stringify(bill?.outcome)}`)
    return { presence, revision: bill.revision, cash: bill.outcome.sums.cash }
  }
}

const cashOf = ({ outcome }: Pick<BillView, 'outcome'>): string => (outcome.state === 'computed' ? outcome.sums.cash : '')

const outcomes = (event: TerminalEvent) => (event.topic === 'resolved' ? event.resolutions.map(({ outcome }) => outcome) : undefined)

const TODAY = { from: '2000-01-01', to: '2999-12-31' }

/** "12.30" as fen, for sums in a test. */
const fen = (yuan: string): number => Number.parseInt(yuan.replace('.', ''), 10)

/** One that nobody listens on at this moment. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
