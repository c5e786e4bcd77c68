/** A till: a data folder that stays, and in it one host after the other, each until it is killed. */

import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TerminalEvent } from '../../../electron/contract/events.ts'
import { HostTerminal } from '../../support/host-terminal.ts'
import type { KillPlan } from './kill-plan.ts'
import { MortalProcess } from './mortal-process.ts'
import { TillWindow } from './till-window.ts'
import type { TorturePorts } from './torture-ports.ts'

export interface TillPlace {
  readonly name: string
  /** Data folder; cards/ in it leads to the run's cards, which wander. */
  readonly folder: string
  readonly kind: 'hospital' | 'pharmacy'
  readonly institution: string
  readonly fixtures: string
}

const NEVER: KillPlan = { kind: 'point', at: 'never' }

export class MortalTill {
  readonly place: TillPlace
  readonly #ports: TorturePorts
  #process: MortalProcess | undefined
  #window: TillWindow | undefined

  constructor(place: TillPlace, ports: TorturePorts) {
    this.place = place
    this.#ports = ports
  }

  get window(): TillWindow {
    if (this.#window === undefined) throw new Error(`${this.place.name} was not started`)
    return this.#window
  }

  /** What goes on, or went on when it was killed. */
  get phase(): string {
    return this.#process?.phase ?? 'starting'
  }

  /** Ready to answer. Throws ProcessDied when it was killed before that. `insert`: the card that lies in its reader. */
  async start(plan: KillPlan = NEVER, insert?: string): Promise<void> {
    const { ports, place } = { ports: this.#ports, place: this.place }
    const began = ports.now()
    const complains = (text: string): void => ports.events.say(place.name, `stderr: ${text.trim()}`)
    const host = new HostTerminal({
      data: place.folder,
      fixtures: place.fixtures,
      complains,
      ...(plan.kind === 'point' ? { killAt: plan.at } : {}),
      ...(insert === undefined ? {} : { insert })
    })
    const process = new MortalProcess({ who: place.name, child: host.child, plan, ports, startMs: ports.durations.of('start') })
    this.#process = process
    this.#window = new TillWindow(host, process)
    const ready = await this.#window.hear(hostState, 0, START_MS_MAX)
    if (ready !== 'ready') throw new Error(`${place.name} does not start: ${ready ?? 'nothing said'}`)
    ports.durations.took('start', ports.now() - began)
    process.phase = 'idle'
    await this.window.value('reader.pace', { pace: 'instant' })
  }

  /** Something that a person does here, by name; it may be the last thing. */
  async during<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
    const { durations, now } = this.#ports
    const process = this.#process
    process?.begins(name, durations.of(name))
    const began = now()
    try {
      return await work()
    } finally {
      if (process?.isDead === false) {
        durations.took(name, now() - began)
        process.phase = 'idle'
      }
    }
  }

  async gone(): Promise<void> {
    await this.#process?.exited
  }

  async stop(): Promise<void> {
    if (this.#process?.isDead === false) await this.#process.stop()
  }
}

const START_MS_MAX = 60_000

function hostState(event: TerminalEvent): string | undefined {
  if (event.topic !== 'host') return undefined
  return event.host.state === 'failed' ? `failed: ${event.host.reason}` : event.host.state
}

/** The folder of a till that has never been used. */
export function makeTill({ folder, kind, institution, name }: TillPlace, cards: string): void {
  mkdirSync(folder, { recursive: true })
  symlinkSync(cards, join(folder, 'cards'))
  const place = kind === 'pharmacy' ? { fixmedins_name: '测试大药房', kind, is_pooling: true, is_dual_channel: true } : { fixmedins_name: '测试第一医院', kind, level: 2 }
  writeFileSync(join(folder, 'till.json'), JSON.stringify({ institution: { fixmedins_code: institution, ...place }, terminal_name: name }))
}
