/** The digits of the pad in their order, or shuffled so that a finger's place tells nobody a digit. */

export const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const

export function shuffledDigits(): readonly string[] {
  const lots = crypto.getRandomValues(new Uint32Array(DIGITS.length))
  return DIGITS.map((digit, index) => ({ digit, lot: lots[index] ?? 0 }))
    .toSorted((left, right) => left.lot - right.lot)
    .map(({ digit }) => digit)
}
