/**
 * Which counters of the year a policy uses, and for what. A counter holds one quantity: a deductible that were kept in
 * hifp_pay would be added to what the pool pays, and both would be wrong from the second visit on.
 */

import type { z } from 'zod'
import { FUNDS, type Fund } from '../calculation/settlement-result.ts'
import { COUNTER, IN_SCOPE_PARTS, type LimitKind, type PersonalPart } from './policy-parts.ts'
import type { bandSchema, supplementSchema } from './policy-schema.ts'

type Band = z.output<typeof bandSchema>
type Supplement = z.output<typeof supplementSchema>
type Path = readonly (string | number)[]

/** What of a policy uses counters. */
export interface CounterUsers {
  readonly deductible?:
    | { readonly counter: string; readonly rows: readonly { readonly counter?: string | undefined }[] }
    | undefined
  readonly bands: readonly Band[]
  readonly supplements: readonly Supplement[]
}

interface CounterUse {
  readonly counter: string
  readonly path: Path
  /** What the counter holds, as the end of "the counter of ...". */
  readonly meaning: string
}

export function limitsOf({ limit }: Band) {
  if (limit === undefined) return []
  return Array.isArray(limit) ? limit : [limit]
}

export const baseParts = (supplement: Supplement): readonly PersonalPart[] => supplement.of ?? IN_SCOPE_PARTS

export function baseCounter(supplement: Supplement): string {
  if (supplement.counter !== undefined) return supplement.counter
  return supplement.of === undefined ? COUNTER.personalInScope : `${supplement.pays}_base`
}

export function limitCounter(limit: { readonly counter?: string | undefined }, of: LimitKind, payer: string): string {
  return limit.counter ?? { payment: payer, expense: COUNTER.segmentExpense, 'in-scope-expense': COUNTER.inScope }[of]
}

export const countersOf = (policy: CounterUsers): ReadonlySet<string> =>
  new Set(counterUses(policy).map(({ counter }) => counter))

/** Uses of a counter for something else than what every place, or an earlier use, keeps in it. */
export function counterClashes(policy: CounterUsers): { path: Path; message: string }[] {
  const meanings = new Map(STANDARD_MEANINGS)
  return counterUses(policy).flatMap(({ counter, path, meaning }) => {
    const held = meanings.get(counter) ?? meaning
    // Which parts of the personal share count is the place's own affair, as long as they are the same each time.
    if (held === meaning || (held === BASE && meaning.startsWith(BASE))) {
      meanings.set(counter, meaning)
      return []
    }
    const text = held.startsWith(BASE) && meaning.startsWith(BASE) ? 'a supplement with another base' : held
    return [{ path, message: `must differ from "${counter}", the counter of ${text}` }]
  })
}

function counterUses({ deductible, bands, supplements }: CounterUsers): CounterUse[] {
  return [
    ...deductibleUses(deductible),
    ...bands.flatMap((band, index) => bandUses(band, ['bands', index])),
    ...supplements.flatMap((supplement, index) => supplementUses(supplement, ['supplements', index]))
  ]
}

function deductibleUses(deductible: CounterUsers['deductible']): CounterUse[] {
  if (deductible === undefined) return []
  const ofRows = deductible.rows.flatMap(({ counter }, index) =>
    counter === undefined ? [] : [{ counter, path: ['deductible', 'rows', index, 'counter'], meaning: DEDUCTIBLE }]
  )
  return [{ counter: deductible.counter, path: ['deductible', 'counter'], meaning: DEDUCTIBLE }, ...ofRows]
}

function bandUses(band: Band, path: Path): CounterUse[] {
  const isList = Array.isArray(band.limit)
  return limitsOf(band).flatMap((limit, index) => {
    const at = [...path, 'limit', ...(isList ? [index] : [])]
    const meaningOf = (counter: string): string =>
      limit.of === 'payment' ? paymentMeaning(counter, band.pays) : EXPENSE_MEANING[limit.of]
    return limitUses(limit, limitCounter(limit, limit.of, band.pays), at, meaningOf)
  })
}

function supplementUses(supplement: Supplement, path: Path): CounterUse[] {
  const base = { counter: baseCounter(supplement), path: [...path, 'counter'], meaning: baseMeaning(baseParts(supplement)) }
  if (supplement.limit === undefined) return [base]
  const counter = limitCounter(supplement.limit, 'payment', supplement.pays)
  const meaningOf = (name: string): string => paymentMeaning(name, supplement.pays)
  return [base, ...limitUses(supplement.limit, counter, [...path, 'limit'], meaningOf)]
}

/** The limit's own counter, and those of rows that keep their own. */
function limitUses(
  { rows }: { readonly rows: readonly { readonly counter?: string | undefined }[] },
  counter: string,
  path: Path,
  meaningOf: (counter: string) => string
): CounterUse[] {
  const ofRows = rows.flatMap((row, index) =>
    row.counter === undefined ? [] : [{ counter: row.counter, path: [...path, 'rows', index, 'counter'], meaning: meaningOf(row.counter) }]
  )
  return [{ counter, path: [...path, 'counter'], meaning: meaningOf(counter) }, ...ofRows]
}

const DEDUCTIBLE = 'the deductible paid'
const EXPENSE_MEANING = { expense: 'expense above the deductible', 'in-scope-expense': 'in-scope expense' } as const
const BASE = 'the personal share'
const baseMeaning = (parts: readonly PersonalPart[]): string => `${BASE}: ${parts.toSorted().join(', ')}`
const fundMeaning = (fund: Fund): string => `what the ${fund} fund pays`

/** Under a name of its own a limit may cap several funds together. */
const paymentMeaning = (counter: string, payer: Fund): string =>
  counter === payer ? fundMeaning(payer) : 'what funds pay under limits'

const STANDARD_MEANINGS: ReadonlyMap<string, string> = new Map([
  [COUNTER.deductible, DEDUCTIBLE],
  [COUNTER.segmentExpense, EXPENSE_MEANING.expense],
  [COUNTER.inScope, EXPENSE_MEANING['in-scope-expense']],
  [COUNTER.personalInScope, BASE],
  ...FUNDS.map((fund) => [fund, fundMeaning(fund)] as const)
])
