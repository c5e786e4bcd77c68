/**
 * The documents that a counter works by: what it was delivered with, and over it the packs that are installed. Each states
 * the days on which it is used, so that a day's rules need no timer: whoever asks for another day gets that day's.
 *
 * What nobody has asked for is not read: a counter is ready before it knows the rules of other provinces.
 */

import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import type { Result } from '../../../base/result.ts'
import { layerPolicies, layerRules } from '../../../settlement/pack/layers.ts'
import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import { chooseRules, type RulesRefusal } from '../../../settlement/rules/choose-rules.ts'
import type { CompiledRules } from '../../../settlement/rules/compiled-rules.ts'
import type { RuleDocument } from '../../../settlement/rules/rules-schema.ts'
import { NO_PACKS, type LoadedPacks } from './load-packs.ts'

export interface ShelfPorts {
  /** Where the counter stands, 6 digits: what is delivered for its province (and the country) is near. */
  readonly division: string
  readonly policies: { readonly near: readonly Policy[]; readonly far: () => readonly Policy[] }
  readonly rules: { readonly near: () => readonly RuleDocument[]; readonly far: () => readonly RuleDocument[] }
}

/** Places and days that a counter asks for: its own, today, and a few days of service before. */
const COMPILED_MAX = 32
const PROVINCE_DIGITS = 2

export class RuleShelf {
  readonly #ports: ShelfPorts
  #policies: readonly Policy[]
  #rules: readonly RuleDocument[] | undefined
  #isWhole = false
  #areRulesWhole = false
  #packs: LoadedPacks = NO_PACKS
  #laidPolicies: readonly Policy[] | undefined
  #laidRules: readonly RuleDocument[] | undefined
  #compiled = new Map<string, Result<CompiledRules, RulesRefusal>>()

  constructor(ports: ShelfPorts) {
    this.#ports = ports
    this.#policies = ports.policies.near
  }

  get policies(): readonly Policy[] {
    this.#laidPolicies ??= layerPolicies(this.#policies, this.#packs.layers)
    return this.#laidPolicies
  }

  get rules(): readonly RuleDocument[] {
    this.#rules ??= this.#ports.rules.near()
    this.#laidRules ??= layerRules(this.#rules, this.#packs.layers)
    return this.#laidRules
  }

  get packs(): LoadedPacks {
    return this.#packs
  }

  /** `region`: where the institution stands, 6 digits. `on`: the day of service. */
  rulesFor(region: string, on: BusinessDate): Result<CompiledRules, RulesRefusal> {
    const key = `${region} ${on}`
    const known = this.#compiled.get(key)
    if (known !== undefined) return known
    if (!isOfProvince(region, this.#ports.division)) {
      this.readTheRest()
      this.#readFarRules()
    }
    const chosen = chooseRules(this.rules, { region, date: on })
    if (this.#compiled.size >= COMPILED_MAX) this.#compiled.clear()
    this.#compiled.set(key, chosen)
    return chosen
  }

  /** Everything that was delivered; of rules nothing, where nobody has asked for any: a hospital may not all day. */
  readTheRest(): void {
    if (this.#rules !== undefined) this.#readFarRules()
    if (this.#isWhole) return
    this.#isWhole = true
    this.#policies = [...this.#policies, ...this.#ports.policies.far()]
    this.#layAgain()
  }

  #readFarRules(): void {
    if (this.#areRulesWhole) return
    this.#areRulesWhole = true
    this.#rules = [...(this.#rules ?? this.#ports.rules.near()), ...this.#ports.rules.far()]
    this.#layAgain()
  }

  /** Other packs are installed than before. */
  use(packs: LoadedPacks): void {
    this.#packs = packs
    this.#layAgain()
  }

  #layAgain(): void {
    this.#laidPolicies = undefined
    this.#laidRules = undefined
    this.#compiled = new Map()
  }
}

const isOfProvince = (region: string, division: string): boolean => region.slice(0, PROVINCE_DIGITS) === division.slice(0, PROVINCE_DIGITS)
