/** Charges as they are sent: what must hold before they are taken (1.8, 1.9, 2.2). */

import { fen, FEN_MAX, formatFen } from '../../../money/fen.ts'
import { isWithinOneFen, parsePrice, parseQuantity } from '../../../money/price.ts'
import type { Fields } from '../envelope/fields.ts'
import type { Profile } from '../profile/profile.ts'
import { badField, badState, type NationalRefusal } from '../refusal.ts'

/** undefined: every line may be taken. `known`: serial numbers that the visit has already. */
export function chargeProblem(profile: Profile, lines: readonly Fields[], known: ReadonlySet<string>): NationalRefusal | undefined {
  const pattern = new RegExp(profile.feedetl_sn.pattern)
  const seen = new Set(known)
  for (const line of lines) {
    const number = line.text('feedetl_sn')
    if (!pattern.test(number)) return badField(`${line.path}feedetl_sn`, number, `must be ${profile.feedetl_sn.rule}`)
    if (seen.has(number)) return badField(`${line.path}feedetl_sn`, number, 'must be unique in the visit 明细流水号重复')
    seen.add(number)
    const problem = amountProblem(line)
    if (problem !== undefined) return problem
  }
  return sizeProblem(lines)
}

/** medfee_sumamt is the sum of the charges. `rule`: what else is said of them. */
export function totalProblem(node: Fields, lines: readonly Fields[], rule: { readonly en: string; readonly zh: string }): NationalRefusal | undefined {
  const tooLarge = sizeProblem(lines)
  if (tooLarge !== undefined) return tooLarge
  const sum = fen(lines.reduce((total, line) => total + line.amount('det_item_fee_sumamt'), 0))
  if (node.amount('medfee_sumamt') === sum) return undefined
  return badState('medfee_sumamt', node.text('medfee_sumamt'), `${rule.en} come to ${formatFen(sum)} ${rule.zh}`)
}

/** Also the sum of some of the charges must be an amount, returns being among the others. */
function sizeProblem(lines: readonly Fields[]): NationalRefusal | undefined {
  const size = lines.reduce((total, line) => total + Math.abs(line.amount('det_item_fee_sumamt')), 0)
  if (size <= FEN_MAX) return undefined
  return badField('det_item_fee_sumamt', `${lines.length} rows`, `together are more than this centre counts, ${formatFen(fen(FEN_MAX))} 超出可处理金额`)
}

/** In fen, pric x cnt is the product of the two counts divided by this. */
const PRODUCT_PER_FEN = 100_000_000

/** Returns have a positive price, and quantity and amount below zero. */
function amountProblem(line: Fields): NationalRefusal | undefined {
  const tooLarge = 'is more than this centre counts 超出可处理范围'
  const price = parsePrice(line.number('pric'))
  if (price === undefined) {
    return badField(`${line.path}pric`, line.text('pric'), line.number('pric').startsWith('-') ? 'must be from 0 on, also for a return 单价不能为负' : tooLarge)
  }
  const quantity = parseQuantity(line.number('cnt'))
  if (quantity === undefined) return badField(`${line.path}cnt`, line.text('cnt'), tooLarge)
  if (quantity === 0) return badField(`${line.path}cnt`, line.text('cnt'), 'must not be 0 数量不能为0')
  const amount = line.amount('det_item_fee_sumamt')
  const stated = line.text('det_item_fee_sumamt')
  if (amount !== 0 && amount < 0 !== quantity < 0) {
    return badField(`${line.path}det_item_fee_sumamt`, stated, 'must have the sign of cnt: a return has both below zero 退费数量与金额须同为负')
  }
  if (isWithinOneFen(amount, price, quantity)) return undefined
  if (Math.abs(price * quantity) > FEN_MAX * PRODUCT_PER_FEN) return badField(`${line.path}det_item_fee_sumamt`, stated, `must be within 0.01 of pric x cnt, which ${tooLarge}`)
  return badField(`${line.path}det_item_fee_sumamt`, stated, `must be within 0.01 of pric x cnt, ${exactProduct(price, quantity)} 金额与单价乘数量不符`)
}

/** Ten places, and no zeros behind: rounded it would refuse what it seems to allow. */
function exactProduct(price: number, quantity: number): string {
  const product = BigInt(price) * BigInt(quantity)
  const digits = (product < 0n ? -product : product).toString().padStart(11, '0')
  const fraction = digits.slice(-10).replace(/0+$/, '').padEnd(2, '0')
  return `${product < 0n ? '-' : ''}${digits.slice(0, -10)}.${fraction}`
}
