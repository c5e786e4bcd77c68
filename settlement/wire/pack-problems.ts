/**
 * What the schema cannot say of packs and returns: a whole pack is sold once, and what comes back was sold. A code on a line of
 * a return stands for a pack that came back, so it may stand on the line that sold it too.
 */

import type { ClaimDocument } from './claim-schema.ts'
import type { InputProblem } from './input-problem.ts'

type LineDocument = ClaimDocument['lines'][number]

export function packProblems({ lines }: ClaimDocument): InputProblem[] {
  if (lines.every(({ drug_trac_info, return_of }) => drug_trac_info === undefined && return_of === undefined)) return []
  const numbers = new Map(lines.map((line, index) => [line.feedetl_sn ?? String(index + 1), line]))
  const isWhole = new Map<string, boolean>()
  return lines.flatMap((line, index) => {
    const path = `lines[${index}]`
    return line.return_of === undefined ? soldTwice(line, path, isWhole) : returnProblems(line, line.return_of, path, numbers)
  })
}

/** `isWhole` remembers the codes so far. Parts of one pack may be sold on several lines. */
function soldTwice(line: LineDocument, path: string, isWhole: Map<string, boolean>): InputProblem[] {
  return (line.drug_trac_info ?? []).flatMap(({ drug_trac_codg, trdn_flag }, index) => {
    const earlier = isWhole.get(drug_trac_codg)
    isWhole.set(drug_trac_codg, trdn_flag === '0' || earlier === true)
    if (earlier === undefined || (!earlier && trdn_flag === '1')) return []
    const rule = 'must stand once in a claim, unless parts of the pack are sold each time (trdn_flag "1")'
    return [{ path: `${path}.drug_trac_info[${index}].drug_trac_codg`, value: drug_trac_codg, rule }]
  })
}

function returnProblems(line: LineDocument, returnOf: string, path: string, numbers: ReadonlyMap<string, LineDocument>): InputProblem[] {
  const sold = numbers.get(returnOf)
  if (sold === undefined || sold.return_of !== undefined || sold.cnt.startsWith('-')) {
    return [{ path: `${path}.return_of`, value: returnOf, rule: 'must be the number of a line of this claim that sells' }]
  }
  if (line.cnt.startsWith('-')) return []
  return [{ path: `${path}.cnt`, value: line.cnt, rule: 'must be negative on a line with return_of' }]
}
