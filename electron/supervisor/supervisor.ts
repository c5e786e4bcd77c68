/**
 * Keeps a terminal host running and stands between it and whoever asks. The host may die at any moment, in the middle of
 * a settlement too: then every caller gets an answer, a new host is started with the same card in its reader, and everyone
 * who listens is told.
 *
 *   starting --ready--> ready --ended--> restarting --ready--> ready
 *       \                                    |  ended again and again
 *        `------------ended-----------------'`--> failed
 */

import { refuse } from '../../base/result.ts'
import type { TerminalEvent } from '../contract/events.ts'
import type { RequestName } from '../contract/requests.ts'
import type { HostState } from '../contract/till-view.ts'
import { hostAway } from './host-away.ts'
import { parseHostMessage } from './host-message.ts'
import type { HostProcess, StartHost } from './host-process.ts'
import { insertedCard } from './inserted-card.ts'
import { PendingCalls, type AnyAnswer } from './pending-calls.ts'
import { restartAfter, STEADY_MS } from './restart-policy.ts'
import type { Timer } from './timer.ts'

/** A host that opens its ledger and reads its rules takes well under a second. */
export const READY_MS_MAX = 20_000
/** A window asks for a handful of things before the first host is ready; more is a fault of the window. */
export const WAITING_MAX = 100
/** Time to let go of card and ledger when the program is closed. */
export const RELEASE_MS_MAX = 2_000

interface Waiting {
  readonly name: RequestName
  readonly params: unknown
  readonly answer: (answer: AnyAnswer) => void
}

interface Run {
  readonly process: HostProcess
  readonly readyAt: number | undefined
}

export class Supervisor {
  readonly #startHost: StartHost
  readonly #timer: Timer
  readonly #pending: PendingCalls
  readonly #listeners = new Set<(event: TerminalEvent) => void>()
  #state: HostState = { state: 'starting' }
  #run: Run | undefined
  #waiting: Waiting[] = []
  #inserted: string | null = null
  #quickFailures = 0
  #heardAt = 0
  /** Why this program itself ended the host, where it did. */
  #endedBecause: string | undefined
  #cancelWait: () => void = () => {}
  #released: (() => void) | undefined

  constructor(startHost: StartHost, timer: Timer) {
    this.#startHost = startHost
    this.#timer = timer
    this.#pending = new PendingCalls(timer, (name, since) => this.#callOverdue(name, since))
  }

  get state(): HostState {
    return this.#state
  }

  start(): void {
    this.#heardAt = this.#timer.now()
    let ended = false
    const process = this.#startHost(
      { insert: this.#inserted },
      {
        message: (message) => {
          if (!ended) this.#receive(message)
        },
        ended: (reason) => {
          if (ended) return
          ended = true
          this.#ended(reason)
        }
      }
    )
    // It may have ended before this line: then another start is under way or none will be.
    if (ended) return
    this.#run = { process, readyAt: undefined }
    this.#cancelWait = this.#timer.after(READY_MS_MAX, () => this.#endRun(`was not ready within ${READY_MS_MAX / 1000} s`))
  }

  /** Never rejects. Calls made while the very first host starts wait for it; later ones are answered at once. */
  call(name: RequestName, params: unknown): Promise<AnyAnswer> {
    return new Promise((answer) => {
      switch (this.#state.state) {
        case 'ready':
          this.#handOver({ name, params, answer })
          return
        case 'starting':
          if (this.#waiting.length < WAITING_MAX) this.#waiting.push({ name, params, answer })
          else answer(refuse(hostAway(name, 'away')))
          return
        case 'restarting':
          answer(refuse(hostAway(name, 'away')))
          return
        case 'failed':
          answer(refuse(hostAway(name, 'failed')))
      }
    })
  }

  /** Begins with the state of the host: who comes late must not wait for the next change. */
  listen(listener: (event: TerminalEvent) => void): () => void {
    // Two listeners may be one function: each is its own entry.
    const entry = (event: TerminalEvent): void => listener(event)
    this.#listeners.add(entry)
    entry({ topic: 'host', host: this.#state })
    return () => this.#listeners.delete(entry)
  }

  /** Lets the host go, for good. Done when it is gone. */
  async stop(): Promise<void> {
    const run = this.#run
    this.#cancelWait()
    this.#refuseWaiting('away')
    if (run === undefined) return
    await new Promise<void>((released) => {
      this.#released = released
      this.#cancelWait = this.#timer.after(RELEASE_MS_MAX, () => run.process.kill())
      run.process.release()
    })
    this.#cancelWait()
  }

  #handOver({ name, params, answer }: Waiting): void {
    const id = this.#pending.add(name, answer)
    this.#run?.process.send({ id, name, params })
  }

  #receive(received: unknown): void {
    this.#heardAt = this.#timer.now()
    const message = parseHostMessage(received)
    if (message === undefined) return
    if (message.kind === 'answer') {
      this.#pending.settle(message.id, message.answer)
      return
    }
    const { event } = message
    if (event.topic === 'host') {
      this.#heardState(event.host)
      return
    }
    const inserted = insertedCard(event)
    if (inserted !== undefined) this.#inserted = inserted
    this.#tell(event)
  }

  /** Of a host's own words only `ready` and the reason of a failure count; where it stands is seen from here. */
  #heardState(host: HostState): void {
    if (host.state === 'failed') this.#endedBecause ??= host.reason
    if (host.state !== 'ready' || this.#run === undefined || this.#run.readyAt !== undefined) return
    this.#cancelWait()
    this.#run = { ...this.#run, readyAt: this.#timer.now() }
    this.#change({ state: 'ready' })
    const waiting = this.#waiting
    this.#waiting = []
    for (const call of waiting) this.#handOver(call)
  }

  #ended(exit: string): void {
    const readyAt = this.#run?.readyAt
    const reason = this.#endedBecause ?? exit
    this.#endedBecause = undefined
    this.#run = undefined
    this.#cancelWait()
    if (this.#released !== undefined) {
      this.#pending.loseAll()
      this.#released()
      return
    }
    const wasSteady = readyAt !== undefined && this.#timer.now() - readyAt >= STEADY_MS
    this.#quickFailures = wasSteady ? 1 : this.#quickFailures + 1
    const restart = restartAfter(this.#quickFailures)
    // First the state, then the answers: who is told that the host is away can see it on the screen.
    if (restart.kind === 'give-up') {
      this.#change({ state: 'failed', reason })
      this.#pending.loseAll()
      this.#refuseWaiting('failed')
      return
    }
    this.#change({ state: 'restarting', attempt: restart.attempt, reason })
    this.#pending.loseAll()
    this.#refuseWaiting('away')
    this.#cancelWait = this.#timer.after(restart.delayMs, () => this.start())
  }

  #refuseWaiting(absence: 'away' | 'failed'): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const { name, answer } of waiting) answer(refuse(hostAway(name, absence)))
  }

  /** A host that has said nothing at all since the call was made hangs. One that tells of progress is only slow. */
  #callOverdue(name: RequestName, since: number): void {
    if (this.#heardAt <= since) this.#endRun(`gave no sign of life while it was asked for ${name}`)
  }

  #endRun(because: string): void {
    this.#endedBecause ??= because
    this.#run?.process.kill()
  }

  #change(state: HostState): void {
    this.#state = state
    this.#tell({ topic: 'host', host: state })
  }

  #tell(event: TerminalEvent): void {
    for (const listener of this.#listeners) listener(event)
  }
}
