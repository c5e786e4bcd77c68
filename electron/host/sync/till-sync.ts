/**
 * Sync as the till has it: not connected until a person gives address and code; then stepped while nobody waits, tried at
 * once or set offline when a person says so; and what the counter has to know of the centre.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import type { StoreFailure } from '../../../settlement/ledger/refusal.ts'
import { isStale, type CentreAnswers } from '../../../settlement/sync/age.ts'
import { lostBatches, olderLedger } from '../../../settlement/sync/apart.ts'
import type { BatchLimits } from '../../../settlement/sync/batch-maker.ts'
import type { ReleasedHold } from '../../../settlement/sync/doubts.ts'
import type { Restored } from '../../../settlement/sync/restore-ledger.ts'
import type { Stepped } from '../../../settlement/sync/sync.ts'
import type { SqliteLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import { LOG_SLICE_FRAMES } from '../../../settlement/store/sqlite/write-ahead-log.ts'
import type { SyncView } from '../../contract/sync-view.ts'
import type { CardRegister } from '../card-register.ts'
import type { Machine } from '../machine.ts'
import { syncWithoutCentre } from '../desk/without-centre.ts'
import { AdjustedList } from './adjusted-list.ts'
import { readCentreFile, writeCentreFile, type CentreFile, type CentrePaths } from './centre-files.ts'
import type { AskSigned } from './centre-link.ts'
import { CentreRules } from './centre-rules.ts'
import { connectSync, type Connected } from './connect-sync.ts'
import { enrol } from './enrol.ts'
import { Stopper } from './stopper.ts'
import { mayConnectAnew } from './may-connect-anew.ts'
import { syncRefusalView, type SyncRefusal } from './sync-refusal.ts'
import { SyncRunner } from './sync-runner.ts'
import type { FileProblem } from '../files/file-problem.ts'
import type { KeyRefusal } from './terminal-key.ts'
import type { ToldPerson } from '../told-person.ts'
import { detailed, syncView } from './sync-view.ts'
import type { Catalogue } from '../../../settlement/catalogue/catalogue.ts'

export interface TillSyncPorts {
  readonly paths: CentrePaths
  /** fixmedins_code, and what the window is called. */
  readonly institution: string
  readonly terminalName: string
  /** Of the PSAMs that are installed here. */
  readonly terminalNumbers: () => readonly string[]
  readonly ledger: SqliteLedger
  readonly machine: Machine
  /** Days that the region lets an offline answer be old. */
  readonly daysMax: () => number | undefined
  /** Something on the Sync screen, or at the foot of every screen, is another than before. */
  readonly changed: (view: SyncView) => void
  /**
   * Other policies or lost cards count from now on, or what is known of the centre has become too old, or is fresh again, or the ledger
   * has turned out to be an older copy.
   */
  readonly rulesChanged: () => void
  /** What the centre says of people who were here before may be another. */
  readonly peopleTold: () => void
  /** The ledger is an older copy no more: it has got back what it had lost. */
  readonly whole: () => void
  /** The centre's word has closed a hold that was in doubt. */
  readonly released: (hold: ReleasedHold) => void
  readonly failed: (cause: unknown) => void
  readonly limits?: BatchLimits | undefined
}

/** What a till was connected by, and cannot be used. */
type Broken = { readonly kind: 'file'; readonly problem: FileProblem } | KeyRefusal | StoreFailure

interface Connection extends Connected {
  readonly rules: CentreRules
  readonly runner: SyncRunner
  centre: CentreFile
}

/** A screen is drawn anew at most so often. */
const TOLD_EVERY_MS = 100

export class TillSync {
  readonly #ports: TillSyncPorts
  readonly #stopper = new Stopper()
  readonly #adjusted: AdjustedList
  #connection: Connection | undefined
  #connecting = false
  #stale = false
  #older = false
  #broken: Broken | undefined
  /** A person wants everything to go now. */
  #hurried = false
  #cancelTelling: (() => void) | undefined
  #told = ''
  #seen: SyncView | undefined
  #lastKind: Stepped['kind'] | undefined

  constructor(ports: TillSyncPorts) {
    this.#ports = ports
    this.#adjusted = new AdjustedList(ports.ledger)
  }

