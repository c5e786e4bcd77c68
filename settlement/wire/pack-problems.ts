/**
 * What the schema cannot say of packs and returns: a whole pack is sold once, and only what was sold comes back. A line with
 * return_of takes packs back; their codes stand on the line that sold them too.
 */

import { parsePrice, parseQuantity } from '../money/price.ts'
import type { ClaimDocument } from './claim-schema.ts'
import type { InputProblem } from './input-problem.ts'

type LineDocument = ClaimDocument['lines'][number]

/** A line that sells, with what came back of it so far. */
interface Sold {
  readonly line: LineDocument
  readonly quantity: number
  returned: number
  readonly codes: Set<string>
}

export function packProblems({ lines }: ClaimDocument): InputProblem[] {
  if (lines.every(({ drug_trac_info, return_of }) => drug_trac_info === undefined && return_of === undefined)) return []
  const sold = new Map<string, Sold>()
  const isWhole = new Map<string, boolean>()
  for (const [index, line] of lines.entries()) {
    if (line.return_of === undefined) sold.set(line.feedetl_sn ?? String(index + 1), soldBy(line))
  }
  return lines.flatMap((line, index) => {
    const path = `lines[${index}]`
    return line.return_of === undefined ? soldTwice(line, path, isWhole) : returnProblems(line, path, sold.get(line.return_of))
  })
}

const soldBy = (line: LineDocument): Sold => ({
  line,
  quantity: parseQuantity(line.cnt) ?? 0,
  returned: 0,
  codes: new Set(line.drug_trac_info?.map(({ drug_trac_codg }) => drug_trac_codg))
})

/** `isWhole` remembers the codes so far. Parts of one pack may be sold on several lines. */
function soldTwice(line: LineDocument, path: string, isWhole: Map<string, boolean>): InputProblem[] {
  return (line.drug_trac_info ?? []).flatMap(({ drug_trac_codg, trdn_flag }, index) => {
    const earlier = isWhole.get(drug_trac_codg)
    isWhole.set(drug_trac_codg, trdn_flag === '0' || earlier === true)
    if (earlier === undefined || (!earlier && trdn_flag === '1')) return []
    const rule = 'must stand once in a claim, unless parts of the pack are sold each time (trdn_flag "1")'
    return [{ path: codePath(path, index), value: drug_trac_codg, rule }]
  })
}

function returnProblems(line: LineDocument, path: string, sold: Sold | undefined): InputProblem[] {
  if (sold === undefined || sold.quantity < 0) {
    return [{ path: `${path}.return_of`, value: line.return_of, rule: 'must be the number of a line of this claim that sells' }]
  }
  const problems: InputProblem[] = []
  const quantity = parseQuantity(line.cnt) ?? 0
  if (quantity >= 0) problems.push({ path: `${path}.cnt`, value: line.cnt, rule: 'must be negative on a line with return_of' })
  sold.returned -= quantity
  if (sold.returned > sold.quantity) {
    problems.push({ path: `${path}.cnt`, value: line.cnt, rule: `must not bring back more than the ${sold.line.cnt} that were sold` })
  }
  const differing = [
    ...(line.med_list_codg === sold.line.med_list_codg ? [] : (['med_list_codg'] as const)),
    ...(parsePrice(line.pric) === parsePrice(sold.line.pric) ? [] : (['pric'] as const))
  ]
  for (const field of differing) {
    problems.push({ path: `${path}.${field}`, value: line[field], rule: `must be that of the line that sold, ${sold.line[field] ?? 'none'}` })
  }
  for (const [index, { drug_trac_codg, trdn_flag }] of (line.drug_trac_info ?? []).entries()) {
    const isSold = sold.codes.has(drug_trac_codg)
    // Of a pack sold in parts more than one may come back.
    if (isSold && trdn_flag === '0') sold.codes.delete(drug_trac_codg)
    if (isSold) continue
    problems.push({ path: codePath(path, index), value: drug_trac_codg, rule: 'must be a code of the line that sold, and come back once' })
  }
  return problems
}

const codePath = (path: string, index: number): string => `${path}.drug_trac_info[${index}].drug_trac_codg`
