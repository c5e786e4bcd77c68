/** What the calculation says of a line, in the words of the node that it was sent in: the claim calls it lines[2], the sender feedetail[2]. */

import type { CalculationRefusal } from '../../../calculation/refusal.ts'
import type { InputProblem } from '../../../wire/input-problem.ts'
import type { Fields } from '../envelope/fields.ts'
import { badField, badState, type NationalRefusal } from '../refusal.ts'

const OF_LINE = /^lines\[(\d+)\]\.(\w+)$/
/** What the catalogue does not list goes by the sender's code. */
const SENT_AS: Readonly<Record<string, string>> = { lines: 'det_item_fee_sumamt', name: 'medins_list_codg' }

export const claimProblem = ({ path, value, rule }: InputProblem, lines: readonly Fields[]): NationalRefusal =>
  badField(sentField(path, lines), value, rule)

export function calculationProblem(refusal: CalculationRefusal, lines: readonly Fields[]): NationalRefusal {
  if (refusal.kind !== 'negative-sum') return { kind: 'calculation', refusal }
  const rule = `must not return more of an item than this bill buys, and its ${refusal.field} is ${refusal.amount}; cancel the original settlement instead 退回多于本单购买，请撤销原结算`
  return badState(sentField(refusal.path, lines), refusal.quantity, rule)
}

function sentField(path: string, lines: readonly Fields[]): string {
  const match = OF_LINE.exec(path)
  if (match === null) return SENT_AS[path] ?? path
  const [, index = '', field = ''] = match
  return `${lines[Number(index)]?.path ?? ''}${SENT_AS[field] ?? field}`
}
