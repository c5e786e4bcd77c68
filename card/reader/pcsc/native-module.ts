/** The port over the binding. Handles stay in here; what goes out are objects that know theirs. */

import { ok, refuse } from '../../../base/result.ts'
import type { Handle, NativeBinding } from './native-binding.ts'
import { ANNOUNCEMENTS, PCSC, PROTOCOL, SHARE, STATE, TREATMENT } from './pcsc-codes.ts'
import type {
  ConnectOptions,
  PcscCard,
  PcscContext,
  PcscFailure,
  PcscModule,
  PcscResult,
  Protocol,
  ReaderStatus,
  Treatment
} from './pcsc-module.ts'

export interface NativeOptions {
  /** Whether the service tells of readers that come and leave while one waits: not on macOS. */
  readonly announcesReaders: boolean
}

/** A reader may leave between two calls about it. */
const LOOKS_MAX = 4
/** pcsc-lite takes 16 in one wait, the announcements among them. */
const WATCHED_MAX = 15

export function nativeModule(binding: NativeBinding, options: NativeOptions): PcscModule {
  return {
    async establish() {
      const [code, context] = await binding.establish()
      return code === 0 ? ok(nativeContext(binding, context, options)) : failed('SCardEstablishContext', code)
    }
  }
}

const failed = (call: string, code: number) => refuse<PcscFailure>({ call, code })

const outcome = (call: string, code: number): PcscResult<null> => (code === 0 ? ok(null) : failed(call, code))

function nativeContext(binding: NativeBinding, context: Handle, { announcesReaders }: NativeOptions): PcscContext {
  let isOpen = true
  return {
    readers: () => look(binding, context),
    async waitForChange(known, timeoutMs) {
      const watched = known.slice(0, WATCHED_MAX)
      const names = watched.map(({ name }) => name)
      const states = watched.map(({ state }) => (state & ~STATE.CHANGED) >>> 0)
      if (announcesReaders) {
        names.push(ANNOUNCEMENTS)
        // Windows compares the number of readers that is known, in the upper half.
        states.push((known.length << 16) >>> 0)
      }
      const [code] = await binding.wait(context, names, states, timeoutMs)
      return isLapse(code) ? ok(null) : outcome('SCardGetStatusChange', code)
    },
    async connect(reader, connectOptions) {
      const [code, card] = await binding.connect(context, reader, SHARE[connectOptions.share], bitsOf(connectOptions.protocols))
      return code === 0 ? ok(await NativeCard.of(binding, card)) : failed('SCardConnect', code)
    },
    cancel() {
      if (isOpen) binding.cancel(context)
    },
    release() {
      if (!isOpen) return
      isOpen = false
      void binding.release(context)
    }
  }
}

/** A wait that ended for no change, or because its reader left: its caller looks again anyway. */
const isLapse = (code: number): boolean => code === PCSC.TIMEOUT || code === PCSC.CANCELLED || code === PCSC.UNKNOWN_READER

async function look(binding: NativeBinding, context: Handle): Promise<PcscResult<readonly ReaderStatus[]>> {
  let last = 0
  for (let time = 0; time < LOOKS_MAX; time++) {
    const [listed, names] = await binding.list(context)
    if (listed === PCSC.NO_READERS_AVAILABLE || (listed === 0 && names.length === 0)) return ok([])
    last = listed
    // The list grew between asking for its length and for itself.
    if (listed === PCSC.INSUFFICIENT_BUFFER) continue
    if (listed !== 0) return failed('SCardListReaders', listed)
    const [code, states, atrs] = await binding.wait(context, names, names.map(() => 0), 0)
    if (code === 0 || code === PCSC.TIMEOUT) return ok(names.map((name, i) => statusOf(name, states[i] ?? 0, atrs[i])))
    last = code
    if (code !== PCSC.UNKNOWN_READER) return failed('SCardGetStatusChange', code)
  }
  return failed('SCardListReaders', last)
}

const statusOf = (name: string, state: number, atr: Uint8Array | undefined): ReaderStatus => ({
  name,
  state,
  present: (state & STATE.PRESENT) !== 0,
  mute: (state & STATE.MUTE) !== 0,
  exclusive: (state & STATE.EXCLUSIVE) !== 0,
  inUse: (state & STATE.IN_USE) !== 0,
  atr: atr === undefined || atr.length === 0 ? undefined : atr
})

const bitsOf = (protocols: readonly Protocol[]): number => protocols.reduce((bits, protocol) => bits | PROTOCOL[protocol], 0)

const protocolOf = (bits: number): Protocol | undefined => {
  if (bits === PROTOCOL['T=0']) return 'T=0'
  return bits === PROTOCOL['T=1'] ? 'T=1' : undefined
}

class NativeCard implements PcscCard {
  readonly #binding: NativeBinding
  readonly #card: Handle
  #atr = new Uint8Array(0)
  #protocol: Protocol | undefined

  private constructor(binding: NativeBinding, card: Handle) {
    this.#binding = binding
    this.#card = card
  }

  static async of(binding: NativeBinding, handle: Handle): Promise<NativeCard> {
    const card = new NativeCard(binding, handle)
    await card.#look()
    return card
  }

  get atr(): Uint8Array {
    return this.#atr
  }

  get protocol(): Protocol | undefined {
    return this.#protocol
  }

  async transmit(command: Uint8Array): Promise<PcscResult<Uint8Array>> {
    const [code, answer] = await this.#binding.transmit(this.#card, PROTOCOL[this.#protocol ?? 'T=0'], command)
    return code === 0 ? ok(answer) : failed('SCardTransmit', code)
  }

  async control(controlCode: number, data: Uint8Array): Promise<PcscResult<Uint8Array>> {
    const [code, answer] = await this.#binding.control(this.#card, controlCode, data)
    return code === 0 ? ok(answer) : failed('SCardControl', code)
  }

  async reconnect({ share, protocols }: ConnectOptions, treatment: Treatment): Promise<PcscResult<null>> {
    const [code] = await this.#binding.reconnect(this.#card, SHARE[share], bitsOf(protocols), TREATMENT[treatment])
    if (code !== 0) return failed('SCardReconnect', code)
    await this.#look()
    return ok(null)
  }

  async disconnect(treatment: Treatment): Promise<PcscResult<null>> {
    const [code] = await this.#binding.disconnect(this.#card, TREATMENT[treatment])
    return outcome('SCardDisconnect', code)
  }

  async begin(): Promise<PcscResult<null>> {
    const [code] = await this.#binding.begin(this.#card)
    return outcome('SCardBeginTransaction', code)
  }

  async end(): Promise<PcscResult<null>> {
    const [code] = await this.#binding.end(this.#card)
    return outcome('SCardEndTransaction', code)
  }

  /** A direct connection to an empty slot has neither. */
  async #look(): Promise<void> {
    const [code, atr, protocol] = await this.#binding.status(this.#card)
    this.#atr = code === 0 ? Uint8Array.from(atr) : new Uint8Array(0)
    this.#protocol = code === 0 ? protocolOf(protocol) : undefined
  }
}
