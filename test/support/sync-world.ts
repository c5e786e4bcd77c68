/**
 * Terminals and their centre in one process: real ledgers on SQLite, simulated cards and PSAMs, the centre's own app behind a
 * socket on SQLite or PostgreSQL, and between them a wire that loses what it is told to lose. Everybody's clock is the same
 * and stands until it is moved.
 */

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, request as askOverHttp, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { invariant } from '../../base/invariant.ts'
import type { Result } from '../../base/result.ts'
import { openPsam } from '../../card/psam/psam-session.ts'
import { VirtualReader } from '../../card/reader/virtual/virtual-reader.ts'
import { seedCentre } from '../../electron/centre/seed.ts'
import { unpackBeside } from '../../electron/centre/unpack/beside.ts'
import { wireCentre, type WiredCentre } from '../../electron/centre/wire-centre.ts'
import { EMPTY_REGISTER } from '../../electron/host/card-register.ts'
import { serveVisit, type ServedVisit } from '../../electron/host/counter.ts'
import type { CounterRefusal } from '../../electron/host/counter-refusal.ts'
import { noFault, type FaultPoint } from '../../electron/host/fault-point.ts'
import { readCatalogue, readPolicies } from '../../electron/host/files/delivered.ts'
import type { Rules } from '../../electron/host/patient.ts'
import { readCentreFile, centrePathsIn, type CentrePaths } from '../../electron/host/sync/centre-files.ts'
import { connectSync } from '../../electron/host/sync/connect-sync.ts'
import { enrol } from '../../electron/host/sync/enrol.ts'
import { Stopper } from '../../electron/host/sync/stopper.ts'
import { syncPass, type SyncPass } from '../../electron/host/sync/sync-pass.ts'
import { systemEntropy } from '../../electron/host/system.ts'
import { date } from '../../settlement/calendar/business-date.ts'
import { refundSettlement } from '../../settlement/case/refund-settlement.ts'
import { makeEnrolmentCode } from '../../settlement/centre/enrol/enrol.ts'
import type { CentreMoment } from '../../settlement/centre/ports.ts'
import { openLedger, type SqliteLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import type { BatchLimits } from '../../settlement/sync/batch-maker.ts'
import { epochMsOf } from '../../settlement/sync/moment.ts'
import type { Sync } from '../../settlement/sync/sync.ts'
import { fixtureCard } from '../card/terminal.ts'
import { fixtureVisit, pinOf } from './counter.ts'
import { countingEntropy, poweredPsam } from './psam.ts'

export const INSTITUTION = 'H99999900001'

export const got = <Value>(result: Result<Value, unknown>): Value => {
  invariant(result.ok, `refused: ${JSON.stringify(result)}`)
  return result.value
}

export class WorldClock {
  time = '20260315090000'

  get moment(): CentreMoment {
    return { time: this.time, today: this.today, epochMs: epochMsOf(this.time) }
  }

  get today(): CentreMoment['today'] {
    return date(`${this.time.slice(0, 4)}-${this.time.slice(4, 6)}-${this.time.slice(6, 8)}`)
  }

  wait(ms: number): void {
    const text = new Date(epochMsOf(this.time) + ms + 8 * 3_600_000).toISOString()
    this.time = text.slice(0, 19).replace(/[-:T]/g, '')
  }
}

const SILENT = { info: () => {}, warn: () => {}, error: () => {} }
const NO_LIMIT = { burst: 100_000, perSecond: 100_000 }

/** A centre that can go and come back at the same address. */
export class WorldCentre {
  readonly #url: string
  readonly #clock: WorldClock
  readonly #beside = unpackBeside()
  #wired: WiredCentre | undefined
  #port = 0

  constructor(url: string, clock: WorldClock) {
    this.#url = url
    this.#clock = clock
  }

  get ports(): WiredCentre['ports'] {
    invariant(this.#wired !== undefined, 'the centre is down')
    return this.#wired.ports
  }

  get address(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  get port(): number {
    return this.#port
  }

  async start(): Promise<void> {
    const rates = { address: NO_LIMIT, terminal: NO_LIMIT, enrolment: NO_LIMIT }
    const clock = (): CentreMoment => this.#clock.moment
    this.#wired = got(await wireCentre({ url: this.#url, fixtures: 'fixtures', log: SILENT, version: '0.0.0', clock, rates, unpack: this.#beside.unpack }))
    const address = await this.#wired.listen({ host: '127.0.0.1', port: this.#port })
    this.#port = Number(new URL(address).port)
  }

  async stop(): Promise<void> {
    await this.#wired?.close()
    await this.#beside.close()
    this.#wired = undefined
  }

  async seed(): Promise<void> {
    got(await seedCentre(this.ports.database, { fixtures: 'fixtures', entropy: systemEntropy, today: this.#clock.today }))
  }

  async enrolmentCode(): Promise<string> {
    return got(await makeEnrolmentCode(this.ports, INSTITUTION)).code
  }
}

/** What happens to the next requests for batches, in turn. */
export type WireFault = 'lose-request' | 'lose-reply' | 'send-twice'

/** Stands between a terminal and its centre. */
export class Wire {
  readonly faults: WireFault[] = []
  readonly #centre: WorldCentre
  readonly #server: Server

  constructor(centre: WorldCentre) {
    this.#centre = centre
    this.#server = createServer((incoming, answer) => {
      const parts: Uint8Array[] = []
      incoming.on('data', (part: Uint8Array) => parts.push(part))
      incoming.on('end', () => {
        const fault = incoming.url === '/v1/batches' ? this.faults.shift() : undefined
        if (fault === 'lose-request') return answer.destroy()
        const body = Buffer.concat(parts)
        const pass = (done: (status: number, headers: object, body: Uint8Array) => void): void => {
          const { method, url, headers } = incoming
          const forwarded = askOverHttp({ host: '127.0.0.1', port: this.#centre.port, method, path: url, headers }, (reply) => {
            const received: Uint8Array[] = []
            reply.on('data', (part: Uint8Array) => received.push(part))
            reply.on('end', () => done(reply.statusCode ?? 500, reply.headers, Buffer.concat(received)))
          })
          forwarded.on('error', () => answer.destroy())
          forwarded.end(body)
        }
        const deliver = (status: number, headers: object, bytes: Uint8Array): void => {
          if (fault === 'lose-reply') answer.destroy()
          else answer.writeHead(status, { ...headers }).end(bytes)
        }
        return pass(fault === 'send-twice' ? () => pass(deliver) : deliver)
      })
    })
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const address = this.#server.address()
    invariant(typeof address === 'object' && address !== null, 'a server has a port')
    return `http://127.0.0.1:${address.port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

export interface WorldCard {
  readonly chip: ReturnType<typeof fixtureCard>['chip']
  readonly pin: string
}

export const worldCard = (fixture: string, pin = '246810'): WorldCard => ({ chip: fixtureCard(fixture).chip, pin })

export class WorldTerminal {
  readonly folder: string
  readonly paths: CentrePaths
  readonly number: number
  readonly #clock: WorldClock
  readonly #rules: Rules
  readonly #reader = new VirtualReader('counter')
  readonly #psam: Promise<Parameters<typeof serveVisit>[0]['psam']>
  ledger: SqliteLedger
  #visits = 0

  constructor(folder: string, number: number, clock: WorldClock) {
    this.folder = folder
    this.paths = centrePathsIn(folder)
    this.number = number
    this.#clock = clock
    this.#rules = { policies: got(readPolicies('fixtures')), catalogue: got(readCatalogue('fixtures')), register: EMPTY_REGISTER }
    this.#psam = openedPsam(number)
    this.ledger = got(openLedger({ path: join(folder, 'ledger.db'), create: true }))
  }

  async enrol(url: string, code: string, anew = false): Promise<void> {
    const request = { paths: this.paths, url, code, anew, terminalName: `${this.number}号窗口`, institution: INSTITUTION, clock: () => this.#clock.moment }
    got(await enrol({ ...request, terminalNumbers: [terminalNo(this.number)] }))
  }

  /** As enrolled. */
  get terminal(): string | undefined {
    return got(readCentreFile(this.paths))?.terminal
  }

  /** A visit of this terminal's, on that card. */
  async serve({ chip, pin }: WorldCard, visit = 'outpatient-demo', changes: Partial<Rules & { readonly faultPoint: FaultPoint }> = {}): Promise<Result<ServedVisit, CounterRefusal>> {
    this.#visits += 1
    const changed = {
      ipt_otp_no: `T${this.number}-${this.#visits}`,
      begntime: `${this.#clock.today} 00:00:00`,
      fixmedins_code: INSTITUTION,
      institution: { level: 2, kind: 'hospital' }
    }
    this.#reader.insert(chip)
    try {
      return await serveVisit(
        {
          reader: this.#reader,
          psam: await this.#psam,
          ledger: this.ledger,
          clock: () => ({ cardTime: this.#clock.time, today: this.#clock.today }),
          entropy: countingEntropy(),
          faultPoint: noFault,
          ...this.#rules,
          terminal: () => this.terminal,
          ...changes
        },
        fixtureVisit(visit, changed),
        pinOf(pin)
      )
    } finally {
      this.#reader.remove()
    }
  }

  async settle(card: WorldCard, visit?: string): Promise<string> {
    return got(await this.serve(card, visit)).settled.posting.fact.settlementId
  }

  /** A settlement whose host dies at that point. */
  async dieAt(point: string, card: WorldCard): Promise<void> {
    const death = new Error(point)
    const faultPoint = (name: string): void => {
      if (name === point) throw death
    }
    const served = this.serve(card, undefined, { faultPoint })
    await served.then(
      (outcome) => invariant(false, `nothing passed ${point}: ${JSON.stringify(outcome)}`),
      (cause: unknown) => invariant(cause === death, String(cause))
    )
  }

  refund(settlementId: string): void {
    got(refundSettlement(this.ledger, { settlementId, reason: '测试退费', time: this.#clock.time, terminal: this.terminal }))
  }

  /** A Sync as a host that has just started would have it. */
  connect(limits?: BatchLimits): Sync {
    const centre = got(readCentreFile(this.paths))
    invariant(centre !== undefined, 'the terminal is enrolled')
    const ports = {
      paths: this.paths,
      ledger: this.ledger,
      clock: () => this.#clock.moment,
      entropy: systemEntropy,
      faultPoint: noFault,
      stopper: new Stopper(),
      limits
    }
    return got(connectSync(ports, centre)).sync
  }

  pass(limits?: BatchLimits): Promise<SyncPass> {
    return syncPass(this.connect(limits))
  }

  close(): void {
    this.ledger.close()
  }
}

const terminalNo = (number: number): string => `99999900${String(number).padStart(4, '0')}`

async function openedPsam(number: number): Promise<Parameters<typeof serveVisit>[0]['psam']> {
  const slot = new VirtualReader('psam')
  slot.insert(poweredPsam('terminal-v2', { terminalNumber: terminalNo(number) }).chip)
  return got(await openPsam(got(await slot.connect())))
}

export interface World {
  readonly clock: WorldClock
  readonly centre: WorldCentre
  readonly wire: Wire
  /** Of the wire. */
  readonly url: string
  terminal(number: number): Promise<WorldTerminal>
  close(): Promise<void>
}

/** `url` of the centre's database; undefined: a SQLite file that goes with the world. */
export async function openWorld(url?: string): Promise<World> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'sync-world-'))
  const clock = new WorldClock()
  const centre = new WorldCentre(url ?? `sqlite:${join(folder, 'centre.db')}`, clock)
  await centre.start()
  await centre.seed()
  const wire = new Wire(centre)
  const address = await wire.open()
  const terminals: WorldTerminal[] = []
  return {
    clock,
    centre,
    wire,
    url: address,
    terminal: async (number) => {
      const terminal = new WorldTerminal(mkdtempSync(join(folder, 'terminal-')), number, clock)
      terminals.push(terminal)
      await terminal.enrol(address, await centre.enrolmentCode())
      return terminal
    },
    close: async () => {
      for (const terminal of terminals) terminal.close()
      await wire.close()
      await centre.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
