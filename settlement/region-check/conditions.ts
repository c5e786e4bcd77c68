/** What the conditions of rows ask for: the values that each field is compared with. Policies and rules ask alike. */

import type { When } from '../policy/row-schema.ts'

export type Condition = When | undefined

export class Conditions {
  readonly #whens: readonly When[]

  constructor(whens: readonly Condition[]) {
    this.#whens = whens.filter((when) => when !== undefined)
  }

  asks(field: keyof When): boolean {
    return this.#whens.some((when) => when[field] !== undefined)
  }

  /** Each value once, in the order of the document. */
  named<Value>(pick: (when: When) => readonly (Value | undefined)[] | undefined): readonly Value[] {
    return [...new Set(this.#whens.flatMap((when) => pick(when) ?? []).filter((value) => value !== undefined))]
  }
}

/**
 * Codes that rows tell apart by prefix. A longer code of the national list matters only where a row names one that is longer
 * than its general code: else it is what its general code is. "14" beside "1401" stands for whoever is none of the longer ones.
 */
export function codesToldApart(named: readonly string[], national: readonly string[]): readonly string[] {
  const general = [...new Set([...national, ...named].map((code) => code.slice(0, GENERAL_DIGITS)))]
  return general.flatMap((code) => {
    const longer = named.filter((one) => one.startsWith(code) && one.length > code.length)
    if (longer.length === 0) return [code]
    const known = national.filter((one) => one.startsWith(code) && one.length > code.length)
    const isGeneralKnown = named.includes(code) || known.length === 0
    return [...new Set([...(isGeneralKnown ? [code] : []), ...known, ...longer])]
  })
}

const GENERAL_DIGITS = 2
