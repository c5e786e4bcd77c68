/**
 * One run: hosts at work, a centre behind them, and processes that die. When enough have died everything is started once more,
 * every card is put into every reader, everything is sent, and what is left is audited as a whole.
 */

import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Clerk } from './clerk.ts'
import { Dice } from './dice.ts'
import { openAudit, type AuditScope, type DiskAudit } from './disk-audit.ts'
import { Durations } from './durations.ts'
import { EventTail } from './event-tail.ts'
import { hostPlan } from './kill-plan.ts'
import { MortalCentre } from './mortal-centre.ts'
import { MortalTill } from './mortal-till.ts'
import { ProcessDied } from './mortal-process.ts'
import { openGround, type ProvingGround } from './proving-ground.ts'
import { becomeQuiet } from './quiet.ts'
import { Tally } from './tally.ts'
import type { Told } from './told.ts'
import type { TortureOptions } from './torture-options.ts'
import type { Finding, TorturePorts } from './torture-ports.ts'
import { Wallet } from './wallet.ts'

export interface TortureReport {
  readonly options: TortureOptions
  readonly seconds: number
  readonly kills: Tally
  readonly operations: Tally
  readonly told: Tally
  readonly audits: number
  readonly findings: readonly Finding[]
  readonly events: readonly string[]
  /** Kept when something is wrong, or wanted. */
  readonly folder: string | undefined
}

const MINUTE_MS = 60_000
const now = (): number => performance.now()

export async function torture(options: TortureOptions, say: (line: string) => void): Promise<TortureReport> {
  const ground = await openGround(options)
  // As the window's supervisor gives it to its host: a start compiles nothing anew.
  process.env['NODE_COMPILE_CACHE'] ??= join(tmpdir(), 'caresettle-torture-compiled')
  return new TortureRun(options, ground, say).report()
}

class TortureRun {
  readonly #options: TortureOptions
  readonly #ground: ProvingGround
  readonly #say: (line: string) => void
  readonly #ports: TorturePorts
  readonly #findings: Finding[] = []
  readonly #told: Told[] = []
  readonly #toldCounts = new Tally()
  readonly #centre: MortalCentre
  readonly #tills: readonly { readonly till: MortalTill; readonly clerk: Clerk; readonly dice: Dice }[]
  readonly #began = now()
  #audits = 0
  #isOver = false

  constructor(options: TortureOptions, ground: ProvingGround, say: (line: string) => void) {
    this.#options = options
    this.#ground = ground
    this.#say = say
    const dice = new Dice(options.seed)
    const kills = new Tally()
    this.#ports = {
      dice,
      kills,
      now,
      durations: new Durations(),
      events: new EventTail(now),
      operations: new Tally(),
      mayKill: () => !this.#isOver && this.#findings.length === 0 && kills.total < options.kills,
      found: (finding) => void this.#findings.push(finding)
    }
    let packs = 0
    const wallet = new Wallet(ground.cards)
    this.#centre = new MortalCentre({ db: ground.db, port: ground.port }, this.#ports)
    this.#tills = ground.tills.map((place) => {
      const till = new MortalTill(place, this.#ports)
      const ports = { ...this.#ports, dice: dice.fork(place.name), till, wallet, centre: this.#centre, told: (told: Told) => this.#tell(told), nextPack: () => (packs += 1), epochMs: () => Date.now() }
      return { till, clerk: new Clerk(ports), dice: dice.fork(`plans of ${place.name}`) }
    })
  }

  async report(): Promise<TortureReport> {
    const { folder } = this.#ground
    const progress = setInterval(() => this.#say(this.#line()), MINUTE_MS)
    let audit: DiskAudit | undefined
    try {
      audit = await openAudit(this.#ground, this.#told)
      await this.#run(audit)
    } catch (cause) {
      this.#findings.push({ where: 'run', what: cause instanceof Error ? cause.stack ?? cause.message : String(cause) })
    } finally {
      this.#isOver = true
      clearInterval(progress)
      await Promise.all([...this.#tills.map(({ till }) => till.stop()), this.#centre.stop()])
      if (this.#findings.length > 0) await audit?.keepCentre()
      await audit?.close()
      await this.#ground.close()
    }
    const isKept = this.#options.keep || this.#findings.length > 0
    if (!isKept) rmSync(folder, { recursive: true, force: true })
    return {
      options: this.#options,
      seconds: Math.round((now() - this.#began) / 1000),
      kills: this.#ports.kills,
      operations: this.#ports.operations,
      told: this.#toldCounts,
      audits: this.#audits,
      findings: this.#findings,
      events: this.#ports.events.lines,
      folder: isKept ? folder : undefined
    }
  }

  async #run(audit: DiskAudit): Promise<void> {
    await this.#centre.start()
    await this.#connect()
    const centre = this.#centre.live(this.#ports.dice.fork('plans of the centre'), () => !this.#ports.mayKill())
    await Promise.all(this.#tills.map((each) => this.#live(each, audit)))
    await this.#centre.stop()
    await centre
    if (this.#findings.length > 0) return
    await becomeQuiet(this.#centre, this.#tills, this.#ports)
    await this.#audit(audit, { after: undefined, cards: this.#ground.cards.map(({ id }) => id), isQuiet: true })
  }

  /** Everybody is enrolled before anybody dies. */
  async #connect(): Promise<void> {
    for (const { till } of this.#tills) {
      await till.start()
      const code = await this.#ground.enrolmentCode(till.place.institution)
      await till.window.value('sync.connect', { url: this.#centre.url, code })
      await till.stop()
    }
  }

  async #live({ till, clerk, dice }: { readonly till: MortalTill; readonly clerk: Clerk; readonly dice: Dice }, audit: DiskAudit): Promise<void> {
    const { mayKill } = this.#ports
    while (mayKill()) {
      const insert = clerk.cardAtStart()
      try {
        await till.start(hostPlan(dice), insert)
        await clerk.begin()
        while (mayKill()) await clerk.work()
        await till.stop()
      } catch (cause) {
        if (!(cause instanceof ProcessDied)) {
          this.#isOver = true
          throw cause
        }
        await till.gone()
        const { inReader } = clerk
        await this.#audit(audit, { after: till.place.name, cards: inReader === undefined ? [] : [inReader], isQuiet: false })
      }
    }
  }

  async #audit(audit: DiskAudit, scope: AuditScope): Promise<void> {
    this.#audits += 1
    this.#findings.push(...(await audit.look(scope)))
  }

  #tell(told: Told): void {
    this.#told.push(told)
    this.#toldCounts.add(told.kind)
  }

  #line(): string {
    const seconds = Math.round((now() - this.#began) / 1000)
    const { kills, operations } = this.#ports
    return `${String(Math.floor(seconds / 60)).padStart(3)} min  kills ${kills.total}/${this.#options.kills}  operations ${operations.total}  ${this.#toldCounts.text}  audits ${this.#audits}  findings ${this.#findings.length}`
  }
}
