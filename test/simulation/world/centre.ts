/**
 * The centre: the shipped app on a SQLite file of its own, asked in process. It answers within one event; what a wire would do to
 * question and answer is the link's business (`network.ts`). It can be killed before any statement, be away, and come back from a
 * backup.
 */

import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { invariant } from '../../../base/invariant.ts'
import { seedCentre } from '../../../electron/centre/seed.ts'
import { wireCentre, type WiredCentre } from '../../../electron/centre/wire-centre.ts'
import type { CentreLog, CentreMoment } from '../../../settlement/centre/ports.ts'
import { unpackWhole } from '../../../settlement/centre/serve/unpack.ts'
import { FIXTURES } from './chips.ts'
import { copyFolder } from './copy-folder.ts'
import { Disk } from './disk.ts'
import type { SimCentre } from './faces.ts'
import type { FaultBook } from './faults.ts'
import { HostKilled, Life } from './life.ts'
import type { EventLog } from './event-log.ts'
import type { Observer } from './observation.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

export interface CentrePlace {
  readonly folder: string
  /** Of the people and cards that it knows when it begins. */
  readonly people: string
  readonly scheduler: Scheduler
  readonly random: Random
  readonly faults: FaultBook
  readonly log: EventLog
  readonly tell: Observer
}

export interface Question {
  readonly method: 'GET' | 'POST'
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | undefined
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Uint8Array
}

/** `down`: nobody listens. `died`: it was there, and is no more. */
export type Asked = Reply | 'down' | 'died'

const NO_LIMIT = { burst: 1_000_000, perSecond: 1_000_000 }
/** ms until whoever looks after it has started it again. */
const RESTART_MS = { least: 5_000, most: 90_000 }

export class Centre implements SimCentre {
  readonly #place: CentrePlace
  readonly #disk: Disk
  #life: Life | undefined
  #wired: WiredCentre | undefined
  #isWanted = false
  #backupOf: string | undefined

