/**
 * A smart card service without readers: a test puts readers and cards into it, and says what a call answers. Counts what is
 * open, so that a leak shows. No clock runs here: `waitForChange` ends with the next change or with `cancel`.
 */

import { ok, refuse } from '../../base/result.ts'
import { PCSC, STATE } from '../../card/reader/pcsc/pcsc-codes.ts'
import type { ConnectOptions, PcscCard, PcscContext, PcscFailure, PcscModule, PcscResult, Protocol, ReaderStatus, Treatment } from '../../card/reader/pcsc/pcsc-module.ts'

export interface ScriptedCard {
  readonly atr: Uint8Array
  readonly protocol: Protocol
  /** A number is a code of PC/SC. */
  transmit(command: Uint8Array): Uint8Array | number
  /** Features and pads; default: no features. */
  control?(code: number, data: Uint8Array): Uint8Array | number
  /** Of each power-up: a number is a code. Default: the card answers. */
  powerUp?(treatment: Treatment | 'connect', protocols: readonly Protocol[]): number
}

interface Slot {
  card: ScriptedCard | undefined
  insertions: number
  /** Resets so far: a handle that knows fewer finds out. */
  era: number
  holder: object | undefined
  isExclusive: boolean
}

export class ScriptedPcsc implements PcscModule {
  readonly #slots = new Map<string, Slot>()
  readonly #waits = new Set<() => void>()
  /** Code that the next calls of this name answer, until it is taken back. */
  readonly failing = new Map<string, number>()
  contextsOpen = 0
  cardsOpen = 0
  calls: string[] = []

  plug(name: string): void {
    this.#slots.set(name, { card: undefined, insertions: 0, era: 0, holder: undefined, isExclusive: false })
    this.changed()
  }

  unplug(name: string): void {
    this.#slots.delete(name)
    this.changed()
  }

  insert(name: string, card: ScriptedCard): void {
    const slot = this.#slot(name)
    slot.card = card
    slot.insertions += 1
    slot.era += 1
    this.changed()
  }

  remove(name: string): void {
    const slot = this.#slot(name)
    slot.card = undefined
    slot.insertions += 1
    slot.era += 1
    slot.holder = undefined
    this.changed()
  }

  /** Another program. */
  foreignReset(name: string): void {
    this.#slot(name).era += 1
  }

  foreignHold(name: string, holder: object | undefined): void {
    this.#slot(name).holder = holder
  }

  foreignExclusive(name: string, isExclusive: boolean): void {
    this.#slot(name).isExclusive = isExclusive
    this.changed()
  }

  /** Every wait ends. */
  changed(): void {
    for (const wake of this.#waits) wake()
    this.#waits.clear()
  }

  get waits(): number {
    return this.#waits.size
  }

  establish(): Promise<PcscResult<PcscContext>> {
    const failure = this.failure('SCardEstablishContext')
    if (failure !== undefined) return Promise.resolve(failure)
    this.contextsOpen += 1
    return Promise.resolve(ok(new ScriptedContext(this)))
  }

  failure(call: string): { readonly ok: false; readonly error: PcscFailure } | undefined {
    this.calls.push(call)
    if (this.calls.length > 1_000) this.calls = this.calls.slice(-100)
    const code = this.failing.get(call)
    return code === undefined ? undefined : refuse({ call, code })
  }

  wait(wake: () => void): void {
    this.#waits.add(wake)
  }

  unwait(wake: () => void): void {
    this.#waits.delete(wake)
  }

  slotOf(name: string): Slot | undefined {
    return this.#slots.get(name)
  }

  statuses(): ReaderStatus[] {
    return [...this.#slots].map(([name, { card, insertions, isExclusive }]) => ({
      name,
      state: ((insertions << 16) | (card === undefined ? 0 : STATE.PRESENT)) >>> 0,
      present: card !== undefined,
      mute: false,
      exclusive: isExclusive,
      inUse: isExclusive,
      atr: card?.atr
    }))
  }

  #slot(name: string): Slot {
    const slot = this.#slots.get(name)
    if (slot === undefined) throw new Error(`no reader "${name}" was plugged in`)
    return slot
  }
}

class ScriptedContext implements PcscContext {
  readonly #service: ScriptedPcsc
  readonly #wakes = new Set<() => void>()
  #isOpen = true

  constructor(service: ScriptedPcsc) {
    this.#service = service
  }

  readers(): Promise<PcscResult<readonly ReaderStatus[]>> {
    return Promise.resolve(this.#service.failure('SCardListReaders') ?? ok(this.#service.statuses()))
  }

  waitForChange(known: readonly ReaderStatus[]): Promise<PcscResult<null>> {
    const failure = this.#service.failure('SCardGetStatusChange')
    if (failure !== undefined) return Promise.resolve(failure)
    const now = JSON.stringify(this.#service.statuses().filter(({ name }) => known.some((status) => status.name === name)))
    if (now !== JSON.stringify(known)) return Promise.resolve(ok(null))
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#wakes.delete(wake)
        this.#service.unwait(wake)
        resolve(this.#service.failure('SCardGetStatusChange') ?? ok(null))
      }
      this.#wakes.add(wake)
      this.#service.wait(wake)
    })
  }

