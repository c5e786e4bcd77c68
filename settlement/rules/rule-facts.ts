/** The facts that `when` of a rule may ask for, and whether it holds. */

import type { InstitutionKind } from '../wire/fields.ts'
import type { When } from './rule-row.ts'

export interface RuleFacts {
  readonly psnType: string
  readonly insutype: string
  /** Whole years on the day of service; undefined: the day of birth is not known. */
  readonly age: number | undefined
  readonly isCivilServant: boolean
  readonly level: number
  readonly kind: InstitutionKind
  readonly medType: string
  readonly disease: string | undefined
}

/** Which of the facts any row asks for. */
export type FactsAsked = Readonly<Record<keyof RuleFacts, boolean>>

export function factsAsked(whens: readonly (When | undefined)[]): FactsAsked {
  const asks = (field: keyof When): boolean => whens.some((when) => when?.[field] !== undefined)
  return {
    psnType: asks('psn_type'),
    insutype: asks('insutype'),
    age: asks('age'),
    isCivilServant: asks('cvlserv_flag'),
    level: asks('level'),
    kind: asks('kind'),
    medType: asks('med_type'),
    disease: asks('dise_codg')
  }
}

/** Whether the same rows apply to both. */
export const isSame = (left: RuleFacts, right: RuleFacts, asked: FactsAsked): boolean =>
  (!asked.psnType || left.psnType === right.psnType) &&
  (!asked.insutype || left.insutype === right.insutype) &&
  (!asked.age || left.age === right.age) &&
  (!asked.isCivilServant || left.isCivilServant === right.isCivilServant) &&
  (!asked.level || left.level === right.level) &&
  (!asked.kind || left.kind === right.kind) &&
  (!asked.medType || left.medType === right.medType) &&
  (!asked.disease || left.disease === right.disease)

/** `undecided`: everything else holds, and the age that the row asks for is not known. */
export function applies(when: When | undefined, facts: RuleFacts): 'yes' | 'no' | 'undecided' {
  if (when === undefined) return 'yes'
  if (!knownFactsHold(when, facts)) return 'no'
  if (when.age === undefined) return 'yes'
  if (facts.age === undefined) return 'undecided'
  return facts.age >= (when.age.from ?? 0) && facts.age < (when.age.below ?? Infinity) ? 'yes' : 'no'
}

const knownFactsHold = (when: When, facts: RuleFacts): boolean =>
  (when.psn_type?.some((prefix) => facts.psnType.startsWith(prefix)) ?? true) &&
  (when.insutype?.some((insutype) => insutype === facts.insutype) ?? true) &&
  (when.cvlserv_flag === undefined || (when.cvlserv_flag === '1') === facts.isCivilServant) &&
  (when.level?.some((level) => level === facts.level) ?? true) &&
  (when.kind?.includes(facts.kind) ?? true) &&
  (when.med_type?.some((prefix) => facts.medType.startsWith(prefix)) ?? true) &&
  (when.dise_codg?.some((prefix) => facts.disease?.startsWith(prefix)) ?? true)