  constructor(place: CentrePlace) {
    this.#place = place
    const { random, faults } = place
    const dice = random.fork('faults')
    this.#disk = new Disk({
      folder: join(place.folder, 'centre'),
      random: random.fork('disk'),
      fileFault: () => undefined,
      databaseFaults: (kind) => {
        const fault = faults.draw(dice, kind === 'read' ? ['centre-killed'] : ['centre-killed', 'centre-disk-full'])
        if (fault === 'centre-killed') {
          faults.strike(fault)
          return 'killed'
        }
        if (fault === undefined || (kind !== 'write' && kind !== 'commit')) return undefined
        faults.strike(fault)
        return 'full'
      }
    })
  }

  get alive(): boolean {
    return this.#wired !== undefined
  }

  get file(): string {
    return join(this.#disk.folder, 'centre.db')
  }

  get writes(): number {
    return this.#disk.writes
  }

  /** undefined while it is down. */
  get ports(): WiredCentre['ports'] | undefined {
    return this.#wired?.ports
  }

  async start(): Promise<void> {
    this.#isWanted = true
    if (this.#life !== undefined) return
    const { scheduler, random, tell, log } = this.#place
    const life = new Life('centre')
    this.#life = life
    life.atEnd(() => this.#died(life))
    const clock = (): CentreMoment => {
      const { cardTime, today } = scheduler.moment
      return { time: cardTime, today, epochMs: scheduler.now }
    }
    const options = {
      url: `sqlite:${this.file}`,
      fixtures: FIXTURES,
      log: this.#says(),
      version: '0.0.0',
      clock,
      entropy: random,
      openDatabase: this.#disk.opener(life),
      // As the centre's second thread does it, on this one.
      unpack: (body: Uint8Array) => Promise.resolve(unpackWhole(body)),
      faultPoint: () => life.check(),
      wait: (ms: number) => scheduler.sleep(ms, 'centre waits'),
      rates: { address: NO_LIMIT, terminal: NO_LIMIT, enrolment: NO_LIMIT }
    }
    try {
      const wired = await scheduler.hold(wireCentre(options))
      invariant(wired.ok, `the centre does not start: ${JSON.stringify(wired)}`)
      await scheduler.hold(Promise.resolve(wired.value.app.ready()))
      if (life.isOver) return
      this.#wired = wired.value
      log.say('centre', 'is up')
      tell({ kind: 'centre-up', file: this.file })
    } catch (cause) {
      if (!(cause instanceof HostKilled)) throw cause
    }
  }

  async stop(): Promise<void> {
    this.#isWanted = false
    const wired = this.#wired
    if (wired === undefined) return
    this.#wired = undefined
    this.#life = undefined
    const { scheduler, log, tell } = this.#place
    await scheduler.hold(wired.close())
    this.#disk.stopped()
    log.say('centre', 'is down')
    tell({ kind: 'centre-down', cause: 'stopped' })
  }

  kill(): void {
    this.#life?.end()
  }

  /** The world ends: nothing is told any more. */
  abandon(): void {
    const life = this.#life
    this.#isWanted = false
    this.#life = undefined
    this.#wired = undefined
    life?.end()
    this.#disk.close()
  }

  /** Its people and their cards, policies, catalogue: done once, before anything else. */
  async seed(): Promise<void> {
    const { scheduler, people, random } = this.#place
    const ports = this.#ports
    const seeded = await scheduler.hold(seedCentre(ports.database, { fixtures: people, entropy: random.fork('seed'), today: scheduler.moment.today }))
    invariant(seeded.ok, `the centre cannot be seeded: ${JSON.stringify(seeded)}`)
  }

  get #ports(): WiredCentre['ports'] {
    invariant(this.#wired !== undefined, 'the centre is there')
    return this.#wired.ports
  }

  /** Something that its people do; undefined while it is down, or when it died meanwhile. */
  async office<Value>(work: (ports: WiredCentre['ports']) => Promise<Value>): Promise<Value | undefined> {
    const life = this.#life
    const wired = this.#wired
    if (wired === undefined || life === undefined) return undefined
    try {
      return await this.#place.scheduler.hold(life.heardOr(work(wired.ports), undefined))
    } catch (cause) {
      // A clerk whose disk is full has done nothing, and tries another day.
      if (life.isOver || cause instanceof HostKilled || cause instanceof Database.SqliteError) return undefined
      throw cause
    }
  }

  async ask({ method, path, headers, body }: Question): Promise<Asked> {
    const wired = this.#wired
    const life = this.#life
    if (wired === undefined || life === undefined) return 'down'
    const { scheduler } = this.#place
    const asked = { method, url: path, headers, remoteAddress: '192.0.2.1', ...(body === undefined ? {} : { payload: Buffer.from(body) }) }
    const answer = await scheduler.hold(life.heardOr(Promise.resolve(wired.app.inject(asked)), undefined))
    if (life.isOver || answer === undefined) return 'died'
    const { statusCode, rawPayload } = answer
    return { status: statusCode, headers: answer.headers as Reply['headers'], body: new Uint8Array(rawPayload) }
  }

  backUp(): void {
    if (this.#life === undefined) return
    const { log, scheduler } = this.#place
    rmSync(this.#backup, { recursive: true, force: true })
    mkdirSync(this.#backup)
    copyFolder(this.#disk.folder, this.#backup)
    this.#backupOf = scheduler.moment.cardTime
    log.say('centre', 'is backed up')
  }

  async restore(): Promise<void> {
    const backupOf = this.#backupOf
    if (backupOf === undefined) return
    await this.stop()
    this.#disk.replaceBy(this.#backup)
    const { log, tell } = this.#place
    log.say('centre', 'is restored', `as it was at ${backupOf}`)
    tell({ kind: 'centre-restored', file: this.file, backupOf })
    await this.start()
  }

  get #backup(): string {
    return join(this.#place.folder, 'centre-backup')
  }

  #died(life: Life): void {
    if (this.#life !== life) return
    this.#life = undefined
    this.#wired = undefined
    this.#disk.end()
    const { scheduler, random, log, tell } = this.#place
    log.say('centre', 'is killed')
    tell({ kind: 'centre-down', cause: 'killed' })
    scheduler.after(1, 'centre is swept', () => this.#disk.sweep())
    scheduler.after(random.between(RESTART_MS.least, RESTART_MS.most), 'centre is started again', () => {
      if (this.#isWanted) void this.start()
    })
  }

  #says(): CentreLog {
    const { tell } = this.#place
    const say = (fields: Readonly<Record<string, unknown>>, message: string): void =>
      tell({ kind: 'support-line', from: 'centre', line: `${message} ${JSON.stringify(fields)}` })
    return { info: say, warn: say, error: say }
  }
}
