/** What is wrong with the groups of a chain of documents: a name nobody defines, a group that contains itself. */

import type { InputProblem } from '../wire/input-problem.ts'
import type { Group } from './group-schema.ts'
import { SECTION_NAMES, type RuleDocument } from './rules-schema.ts'

/** The fields of rows and groups that hold group names. */
const GROUP_FIELDS = ['items', 'first_line', 'except', 'groups'] as const

interface NamedGroup {
  readonly path: string
  readonly name: string
}

/** Every mention of a group in one document, with where it stands. */
function* mentions(document: RuleDocument): Generator<NamedGroup> {
  for (const [name, group] of Object.entries(document.groups)) yield* mentionsOf(group, `groups.${name}`)
  for (const section of SECTION_NAMES) {
    for (const [index, row] of document[section].entries()) yield* mentionsOf(row, `${section}[${index}]`)
  }
}

function* mentionsOf(row: object, path: string): Generator<NamedGroup> {
  for (const field of GROUP_FIELDS) {
    const names: unknown = (row as Record<string, unknown>)[field]
    if (!Array.isArray(names)) continue
    for (const [index, name] of names.entries()) yield { path: `${path}.${field}[${index}]`, name: String(name) }
  }
}

/** Names that neither the document nor one below it defines. */
export function unknownGroups(document: RuleDocument, known: ReadonlySet<string>): InputProblem[] {
  const here = [...known].toSorted().join(', ')
  return [...mentions(document)]
    .filter(({ name }) => !known.has(name))
    .map(({ path, name }) => ({ path, value: name, rule: `must be a group that this document or one below it defines: ${here === '' ? 'there is none' : here}` }))
}

/** One problem a circle: the group at which it was entered, and the way round. */
export function groupCircles(groups: ReadonlyMap<string, Group>): InputProblem[] {
  const problems: InputProblem[] = []
  const done = new Set<string>()
  const way: string[] = []

  const visit = (name: string): void => {
    if (done.has(name)) return
    const from = way.indexOf(name)
    if (from !== -1) {
      const circle = [...way.slice(from), name].join(' -> ')
      problems.push({ path: `groups.${name}`, value: circle, rule: 'must not contain itself: groups must not form a circle' })
      return
    }
    way.push(name)
    const group = groups.get(name)
    for (const next of [...(group?.groups ?? []), ...(group?.except ?? [])]) visit(next)
    way.pop()
    done.add(name)
  }
  for (const name of groups.keys()) visit(name)
  return problems
}