  connect(reader: string, options: ConnectOptions): Promise<PcscResult<PcscCard>> {
    const failure = this.#service.failure('SCardConnect')
    if (failure !== undefined) return Promise.resolve(failure)
    const slot = this.#service.slotOf(reader)
    if (slot === undefined) return failedConnect(PCSC.UNKNOWN_READER)
    if (slot.isExclusive) return failedConnect(PCSC.SHARING_VIOLATION)
    if (options.share !== 'direct') {
      if (slot.card === undefined) return failedConnect(PCSC.NO_SMARTCARD)
      const code = slot.card.powerUp?.('connect', options.protocols) ?? 0
      if (code !== 0) return failedConnect(code)
    }
    this.#service.cardsOpen += 1
    return Promise.resolve(ok(new ScriptedHandle(this.#service, reader, slot)))
  }

  cancel(): void {
    for (const wake of this.#wakes) wake()
  }

  release(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#service.contextsOpen -= 1
    this.cancel()
  }
}

const failedConnect = (code: number) => Promise.resolve(refuse({ call: 'SCardConnect', code }))

class ScriptedHandle implements PcscCard {
  readonly #service: ScriptedPcsc
  readonly #reader: string
  readonly #slot: Slot
  #era: number
  #isOpen = true

  constructor(service: ScriptedPcsc, reader: string, slot: Slot) {
    this.#service = service
    this.#reader = reader
    this.#slot = slot
    this.#era = slot.era
  }

  get atr(): Uint8Array {
    return this.#slot.card?.atr ?? new Uint8Array(0)
  }

  get protocol(): Protocol | undefined {
    return this.#slot.card?.protocol
  }

  transmit(command: Uint8Array): Promise<PcscResult<Uint8Array>> {
    return this.#ask('SCardTransmit', (card) => card.transmit(command))
  }

  control(code: number, data: Uint8Array): Promise<PcscResult<Uint8Array>> {
    return this.#ask('SCardControl', (card) => card.control?.(code, data) ?? PCSC.UNSUPPORTED_FEATURE)
  }

  reconnect({ protocols }: ConnectOptions, treatment: Treatment): Promise<PcscResult<null>> {
    const failure = this.#service.failure('SCardReconnect')
    if (failure !== undefined) return Promise.resolve(failure)
    const card = this.#slot.card
    const code = card === undefined ? PCSC.NO_SMARTCARD : (card.powerUp?.(treatment, protocols) ?? 0)
    if (code !== 0) return Promise.resolve(refuse({ call: 'SCardReconnect', code }))
    this.#slot.era += treatment === 'leave' ? 0 : 1
    this.#era = this.#slot.era
    return Promise.resolve(ok(null))
  }

  disconnect(treatment: Treatment): Promise<PcscResult<null>> {
    if (this.#isOpen) this.#service.cardsOpen -= 1
    this.#isOpen = false
    if (treatment !== 'leave') this.#slot.era += 1
    return Promise.resolve(this.#service.failure(`SCardDisconnect ${treatment}`) ?? ok(null))
  }

  begin(): Promise<PcscResult<null>> {
    const code = this.#service.failure('SCardBeginTransaction')?.error.code ?? this.#stands()
    if (code !== 0) return Promise.resolve(refuse({ call: 'SCardBeginTransaction', code }))
    this.#slot.holder = this
    return Promise.resolve(ok(null))
  }

  end(): Promise<PcscResult<null>> {
    if (this.#slot.holder === this) this.#slot.holder = undefined
    return Promise.resolve(this.#service.failure('SCardEndTransaction') ?? ok(null))
  }

  #stands(): number {
    if (this.#service.slotOf(this.#reader) === undefined) return PCSC.READER_UNAVAILABLE
    if (this.#slot.card === undefined) return PCSC.REMOVED_CARD
    if (this.#era !== this.#slot.era) return PCSC.RESET_CARD
    return this.#slot.holder === undefined || this.#slot.holder === this ? 0 : PCSC.SHARING_VIOLATION
  }

  #ask(call: string, run: (card: ScriptedCard) => Uint8Array | number): Promise<PcscResult<Uint8Array>> {
    const failure = this.#service.failure(call)
    if (failure !== undefined) return Promise.resolve(failure)
    const stands = call === 'SCardTransmit' ? this.#stands() : 0
    const card = this.#slot.card
    const answer = stands !== 0 || card === undefined ? stands || PCSC.REMOVED_CARD : run(card)
    return Promise.resolve(typeof answer === 'number' ? refuse({ call, code: answer }) : ok(answer))
  }
}