  /** Takes up what was agreed with a centre before; without one there is nothing to do. */
  start(): void {
    const centre = readCentreFile(this.#ports.paths)
    if (!centre.ok) {
      this.#broken = { kind: 'file', problem: centre.error }
      return
    }
    const connected = centre.value && this.#connect(centre.value)
    if (connected?.ok === false) this.#broken = connected.error
  }

  close(): void {
    this.#stopper.stop()
    this.#connection?.runner.stop()
    this.#cancelTelling?.()
  }

  /** undefined: no centre is known. */
  get answers(): CentreAnswers | undefined {
    return this.#connection?.rules.answers
  }

  /** As enrolled; undefined: no centre is known. */
  get terminal(): string | undefined {
    return this.#connection?.centre.terminal
  }

  /** Batches of the centre's that bring facts which this ledger, an older copy, has lost. */
  get lostBatches(): number | undefined {
    return this.#connection === undefined ? lostBatches(olderLedger(this.#ports.ledger.sync)) : this.#connection.sync.lostBatches
  }

  /** Facts up to this one came to the centre under an older name. */
  get formerTo(): number {
    return this.#ports.ledger.sync.formerTo()
  }

  /** Whether it was ever connected: also to a centre that is away, was set offline, or cannot be used until somebody mends it. */
  get isConnected(): boolean {
    return this.#connection !== undefined || this.#broken !== undefined
  }

  /** Asks the centre with this terminal's signature; undefined: no centre is known, or this till was set offline. */
  get ask(): AskSigned | undefined {
    return this.#connection?.centre.paused === false ? this.#connection.ask : undefined
  }

  policies(delivered: readonly Policy[]): readonly Policy[] {
    return this.#connection?.rules.policies(delivered) ?? delivered
  }

  /** As it was when the till started: items are found in it by what was read once. undefined: the delivered one. */
  catalogue(): Catalogue | undefined {
    return this.#connection?.rules.catalogue()
  }

  register(local: CardRegister): CardRegister {
    return this.#connection?.rules.register(local) ?? local
  }

  /** Of somebody who was here before. */
  person(citizenNumber: string, insutype: string): ToldPerson | undefined {
    return this.#connection?.rules.person(citizenNumber, insutype)
  }

  view(): SyncView {
    const { ledger, machine, daysMax } = this.#ports
    const connection = this.#connection
    if (connection === undefined) return this.#brokenView(syncWithoutCentre(ledger))
    const { centre, sync } = connection
    const facts = { centre, sync, ledger, store: ledger.sync, adjusted: this.#adjusted.settlements, daysMax: daysMax(), now: machine.syncClock() }
    const view = syncView(facts)
    // A disk that cannot be read now says nothing of the centre: what was seen last stands.
    if (view.ok) this.#seen = view.value
    return this.#seen ?? syncWithoutCentre(ledger)
  }

  /** A settlement, a refund or a load more. */
  ledgerGrew(): void {
    this.#connection?.runner.wake()
    this.#tellSoon()
  }

  async connect({ url, code }: { readonly url: string; readonly code: string }): Promise<Result<SyncView, SyncRefusal>> {
    const { paths, institution, terminalName, terminalNumbers, machine } = this.#ports
    if (this.#connecting) return refuse({ kind: 'link', failure: { kind: 'too-many', retryAfterMs: TOLD_EVERY_MS } })
    this.#connecting = true
    try {
      const { syncClock: clock, ask: askHttp, entropy, files } = machine
      const anew = this.#mayConnectAnew
      const asked = enrol({ paths, url, code, terminalName, terminalNumbers: terminalNumbers(), institution, anew, clock, askHttp, entropy, files })
      const enrolled = await this.#stopper.guard(asked)
      if (!enrolled.ok) return enrolled
      await this.#leave()
      const connected = this.#connect(enrolled.value)
      if (connected.ok) return ok(this.view())
      this.#broken = connected.error
      return connected
    } finally {
      this.#connecting = false
    }
  }

  now(): Result<SyncView, SyncRefusal> {
    return this.#online(({ sync, runner }) => {
      this.#hurried = true
      sync.hurry()
      runner.wake()
      return ok(this.view())
    })
  }

  pause(): Result<SyncView, SyncRefusal> {
    return this.#setPaused(true)
  }

  resume(): Result<SyncView, SyncRefusal> {
    const resumed = this.#setPaused(false)
    return resumed.ok ? this.now() : resumed
  }

  async retry(sequence: number): Promise<Result<SyncView, SyncRefusal>> {
    const online = this.#online(ok)
    if (!online.ok) return online
    const retried = await online.value.sync.retry(sequence)
    this.ledgerGrew()
    return retried.ok ? ok(this.view()) : retried
  }

  /** Fetches what the ledger has lost; it is judged anew behind it whether anything is missing. */
  async restore(): Promise<Result<Restored, SyncRefusal>> {
    const online = this.#online(ok)
    if (!online.ok) return online
    const { sync, runner, proof } = online.value
    const restored = await sync.restore(proof)
    runner.wake()
    this.#tellSoon()
    return restored.ok ? restored : refuse({ kind: 'restore', refusal: restored.error })
  }

  handOver(sequence: number, note: string): Result<SyncView, SyncRefusal> {
    if (this.#connection === undefined) return refuse({ kind: 'not-connected' })
    const handed = this.#connection.sync.handOver(sequence, note)
    if (!handed.ok) return handed
    this.#tellSoon()
    return ok(this.view())
  }

  get #mayConnectAnew(): boolean {
    return this.#connection === undefined ? this.#broken?.kind === 'terminal-key' : mayConnectAnew(this.#connection.sync)
  }

  /** What was agreed under an older name: whatever of it is under way is waited for. */
  async #leave(): Promise<void> {
    this.#broken = undefined
    this.#connection?.runner.stop()
    await this.#connection?.sync.ended()
    this.#connection = undefined
  }

