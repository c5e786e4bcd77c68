/**
 * An operation under way: who does it where, what was told so far, and whether each answer is one that the plan, the card and
 * what struck meanwhile can explain.
 */

import { never } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { Answers, Params, RequestName } from '../../../electron/contract/requests.ts'
import type { OperationId, Outcome, Told } from '../operation.ts'
import type { SimCard } from '../world/faces.ts'
import type { Random } from '../world/random.ts'
import { fenOf } from './amounts.ts'
import { causesOfCard, causesOfPlan, causesOfWorld, type Cause } from './causes.ts'
import { whyForbidden } from './forbidden.ts'
import { HOST_MAY_DIE, judgeEnd, judgeRefusal, type Judgement } from './lawful.ts'
import type { CardMemory } from './people.ts'
import type { Memory } from './memory.ts'
import type { People } from './people.ts'
import type { Plan } from './plan.ts'
import type { Heard, Window } from './window.ts'

export type Stopped = Result<never, Outcome>
export type Went<Value> = Result<Value, Outcome>

export interface UndertakingOf<Planned extends Plan = Plan> {
  readonly id: OperationId
  readonly plan: Planned
  readonly window: Window
  readonly card: SimCard | undefined
}

export class Undertaking<Planned extends Plan = Plan> {
  readonly id: OperationId
  readonly plan: Planned
  readonly window: Window
  readonly card: SimCard | undefined
  readonly people: People
  readonly told: Told[] = []
  readonly draw: Random
  /** The hands have done what they were to do. */
  handsMoved = false
  /** Its card may lie in the same reader again, for another operation. */
  isOver = false
  /** What people do beyond their plan. */
  readonly besides = new Set<Cause>()
  readonly #begun: number
  /** On which it began. */
  readonly day: string
  readonly #resolutionsBefore: number

