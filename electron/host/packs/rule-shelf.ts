/**
 * The documents that a counter works by: what it was delivered with, and over it the packs that are installed. Each states
 * the days on which it is used, so that a day's rules need no timer: whoever asks for another day gets that day's.
 */

import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import type { Result } from '../../../base/result.ts'
import { layerPolicies, layerRules, type PackDocuments } from '../../../settlement/pack/layers.ts'
import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import { chooseRules, type RulesRefusal } from '../../../settlement/rules/choose-rules.ts'
import type { CompiledRules } from '../../../settlement/rules/compiled-rules.ts'
import type { RuleDocument } from '../../../settlement/rules/rules-schema.ts'
import { NO_PACKS, type LoadedPacks } from './load-packs.ts'

export interface ShelfPorts {
  readonly near: PackDocuments
  /** What is delivered for other provinces; read when somebody asks for one, or when there is time. */
  readonly far?: () => PackDocuments
}

/** Places and days that a counter asks for: its own, today, and a few days of service before. */
const COMPILED_MAX = 32

export class RuleShelf {
  readonly #ports: ShelfPorts
  #delivered: PackDocuments
  #isWhole: boolean
  #packs: LoadedPacks = NO_PACKS
  #policies: readonly Policy[] = []
  #rules: readonly RuleDocument[] = []
  #compiled = new Map<string, Result<CompiledRules, RulesRefusal>>()

  constructor(ports: ShelfPorts) {
    this.#ports = ports
    this.#delivered = ports.near
    this.#isWhole = ports.far === undefined
    this.#lay()
  }

  get policies(): readonly Policy[] {
    return this.#policies
  }

  get rules(): readonly RuleDocument[] {
    return this.#rules
  }

  get packs(): LoadedPacks {
    return this.#packs
  }

  /** `region`: where the institution stands, 6 digits. `on`: the day of service. */
  rulesFor(region: string, on: BusinessDate): Result<CompiledRules, RulesRefusal> {
    const key = `${region} ${on}`
    const known = this.#compiled.get(key)
    if (known !== undefined) return known
    if (!this.#isWhole && !this.#isNear(region)) this.readFar()
    const chosen = chooseRules(this.#rules, { region, date: on })
    if (this.#compiled.size >= COMPILED_MAX) this.#compiled.clear()
    this.#compiled.set(key, chosen)
    return chosen
  }

  /** The rest of what was delivered. */
  readFar(): void {
    if (this.#isWhole) return
    this.#isWhole = true
    const far = this.#ports.far?.()
    if (far === undefined) return
    this.#delivered = { policies: [...this.#delivered.policies, ...far.policies], rules: [...this.#delivered.rules, ...far.rules] }
    this.#lay()
  }

  use(packs: LoadedPacks): void {
    this.#packs = packs
    this.#lay()
  }

  #isNear(region: string): boolean {
    return this.#rules.some((document) => document.region.slice(0, 2) === region.slice(0, 2))
  }

  #lay(): void {
    this.#policies = layerPolicies(this.#delivered.policies, this.#packs.layers)
    this.#rules = layerRules(this.#delivered.rules, this.#packs.layers)
    this.#compiled = new Map()
  }
}
