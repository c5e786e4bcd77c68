import { describe, expect, it } from 'vitest'
import { manualTimer } from '../../test/support/manual-timer.ts'
import { readerView } from '../../test/support/scripted-reader.ts'
import type { TerminalEvent } from '../contract/events.ts'
import type { RequestMessage } from '../contract/terminal.ts'
import type { HostState } from '../contract/till-view.ts'
import type { HostListener } from './host-process.ts'
import { Supervisor } from './supervisor.ts'

const PARAMS = { presence: 1, pin: '246810', lastTry: false }

/** Hosts that do what the test says, each start a new one. */
function counter() {
  const timer = manualTimer()
  const starts: { readonly insert: string | null; readonly listener: HostListener; readonly sent: RequestMessage[]; killed: boolean; released: boolean }[] = []
  const supervisor = new Supervisor((start, listener) => {
    const host = { insert: start.insert, listener, sent: [] as RequestMessage[], killed: false, released: false }
    starts.push(host)
    return {
      send: (message) => host.sent.push(message),
      release: () => {
        host.released = true
      },
      kill: () => {
        host.killed = true
        listener.ended('ended by SIGKILL')
      }
    }
  }, timer)
  const states: HostState[] = []
  const events: TerminalEvent[] = []
  supervisor.listen((event) => {
    events.push(event)
    if (event.topic === 'host') states.push(event.host)
  })
  supervisor.start()
  const host = () => {
    const last = starts.at(-1)
    if (last === undefined) throw new Error('no host was started')
    return last
  }
  return {
    timer,
    supervisor,
    states,
    events,
    starts,
    host,
    say: (event: TerminalEvent) => host().listener.message({ kind: 'event', event }),
    ready: () => host().listener.message({ kind: 'event', event: { topic: 'host', host: { state: 'ready' } } }),
    dies: (reason = 'ended by SIGKILL') => host().listener.ended(reason)
  }
}

describe('a host that is there', () => {
  it('gets a request under an id of its own and its answer goes to who asked', async () => {
    const { supervisor, host, ready } = counter()
    ready()
    const answers = [supervisor.call('card.read', {}), supervisor.call('bill.start', {})]
    expect(host().sent).toEqual([
      { id: 1, name: 'card.read', params: {} },
      { id: 2, name: 'bill.start', params: {} }
    ])
    host().listener.message({ kind: 'answer', id: 2, answer: { ok: true, value: 'bill' } })
    host().listener.message({ kind: 'answer', id: 1, answer: { ok: true, value: 'card' } })
    expect(await Promise.all(answers)).toEqual([
      { ok: true, value: 'card' },
      { ok: true, value: 'bill' }
    ])
  })

  it('is asked only when it is ready: what the window asks before is kept for it', async () => {
    const { supervisor, host, ready } = counter()
    const state = supervisor.call('terminal.state', {})
    expect(host().sent).toEqual([])
    ready()
    expect(host().sent).toEqual([{ id: 1, name: 'terminal.state', params: {} }])
    host().listener.message({ kind: 'answer', id: 1, answer: { ok: true, value: 'state' } })
    expect(await state).toEqual({ ok: true, value: 'state' })
  })

  it('is heard by everyone who listens, and who comes late learns first where it stands', () => {
    const { supervisor, ready, say, states } = counter()
    ready()
    const late: TerminalEvent[] = []
    const stop = supervisor.listen((event) => late.push(event))
    say({ topic: 'progress', step: 'debiting' })
    stop()
    say({ topic: 'progress', step: 'done' })
    expect(states).toEqual([{ state: 'starting' }, { state: 'ready' }])
    expect(late).toEqual([
      { topic: 'host', host: { state: 'ready' } },
      { topic: 'progress', step: 'debiting' }
    ])
  })

  it.each([null, 'text', 7, {}, { kind: 'answer', id: 'x' }, { kind: 'answer', id: 1, answer: { ok: 'yes' } }, { kind: 'event', event: {} }])(
    'may not confuse its supervisor with %j',
    (message) => {
      const { host, ready, events } = counter()
      ready()
      const before = events.length
      host().listener.message(message)
      expect(events).toHaveLength(before)
    }
  )
})

