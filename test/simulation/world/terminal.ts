/**
 * A till: the shipped host, wired onto the world's machine. It is started and stopped as people do, dies whenever its machine says
 * so, and is started again some seconds later, as the supervisor does, with the card that lies in its reader.
 */

import { join } from 'node:path'
import type { Machine } from '../../../electron/host/machine.ts'
import type { TerminalEvent } from '../../../electron/contract/events.ts'
import type { Params, RequestName } from '../../../electron/contract/requests.ts'
import type { Answer } from '../../../electron/contract/terminal.ts'
import type { Handlers } from '../../../electron/host/desk/handlers.ts'
import { wire, type Wired } from '../../../electron/host/wiring.ts'
import { BATCH_LIMITS } from '../../../settlement/sync/batch-maker.ts'
import { said, type Called } from './called.ts'
import { FIXTURES } from './chips.ts'
import { fetchLost } from './fetch-lost.ts'
import { Disk, type Ending } from './disk.ts'
import type { Cipher, SimTerminal } from './faces.ts'
import { handleCall } from './handle-call.ts'
import { CounterHands } from './hands.ts'
import { HostKilled, Life } from './life.ts'
import { Link } from './network.ts'
import type { Random } from './random.ts'
import { TillReaders } from './readers.ts'
import { tillMachine } from './till-machine.ts'
import { Stakes } from './stakes.ts'
import { TillDice } from './till-dice.ts'
import { writeTill } from './till-document.ts'
import { Timers } from './timers.ts'
import type { TerminalPlace } from './terminal-place.ts'

/** A small till's log, so that it is grown and emptied within a day. */
const LOG_BYTES = 256 * 1024
const RESTART_MS = { least: 900, most: 6_000 }
/** A ledger that does not open is tried again when somebody has looked at it. */
const REFUSED_MS = 60_000
/** ms without a request after which a till may doze. */
const QUIET_MS = 20_000

interface Running {
  readonly life: Life
  readonly timers: Timers
  wired: Wired | undefined
}

export class Terminal implements SimTerminal {
  readonly name: string
  readonly kind: 'hospital' | 'pharmacy'
  readonly institution: string
  readonly terminalNo: string
  readonly cipher: Cipher
  readonly hands: CounterHands
  readonly readers: TillReaders
  readonly link: Link
  readonly #place: TerminalPlace
  readonly #disk: Disk
  readonly #stakes: Stakes
  readonly #dice: TillDice
  readonly #entropy: Random
  readonly #support: Random
  readonly #listeners = new Set<(event: TerminalEvent) => void>()
  /** ms by which its clock is ahead. */
  #skew = 0
  #running: Running | undefined
  #isWanted = false
  #lastAsked = 0
  #calls = 0
  /** Requests that were not answered yet. */
  #open = 0
  #starting: Promise<void> | undefined

