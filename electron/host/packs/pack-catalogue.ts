/** A catalogue in a pack: a JSON document, every item of it sound. */

import { refuse, type Result } from '../../../base/result.ts'
import { parseCatalogue } from '../../../settlement/catalogue/parse-catalogue.ts'
import { parseJsonMember } from '../../../settlement/pack/json-member.ts'
import type { ReadCatalogue } from '../../../settlement/pack/read-members.ts'
import { describeProblem } from '../../../settlement/wire/input-problem.ts'

export function readPackCatalogue(path: string, bytes: Uint8Array): Result<ReadCatalogue, string> {
  const json = parseJsonMember(path, bytes)
  if (!json.ok) return refuse(json.error.bound)
  const catalogue = parseCatalogue(json.value)
  if (!catalogue.ok) return refuse(catalogue.error.map(describeProblem).join('; '))
  return { ok: true, value: { items: catalogue.value.size, skipped: [], knowsCode: () => true } }
}
