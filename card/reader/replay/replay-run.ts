/**
 * Plays a recorded run back to a terminal: its cards, its PSAM, the bytes it drew, its clock. Every command must be the recorded
 * one, byte for byte (two stars match any); from the first that is not, nothing answers any more, and the difference is kept.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { fromHex, toHex } from '../../bytes/hex.ts'
import type { ChannelFailure } from '../../channel/card-channel.ts'
import type { Entropy } from '../../ports.ts'
import { describeCommand } from '../../trace/describe-exchange.ts'
import { placeAfter } from '../../trace/place-after.ts'
import { AT_RESET, type Place } from '../../trace/place.ts'
import type { RecordedEvent, Recording, Slot } from '../../trace/recording.ts'
import { parseTraced } from '../../trace/traced-command.ts'
import type { Words } from '../../trace/words.ts'
import type { CardConnection, CardReader, ConnectFailure } from '../card-reader.ts'

type WireEvent = Extract<RecordedEvent, { readonly slot: Slot }>

export interface Side {
  /** Hex of a command; empty for anything else. */
  readonly command: string
  readonly words: Words
}

export interface Difference {
  readonly slot: Slot
  /** Of the events of that slot, from 1. */
  readonly number: number
  /** Of the first byte that differs, from 0; undefined where it is not two commands that differ. */
  readonly byte: number | undefined
  readonly recorded: Side
  readonly asked: Side
}

const END: Side = { command: '', words: { zh: '记录到此为止', en: 'the end of the recording' } }
const CONNECT: Words = { zh: '给卡上电', en: 'power the card' }
const RESET: Words = { zh: '复位卡', en: 'reset the card' }
const DRAW: Words = { zh: '取随机数', en: 'draw random bytes' }

export class ReplayRun {
  readonly #wire: Readonly<Record<Slot, readonly WireEvent[]>>
  readonly #random: readonly Uint8Array[]
  readonly #clock: readonly { readonly time: string; readonly today: string }[]
  readonly #played: Record<Slot, number> = { card: 0, psam: 0 }
  #drawn = 0
  #looked = 0
  #difference: Difference | undefined

  constructor({ events }: Recording) {
    const on = (slot: Slot): WireEvent[] => events.filter((event): event is WireEvent => 'slot' in event && event.slot === slot)
    this.#wire = { card: on('card'), psam: on('psam') }
    this.#random = events.flatMap((event) => (event.event === 'random' ? [fromHex(event.bytes)] : []))
    this.#clock = events.flatMap((event) => (event.event === 'clock' ? [event] : []))
  }

  /** Card and PSAM are played: nothing is opened. */
  readonly isReplay = true

  /** undefined as long as everything agreed. */
  get difference(): Difference | undefined {
    return this.#difference
  }

  /** Events that nobody has asked for. */
  get remaining(): number {
    return this.#wire.card.length - this.#played.card + this.#wire.psam.length - this.#played.psam
  }

  reader(slot: Slot): CardReader {
    return { name: `replay ${slot}`, connect: () => Promise.resolve(this.#connect(slot)) }
  }

  /** The recorded bytes in their order; other lengths, and more than there are, are a difference too. */
  entropy(): Entropy {
    return { bytes: (length) => this.#draw(length) }
  }

  /** The recorded moments in their order, then the last one; undefined when the recording has none. */
  now(): { readonly time: string; readonly today: string } | undefined {
    const moment = this.#clock[this.#looked] ?? this.#clock.at(-1)
    this.#looked += 1
    return moment
  }

  #draw(length: number): Uint8Array {
    const bytes = this.#random[this.#drawn]
    if (bytes?.length === length) {
      this.#drawn += 1
      return Uint8Array.from(bytes)
    }
    this.#differ('card', bytes === undefined ? END : { command: '', words: DRAW }, { command: '', words: DRAW }, undefined)
    return new Uint8Array(length)
  }

  #connect(slot: Slot): Result<CardConnection, ConnectFailure> {
    const event = this.#next(slot, 'connect', CONNECT)
    if (event === undefined) return refuse({ kind: 'reader-fault', detail: DIFFERS })
    if ('failure' in event) return refuse(connectFailure(event.failure))
    return ok(this.#connection(slot, event.atr))
  }

  #connection(slot: Slot, atr: string): CardConnection {
    let [answerToReset, place]: [Uint8Array, Place] = [fromHex(atr), AT_RESET[slot]]
    return {
      get atr() {
        return answerToReset
      },
      transmit: (command) => {
        const asked = toHex(command)
        const answer = this.#exchange(slot, asked, place)
        const parsed = parseTraced(asked)
        if (parsed !== undefined) place = placeAfter(place, parsed, answer, describeCommand(asked, place))
        return Promise.resolve(answer)
      },
      reset: () => {
        const event = this.#next(slot, 'reset', RESET)
        if (event === undefined) return Promise.resolve(refuse({ kind: 'reader-fault', detail: DIFFERS }))
        if ('failure' in event) return Promise.resolve(refuse(channelFailure(event.failure)))
        ;[answerToReset, place] = [fromHex(event.atr), AT_RESET[slot]]
        return Promise.resolve(ok(answerToReset))
      },
      disconnect: () => Promise.resolve()
    }
  }

  #exchange(slot: Slot, asked: string, place: Place): Result<Uint8Array, ChannelFailure> {
    const event = this.#wire[slot][this.#played[slot]]
    const byte = event?.event === 'exchange' ? firstDifference(event.command, asked) : undefined
    if (this.#difference !== undefined || event?.event !== 'exchange' || byte !== undefined) {
      this.#differ(slot, sideOf(event), { command: asked, words: describeCommand(asked, place).words }, byte)
      return refuse({ kind: 'reader-fault', detail: DIFFERS })
    }
    this.#played[slot] += 1
    return event.failure === undefined ? ok(fromHex(event.answer)) : refuse(channelFailure(event.failure))
  }

  #next<Kind extends 'connect' | 'reset'>(slot: Slot, kind: Kind, words: Words): Extract<WireEvent, { event: Kind }> | undefined {
    const event = this.#wire[slot][this.#played[slot]]
    if (this.#difference !== undefined || event?.event !== kind) {
      this.#differ(slot, sideOf(event), { command: '', words }, undefined)
      return undefined
    }
    this.#played[slot] += 1
    return event as Extract<WireEvent, { event: Kind }>
  }

  #differ(slot: Slot, recorded: Side, asked: Side, byte: number | undefined): void {
    this.#difference ??= { slot, number: this.#played[slot] + 1, byte, recorded, asked }
  }
}

const DIFFERS = 'the replay ended: the terminal asked for something else than was recorded'

function sideOf(event: WireEvent | undefined): Side {
  if (event === undefined) return END
  if (event.event === 'exchange') return { command: event.command, words: event.words }
  return { command: '', words: event.event === 'connect' ? CONNECT : RESET }
}

const connectFailure = (kind: string): ConnectFailure =>
  kind === 'no-card' || kind === 'mute-card' ? { kind } : { kind: 'reader-fault', detail: 'as recorded' }

const channelFailure = (kind: ChannelFailure['kind']): ChannelFailure => (kind === 'reader-fault' ? { kind, detail: 'as recorded' } : { kind })

/** undefined: they agree. */
function firstDifference(recorded: string, asked: string): number | undefined {
  for (let at = 0; at < Math.max(recorded.length, asked.length); at += 2) {
    const expected = recorded.slice(at, at + 2).toUpperCase()
    if (expected !== '**' && expected !== asked.slice(at, at + 2)) return at / 2
    if (expected === '**' && asked.length <= at) return at / 2
  }
  return undefined
}