  constructor(people: People, { id, plan, window, card }: UndertakingOf<Planned>) {
    this.people = people
    this.id = id
    this.plan = plan
    this.window = window
    this.card = card
    this.draw = people.world.random.fork('doing').fork(id)
    this.#begun = people.world.scheduler.now
    this.day = people.world.today
    this.#resolutionsBefore = window.resolutions.length
    const terminal = window.till.name
    people.listeners.tell({ kind: 'operation-begun', id, time: this.#begun, terminal, card: card?.name, plan })
    people.world.log.say(terminal, `${id} ${plan.kind}`, card?.name ?? '')
  }

  get memory(): Memory {
    return this.people.at(this.window.till)
  }

  get holder(): CardMemory | undefined {
    return this.card && this.people.of(this.card)
  }

  sleep(ms: number): Promise<void> {
    return this.people.world.scheduler.sleep(ms, `${this.id} waits`)
  }

  async ask<Name extends RequestName>(name: Name, params: Params<Name>): Promise<Went<Answers[Name]>> {
    return this.heard(name, await this.window.ask(name, params))
  }

  heard<Value>(request: string, heard: Heard<Value>): Went<Value> {
    switch (heard.kind) {
      case 'value':
        return ok(heard.value)
      case 'refused':
        return refuse(this.refused(request, heard.refusal))
      case 'host-died':
        this.#mustExplain(request, HOST_MAY_DIE.some((cause) => this.causes.has(cause)) ? { isLawful: true } : { isLawful: false, why: 'the host ended, and nothing had struck' })
        this.people.hit('state:host-died-under-a-request')
        // It may have been done all the same: a settlement, a refund, a close.
        this.memory.drawerUnsure = true
        return refuse({ kind: 'host-died', request })
      case 'nobody-answered':
        this.#mustExplain(request, { isLawful: false, why: 'ten minutes without an answer' })
        return refuse({ kind: 'nobody-answered', request })
      default:
        return never(heard)
    }
  }

  /** A refusal that was read on the screen or came as an answer. */
  refused(request: string, { kind }: RefusalView): Outcome {
    this.people.hit(`refusal:${kind}`)
    // A disk that refuses what comes behind a fact leaves it written, and its clerk without a word of it.
    if (kind === 'store-failure') this.memory.drawerUnsure = true
    this.#mustExplain(request, judgeRefusal(kind, this.causes))
    return kind === 'in-doubt' || kind === 'not-recorded' ? { kind: 'in-doubt', request } : { kind: 'refused', request, refusal: kind }
  }

  get causes(): ReadonlySet<Cause> {
    const { world } = this.people
    const { plan, card, window } = this
    const causes = causesOfWorld(world.faults.struck, this.#begun, window.till.name, card?.name)
    for (const cause of [...causesOfPlan(plan), ...this.besides]) causes.add(cause)
    if (card !== undefined) this.#addOfCard(causes, card)
    // Whatever is the matter with some other card may be read from it now.
    if (causes.has('swaps-the-card')) for (const other of world.cards) this.#addOfCard(causes, other)
    if (this.memory.isPaused) causes.add('set-offline')
    if (plan.kind === 'load') causes.add('not-sent-yet')
    if (world.options.newPolicy !== undefined) causes.add('new-rules')
    if (world.today !== this.day || isAroundMidnight(world.time)) causes.add('midnight')
    return causes
  }

  toldBalance(yuan: string): void {
    this.told.push({ kind: 'balance', balance: fenOf(yuan) })
  }

  /** Of this card at this till, told since the operation began. */
  get resolutions(): Window['resolutions'] {
    return this.window.resolutions.slice(this.#resolutionsBefore)
  }

  end(outcome: Outcome): Outcome {
    this.isOver = true
    const { world, listeners } = this.people
    if (outcome.kind === 'refused') this.#mustExplain(outcome.request, judgeEnd(outcome.refusal, this.causes))
    const forbidden = whyForbidden(this, outcome.kind === 'done')
    if (forbidden !== undefined) this.#mustExplain('end', { isLawful: false, why: forbidden })
    const terminal = this.window.till.name
    const words = outcome.kind === 'refused' ? `${outcome.request} ${outcome.refusal}` : outcome.kind === 'left' ? outcome.why : 'request' in outcome ? outcome.request : ''
    world.log.say(terminal, `${this.id} ${outcome.kind}`, words)
    this.people.hit(`operation:${this.plan.kind}:${outcome.kind}`)
    listeners.tell({ kind: 'operation-ended', id: this.id, time: world.scheduler.now, terminal, card: this.card?.name, outcome, told: this.told })
    return outcome
  }

  #addOfCard(causes: Set<Cause>, card: SimCard): void {
    for (const cause of causesOfCard(card)) causes.add(cause)
    if (card.expiresOn !== undefined && card.expiresOn < this.people.world.today) causes.add('card-expired')
    // A key that its PSAM does not have.
    if (card.cipher !== this.window.till.cipher) causes.add('psam')
    const known = this.people.of(card)
    if (known.wasLost) causes.add('card-lost')
    if (known.wasMissing) causes.add('holder-missing')
    if (known.isLocked) causes.add('card-locked')
    if (known.triesSpent) causes.add('card-at-its-last-try')
    if (known.pinMaybe !== undefined) causes.add('wrong-pin')
    if (this.people.isOpen(card)) causes.add('something-open-on-the-card')
  }

  #mustExplain(request: string, judged: Judgement): void {
    if (judged.isLawful) return
    const { id, plan, window, card } = this
    const where = `${id} at ${window.till.name}${card === undefined ? '' : ` with ${card.name} (${card.condition})`}`
    this.people.listeners.unlawful('unlawful', `${where}, ${request}: ${judged.why}; plan ${JSON.stringify(plan)}`)
  }
}

/** 14 digits: between 23:59 and 00:01 two readers of one clock may see two days. */
const isAroundMidnight = (time: string): boolean => time.slice(8, 12) >= '2355' || time.slice(8, 12) <= '0005'
