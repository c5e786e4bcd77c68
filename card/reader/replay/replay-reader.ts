/**
 * A reader that plays a recorded dialogue back: each command must equal the recorded one byte for byte (two stars stand
 * for any byte, as in a trace), and the first that differs is refused and remembered. For dialogues that a test or a
 * support case pins down, independent of any simulated chip.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { fromHex, toHex } from '../../bytes/hex.ts'
import type { ChannelFailure } from '../../channel/card-channel.ts'
import type { TraceEntry } from '../../channel/trace.ts'
import type { CardConnection, CardReader, ConnectFailure } from '../card-reader.ts'

export interface Transcript {
  /** Hex; undefined plays an empty slot. */
  readonly atr: string | undefined
  readonly exchanges: readonly TraceEntry[]
}

export class ReplayReader implements CardReader {
  readonly name = 'replay'
  readonly #transcript: Transcript
  #played = 0
  #mismatch: string | undefined

  constructor(transcript: Transcript) {
    this.#transcript = transcript
  }

  /** The first command that differed from the record, with what was expected; undefined as long as all agree. */
  get mismatch(): string | undefined {
    return this.#mismatch
  }

  /** Recorded exchanges that nobody has asked for yet. */
  get remaining(): number {
    return this.#transcript.exchanges.length - this.#played
  }

  connect(): Promise<Result<CardConnection, ConnectFailure>> {
    const { atr } = this.#transcript
    if (atr === undefined) return Promise.resolve(refuse({ kind: 'no-card' }))
    const answerToReset = fromHex(atr)
    return Promise.resolve(
      ok({
        atr: answerToReset,
        transmit: (command: Uint8Array) => Promise.resolve(this.#answer(toHex(command))),
        reset: () => Promise.resolve(ok(answerToReset)),
        disconnect: () => Promise.resolve()
      })
    )
  }

  #answer(command: string): Result<Uint8Array, ChannelFailure> {
    const entry = this.#transcript.exchanges[this.#played]
    const expected = entry === undefined ? 'the end' : entry.command.replace(/\s+/g, '')
    if (entry === undefined || this.#mismatch !== undefined || !matches(expected, command)) {
      this.#mismatch ??= `exchange ${this.#played + 1}: expected ${expected}, got ${command}`
      return refuse({ kind: 'reader-fault', detail: this.#mismatch })
    }
    this.#played += 1
    return typeof entry.answer === 'string' ? ok(fromHex(entry.answer)) : refuse(entry.answer)
  }
}

function matches(expected: string, command: string): boolean {
  if (expected.length !== command.length) return false
  for (let i = 0; i < expected.length; i++) {
    if (expected[i] !== '*' && expected[i] !== command[i]) return false
  }
  return true
}
