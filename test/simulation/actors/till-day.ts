/** One till through its days: opened in the morning, one person after the other at its counter, counted and closed in the evening. */

import type { Random } from '../world/random.ts'
import type { Patient } from './patient.ts'
import type { People } from './people.ts'
import { perform } from './perform.ts'
import { honest, type Purpose } from './plan.ts'
import { mustTrySoon } from './rest.ts'
import type { Window } from './window.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const OPENS = 8 * HOUR
/** An idle till costs as much as a busy one: the people of a day come one soon after the other. */
const A_PATIENT_EVERY = 7 * MINUTE
const FIRST_AFTER = 5 * MINUTE
const LATE_OPENS = 24 * HOUR - 8 * MINUTE
const LATE = 24 * HOUR - 2 * MINUTE
const LATE_CLOSES = 24 * HOUR + 6 * MINUTE
const HUNDRED = 100

export class TillDays {
  readonly window: Window
  readonly #people: People
  readonly #patients: readonly Patient[]
  readonly #draw: Random
  /** One thing after the other: there is one counter. */
  #queue: Promise<void> = Promise.resolve()
  readonly #others: () => readonly TillDays[]

  constructor(people: People, window: Window, patients: readonly Patient[], others: () => readonly TillDays[]) {
    this.#people = people
    this.#others = others
    this.window = window
    this.#patients = patients
    this.#draw = people.world.random.fork('till').fork(window.till.name)
  }

  /** `midnight`: ms, of the day that begins. */
  plan(midnight: number): void {
    const draw = this.#draw.fork(String(midnight))
    const { scheduler, options } = this.#people.world
    const at = (ms: number, what: string, work: () => Promise<unknown>): void => void scheduler.at(midnight + ms, `${this.window.till.name} ${what}`, () => this.enqueue(work))
    const visits = Math.max(1, options.visitsPerDay - 2 + draw.below(5))
    const opens = OPENS + draw.below(40) * MINUTE
    const first = opens + FIRST_AFTER
    const openFor = visits * A_PATIENT_EVERY
    at(opens, 'opens', () => this.#open(draw.fork('morning')))
    for (let visit = 0; visit < visits; visit += 1) at(first + draw.below(openFor), 'patient', () => this.#serve(draw.fork(`visit ${visit}`)))
    for (const [purpose, share] of BESIDE) {
      if (draw.chance(share, HUNDRED)) at(first + draw.below(openFor), purpose, () => perform(this.#people, purpose, { window: this.window }))
    }
    const closes = first + openFor + FIRST_AFTER
    if (draw.chance(85, HUNDRED)) at(closes, 'closes the day', () => perform(this.#people, 'close', { window: this.window }))
    at(closes + MINUTE, 'logs out', () => this.#logOut())
    if (draw.chance(12, HUNDRED)) this.#late(at, draw.fork('late'))
  }

  /** Somebody comes over midnight: what was begun on one day is settled on the next. */
  #late(at: (ms: number, what: string, work: () => Promise<unknown>) => void, draw: Random): void {
    at(LATE_OPENS, 'opens at night', () => this.#open(draw.fork('opens')))
    at(LATE + draw.below(120) * SECOND, 'late patient', () => this.#serve(draw))
    at(LATE_CLOSES, 'logs out', () => this.#logOut())
  }

  enqueue(work: () => Promise<unknown>): void {
    this.#queue = this.#queue.then(work).then(
      () => undefined,
      (cause: unknown) => this.#people.listeners.unlawful('broken', cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))
    )
  }

  /** When everything that waits here is done. */
  get done(): Promise<void> {
    return this.#queue
  }

  async #open(draw: Random): Promise<void> {
    const { till } = this.window
    if (!till.alive) await till.start()
    this.#people.hit('state:till-opened')
    if (this.#people.at(till).isPaused && draw.chance(70, HUNDRED)) {
      await perform(this.#people, 'link', { window: this.window, plan: { kind: 'link', what: 'resumes' } })
    }
  }

  async #logOut(): Promise<void> {
    mustTrySoon(this.#people, this.window)
    await this.window.till.stop()
    this.window.panel = undefined
    this.#people.hit('state:till-closed')
  }

  /** A holder comes, and what was refunded to him may go back onto his card at once. */
  async #serve(draw: Random): Promise<void> {
    const coming = this.#patients.filter((patient) => !patient.avoids(this.window.till))
    if (coming.length === 0) return
    const patient = draw.pick(coming)
    await this.#serveHim(patient, patient.purposeAt(this.window.till), draw)
  }

  async #serveHim(patient: Patient, purpose: Purpose, draw: Random): Promise<void> {
    mustTrySoon(this.#people, this.window)
    const isOfCard = purpose !== 'refund'
    const outcome = await perform(this.#people, purpose, { window: this.window, card: isOfCard ? patient.card : undefined })
    if (outcome?.kind === 'done' && (purpose === 'refund' || purpose === 'return') && draw.chance(70, HUNDRED)) {
      await this.#people.world.scheduler.sleep(MINUTE, 'waits for the centre')
      await perform(this.#people, 'load', { window: this.window, card: this.#refundedHolder(patient).card })
    }
    if (outcome?.kind === 'in-doubt' || outcome?.kind === 'host-died') await this.#afterDoubt(patient, draw.fork('doubt'))
  }

  /** He comes back soon, or some day, or is served at another till meanwhile. */
  async #afterDoubt(patient: Patient, draw: Random): Promise<void> {
    const drawn = draw.below(HUNDRED)
    if (drawn < 30) {
      await this.#people.world.scheduler.sleep(2 * MINUTE, 'calms down')
      await this.#comeBack(patient)
    } else if (drawn < 70) this.#goElsewhere(patient, draw)
    else if (drawn < 85) patient.staysAwayFrom(this.window.till, draw.between(1, 3) * DAY)
  }

  #comeBack(patient: Patient): Promise<unknown> {
    return perform(this.#people, 'come-back', { window: this.window, card: patient.card, plan: { kind: 'come-back', ...honest() } })
  }

  /** With his card, of which nobody knows what it has paid here. */
  #goElsewhere(patient: Patient, draw: Random): void {
    const open = this.#others().filter((other) => other !== this && other.window.till.alive)
    if (open.length === 0) return
    const { scheduler } = this.#people.world
    const other = draw.pick(open)
    const returns = draw.below(HUNDRED)
    patient.staysAwayFrom(this.window.till, returns < 60 ? HOUR : 2 * DAY)
    scheduler.after(MINUTE, `${patient.card.name} goes to ${other.window.till.name}`, () => {
      other.enqueue(async () => {
        this.#people.hit('state:served-elsewhere-with-a-doubt')
        await other.#serveHim(patient, other.window.till.kind === 'hospital' ? 'settle' : 'sale', draw)
        if (returns < 60) scheduler.after(MINUTE, `${patient.card.name} comes back to ${this.window.till.name}`, () => this.enqueue(() => this.#comeBack(patient)))
      })
    })
  }

  /** Whose card the last refund here was of. */
  #refundedHolder(otherwise: Patient): Patient {
    const last = this.#people.at(this.window.till).statements.findLast(({ refunded }) => refunded)
    return this.#patients.find(({ card }) => card.name === last?.card) ?? otherwise
  }
}

/** What is done at a counter beside serving people, and how likely on a day, of a hundred. */
const BESIDE: readonly (readonly [Purpose, number])[] = [
  ['link', 45],
  ['link', 30],
  ['look', 60],
  ['look', 50],
  ['look', 40],
  ['hostile', 30],
  ['hostile', 15]
]
