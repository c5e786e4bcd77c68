/** Whole numbers and fractions of them, without a floating point anywhere: the auditor's own arithmetic of money. */

/** A sum that may end between two fen: `n` / `d`. */
export interface Exact {
  readonly n: bigint
  readonly d: bigint
}

export const exact = (whole: bigint | number): Exact => ({ n: BigInt(whole), d: 1n })

export const plus = (left: Exact, right: Exact): Exact => ({ n: left.n * right.d + right.n * left.d, d: left.d * right.d })
export const minus = (left: Exact, right: Exact): Exact => plus(left, { n: -right.n, d: right.d })
export const times = (left: Exact, right: Exact): Exact => ({ n: left.n * right.n, d: left.d * right.d })
export const over = (left: Exact, right: Exact): Exact => ({ n: left.n * right.d, d: left.d * right.n })

export const isBelow = (left: Exact, right: Exact): boolean => left.n * right.d < right.n * left.d
export const least = (left: Exact, right: Exact): Exact => (isBelow(right, left) ? right : left)
export const atLeastNothing = (value: Exact): Exact => (value.n < 0n ? exact(0) : value)

/** To the nearest whole number, a half away from zero. */
export function rounded({ n, d }: Exact): number {
  const size = n < 0n ? -n : n
  const whole = Number((2n * size + d) / (2n * d))
  return n < 0n ? -whole : whole
}

/** "-12.345" as it stands there; undefined: no decimal number. */
export function decimal(text: unknown): Exact | undefined {
  const [, sign, whole, places = ''] = (typeof text === 'string' ? /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) : null) ?? []
  if (whole === undefined) return undefined
  const n = BigInt(`${whole}${places}`)
  return { n: sign === '-' ? -n : n, d: 10n ** BigInt(places.length) }
}

const FEN_PER_YUAN = exact(100)

/** Yuan to fen, not rounded. */
export const fenExact = (yuan: Exact): Exact => times(yuan, FEN_PER_YUAN)
