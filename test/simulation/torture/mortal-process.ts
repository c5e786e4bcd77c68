/**
 * One life of a process of ours, from its start to the SIGKILL that was planned for it. Counts the operations that go on in
 * it, and kills it within the one that the plan names, or within the start.
 */

import type { ChildProcess } from 'node:child_process'
import type { KillPlan } from './kill-plan.ts'
import type { TorturePorts } from './torture-ports.ts'

/** Thrown to whoever waits for an answer of a process that is gone. */
export class ProcessDied extends Error {
  constructor(who: string) {
    super(`${who} has died`)
  }
}

/** A process whose point was not reached in so many operations dies within the next. */
const OPERATIONS_WITHOUT_POINT_MAX = 24

export interface Life {
  readonly who: string
  readonly child: ChildProcess
  readonly plan: KillPlan
  readonly ports: TorturePorts
  /** In how many ms it usually is ready. */
  readonly startMs: number
}

export class MortalProcess {
  /** What it does just now, or did when it was killed. */
  phase = 'starting'
  readonly exited: Promise<void>
  readonly #life: Life
  readonly #timers = new Set<NodeJS.Timeout>()
  #operations = 0
  #isDead = false
  #isEnding = false

  constructor(life: Life) {
    this.#life = life
    const { child, plan, startMs } = life
    // A message to a child that has just died is lost, as it should be.
    child.on('error', () => undefined)
    this.exited = new Promise((resolve) => child.once('exit', (code, signal) => this.#ended(signal ?? code, resolve)))
    if (plan.kind === 'starting') this.#killAfter((startMs * plan.permille) / 1000)
  }

  get isDead(): boolean {
    return this.#isDead
  }

  /** Something goes on in it that can be told by name; `usualMs`: how long that takes. */
  begins(phase: string, usualMs: number): void {
    const { plan } = this.#life
    this.phase = phase
    this.#operations += 1
    if (plan.kind === 'operation' && plan.nth === this.#operations) this.#killAfter((usualMs * plan.permille) / 1000)
    if (this.#operations === OPERATIONS_WITHOUT_POINT_MAX && plan.kind !== 'operation') this.#killAfter(usualMs / 2)
  }

  /** `work`, or ProcessDied as soon as it is dead. */
  async whileAlive<Value>(work: Promise<Value>): Promise<Value> {
    const died = this.exited.then(() => {
      throw new ProcessDied(this.#life.who)
    })
    died.catch(() => undefined)
    work.catch(() => undefined)
    return Promise.race([work, died])
  }

  /** As a person ends it. */
  async stop(): Promise<void> {
    this.#isEnding = true
    this.#life.child.kill('SIGTERM')
    await this.exited
  }

  #killAfter(ms: number): void {
    const timer = setTimeout(() => {
      if (this.#isDead || this.#isEnding || !this.#life.ports.mayKill()) return
      this.#life.child.kill('SIGKILL')
    }, ms)
    this.#timers.add(timer)
  }

  #ended(how: NodeJS.Signals | number | null, resolve: () => void): void {
    const { who, plan, ports } = this.#life
    this.#isDead = true
    for (const timer of this.#timers) clearTimeout(timer)
    if (how === 'SIGKILL') {
      const at = plan.kind === 'point' ? ` @${plan.at.replace(/#.*/, '')}` : ''
      ports.kills.add(`${who.replace(/-\d+$/, '')} ${this.phase}${at}`)
      ports.events.say(who, `killed while ${this.phase}${at === '' ? '' : `, plan ${at}`}`)
    } else if (!this.#isEnding) {
      ports.found({ where: who, what: `ended by itself with ${String(how)} while ${this.phase}` })
    }
    resolve()
  }
}
