/** Which terminals have heard of the rules that the centre gives out now: from then on they must work by them. */

import type { Observation } from './view.ts'

const POLICIES = '/v1/policies'
const FRESH = 200
const UNCHANGED = 304

export class PolicyWatch {
  readonly #asked = new Set<number>()
  readonly #heard = new Set<string>()
  /** Had heard before the card that lies there was put in. */
  readonly #bound = new Set<string>()

  told(observation: Observation): void {
    switch (observation.kind) {
      case 'policies-published':
      case 'centre-restored':
        for (const known of [this.#asked, this.#heard, this.#bound]) known.clear()
        return
      case 'http-request':
        if (observation.exchange !== undefined && observation.path.startsWith(POLICIES)) this.#asked.add(observation.exchange)
        return
      case 'http-heard':
        return this.#hear(observation)
      case 'card-in':
        if (this.#heard.has(observation.terminal)) this.#bound.add(observation.terminal)
        return
      case 'fault':
        if (observation.struck.kind.startsWith('disk-')) this.#forget(observation.struck.terminal)
        return
      case 'lawful-loss':
        return this.#forget(observation.terminal)
      default:
    }
  }

  isBound(terminal: string): boolean {
    return this.#bound.has(terminal)
  }

  #hear({ exchange, terminal, status, isForged }: Extract<Observation, { kind: 'http-heard' }>): void {
    if (this.#asked.delete(exchange) && !isForged && (status === FRESH || status === UNCHANGED)) this.#heard.add(terminal)
  }

  /** It may not have been able to write it down, or has lost it again. */
  #forget(terminal: string | undefined): void {
    if (terminal === undefined) return
    this.#heard.delete(terminal)
    this.#bound.delete(terminal)
  }
}
