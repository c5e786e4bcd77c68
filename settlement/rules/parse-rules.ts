/** One rule document, checked for itself. What needs the documents below it (unknown groups) is found when they are put together. */

import { ok, refuse, type Result } from '../../base/result.ts'
import { checkDocument, type InputProblem } from '../wire/input-problem.ts'
import { groupCircles, unknownGroups } from './group-problems.ts'
import { rulesSchema, SECTION_NAMES, type RuleDocument } from './rules-schema.ts'

export function parseRules(json: unknown): Result<RuleDocument, InputProblem[]> {
  const parsed = checkDocument(rulesSchema, json)
  if (!parsed.ok) return parsed
  const document = parsed.value
  const problems = [
    ...groupCircles(new Map(Object.entries(document.groups))),
    ...(document.based_on === null ? unknownGroups(document, new Set(Object.keys(document.groups))) : []),
    ...(document.based_on === document.id ? [{ path: 'based_on', value: document.id, rule: 'must not be the document itself' }] : []),
    ...repeatedIds(document),
    ...unreachableRows(document)
  ]
  return problems.length > 0 ? refuse(problems) : ok(document)
}

function repeatedIds(document: RuleDocument): InputProblem[] {
  return SECTION_NAMES.flatMap((section) => {
    const seen = new Set<string>()
    return document[section].flatMap(({ id }, index) => {
      if (id === undefined) return []
      const isRepeated = seen.has(id)
      seen.add(id)
      return isRepeated ? [{ path: `${section}[${index}].id`, value: id, rule: `must be unique in ${section}` }] : []
    })
  })
}

/** Sections whose rows have nothing but `when` to tell them apart: behind a row without conditions none can apply. */
const BY_WHEN_ONLY = ['card_expired', 'card_not_activated', 'arrears', 'breaks', 'in_hospital', 'duplicates', 'chronic', 'pooling'] as const

function unreachableRows(document: RuleDocument): InputProblem[] {
  return BY_WHEN_ONLY.flatMap((section) => {
    const rows = document[section]
    const general = rows.findIndex(({ when }) => when === undefined || Object.values(when).every((fact) => fact === undefined))
    if (general === -1 || general === rows.length - 1) return []
    return [{ path: `${section}[${general + 1}]`, value: rows[general + 1], rule: 'can never apply: the row before it has no condition and always applies; put the general row last' }]
  })
}