describe('a host that dies', () => {
  it('in the middle of a settlement: the cashier is told not to charge again and what is being done', async () => {
    const { supervisor, ready, dies, states } = counter()
    ready()
    const settled = supervisor.call('settle', { presence: 1, revision: 1, cash: '12.00' })
    dies('ended by SIGKILL')
    expect(states.at(-1)).toEqual({ state: 'restarting', attempt: 1, reason: 'ended by SIGKILL' })
    expect(await settled).toEqual({
      ok: false,
      error: {
        kind: 'host-away',
        blame: 'outside',
        what: {
          zh: '结算途中终端程序中断，是否已扣款正在从卡上查明',
          en: 'The terminal program broke off during the settlement: whether the card was charged is being found out from the card'
        },
        mend: { zh: '请把同一张卡留在读卡器中；程序恢复后自动查明', en: 'Leave the same card in the reader; it is found out as soon as the program is back' },
        today: { zh: '切勿重复收费；查明之前不要收取现金', en: 'Do not charge again; take no cash before the outcome is known' }
      }
    })
  })

  it('while a PIN is checked: the answer says nothing of the PIN', async () => {
    const { supervisor, ready, dies } = counter()
    ready()
    const verified = supervisor.call('card.verify-pin', PARAMS)
    dies()
    const answer = await verified
    expect(answer).toMatchObject({ ok: false, error: { kind: 'host-away' } })
    expect(JSON.stringify(answer)).toContain('切勿重复收费')
    expect(JSON.stringify(answer)).not.toContain('246810')
  })

  it('is started again at once, and a call made meanwhile is answered: nothing was done', async () => {
    const { supervisor, ready, dies, timer, starts, states } = counter()
    ready()
    dies()
    expect(await supervisor.call('settle', { presence: 1, revision: 1, cash: '12.00' })).toMatchObject({
      ok: false,
      error: { kind: 'host-away', what: { en: 'The terminal program is away for a moment: this was not done, and nothing was charged' } }
    })
    expect(starts).toHaveLength(1)
    timer.advance(0)
    expect(starts).toHaveLength(2)
    ready()
    expect(states.map(({ state }) => state)).toEqual(['starting', 'ready', 'restarting', 'ready'])
  })

  it('finds the card in its reader again that lay there when it died', () => {
    const { ready, dies, say, timer, starts } = counter()
    ready()
    say({ topic: 'reader', reader: readerView('test-two') })
    dies()
    timer.advance(0)
    say({ topic: 'reader', reader: readerView(null) })
    dies()
    timer.advance(200)
    expect(starts.map(({ insert }) => insert)).toEqual([null, 'test-two', null])
  })

  it('and its late answers reach nobody', async () => {
    const { supervisor, ready, dies, timer, starts } = counter()
    ready()
    const first = supervisor.call('card.read', {})
    dies()
    timer.advance(0)
    ready()
    const second = supervisor.call('card.read', {})
    starts[0]?.listener.message({ kind: 'answer', id: 2, answer: { ok: true, value: 'of the dead' } })
    starts[1]?.listener.message({ kind: 'answer', id: 2, answer: { ok: true, value: 'of the living' } })
    expect(await first).toMatchObject({ ok: false, error: { kind: 'host-away' } })
    expect(await second).toEqual({ ok: true, value: 'of the living' })
  })
})

