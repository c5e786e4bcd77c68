/** Check character of the card number, item 07 (S37 appendix A): D2143569 -> X. */

import { invariant } from '../../../base/invariant.ts'

const WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2]
const CHARACTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** `body` is the first 8 characters, digits and capital letters. */
export function cardNumberCheck(body: string): string {
  invariant(/^[0-9A-Z]{8}$/.test(body), `"${body}" is not 8 digits or capital letters`)
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * CHARACTERS.indexOf(body.charAt(index)), 0)
  const check = 11 - (sum % 11)
  if (check === 10) return 'X'
  return check === 11 ? '0' : String(check)
}
