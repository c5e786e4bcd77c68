/** The centre: a database that stays, and in front of it one `caresettle centre serve` after the other, at one address. */

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { centrePlan, type KillPlan } from './kill-plan.ts'
import { MortalProcess, ProcessDied } from './mortal-process.ts'
import type { TorturePorts } from './torture-ports.ts'

const ENTRY = join(import.meta.dirname, '..', '..', '..', 'electron', 'cli', 'caresettle.js')

export interface CentrePlace {
  /** sqlite:FILE or postgres://... */
  readonly db: string
  readonly port: number
}

export class MortalCentre {
  readonly place: CentrePlace
  readonly #ports: TorturePorts
  #process: MortalProcess | undefined

  constructor(place: CentrePlace, ports: TorturePorts) {
    this.place = place
    this.#ports = ports
  }

  get url(): string {
    return `http://127.0.0.1:${this.place.port}`
  }

  /** What goes on at a till that may ask it something. */
  begins(phase: string): void {
    if (this.#process?.isDead === false) this.#process.begins(phase, this.#ports.durations.of(phase))
  }

  async start(plan?: KillPlan): Promise<void> {
    const { ports, place } = { ports: this.#ports, place: this.place }
    const began = ports.now()
    const { CARESETTLE_KILL_AT: _, ...environment } = process.env
    const child = spawn(process.execPath, [ENTRY, 'centre', 'serve', '--db', place.db, '--port', String(place.port), '--json', '--log', 'warn'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: plan?.kind === 'point' ? { ...environment, CARESETTLE_KILL_AT: plan.at } : environment
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => ports.events.say('centre', `log: ${text.trim().slice(0, 500)}`))
    const life = new MortalProcess({ who: 'centre', child, plan: plan ?? { kind: 'point', at: 'never' }, ports, startMs: ports.durations.of('start centre') })
    this.#process = life
    const isReady = await life.whileAlive(said(createInterface({ input: child.stdout }), '}'))
    if (!isReady) {
      await life.exited
      throw new ProcessDied('centre')
    }
    ports.durations.took('start centre', ports.now() - began)
    life.phase = 'idle'
  }

  /** Starts it, and starts it again whenever it was killed, until `isOver`. */
  async live(dice: TorturePorts['dice'], isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      try {
        if (this.#process === undefined || this.#process.isDead) await this.start(this.#ports.mayKill() ? centrePlan(dice) : undefined)
        await this.#process?.exited
      } catch (cause) {
        if (!(cause instanceof ProcessDied)) throw cause
      }
    }
  }

  async stop(): Promise<void> {
    if (this.#process?.isDead === false) await this.#process.stop()
  }
}

async function said(lines: AsyncIterable<string>, last: string): Promise<boolean> {
  for await (const line of lines) if (line === last) return true
  return false
}
