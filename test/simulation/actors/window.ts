/** A till's window as somebody sits before it: what it shows, what it is asked, and how long anybody waits for it. */

import type { TerminalState } from '../../../electron/contract/events.ts'
import type { Answers, Params, RequestName } from '../../../electron/contract/requests.ts'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { ResolutionView } from '../../../electron/contract/settlement-view.ts'
import type { Answer } from '../../../electron/contract/terminal.ts'
import type { SimTerminal } from '../world/faces.ts'
import type { Scheduler } from '../world/scheduler.ts'

/** No request of the contract takes as long as this, whatever reader, centre or disk do. */
export const ANSWER_MS_MAX = 10 * 60_000

export type Heard<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'refused'; readonly refusal: RefusalView }
  | { readonly kind: 'host-died' }
  | { readonly kind: 'nobody-answered' }

export type Shown = Pick<TerminalState, 'panel' | 'bill' | 'inDoubt' | 'sync'>

export class Window {
  readonly till: SimTerminal
  readonly #clock: Scheduler
  readonly #waiting = new Set<() => void>()
  /** As the last events say; undefined: nothing was told since the host began. */
  panel: Shown['panel'] | undefined
  sync: Shown['sync'] | undefined
  /** Every resolution that was told, oldest first. */
  readonly resolutions: ResolutionView[] = []

  constructor(till: SimTerminal, clock: Scheduler) {
    this.till = till
    this.#clock = clock
    till.listen((event) => {
      if (event.topic === 'card') this.panel = event.panel
      else if (event.topic === 'sync') this.sync = event.sync
      else if (event.topic === 'resolved') this.resolutions.push(...event.resolutions)
      else return
      for (const look of this.#waiting) look()
    })
  }

  async ask<Name extends RequestName>(name: Name, params: Params<Name>): Promise<Heard<Answers[Name]>> {
    return this.#heard(this.till.ask(name, params))
  }

  async askRaw(name: string, params: unknown): Promise<Heard<unknown>> {
    return this.#heard(this.till.askRaw(name, params))
  }

  /** What `find` sees in the window, now or after one of the next events; undefined: not within the time. */
  until<Found>(find: () => Found | undefined, withinMs: number): Promise<Found | undefined> {
    const found = find()
    if (found !== undefined) return Promise.resolve(found)
    return new Promise((resolve) => {
      const end = (seen: Found | undefined): void => {
        this.#waiting.delete(look)
        cancel()
        resolve(seen)
      }
      const look = (): void => {
        const seen = find()
        if (seen !== undefined) end(seen)
      }
      const cancel = this.#clock.after(withinMs, `${this.till.name} patience`, () => end(undefined))
      this.#waiting.add(look)
    })
  }

  #atMost<Value>(asked: Promise<Value>): Promise<Value | 'nobody-answered'> {
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(ANSWER_MS_MAX, `${this.till.name} answer`, () => resolve('nobody-answered'))
      void asked.then(resolve, reject).finally(cancel)
    })
  }

  async #heard<Value>(asked: Promise<Result<Value> | 'host-died'>): Promise<Heard<Value>> {
    const answer = await this.#atMost(asked)
    if (answer === 'host-died') {
      this.panel = undefined
      this.sync = undefined
    }
    if (answer === 'host-died' || answer === 'nobody-answered') return { kind: answer }
    return answer.ok ? { kind: 'value', value: answer.value } : { kind: 'refused', refusal: answer.error }
  }
}

type Result<Value> = Extract<Answer<RequestName>, { ok: false }> | { readonly ok: true; readonly value: Value }
