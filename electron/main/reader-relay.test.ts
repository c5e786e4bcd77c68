/** A packaged host, the shell and a reader process, joined by messages as Electron clones them. */

import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { invariant } from '../../base/invariant.ts'
import { parentReader, type ShellPort } from '../reader/parent-reader.ts'
import { isRelayNews, isRelayOrder } from '../reader/relay-messages.ts'
import { ReaderRelay, type ReaderChild } from './reader-relay.ts'

class PlayedChild extends EventEmitter implements ReaderChild {
  readonly pid: number
  readonly got: unknown[] = []

  constructor(pid: number) {
    super()
    this.pid = pid
  }

  postMessage(message: unknown): void {
    this.got.push(message)
  }
}

function bench() {
  const children: PlayedChild[] = []
  const port = new EventEmitter()
  const relay = new ReaderRelay({
    start: () => {
      const child = new PlayedChild(children.length + 1)
      children.push(child)
      return child
    },
    tell: (news) => port.emit('message', { data: structuredClone(news) }),
    kill: (pid) => children.find((child) => child.pid === pid)?.emit('exit', 137)
  })
  const shell: ShellPort = {
    postMessage: (order) => relay.take(structuredClone(order)),
    on: (name, listener) => void port.on(name, listener),
    off: (name, listener) => void port.off(name, listener)
  }
  const heard: string[] = []
  const start = (name: string) =>
    parentReader(shell)({
      message: (message) => heard.push(`${name} ${JSON.stringify(message)}`),
      ended: (reason) => heard.push(`${name} ${reason}`)
    })
  const child = (index: number): PlayedChild => {
    const found = children[index]
    invariant(found !== undefined, 'a process was started')
    return found
  }
  return { start, child, children, heard, relay, port }
}

const REQUEST = { kind: 'request', id: 1, name: 'transmit', params: { connection: 1, command: Uint8Array.of(0, 0xa4) } } as const

describe('a reader process by way of the shell', () => {
  it('gets what the host says and is heard', () => {
    const { start, child, heard } = bench()
    start('one').send(REQUEST)
    expect(child(0).got).toEqual([REQUEST])
    child(0).emit('message', { kind: 'seen' })
    expect(heard).toEqual(['one {"kind":"seen"}'])
  })

  it('that ends is told once, and hears and says nothing more', () => {
    const { start, child, heard, port } = bench()
    const link = start('one')
    link.kill()
    link.send(REQUEST)
    child(0).emit('message', { kind: 'seen' })
    expect(heard).toEqual(['one ended with exit code 137'])
    expect(child(0).got).toEqual([])
    expect(port.listenerCount('message')).toBe(0)
  })

  it('goes when its host goes', () => {
    const { start, relay, heard } = bench()
    start('one')
    relay.close()
    expect(heard).toEqual(['one ended with exit code 137'])
  })
})

describe('messages of the relay', () => {
  it('are told from all others, and from each other', () => {
    const order = { kind: 'reader', order: 'start', run: 1 }
    const news = { kind: 'reader', news: 'ended', run: 1, reason: 'x' }
    const others = [undefined, null, 7, {}, { kind: 'reader' }, { kind: 'answer', id: 1 }, { id: 1, name: 'reader.list', params: {} }]
    expect([order, news, ...others].map(isRelayOrder)).toEqual([true, false, ...others.map(() => false)])
    expect([order, news, ...others].map(isRelayNews)).toEqual([false, true, ...others.map(() => false)])
  })
})
