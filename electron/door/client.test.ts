/** The browser's side of the door, with a browser made of two stubs. */

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TerminalEvent } from '../contract/events.ts'
import { doorTerminal } from './client.ts'

class StubEventSource extends EventTarget {
  static readonly CLOSED = 2
  static opened: StubEventSource[] = []
  readyState = 1
  readonly url: string

  constructor(url: string) {
    super()
    this.url = url
    StubEventSource.opened.push(this)
  }

  says(event: TerminalEvent): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(event) }))
  }

  loses(readyState: number): void {
    this.readyState = readyState
    this.dispatchEvent(new Event('error'))
  }

  comesBack(): void {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
}

const answers = vi.fn<(path: string, init: RequestInit) => Promise<Response>>()

beforeEach(() => {
  StubEventSource.opened = []
  vi.stubGlobal('EventSource', StubEventSource)
  vi.stubGlobal('fetch', answers)
})
afterEach(() => {
  vi.unstubAllGlobals()
  answers.mockReset()
})

function listening(): { readonly events: TerminalEvent[]; readonly source: StubEventSource } {
  const events: TerminalEvent[] = []
  doorTerminal().listen((event) => events.push(event))
  const [source] = StubEventSource.opened
  if (source === undefined) throw new Error('no stream was opened')
  return { events, source }
}

describe('a call through the door', () => {
  it('is a POST of name and params, and gives what the host answers', async () => {
    answers.mockResolvedValue(Response.json({ ok: true, value: null }))
    expect(await doorTerminal().call('reader.insert', { card: 'test-one' })).toEqual({ ok: true, value: null })
    const [path, init] = answers.mock.calls[0] ?? []
    expect(path).toBe('/call')
    expect(init).toMatchObject({ method: 'POST', body: '{"name":"reader.insert","params":{"card":"test-one"}}', credentials: 'same-origin' })
  })

  it('that the door refuses gives the refusal as it is', async () => {
    const error = { kind: 'no-session', blame: 'outside', what: { zh: '此页面未登录', en: 'no session' }, mend: null, today: null }
    answers.mockResolvedValue(Response.json({ ok: false, error }, { status: 403 }))
    expect(await doorTerminal().call('card.read', {})).toEqual({ ok: false, error })
  })

  it.each([
    ['the connection breaks', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['something else answers', () => Promise.resolve(new Response('<html>', { status: 502 }))],
    ['the answer is none of ours', () => Promise.resolve(Response.json({ hello: 1 }))]
  ])('when %s: a settlement may have been made, and the words say so', async (_, answer) => {
    answers.mockImplementation(answer)
    expect(await doorTerminal().call('settle', { presence: 1, revision: 1, cash: '1.00' })).toMatchObject({
      ok: false,
      error: { kind: 'host-away', today: { zh: '切勿重复收费；查明之前不要收取现金' } }
    })
  })
})

describe('the stream', () => {
  it('is opened once for all who listen, and tells each', () => {
    const terminal = doorTerminal()
    const first: TerminalEvent[] = []
    const second: TerminalEvent[] = []
    terminal.listen((event) => first.push(event))
    StubEventSource.opened[0]?.says({ topic: 'host', host: { state: 'ready' } })
    const stop = terminal.listen((event) => second.push(event))
    StubEventSource.opened[0]?.says({ topic: 'queue', queue: [] })
    stop()
    StubEventSource.opened[0]?.says({ topic: 'progress', step: 'done' })
    expect(StubEventSource.opened.map(({ url }) => url)).toEqual(['/events'])
    expect(first.map(({ topic }) => topic)).toEqual(['host', 'queue', 'progress'])
    expect(second).toEqual([
      { topic: 'host', host: { state: 'ready' } },
      { topic: 'queue', queue: [] }
    ])
  })

  it('that is lost is told as a host that is coming back, and its return as the door tells it', () => {
    const { events, source } = listening()
    source.says({ topic: 'host', host: { state: 'ready' } })
    source.loses(0)
    source.loses(0)
    source.comesBack()
    source.says({ topic: 'host', host: { state: 'ready' } })
    expect(events.map((event) => (event.topic === 'host' ? event.host : event))).toEqual([
      { state: 'ready' },
      { state: 'restarting', attempt: 1, reason: 'the program behind this page does not answer' },
      { state: 'restarting', attempt: 2, reason: 'the program behind this page does not answer' },
      { state: 'ready' }
    ])
  })

  it('that does not come back for a while is told as failed, and still welcome later', () => {
    const { events, source } = listening()
    for (let times = 0; times < 6; times += 1) source.loses(0)
    expect(events.at(-1)).toEqual({ topic: 'host', host: { state: 'failed', reason: 'the program behind this page does not answer' } })
    source.comesBack()
    source.says({ topic: 'host', host: { state: 'ready' } })
    expect(events.at(-1)).toEqual({ topic: 'host', host: { state: 'ready' } })
  })

  it('that the door refuses for good says what to do', () => {
    const { events, source } = listening()
    source.loses(StubEventSource.CLOSED)
    expect(events.at(-1)).toEqual({
      topic: 'host',
      host: { state: 'failed', reason: 'this page is no longer the open session of its program; start it again and use the address that it prints' }
    })
  })
})
