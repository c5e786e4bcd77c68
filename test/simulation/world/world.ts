/**
 * A world under one seed: tills, cards that wander between them, a centre, links, disks and a clock. Nothing happens but what its
 * scheduler lets happen, and all chance comes from the seed: the same seed is the same world, to the last byte.
 */

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { invariant } from '../../../base/invariant.ts'
import { VirtualReader } from '../../../card/reader/virtual/virtual-reader.ts'
import { detectCard } from '../../../card/session/open-card-session.ts'
import { readIssuer } from '../../../electron/host/files/delivered.ts'
import { Centre } from './centre.ts'
import { cardFile, FIXTURES, WorldCard, WorldPsam } from './chips.ts'
import { Coverage } from './coverage.ts'
import { Disorder } from './disorder.ts'
import { EventLog } from './event-log.ts'
import type { World } from './faces.ts'
import { FaultBook } from './faults.ts'
import { HostKilled } from './life.ts'
import type { Observation, Observer } from './observation.ts'
import { Office } from './office.ts'
import { planPolicy } from './policy-news.ts'
import { cipherOf, conditionOf, lastDayOf } from './population.ts'
import { Random } from './random.ts'
import { Rogue } from './rogue.ts'
import { Scheduler } from './scheduler.ts'
import { drawOptions, type WorldOptions } from './swarm.ts'
import { issuerKeys, terminalKeyIn } from './secret-keys.ts'
import { Terminal } from './terminal.ts'
import { warmUp } from './warm-up.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const CHINA_MS = 8 * HOUR_MS
/** Everything stands within this much of virtual time. */
const SETTING_UP_MS = 10 * 60_000
export const CENTRE_URL = 'http://centre.invalid:8123'
export const HOSPITAL = 'H99999900001'
export const PHARMACY = 'P99999900001'

/** A host or the centre ended by a fault of its program: by design it does, and there must be none. */
export class WorldBroke extends Error {
  override readonly name = 'WorldBroke'
  readonly who: string

  constructor(who: string, cause: unknown) {
    super(`${who}: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`, { cause })
    this.who = who
  }
}

/** Half past six in the morning of its first day, everything connected and switched off. */
export async function createWorld(seed: number, overrides: Partial<WorldOptions> = {}): Promise<World> {
  await warmUp()
  const random = new Random(String(seed))
  const world = new MadeWorld(seed, random, { ...drawOptions(random.fork('options')), ...overrides })
  try {
    await world.setUp()
    return world
  } catch (cause) {
    world.close()
    throw cause
  }
}

class MadeWorld implements World {
  readonly seed: number
  readonly random: Random
  readonly options: WorldOptions
  readonly scheduler: Scheduler
  readonly log: EventLog
  readonly coverage = new Coverage()
  readonly faults: FaultBook
  readonly cards: readonly WorldCard[]
  readonly centre: Centre
  readonly office: Office
  readonly terminals: readonly Terminal[]
  terminalDays = 0
  readonly #folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'caresettle-world-'))
  readonly #observers: Observer[] = []
  readonly #midnights: (() => void)[] = []
  readonly #issuer
  readonly #psams = new Map<string, WorldPsam>()
  readonly #disorder: Disorder
  readonly #otherRejections: NodeJS.UnhandledRejectionListener[]
  #exchanges = 0
  #newPsams = 0