  /** It was connected once, and what says so cannot be used: nothing is sent until somebody has mended it. */
  #brokenView(view: SyncView): SyncView {
    if (this.#broken === undefined) return view
    const { what, detail } = syncRefusalView(this.#broken)
    const attempt = { number: 1, nextAt: null, reason: what, ...detailed(detail) }
    return { ...view, link: 'refused', attempt, mayConnectAnew: this.#mayConnectAnew }
  }

  #connect(centre: CentreFile): ReturnType<typeof connectSync> {
    const { paths, ledger, limits, failed, machine } = this.#ports
    const { syncClock: clock, ask: askHttp, entropy, faultPoint, compress, breath, later } = machine
    const connected = connectSync({ paths, ledger, clock, entropy, faultPoint, stopper: this.#stopper, limits, askHttp, compress, breath }, centre)
    if (!connected.ok) return connected
    const runner = new SyncRunner({ step: () => this.#step(), stepped: (outcome) => this.#stepped(outcome), failed, later })
    this.#connection = { ...connected.value, rules: new CentreRules(ledger.sync, centre), runner, centre }
    runner.start()
    this.#tellSoon()
    return connected
  }

  #online<Value>(work: (connection: Connection) => Result<Value, SyncRefusal>): Result<Value, SyncRefusal> {
    const connection = this.#connection
    if (connection === undefined) return refuse({ kind: 'not-connected' })
    return connection.centre.paused ? refuse({ kind: 'paused' }) : work(connection)
  }

  #setPaused(paused: boolean): Result<SyncView, SyncRefusal> {
    const connection = this.#connection
    if (connection === undefined) return refuse({ kind: 'not-connected' })
    connection.centre = { ...connection.centre, paused }
    writeCentreFile(this.#ports.paths, connection.centre, this.#ports.machine.files)
    connection.runner.wake()
    this.#tellSoon()
    return ok(this.view())
  }

  async #step(): Promise<Stepped> {
    const connection = this.#connection
    if (connection === undefined || connection.centre.paused) return { kind: 'idle' }
    return connection.sync.step(this.#hurried ? 'all' : 'due')
  }

  #stepped(outcome: Stepped): void {
    // What answers write would outgrow the log long before its own time to be emptied.
    if (outcome.kind === 'worked' && outcome.applied !== undefined) this.#ports.ledger.checkpointIdle(LOG_SLICE_FRAMES)
    if (outcome.kind === 'worked' && outcome.released !== undefined) this.#ports.released(outcome.released)
    const isOther = outcome.kind === 'worked' && (outcome.downloaded === 'policies' || outcome.downloaded === 'lost-cards')
    if (outcome.kind === 'worked' && outcome.downloaded === 'entitlements') this.#ports.peopleTold()
    // Between two slices of a batch no answer has come.
    const stale = outcome.kind === 'worked' && !isOther && outcome.applied === undefined ? this.#stale : this.#isStale()
    const isOlder = this.lostBatches !== undefined
    if (isOther || stale !== this.#stale || (isOlder && !this.#older)) this.#ports.rulesChanged()
    if (this.#older && !isOlder) this.#ports.whole()
    this.#stale = stale
    this.#older = isOlder
    if (outcome.kind !== 'worked') {
      this.#hurried = false
      // Nothing else to do: a slice at a time, and the next one at once.
      if (this.#adjusted.look()) this.#connection?.runner.wake()
    }
    const isNews = outcome.kind === 'worked' || outcome.kind !== this.#lastKind || (outcome.kind === 'waiting' && outcome.failure !== undefined)
    this.#lastKind = outcome.kind
    if (isNews) this.#tellSoon()
  }

  #isStale(): boolean {
    const [answers, daysMax] = [this.answers, this.#ports.daysMax()]
    return answers !== undefined && daysMax !== undefined && isStale(answers.answeredAt, this.#ports.machine.syncClock().time, daysMax)
  }

  /** Many things change at once: they are told together, and only when anything is another than what was told. */
  #tellSoon(): void {
    if (this.#cancelTelling !== undefined || this.#stopper.stopped) return
    this.#cancelTelling = this.#ports.machine.later(TOLD_EVERY_MS, () => {
      this.#cancelTelling = undefined
      const view = this.view()
      const now = JSON.stringify(view)
      if (now === this.#told) return
      this.#told = now
      this.#ports.changed(view)
    })
  }
}
