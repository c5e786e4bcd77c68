/** Records a run through its ports: wrap the readers, the random source and the clock, and hand every line to a file. */

import { ok, type Result } from '../../base/result.ts'
import { toHex } from '../bytes/hex.ts'
import { redactCommand } from '../channel/trace.ts'
import type { ChannelFailure } from '../channel/card-channel.ts'
import type { Entropy } from '../ports.ts'
import type { CardConnection, CardReader } from '../reader/card-reader.ts'
import type { RecordedEvent, RecordingHead, Slot } from './recording.ts'
import { Pseudonym, Scrubber } from './scrub.ts'
import { TraceNarrator } from './trace-narrator.ts'

export interface RecorderPorts {
  /** One event, in the file before the next command. */
  readonly write: (line: RecordingHead | RecordedEvent) => void
  /** ms; only differences count. */
  readonly now: () => number
  /** false: the holder stays in it, for simulated cards and for whoever may have it. PINs are hidden always. */
  readonly scrub: boolean
}

/** A moment as a terminal's clock gives it. */
interface Moment {
  readonly cardTime: string
  readonly today: string
}

export class Recorder {
  readonly isReplay = false
  readonly #ports: RecorderPorts
  readonly #pseudonym = new Pseudonym()
  readonly #since: number

  constructor(ports: RecorderPorts) {
    this.#ports = ports
    this.#since = ports.now()
    ports.write({ recording: 1, scrubbed: ports.scrub })
  }

  reader(slot: Slot, reader: CardReader): CardReader {
    return {
      get name() {
        return reader.name
      },
      connect: async () => {
        const connection = await reader.connect()
        if (!connection.ok) {
          this.#ports.write({ event: 'connect', slot, at: this.#at(), failure: connection.error.kind })
          return connection
        }
        const atr = this.#atr(slot, connection.value.atr)
        this.#ports.write({ event: 'connect', slot, at: this.#at(), atr })
        return ok(this.#connection(slot, connection.value))
      }
    }
  }

  entropy(entropy: Entropy): Entropy {
    return {
      bytes: (length) => {
        const bytes = entropy.bytes(length)
        this.#ports.write({ event: 'random', bytes: toHex(bytes) })
        return bytes
      }
    }
  }

  clock<Now extends Moment>(clock: () => Now): () => Now {
    return () => {
      const now = clock()
      this.#ports.write({ event: 'clock', time: now.cardTime, today: now.today })
      return now
    }
  }

  #connection(slot: Slot, connection: CardConnection): CardConnection {
    let conversation = this.#conversation(slot)
    return {
      get atr() {
        return connection.atr
      },
      get protocol() {
        return connection.protocol
      },
      get pinPad() {
        return connection.pinPad
      },
      get hold() {
        return connection.hold
      },
      transmit: async (command) => {
        const shown = conversation.command(command)
        const sent = this.#ports.now()
        const answer = await connection.transmit(command)
        this.#exchanged(slot, shown, conversation.answer(shown, answer), this.#ports.now() - sent, conversation.narrator)
        return answer
      },
      reset: async () => {
        const answer = await connection.reset()
        conversation = this.#conversation(slot)
        this.#ports.write({ event: 'reset', slot, at: this.#at(), ...(answer.ok ? { atr: this.#atr(slot, answer.value) } : { failure: answer.error.kind }) })
        return answer
      },
      disconnect: () => connection.disconnect()
    }
  }

  #exchanged(slot: Slot, command: string, answer: Result<Uint8Array, ChannelFailure>, took: number, narrator: TraceNarrator): void {
    const told = narrator.describe(command, answer)
    const shown = answer.ok ? { answer: toHex(answer.value) } : { answer: '', failure: answer.error.kind }
    this.#ports.write({ event: 'exchange', slot, at: this.#at(), took: Math.round(took * 100) / 100, command, ...told, ...shown })
  }

  #conversation(slot: Slot): Conversation {
    const scrubber = new Scrubber(slot, this.#pseudonym)
    const { scrub } = this.#ports
    return {
      narrator: new TraceNarrator(slot),
      command: (command) => (scrub ? scrubber.command(command) : redactCommand(command)),
      answer: (command, answer) => (scrub ? scrubber.answer(command, answer) : answer)
    }
  }

  #atr(slot: Slot, atr: Uint8Array): string {
    return toHex(this.#ports.scrub && slot === 'card' ? this.#pseudonym.ofAtr(atr) : atr)
  }

  #at(): number {
    return Math.max(0, Math.round(this.#ports.now() - this.#since))
  }
}

interface Conversation {
  readonly narrator: TraceNarrator
  readonly command: (command: Uint8Array) => string
  readonly answer: (command: string, answer: Result<Uint8Array, ChannelFailure>) => Result<Uint8Array, ChannelFailure>
}