  constructor(seed: number, random: Random, options: WorldOptions) {
    this.seed = seed
    this.random = random
    this.options = options
    this.scheduler = new Scheduler(Date.parse(`${options.firstDay}T06:00:00Z`) - CHINA_MS)
    this.log = new EventLog(() => this.scheduler.moment.cardTime)
    const tell: Observer = (observation) => this.#tell(observation)
    this.log.follow((line) => tell({ kind: 'log-line', line }))
    const shared = { scheduler: this.scheduler, log: this.log, tell }
    this.faults = new FaultBook({ ...shared, rates: options.faults, now: () => this.scheduler.now, coverage: this.coverage })
    const issuer = readIssuer(FIXTURES)
    invariant(issuer.ok, 'the issuer of the fixtures is in order')
    this.#issuer = issuer.value
    const people = this.#peopleFolder()
    this.cards = this.#makeCards(people)
    const place = { ...shared, folder: this.#folder, faults: this.faults }
    this.centre = new Centre({ ...place, people, random: random.fork('centre') })
    this.office = new Office({ ...shared, centre: this.centre, cards: () => this.cards })
    this.terminals = this.#makeTerminals(place)
    this.#disorder = new Disorder({
      scheduler: this.scheduler,
      random: random.fork('disorder'),
      faults: this.faults,
      centre: this.centre,
      terminals: this.terminals,
      rogue: new Rogue({
        ...shared,
        centre: this.centre,
        office: this.office,
        institution: HOSPITAL,
        random: random.fork('rogue'),
        coverage: this.coverage,
        granted: (what) => this.#broke('centre', new Error(`a rogue till was granted something: ${what}`))
      }),
      psam: (terminal, condition) => this.#putPsam(terminal, condition)
    })
    this.#otherRejections = process.listeners('unhandledRejection')
    process.removeAllListeners('unhandledRejection')
    process.on('unhandledRejection', this.#rejected)
  }

  get keys(): World['keys'] {
    return [...issuerKeys(), ...this.terminals.flatMap(({ name, folder }) => terminalKeyIn(name, folder))]
  }

  get today(): string {
    return this.scheduler.moment.today
  }

  get time(): string {
    return this.scheduler.moment.cardTime
  }

