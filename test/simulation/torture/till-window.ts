/** A window's side of a host: asks and is answered, hears what is told, and knows when there is nobody left to answer. */

import type { CardView } from '../../../electron/contract/card-view.ts'
import type { TerminalEvent, TerminalState } from '../../../electron/contract/events.ts'
import type { Answers, Params, RequestName } from '../../../electron/contract/requests.ts'
import type { Answer } from '../../../electron/contract/terminal.ts'
import type { HostTerminal } from '../../support/host-terminal.ts'
import type { MortalProcess } from './mortal-process.ts'

/** A cashier would call somebody. */
const PATIENCE_MS = 30_000

/** An answer that is a refusal where the workload cannot go on. */
export class Refused extends Error {
  readonly kind: string

  constructor(name: string, kind: string) {
    super(`${name}: ${kind}`)
    this.kind = kind
  }
}

export class TillWindow {
  readonly #host: HostTerminal
  readonly #process: MortalProcess

  constructor(host: HostTerminal, process: MortalProcess) {
    this.#host = host
    this.#process = process
  }

  ask<Name extends RequestName>(name: Name, params: Params<Name>): Promise<Answer<Name>> {
    return this.#process.whileAlive(inTime(this.#host.call(name, params), name))
  }

  async value<Name extends RequestName>(name: Name, params: Params<Name>): Promise<Answers[Name]> {
    const answer = await this.ask(name, params)
    if (!answer.ok) throw new Refused(name, answer.error.kind)
    return answer.value
  }

  state(): Promise<TerminalState> {
    return this.value('terminal.state', {})
  }

  /** The next event, or one since `from`, that `find` accepts; undefined after `ms`. Throws ProcessDied. */
  hear<Found>(find: (event: TerminalEvent) => Found | undefined, from: number, ms: number): Promise<Found | undefined> {
    return this.#process.whileAlive(
      new Promise((resolve) => {
        const look = (event: TerminalEvent): void => {
          const found = find(event)
          if (found !== undefined) end(found)
        }
        const stop = this.#host.listen(look)
        const timer = setTimeout(() => end(undefined), ms)
        const forget = (): void => {
          clearTimeout(timer)
          stop()
        }
        const end = (found: Found | undefined): void => {
          forget()
          resolve(found)
        }
        void this.#process.exited.then(forget)
        this.#host.events.slice(from).forEach(look)
      })
    )
  }

  get heard(): number {
    return this.#host.events.length
  }

  /** Puts the card in, and waits until it was read. */
  async insert(card: string): Promise<CardView> {
    const from = this.heard
    await this.value('reader.insert', { card })
    const shown = await this.hear(panelSettled, from, PATIENCE_MS)
    if (shown === undefined) throw new Error(`the card ${card} was not read in ${PATIENCE_MS} ms`)
    if (shown.state === 'refused') throw new Refused('reader.insert', shown.refusal.kind)
    if (shown.state !== 'ready') throw new Refused('reader.insert', shown.state)
    return shown.card
  }

  /** The card that lies in it since the start. */
  async present(): Promise<CardView | undefined> {
    const { panel } = await this.state()
    if (panel.state === 'ready') return panel.card
    if (panel.state !== 'reading') return undefined
    const shown = await this.hear(panelSettled, 0, PATIENCE_MS)
    return shown?.state === 'ready' ? shown.card : undefined
  }
}

function panelSettled(event: TerminalEvent) {
  if (event.topic !== 'card') return undefined
  return event.panel.state === 'ready' || event.panel.state === 'refused' || event.panel.state === 'no-reader' ? event.panel : undefined
}

function inTime<Value>(answer: Promise<Value>, name: string): Promise<Value> {
  return new Promise((resolve, reject) => {
    // A host that died has nothing to answer any more; nobody waits for that.
    const timer = setTimeout(() => reject(new Error(`${name}: no answer in ${PATIENCE_MS} ms`)), PATIENCE_MS).unref()
    const end = (value: Value): void => {
      clearTimeout(timer)
      resolve(value)
    }
    void answer.then(end)
  })
}
