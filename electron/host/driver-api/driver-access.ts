/**
 * Whether other programs may use the card, and which: what the window switches and shows. Off until somebody turns it on; what
 * it needs is loaded then.
 */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CardSession } from '../../../card/session/card-session.ts'
import { Pin } from '../../../card/secret/pin.ts'
import type { CallView, DriverView } from '../../contract/driver-view.ts'
import type { Machine } from '../machine.ts'
import { Callers } from './callers.ts'
import type { DebitJournal } from './debit-journal.ts'
import type { CardsForCallers } from './driver-api.ts'
import type { DriverDoor } from './driver-door.ts'
import type { DriverRefusal } from './driver-refusal.ts'
import { PinQuestion } from './pin-question.ts'

export interface DriverAccessPorts extends Machine {
  /** The till's folder: driver-api.json and driver-debits.db lie there. */
  readonly data: string
  readonly cards: CardsForCallers
  readonly isInDoubt: (cardId: string) => boolean
  readonly changed: (view: DriverView) => void
}

const CALLS_SHOWN = 20

export class DriverAccess {
  readonly #ports: DriverAccessPorts
  readonly #question: PinQuestion
  readonly #callers: Callers | undefined
  readonly #damage: string = ''
  #journal: DebitJournal | undefined
  #door: DriverDoor | undefined
  #isPortTaken = false
  #calls: CallView[] = []
  #called = 0

  constructor(ports: DriverAccessPorts) {
    this.#ports = ports
    this.#question = new PinQuestion(ports.later, () => this.#tell())
    const callers = Callers.open(join(ports.data, 'driver-api.json'), ports)
    if (callers.ok) this.#callers = callers.value
    else {
      this.#damage = callers.error.message
      ports.warn(callers.error.message)
    }
  }

  view(): DriverView {
    const { port, on } = this.#callers?.settings ?? { port: 0, on: false }
    const pairing = this.#callers?.pairing
    return {
      state: this.#door !== undefined ? 'on' : on && this.#isPortTaken ? 'port-taken' : 'off',
      port,
      address: this.#door?.address ?? null,
      pairing: pairing === undefined ? null : { code: pairing.code, until: this.#clockIn(pairing.until - this.#ports.now()) },
      callers: this.#callers?.all ?? [],
      asked: this.#question.asked ?? null,
      calls: this.#calls
    }
  }

  /** What a switch left on opens again with the till. */
  async start(): Promise<void> {
    if (this.#callers?.settings.on === true) await this.#open()
    this.#tell()
  }

  async turn(settings: { readonly on: boolean; readonly port: number }): Promise<Result<DriverView, DriverRefusal>> {
    if (this.#callers === undefined) return refuse({ kind: 'driver-settings-damaged', detail: this.#damage })
    this.#callers.set(settings)
    await this.#shut()
    if (settings.on) await this.#open()
    return ok(this.#tell())
  }

  pair(): Result<DriverView, DriverRefusal> {
    if (this.#callers === undefined || this.#door === undefined) return refuse({ kind: 'driver-off' })
    const { until } = this.#callers.beginPairing()
    this.#ports.later(until - this.#ports.now(), () => this.#tell())
    return ok(this.#tell())
  }

  endPairing(): Result<DriverView, DriverRefusal> {
    this.#callers?.endPairing()
    return ok(this.#tell())
  }

  forget(caller: string): Result<DriverView, DriverRefusal> {
    this.#callers?.forget(caller)
    this.#question.callerForgotten(caller)
    return ok(this.#tell())
  }

  answer(number: number, from: string | null, to: string | null): Result<null, DriverRefusal> {
    const pins: { from: Pin | undefined; to: Pin | undefined } = { from: undefined, to: undefined }
    for (const [name, digits] of [['from', from], ['to', to]] as const) {
      if (digits === null) continue
      const pin = Pin.parse(digits)
      if (!pin.ok) return refuse({ kind: 'pin-malformed', refusal: pin.error })
      pins[name] = pin.value
    }
    if (this.#question.answer(number, pins)) return ok(null)
    pins.from?.wipe()
    pins.to?.wipe()
    return refuse({ kind: 'driver-question-over' })
  }

  cancel(number: number): Result<null, DriverRefusal> {
    return this.#question.cancel(number) ? ok(null) : refuse({ kind: 'driver-question-over' })
  }

  /** The slot was filled or emptied. */
  slotChanged(): void {
    this.#question.cardLeft()
  }

  /** A card that came back proves what callers left open on it; asked with the till's own holds, whether switched on or not. */
  async prove(session: CardSession): Promise<void> {
    const path = this.#journalPath
    if (this.#journal === undefined && !existsSync(path)) return
    const [journal, { proveOpen }] = await Promise.all([this.#openJournal(), import('./debit-function.ts')])
    await proveOpen(journal, session)
  }

  async close(): Promise<void> {
    await this.#shut()
    this.#journal?.end()
    this.#journal = undefined
  }

  get #journalPath(): string {
    return join(this.#ports.data, 'driver-debits.db')
  }

  async #openJournal(): Promise<DebitJournal> {
    const { DebitJournal: Journal } = await import('./debit-journal.ts')
    this.#journal ??= new Journal(this.#journalPath, this.#ports.openDatabase)
    return this.#journal
  }

  async #open(): Promise<void> {
    if (this.#callers === undefined) return
    const [{ openDriverDoor }, { DriverApi }, journal] = await Promise.all([import('./driver-door.ts'), import('./driver-api.ts'), this.#openJournal()])
    const { cards, isInDoubt, faultPoint, clock } = this.#ports
    const api = new DriverApi({ cards, isInDoubt, faultPoint, journal, question: this.#question, now: () => clock().cardTime })
    const ports = { api, callers: this.#callers, today: () => clock().today, told: (call: ToldCall) => this.#told(call) }
    const door = await openDriverDoor(ports, this.#callers.settings.port)
    this.#isPortTaken = !door.ok
    this.#door = door.ok ? door.value : undefined
  }

  async #shut(): Promise<void> {
    this.#callers?.endPairing()
    this.#question.callerForgotten()
    const door = this.#door
    this.#door = undefined
    await door?.close()
  }

  #told(call: ToldCall): void {
    if (call !== undefined) {
      this.#called += 1
      this.#calls = [{ number: this.#called, at: this.#clockIn(0), ...call }, ...this.#calls].slice(0, CALLS_SHOWN)
    }
    this.#tell()
  }

  /** HH:MM:SS so many ms from now. */
  #clockIn(ms: number): string {
    const { cardTime } = this.#ports.clock()
    const seconds = Number(cardTime.slice(8, 10)) * 3600 + Number(cardTime.slice(10, 12)) * 60 + Number(cardTime.slice(12, 14)) + Math.round(ms / 1000)
    return [(seconds / 3600) % 24, (seconds / 60) % 60, seconds % 60].map((part) => String(Math.floor(part)).padStart(2, '0')).join(':')
  }

  #tell(): DriverView {
    const view = this.view()
    this.#ports.changed(view)
    return view
  }
}

type ToldCall = Omit<CallView, 'number' | 'at'> | undefined