  async setUp(): Promise<void> {
    await this.scheduler.settle(this.#connectAll(), SETTING_UP_MS)
    this.faults.on()
    this.log.say('world', 'begins', `seed ${this.seed}`)
    const { newPolicy } = this.options
    if (newPolicy !== undefined) planPolicy({ scheduler: this.scheduler, office: this.office, observe: (observer) => this.observe(observer) }, newPolicy)
    this.#planDay()
  }

  observe(observer: Observer): void {
    this.#observers.push(observer)
  }

  atMidnight(listener: () => void): void {
    this.#midnights.push(listener)
  }

  run(ms: number): Promise<void> {
    return this.scheduler.run(this.scheduler.now + ms)
  }

  close(): void {
    this.#observers.length = 0
    for (const terminal of this.terminals) terminal.abandon()
    this.centre.abandon()
    process.removeListener('unhandledRejection', this.#rejected)
    for (const listener of this.#otherRejections) process.on('unhandledRejection', listener)
    rmSync(this.#folder, { recursive: true, force: true })
  }

  async #connectAll(): Promise<void> {
    await this.centre.start()
    await this.centre.seed()
    for (const card of this.cards) card.cardId = await this.#identify(card)
    for (const terminal of this.terminals) {
      this.#putPsam(terminal, 'sound')
      await terminal.start()
      const code = await this.office.enrolmentCode(terminal.institution)
      const connected = await terminal.ask('sync.connect', { url: CENTRE_URL, code: code ?? '' })
      invariant(connected !== 'host-died' && connected.ok, `${terminal.name} cannot be connected: ${JSON.stringify(connected)}`)
      await this.scheduler.sleep(5_000, 'connected')
      await terminal.stop()
    }
    this.terminalDays = 0
  }

  async #identify({ hand, personalisation }: WorldCard): Promise<string> {
    if (personalisation.kind !== 'social-security') return ''
    const reader = new VirtualReader('desk')
    reader.insert(hand)
    const identity = await detectCard({ reader, entropy: this.random.fork('identify'), today: this.today })
    reader.remove()
    invariant(identity.ok, 'a card of the world says who it is')
    return identity.value.identificationCode
  }

  #makeCards(people: string): WorldCard[] {
    const random = this.random.fork('cards')
    return Array.from({ length: this.options.cards }, (_, index) => {
      const name = `card-${index + 1}`
      const condition = conditionOf(index, random)
      const file = cardFile(condition, index + 1, random.fork(name), lastDayOf(condition, this.options, random.fork(`${name}/last day`)))
      writeFileSync(join(people, 'cards', `${name}.json`), JSON.stringify(file))
      return new WorldCard(name, { condition, file, issuer: this.#issuer, random: random.fork(`${name}/chip`) })
    })
  }

  #makeTerminals(place: Pick<ConstructorParameters<typeof Terminal>[0], 'folder' | 'scheduler' | 'faults' | 'log' | 'tell'>): Terminal[] {
    const { hospitalTills, pharmacyTills } = this.options
    const make = (kind: 'hospital' | 'pharmacy', number: number, index: number): Terminal =>
      new Terminal({
        ...place,
        name: `${kind}-${number}`,
        number,
        kind,
        institution: kind === 'hospital' ? HOSPITAL : PHARMACY,
        terminalNo: `99999900${String(index + 1).padStart(4, '0')}`,
        cipher: cipherOf(this.cards, this.random.fork(`${kind}-${number}/cipher`)),
        hasLyingDisk: this.options.lyingDisk,
        batchFacts: this.options.batchFacts,
        random: this.random.fork(`${kind}-${number}`),
        centre: (question) => this.centre.ask(question),
        exchangeNumber: () => (this.#exchanges += 1),
        cards: () => this.cards,
        broke: (who, cause) => this.#broke(who, cause),
        began: () => {
          this.terminalDays += 1
        }
      })
    return [
      ...Array.from({ length: hospitalTills }, (_, index) => make('hospital', index + 1, index)),
      ...Array.from({ length: pharmacyTills }, (_, index) => make('pharmacy', index + 1, hospitalTills + index))
    ]
  }

  /** The fixtures, with the world's own cards in place of theirs: whom the centre knows. */
  #peopleFolder(): string {
    const folder = join(this.#folder, 'fixtures')
    mkdirSync(join(folder, 'cards'), { recursive: true })
    for (const name of readdirSync(FIXTURES)) if (name !== 'cards') symlinkSync(resolve(FIXTURES, name), join(folder, name))
    return folder
  }

  /** `sound` is a till's own as long as that works; a technician never brings a used one. */
  #putPsam(terminal: Terminal, condition: 'sound' | 'locked' | 'nearly-exhausted' | 'none'): void {
    terminal.readers.sam.remove()
    if (condition === 'none') return
    const own = this.#psams.get(terminal.name)
    const psam = condition === 'sound' && own !== undefined ? own : this.#makePsam(terminal, condition)
    if (condition === 'sound') this.#psams.set(terminal.name, psam)
    terminal.readers.sam.insert(psam.hand)
  }

  #makePsam(terminal: Terminal, condition: 'sound' | 'locked' | 'nearly-exhausted'): WorldPsam {
    this.#newPsams += 1
    const name = `psam-${this.#newPsams}`
    // Each has a number of its own: two that count alike would sign the same serial twice.
    const terminalNo = condition === 'sound' ? terminal.terminalNo : `99999901${String(this.#newPsams).padStart(4, '0')}`
    return new WorldPsam(name, { terminalNo, condition, cipher: terminal.cipher, issuer: this.#issuer, random: this.random.fork(name) })
  }

  #planDay(): void {
    const { scheduler } = this
    const midnight = Math.ceil((scheduler.now + CHINA_MS + 1) / DAY_MS) * DAY_MS - CHINA_MS
    this.#disorder.morning()
    scheduler.at(midnight, 'midnight', () => {
      this.log.say('world', 'midnight')
      for (const listener of this.#midnights) listener()
    })
    scheduler.at(midnight + 6 * HOUR_MS, 'morning', () => this.#planDay())
  }

  #tell(observation: Observation): void {
    for (const observer of this.#observers) observer(observation)
  }

  #broke(who: string, cause: unknown): void {
    this.log.say(who, 'broke', cause instanceof Error ? cause.message.split('\n')[0] : String(cause))
    this.scheduler.fail(new WorldBroke(who, cause))
  }

  /** Of promises that nobody waits for: in a host they end its process. */
  readonly #rejected = (cause: unknown): void => {
    if (cause instanceof HostKilled) return
    const [who = 'world'] = this.scheduler.running.split(' ')
    this.#broke(who, cause)
  }
}
