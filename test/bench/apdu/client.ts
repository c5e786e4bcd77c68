/**
 * A client of one daemon, in a process of its own: libpcsclite chooses its daemon once a process. Does the jobs that its parent
 * sends and answers each with microseconds. The loop is the bare binding; `driver` is the product's whole way to the card.
 */

import { createRequire } from 'node:module'
import { setTimeout as sleep } from 'node:timers/promises'
import { invariant, never } from '../../../base/invariant.ts'
import { fromHex, toHex } from '../../../card/bytes/hex.ts'
import { t0Channel } from '../../../card/channel/t0-channel.ts'
import { BINDING_PATH, loadPcscModule } from '../../../card/reader/pcsc/load-module.ts'
import type { Handle, NativeBinding } from '../../../card/reader/pcsc/native-binding.ts'
import { PcscReader } from '../../../card/reader/pcsc/pcsc-reader.ts'
import { systemTimer } from '../../../electron/supervisor/timer.ts'
import { enter, settle, type Send } from './dialogue.ts'

export type Job =
  /** One command after the other, `count` in all. */
  | { readonly kind: 'loop' | 'driver'; readonly commands: readonly string[]; readonly count: number }
  /** One command after a pause, again and again. */
  | { readonly kind: 'sparse'; readonly command: string; readonly count: number; readonly pauseMs: number }
  /** Whole settlements. */
  | { readonly kind: 'dialogue'; readonly count: number }

const [reader = ''] = process.argv.slice(2)
const SHARED = 2
const T0 = 1
const IN_MS_MAX = 30_000

const binding = createRequire(import.meta.url)(BINDING_PATH) as NativeBinding

/** As soon as the card is in its slot. */
async function connected(context: Handle): Promise<Handle> {
  const deadline = performance.now() + IN_MS_MAX
  for (;;) {
    const [code, card] = await binding.connect(context, reader, SHARED, T0)
    if (code === 0) return card
    if (performance.now() > deadline) throw new Error(`no card in ${reader}: ${code.toString(16)}`)
    await sleep(20)
  }
}

async function measured(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) * 1000
}

async function loop(send: Send, { commands, count }: { readonly commands: readonly string[]; readonly count: number }): Promise<number[]> {
  const bytes = commands.map(fromHex)
  const took: number[] = []
  for (let i = 0; i < count; i++) {
    const command = bytes[i % bytes.length]
    invariant(command !== undefined, 'there are commands')
    took.push(await measured(() => send(command)))
  }
  return took
}

async function viaDriver(job: { readonly commands: readonly string[]; readonly count: number }): Promise<number[]> {
  const module = loadPcscModule({ system: 'linux' })
  invariant(module.ok, 'the binding loads')
  const connection = await new PcscReader({ module: module.value, name: reader, delay: systemTimer, system: 'linux' }).connect()
  invariant(connection.ok, 'the card is there')
  const channel = t0Channel(connection.value)
  const send: Send = async (command) => {
    const answer = await channel.transmit(command)
    invariant(answer.ok, 'the card answers')
    return answer.value
  }
  const took = await loop(send, job)
  await connection.value.disconnect()
  return took
}

async function run(job: Job, send: Send): Promise<number[]> {
  const took: number[] = []
  switch (job.kind) {
    case 'loop':
      return loop(send, job)
    case 'driver':
      return viaDriver(job)
    case 'sparse':
      for (let i = 0; i < job.count; i++) {
        await sleep(job.pauseMs)
        took.push(await measured(() => send(fromHex(job.command))))
      }
      return took
    case 'dialogue':
      for (let i = 0; i < job.count; i++) {
        await enter(send)
        took.push(await measured(() => settle(send, atr)))
      }
      return took
    default:
      return never(job)
  }
}

const [established, context] = await binding.establish()
invariant(established === 0, `the daemon answers: ${established}`)
const card = await connected(context)
const [, atr] = await binding.status(card)
const send: Send = async (command) => {
  const [code, answer] = await binding.transmit(card, T0, command)
  if (code !== 0) throw new Error(`SCardTransmit ${toHex(command)}: ${code.toString(16)}`)
  return answer
}
process.on('message', (job: Job) => {
  void run(job, send).then((took) => process.send?.(took))
})
process.send?.('ready')
