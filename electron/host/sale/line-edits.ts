/** Edits of one line of a sale: how it is taken, who wants to pay it, its packs. */

import { refuse } from '../../../base/result.ts'
import { frequencyOf } from '../../../settlement/eligibility/days-of-supply.ts'
import { parseQuantity } from '../../../settlement/money/price.ts'
import type { BillChange } from '../../contract/bill-view.ts'
import type { Params } from '../../contract/requests.ts'
import type { PackView } from '../../contract/sale-view.ts'
import { saleRefused, type Refusable } from './refusable.ts'
import type { Sale } from './sale.ts'
import type { SaleLine } from './sale-line.ts'
import type { SaleRefusal } from './sale-refusal.ts'
import { isTraceCode } from './trace-code.ts'

type Stated = Pick<Params<'sale.set-line'>, 'dose' | 'frequency' | 'days' | 'ownPay'>

export const changedLine = (line: SaleLine, { dose, frequency, days, ownPay }: Stated): SaleLine => ({
  ...line,
  ownPay: ownPay ?? line.ownPay,
  dose: kept(dose, line.dose),
  frequency: kept(frequency, line.frequency),
  days: kept(days, line.days)
})

/** Empty text takes it away. */
const kept = (stated: string | undefined, before: string | undefined): string | undefined => (stated === undefined ? before : stated.trim() === '' ? undefined : stated.trim())

const isGiven = (text: string | undefined): text is string => text !== undefined && text.trim() !== ''

export function wrongField({ dose, frequency, days }: Omit<Stated, 'ownPay'>): SaleRefusal | undefined {
  if (isGiven(dose) && (parseQuantity(dose.trim()) ?? 0) <= 0) return { kind: 'bad-field', field: 'dose', value: dose, rule: { zh: '应为最多4位小数的正数', en: 'a positive number with up to 4 places' } }
  if (isGiven(frequency) && frequencyOf(frequency) === undefined && !ONLY_WORDS.has(frequency.trim().toLowerCase())) {
    return { kind: 'bad-field', field: 'frequency', value: frequency, rule: { zh: '应为频次代码，如11（每日一次）、12、13，或qd、bid、tid', en: 'a frequency such as 11 (once a day), 12, 13, or qd, bid, tid' } }
  }
  if (isGiven(days) && !/^[1-9]\d{0,2}$/.test(days.trim())) return { kind: 'bad-field', field: 'days', value: days, rule: { zh: '应为1至999的整数', en: 'a whole number from 1 to 999' } }
  return undefined
}

/** Once, and when needed: they say how a drug is taken, and nothing of days. */
const ONLY_WORDS: ReadonlySet<string> = new Set(['61', 'st', '62', 'prn'])

/** A pack more than the line says is one more sold. */
export function addPack(sale: Sale, number: string, pack: PackView): Refusable<BillChange> {
  const [line, known] = [sale.line(number), sale.judge.line(number)]
  if (line === undefined) return refuse({ kind: 'line-unknown', line: number })
  const { traceCode, isSplit } = pack
  if (!isTraceCode(traceCode)) return saleRefused({ kind: 'trace-code-malformed', code: traceCode })
  const twins = sale.lines.flatMap(({ feedetl_sn }) => sale.judge.line(feedetl_sn).packs.filter((other) => other.traceCode === traceCode))
  if (twins.some((other) => !other.isSplit) || (twins.length > 0 && !isSplit)) return saleRefused({ kind: 'trace-code-repeated', code: traceCode })
  const packs = [...known.packs, pack]
  const wanted = sale.judge.verdictOf(number)?.tracesWanted ?? 0
  const isOneMore = wanted > 0 && packs.length > wanted && !isSplit
  return sale.edit([{ line: isOneMore ? { ...line, cnt: String(packs.length) } : line, sale: { ...known, packs } }])
}
