/** Amounts and counters of a settlement as a batch has them: by name, in yuan, those of zero left out. */

import type { Counters } from '../calculation/counters.ts'
import { FUNDS, SINGLE_AMOUNTS, type Amounts, type Fund } from '../calculation/settlement-result.ts'
import { formatFen, ZERO, type Fen } from '../money/fen.ts'
import { fieldsOf, Malformed, notNegative, signedMoney, type Fields } from './read-fields.ts'

const AMOUNT_NAMES: ReadonlySet<string> = new Set<string>([...SINGLE_AMOUNTS, ...FUNDS])
/** As the canonical encoding has them. */
const COUNTER_NAME = /^[a-z][A-Za-z0-9_]{0,63}$/
export const COUNTERS_MAX = 64

export function writeAmounts(amounts: Amounts): Record<string, string> {
  const written: Record<string, string> = {}
  for (const name of SINGLE_AMOUNTS) if (amounts[name] !== 0) written[name] = formatFen(amounts[name])
  for (const fund of FUNDS) if (amounts.funds[fund] !== 0) written[fund] = formatFen(amounts.funds[fund])
  return written
}

export function readAmounts(value: unknown, path: string): Amounts {
  const fields = fieldsOf(value, path, AMOUNT_NAMES)
  const read = (name: string): Fen => (fields[name] === undefined ? ZERO : notNegative(fields[name], path, name))
  return {
    total: read('total'),
    ownPay: read('ownPay'),
    overCeiling: read('overCeiling'),
    prePay: read('prePay'),
    inScope: read('inScope'),
    deductible: read('deductible'),
    funds: readFunds(read),
    fundPaid: read('fundPaid'),
    personal: read('personal'),
    account: read('account'),
    mutualAid: read('mutualAid'),
    cash: read('cash'),
    hospital: read('hospital')
  }
}

const readFunds = (read: (name: string) => Fen): Readonly<Record<Fund, Fen>> => ({
  hifp_pay: read('hifp_pay'),
  hifob_pay: read('hifob_pay'),
  hifmi_pay: read('hifmi_pay'),
  hifes_pay: read('hifes_pay'),
  cvlserv_pay: read('cvlserv_pay'),
  hifdm_pay: read('hifdm_pay'),
  maf_pay: read('maf_pay'),
  oth_pay: read('oth_pay')
})

export function writeCounters(counters: Counters): Record<string, string> {
  const written: Record<string, string> = {}
  for (const [name, amount] of Object.entries(counters)) if (amount !== 0) written[name] = formatFen(amount)
  return written
}

/** What a year's counter moved by; a counter of its own policy may have any name. */
export function readCounters(value: unknown, path: string): Counters {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Malformed(path.slice(0, -1), value, 'must be a JSON object')
  }
  const fields = value as Fields
  const names = Object.keys(fields)
  if (names.length > COUNTERS_MAX) {
    throw new Malformed(path.slice(0, -1), undefined, `must have at most ${COUNTERS_MAX} counters, has ${names.length}`)
  }
  const counters: Record<string, Fen> = {}
  for (const name of names) {
    if (!COUNTER_NAME.test(name)) throw new Malformed(path.slice(0, -1), undefined, 'holds a name that no counter has')
    counters[name] = signedMoney(fields[name], () => `${path}${name}`)
  }
  return counters
}