  constructor(place: TerminalPlace) {
    const { name, scheduler, random, faults, tell, folder } = place
    this.#place = place
    this.name = name
    this.kind = place.kind
    this.institution = place.institution
    this.terminalNo = place.terminalNo
    this.cipher = place.cipher
    this.#stakes = new Stakes(scheduler)
    this.#dice = new TillDice({
      terminal: name,
      random: random.fork('life'),
      faults,
      card: () => this.hands.card?.name,
      isBusy: () => this.readers.counter.chip !== undefined || this.#open > 0,
      stakes: this.#stakes
    })
    this.#entropy = random.fork('entropy')
    this.#support = random.fork('support')
    this.#disk = new Disk({
      folder: join(folder, name),
      random: random.fork('disk'),
      fileFault: () => this.#dice.ofFile(),
      databaseFaults: (kind) => this.#dice.ofStatement(kind),
      ...(place.hasLyingDisk ? { lies: { now: () => faults.isOn, moment: () => scheduler.moment.cardTime } } : {})
    })
    this.readers = new TillReaders({
      terminal: name,
      scheduler,
      random: random.fork('readers'),
      faults,
      tell,
      gone: (chip) => this.hands.gone(chip),
      otherCard: () => this.hands.otherCard(),
      sent: (command) => this.#stakes.sent(command)
    })
    this.link = new Link({ terminal: name, scheduler, random: random.fork('link'), faults, tell, centre: place.centre, number: place.exchangeNumber })
    const { log, cards } = place
    this.hands = new CounterHands({ terminal: name, slot: this.readers.counter, scheduler, random: random.fork('hands'), faults, log, cards, touched: () => this.#wake() })
    writeTill(place, this.folder)
  }

  get alive(): boolean {
    return this.#running?.wired !== undefined
  }

  get folder(): string {
    return this.#disk.folder
  }

  get writes(): number {
    return this.#disk.writes
  }

  async ask<Name extends RequestName>(name: Name, params: Params<Name>): Promise<Answer<Name> | 'host-died'> {
    return (await this.askRaw(name, params)) as Answer<Name> | 'host-died'
  }

  askRaw(name: string, params: unknown): Promise<Called> {
    const running = this.#running
    if (running?.wired === undefined) return Promise.resolve('host-died')
    const { handlers } = running.wired
    const { scheduler, tell } = this.#place
    this.#calls += 1
    const call = this.#calls
    this.#wake()
    tell({ kind: 'window-asked', terminal: this.name, call, name, params })
    const asked = new Promise<Called>((resolve) => {
      scheduler.after(1, `${this.name} hears ${name}`, () => {
        if (!running.life.isOver) void this.#handle(running, handlers, { name, params: structuredClone(params) }, resolve)
      })
    })
    this.#open += 1
    this.#stakes.asked(name)
    return running.life.heardOr(asked, 'host-died' as const).then((answer) => {
      this.#open -= 1
      this.#stakes.answered(name)
      if (answer !== 'host-died') tell({ kind: 'window-answer', terminal: this.name, call, name, answer })
      this.#place.log.say(this.name, name, said(answer))
      return answer
    })
  }

  listen(listener: (event: TerminalEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async start(): Promise<void> {
    if (!this.#isWanted) this.#place.began()
    this.#isWanted = true
    if (this.#running !== undefined) return
    this.#starting ??= this.#boot()
    await this.#starting
  }

  stop(): Promise<void> {
    this.#isWanted = false
    const running = this.#running
    if (running?.wired === undefined) return Promise.resolve()
    const { life, wired } = running
    try {
      wired.close()
    } catch (cause) {
      // Closing is work like any other: it may be killed in it.
      if (!(cause instanceof HostKilled)) this.#broke(life, cause)
      return Promise.resolve()
    }
    this.#end(running, 'stopped')
    return Promise.resolve()
  }

  kill(): void {
    this.#running?.life.end()
  }

  /** `ahead`: ms by which its clock differs from the world's from now on. */
  setClock(ahead: number): void {
    const byMs = ahead - this.#skew
    this.#skew = ahead
    if (byMs === 0) return
    this.#place.log.say(this.name, 'clock is set', `by ${byMs} ms`)
    this.#place.tell({ kind: 'clock-set', terminal: this.name, byMs })
  }

  /** The world ends: nothing is told any more. */
  abandon(): void {
    const running = this.#running
    this.#isWanted = false
    this.#running = undefined
    running?.timers.stop()
    running?.life.end()
    this.#disk.close()
  }

  losePower(): void {
    const running = this.#running
    const { faults } = this.#place
    if (running === undefined || !faults.isOn) return
    faults.strike('till-power-lost', { terminal: this.name, card: this.hands.card?.name })
    this.#disk.losePower(running.life)
  }

  async #handle(running: Running, handlers: Handlers, { name, params }: { readonly name: string; readonly params: unknown }, resolve: (answer: Called) => void): Promise<void> {
    const { life } = running
    try {
      const handled = await handleCall(handlers, name, params)
      if (life.isOver) return
      this.#place.scheduler.after(1, `${this.name} answers ${name}`, () => {
        if (!life.isOver) resolve(handled)
      })
    } catch (cause) {
      this.#broke(life, cause)
    }
  }

  async #boot(): Promise<void> {
    const { scheduler, log, tell } = this.#place
    const life = new Life(this.name)
    const timers = this.#timers(life)
    const running: Running = { life, timers, wired: undefined }
    this.#running = running
    life.atEnd(() => this.#end(running, undefined))
    const machine = this.#machine(life, timers, (work) => this.#inside(life, work))
    const data = this.folder
    const batches = { ...BATCH_LIMITS, facts: this.#place.batchFacts }
    const started = wire({ data, fixtures: FIXTURES, version: '0.0.0', machine, environment: {}, tell: (event) => this.#told(life, event), logBytes: LOG_BYTES, batches })
    try {
      const wired = await scheduler.hold(life.heardOr(started, undefined))
      this.#starting = undefined
      if (wired === undefined || life.isOver) return
      if (!wired.ok) return this.#refused(running, wired.error)
      running.wired = wired.value
      log.say(this.name, 'is up')
      tell({ kind: 'host-up', terminal: this.name, folder: this.folder })
    } catch (cause) {
      this.#starting = undefined
      this.#broke(life, cause)
    }
  }

  #timers(life: Life): Timers {
    return new Timers({ name: this.name, scheduler: this.#place.scheduler, isDozing: () => this.#isDozing(), run: (work) => this.#inside(life, work) })
  }

  #machine(life: Life, timers: Timers, inside: (work: () => void) => void, pass = (): void => this.#dice.ofCall(life)): Machine {
    const parts = { life, timers, random: this.#entropy, disk: this.#disk, link: this.link, readers: this.readers, skew: () => this.#skew, inside, pass }
    return tillMachine(this.#place, parts)
  }

  async fetchLost(): Promise<string> {
    await this.stop()
    const fetched = await this.#fetchLost()
    await this.start()
    return fetched
  }

  /** What support has a till's machine do when its ledger is an older one. */
  async #fetchLost(): Promise<string> {
    const { log, tell } = this.#place
    const fetched = await fetchLost(this.folder, (life) => this.#machine(life, this.#timers(life), (work) => work(), () => undefined))
    this.#disk.stopped()
    log.say(this.name, 'has its lost facts fetched', fetched)
    tell({ kind: 'ledger-restored', terminal: this.name, fetched })
    return fetched
  }

  #refused(running: Running, line: string): void {
    const { scheduler, log, tell } = this.#place
    log.say(this.name, 'does not start', line.replaceAll(this.folder, '.'))
    tell({ kind: 'support-line', from: this.name, line })
    running.timers.stop()
    this.#running = undefined
    this.#disk.stopped()
    tell({ kind: 'host-down', terminal: this.name, cause: 'refused-to-start' })
    scheduler.after(REFUSED_MS, `${this.name} is tried again`, () => this.#again())
  }

  /** Every way in which a host ends comes by here once. `cause` undefined: it did not want to. */
  #end(running: Running, cause: 'stopped' | 'broke' | undefined): void {
    if (this.#running !== running) return
    const { scheduler, random, log, tell } = this.#place
    this.#running = undefined
    this.#starting = undefined
    running.timers.stop()
    const ending: Ending | 'broke' = cause ?? this.#disk.end()
    if (ending === 'stopped') this.#disk.stopped()
    if (ending === 'broke') this.#disk.end()
    running.life.end()
    log.say(this.name, 'is down', ending)
    tell({ kind: 'host-down', terminal: this.name, cause: ending })
    if (ending === 'stopped') return
    const isOlder = ending === 'power-lost' && this.#older()
    scheduler.after(1, `${this.name} is swept`, () => this.#disk.sweep())
    scheduler.after(random.between(RESTART_MS.least, RESTART_MS.most), `${this.name} is started again`, () => this.#again(isOlder))
  }

  /** Its drive had lied: what it has now are the books of an earlier moment. */
  #older(): boolean {
    const { booksOf } = this.#disk
    if (booksOf === undefined) return false
    const { faults, log, tell } = this.#place
    faults.strike('disk-lied', { terminal: this.name })
    log.say(this.name, 'has older books', `of ${booksOf}`)
    tell({ kind: 'lawful-loss', terminal: this.name, booksOf })
    return true
  }

  /** `isOlder`: whoever has put the books back may know that, and have the rest fetched before anybody works with them. */
  #again(isOlder = false): void {
    if (!this.#isWanted || this.#running !== undefined) return
    const isKnown = isOlder && this.#support.chance(1, 2)
    this.#starting ??= isKnown ? this.#fetchLost().then(() => this.#fetched()) : this.#boot()
  }

  #fetched(): Promise<void> | undefined {
    this.#starting = undefined
    this.#again()
    return this.#starting
  }

  /** A fault of the program ends its process, by design. */
  #broke(life: Life, cause: unknown): void {
    const running = this.#running
    if (life.isOver || cause instanceof HostKilled || running?.life !== life) return
    this.#end(running, 'broke')
    this.#place.broke(this.name, cause)
  }

  /** A rejection that nobody in the program has caught. */
  rejected(cause: unknown): void {
    if (this.#running !== undefined) this.#broke(this.#running.life, cause)
  }

  #inside(life: Life, work: () => void): void {
    if (life.isOver) return
    try {
      work()
    } catch (cause) {
      this.#broke(life, cause)
    }
  }

  #told(life: Life, event: TerminalEvent): void {
    if (life.isOver) return
    this.#place.tell({ kind: 'window-event', terminal: this.name, event })
    for (const listener of this.#listeners) listener(event)
  }

  #isDozing(): boolean {
    return this.readers.counter.chip === undefined && this.#place.scheduler.now - this.#lastAsked > QUIET_MS
  }

  #wake(): void {
    const wasDozing = this.#isDozing()
    this.#lastAsked = this.#place.scheduler.now
    if (wasDozing) this.#running?.timers.wake()
  }
}
