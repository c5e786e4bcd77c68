/** One line of the benchmark table: a figure of ours beside its peer or limit, both measured in the same run. */

export interface Figure {
  /** Number of the target and what it is about, such as "1 completion commit". */
  readonly target: string
  readonly ours: string
  /** What it is measured against, named, with its own figure of this run. */
  readonly against: string
  /** ours / against, or the absolute figure where the target is one. */
  readonly ratio: number
  /** The bound in words: "at most 2.0", "at least 50". */
  readonly bound: string
  readonly met: boolean
}

export type Benchmark = () => Promise<readonly Figure[]>

export const median = (values: readonly number[]): number => quantile(values, 0.5)

export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}
