/** What came of looking for one planted bug, and how it is told. */

import type { SeedOutcome } from '../run/outcome.ts'
import type { Plant } from './plant.ts'

export const SEEDS_MAX = 200

/** Names that say that the program or the planting broke, and no promise of the house. */
const NO_RULES: ReadonlySet<string> = new Set(['broken'])

export type CanaryVerdict =
  /** `isExpected`: by one of the rules that its plant names. */
  | { readonly kind: 'caught'; readonly seed: number; readonly seeds: number; readonly rule: string; readonly detail: string; readonly isExpected: boolean }
  /** Found, but by a fault of the program that no rule names. */
  | { readonly kind: 'broke'; readonly seed: number; readonly seeds: number; readonly detail: string }
  | { readonly kind: 'missed'; readonly seeds: number }
  /** The simulation did not run. */
  | { readonly kind: 'not-run'; readonly why: string }

/** `outcomes`: in the order in which they were tried; the first with a failure decides. */
export function verdictOn(plant: Plant, outcomes: readonly SeedOutcome[]): CanaryVerdict {
  const at = outcomes.findIndex(({ failure }) => failure !== undefined)
  const found = outcomes[at]
  if (found?.failure === undefined) return { kind: 'missed', seeds: outcomes.length }
  const { seed, failure } = found
  const detail = failure.detail.split('\n')[0] ?? ''
  if (NO_RULES.has(failure.rule)) return { kind: 'broke', seed, seeds: at + 1, detail }
  return { kind: 'caught', seed, seeds: at + 1, rule: failure.rule, detail, isExpected: plant.rules.some((rule) => rule === failure.rule) }
}

export const isCaught = ({ kind }: CanaryVerdict): boolean => kind === 'caught'

export function verdictLine({ name }: Plant, verdict: CanaryVerdict): string {
  const head = name.padEnd(36)
  switch (verdict.kind) {
    case 'caught':
      return `${head} caught in ${verdict.seeds} ${verdict.seeds === 1 ? 'seed' : 'seeds'} by ${verdict.rule} (seed ${verdict.seed}): ${verdict.detail}`
    case 'broke':
      return `${head} BROKE the program in seed ${verdict.seed}, and no rule saw it: ${verdict.detail}`
    case 'missed':
      return `${head} MISSED in ${verdict.seeds} seeds`
    case 'not-run':
      return `${head} NOT RUN: ${verdict.why}`
    default: {
      const nothing: never = verdict
      return nothing
    }
  }
}
