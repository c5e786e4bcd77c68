/** Readers and connections as the host has them: each operation is a message. What they say when the process is gone is what
 * decides over money: a call under way is a fault whose outcome is unknown, a later one was certainly not sent. */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { ChannelFailure } from '../../card/channel/card-channel.ts'
import type { CardConnection, CardHold, CardReader, ConnectFailure } from '../../card/reader/card-reader.ts'
import type { PinPad } from '../../card/reader/pin-pad.ts'
import { troubleLine } from '../../card/reader/pcsc/trouble-of.ts'
import type { ReaderTrouble } from '../../card/reader/pcsc/reader-trouble.ts'
import type { ConnectedCard, ReaderCallName, ReaderCalls } from './reader-messages.ts'
import type { ReaderRun } from './reader-run.ts'

/** The run in which a call may be made and the reader's whole name; or what stands in the way. */
export type FindReader = () => Promise<Result<{ readonly run: ReaderRun; readonly name: string }, ReaderTrouble>>

const BROKE_OFF: ChannelFailure = { kind: 'reader-fault', detail: 'the reader process ended before it answered' }
/** The service resets a card whose program is gone. */
const OF_AN_EARLIER_RUN: ChannelFailure = { kind: 'card-reset' }

export class RemoteReader implements CardReader {
  readonly name: string
  readonly #find: FindReader

  constructor(name: string, find: FindReader) {
    this.name = name
    this.#find = find
  }

  async connect(): Promise<Result<CardConnection, ConnectFailure>> {
    const found = await this.#find()
    if (!found.ok) return refuse({ kind: 'reader-fault', detail: troubleLine(found.error), trouble: found.error })
    const { run, name } = found.value
    const connected = await run.ask('connect', { reader: name })
    if (connected === undefined) {
      const trouble: ReaderTrouble = { kind: 'process-gone', detail: 'while it connected a card' }
      return refuse({ kind: 'reader-fault', detail: troubleLine(trouble), trouble })
    }
    return connected.ok ? ok(new RemoteConnection(run, connected.value)) : connected
  }
}

class RemoteConnection implements CardConnection {
  readonly protocol: CardConnection['protocol']
  readonly hold: CardHold
  readonly pinPad: PinPad | undefined
  readonly #run: ReaderRun
  readonly #connection: number
  #atr: Uint8Array

  constructor(run: ReaderRun, { connection, atr, protocol, pad }: ConnectedCard) {
    this.#run = run
    this.#connection = connection
    this.#atr = atr
    this.protocol = protocol
    this.hold = {
      begin: () => this.#ask('begin', { connection }),
      end: async () => {
        await this.#ask('end', { connection })
      }
    }
    this.pinPad = this.#padOf(pad)
  }

  get atr(): Uint8Array {
    return this.#atr
  }

  transmit(command: Uint8Array): Promise<Result<Uint8Array, ChannelFailure>> {
    return this.#ask('transmit', { connection: this.#connection, command })
  }

  async reset(): Promise<Result<Uint8Array, ChannelFailure>> {
    const answer = await this.#ask('reset', { connection: this.#connection })
    if (answer.ok) this.#atr = answer.value
    return answer
  }

  async disconnect(): Promise<void> {
    await this.#ask('disconnect', { connection: this.#connection })
  }

  async #ask<Name extends Exclude<ReaderCallName, 'connect'>>(
    name: Name,
    params: ReaderCalls[Name]['params']
  ): Promise<ReaderCalls[Name]['answer'] | Result<never, ChannelFailure>> {
    if (this.#run.hasEnded) return refuse(OF_AN_EARLIER_RUN)
    return (await this.#run.ask(name, params)) ?? refuse(BROKE_OFF)
  }

  #padOf(pad: ConnectedCard['pad']): PinPad | undefined {
    const connection = this.#connection
    if (pad === 'none') return undefined
    const verify: PinPad['verify'] = (request) => this.#ask('pad-verify', { connection, request })
    if (pad === 'verify') return { verify }
    return { verify, modify: (request) => this.#ask('pad-modify', { connection, request }) }
  }
}
