import { createServer, type Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { TerminalEvent } from '../contract/events.ts'
import { EventStreams, STREAMS_MAX } from './event-stream.ts'

const LONG_REASON = 'x'.repeat(1024 * 1024)

let server: Server | undefined
afterEach(() => server?.close())

async function streams() {
  const listeners = new Set<(event: TerminalEvent) => void>()
  const opened = new EventStreams((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  })
  const listening = createServer((_, response) => opened.begin(response, {}))
  server = listening
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done))
  const { port } = listening.address() as AddressInfo
  const watch = (): Socket => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n')
    return socket
  }
  return { opened, listeners, watch }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((later) => setTimeout(later, 5))
}

describe('a window that looks on', () => {
  it('but reads nothing is let go before much is stored up for it', async () => {
    const { listeners, watch } = await streams()
    const socket = watch().pause()
    await until(() => listeners.size === 1)
    let sent = 0
    while (listeners.size === 1 && sent < 100) {
      for (const listener of listeners) listener({ topic: 'host', host: { state: 'failed', reason: LONG_REASON } })
      sent += 1
      await new Promise((later) => setImmediate(later))
    }
    expect(listeners.size).toBe(0)
    expect(sent).toBeLessThan(30)
    socket.destroy()
  })

  it('is forgotten when it closes', async () => {
    const { listeners, watch } = await streams()
    const socket = watch()
    await until(() => listeners.size === 1)
    socket.destroy()
    await until(() => listeners.size === 0)
    expect(listeners.size).toBe(0)
  })

  it('is one of eight at most', async () => {
    const { opened, listeners, watch } = await streams()
    const sockets = Array.from({ length: STREAMS_MAX }, watch)
    await until(() => listeners.size === STREAMS_MAX)
    expect(STREAMS_MAX).toBe(8)
    expect(opened.isFull).toBe(true)
    for (const socket of sockets) socket.destroy()
    await until(() => listeners.size === 0)
    expect(opened.isFull).toBe(false)
  })
})