describe('a host that dies again and again', () => {
  it('is started after 0, 200, 500, 1000 and 2000 ms, and then no more', () => {
    const { dies, timer, starts, states } = counter()
    for (const delay of [0, 200, 500, 1000, 2000]) {
      const before = starts.length
      dies('ended with exit code 4: the ledger is in use')
      if (delay > 0) timer.advance(delay - 1)
      expect(starts).toHaveLength(before)
      timer.advance(delay > 0 ? 1 : 0)
      expect(starts).toHaveLength(before + 1)
    }
    dies('ended with exit code 4: the ledger is in use')
    timer.advance(1_000_000)
    expect(starts).toHaveLength(6)
    expect(states.at(-1)).toEqual({ state: 'failed', reason: 'ended with exit code 4: the ledger is in use' })
    expect(states.filter(({ state }) => state === 'restarting').map((state) => ('attempt' in state ? state.attempt : 0))).toEqual([1, 2, 3, 4, 5])
  })

  it('answers what waited for its first start: the patient can pay and claim later', async () => {
    const { supervisor, dies, timer } = counter()
    const state = supervisor.call('terminal.state', {})
    dies()
    expect(await state).toMatchObject({ ok: false, error: { kind: 'host-away' } })
    for (const delay of [0, 200, 500, 1000, 2000]) {
      timer.advance(delay)
      dies()
    }
    expect(await supervisor.call('terminal.state', {})).toMatchObject({
      ok: false,
      error: { kind: 'host-away', what: { en: 'The terminal program does not start: this was not done, and nothing was charged' } }
    })
  })

  it('is forgiven what it did before ten steady seconds', () => {
    const { ready, dies, timer, states } = counter()
    for (let times = 0; times < 20; times += 1) {
      ready()
      timer.advance(10_000)
      dies()
      timer.advance(0)
    }
    expect(states.at(-1)).toEqual({ state: 'restarting', attempt: 1, reason: 'ended by SIGKILL' })
  })
})

describe('a host that hangs', () => {
  it('on the way up is ended after 20 seconds, and the reason is told', () => {
    const { timer, starts, states } = counter()
    timer.advance(19_999)
    expect(starts[0]?.killed).toBe(false)
    timer.advance(1)
    expect(starts[0]?.killed).toBe(true)
    expect(states.at(-1)).toEqual({ state: 'restarting', attempt: 1, reason: 'was not ready within 20 s' })
  })

  it('in a settlement is given 120 seconds, then the card is to tell', async () => {
    const { supervisor, ready, timer, starts, states } = counter()
    ready()
    const settled = supervisor.call('settle', { presence: 1, revision: 1, cash: '12.00' })
    timer.advance(119_999)
    expect(starts[0]?.killed).toBe(false)
    timer.advance(1)
    expect(await settled).toMatchObject({ ok: false, error: { kind: 'host-away', today: { zh: '切勿重复收费；查明之前不要收取现金' } } })
    expect(states.at(-1)).toEqual({ state: 'restarting', attempt: 1, reason: 'gave no sign of life while it was asked for settle' })
  })

  it('is not taken for hanging while it tells of progress: only the one call is given up', async () => {
    const { supervisor, ready, say, timer, starts } = counter()
    ready()
    const search = supervisor.call('catalogue.search', { text: 'a', limit: 1 })
    timer.advance(20_000)
    say({ topic: 'progress', step: 'debiting' })
    timer.advance(10_000)
    expect(await search).toMatchObject({ ok: false, error: { kind: 'host-away' } })
    expect(starts[0]?.killed).toBe(false)
  })
})

describe('closing the program', () => {
  it('lets the host go and waits until it is gone', async () => {
    const { supervisor, ready, starts, dies } = counter()
    ready()
    const stopped = supervisor.stop()
    expect(starts[0]?.released).toBe(true)
    dies('ended with exit code 0')
    await stopped
    expect(starts).toHaveLength(1)
  })

  it('ends a host that does not go within two seconds', async () => {
    const { supervisor, ready, starts, timer } = counter()
    ready()
    const stopped = supervisor.stop()
    timer.advance(2_000)
    await stopped
    expect(starts[0]?.killed).toBe(true)
    expect(starts).toHaveLength(1)
  })

  it('while a restart waits starts nothing any more', async () => {
    const { supervisor, ready, dies, starts, timer } = counter()
    ready()
    dies()
    await supervisor.stop()
    timer.advance(10_000)
    expect(starts).toHaveLength(1)
  })
})
