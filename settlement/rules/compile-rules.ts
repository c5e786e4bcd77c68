/**
 * Puts a chain of documents together, the most general first. The rows of the more special one come first; a row with the
 * id of a row below replaces that row, `replaces` drops a section, `removes` drops rows.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { InputProblem } from '../wire/input-problem.ts'
import { CompiledRules, type Ruled, type RuledSections } from './compiled-rules.ts'
import { GroupIndex } from './group-index.ts'
import { groupCircles, unknownGroups } from './group-problems.ts'
import type { Group } from './group-schema.ts'
import { SECTION_NAMES, type RowOf, type RuleDocument, type SectionName } from './rules-schema.ts'

export function compileRules(chain: readonly RuleDocument[]): Result<CompiledRules, InputProblem[]> {
  const top = chain.at(-1)
  if (top === undefined) return refuse([{ path: '', value: undefined, rule: 'must have at least one document' }])
  const problems = [...chainProblems(chain), ...groupProblems(chain), ...removalProblems(chain)]
  if (problems.length > 0) return refuse(problems)
  const identity = {
    id: top.id,
    version: top.version,
    region: top.region,
    name: top.name,
    chain: chain.map(({ id, version }) => ({ id, version }))
  }
  return ok(new CompiledRules(identity, sectionsOf(chain), new GroupIndex(groupsOf(chain))))
}

/** Paths of the last document are its own; of those below they carry the document's id. */
const pathIn = (chain: readonly RuleDocument[], index: number, path: string): string =>
  index === chain.length - 1 ? path : `${chain[index]?.id ?? ''}: ${path}`

function chainProblems(chain: readonly RuleDocument[]): InputProblem[] {
  const below = new Set<string>()
  return chain.flatMap(({ id, based_on: base }, index): InputProblem[] => {
    const path = pathIn(chain, index, 'based_on')
    const isRepeated = below.has(id)
    below.add(id)
    if (isRepeated) return [{ path, value: base, rule: `must not lead back to ${id}: documents must not form a circle` }]
    const expected = chain[index - 1]?.id ?? null
    if (base === expected) return []
    const there = [...below].slice(0, -1)
    return [{ path, value: base ?? undefined, rule: `must name a document that is there: ${there.length === 0 ? 'there is none' : there.join(', ')}` }]
  })
}

const groupsOf = (chain: readonly RuleDocument[]): ReadonlyMap<string, Group> =>
  new Map(chain.flatMap(({ groups }) => Object.entries(groups)))

function groupProblems(chain: readonly RuleDocument[]): InputProblem[] {
  const known = new Set<string>()
  const unknown = chain.flatMap((document, index) => {
    for (const name of Object.keys(document.groups)) known.add(name)
    return unknownGroups(document, known).map((problem) => ({ ...problem, path: pathIn(chain, index, problem.path) }))
  })
  return [...unknown, ...groupCircles(groupsOf(chain))]
}

/** `removes` names a row by its id, or by section and id where several sections have a row of that id. */
function removalProblems(chain: readonly RuleDocument[]): InputProblem[] {
  const sectionsOfId = new Map<string, Set<SectionName>>()
  return chain.flatMap((document, index) => {
    const problems = document.removes.flatMap((name, at): InputProblem[] => {
      const [id, section] = name.split('.').toReversed()
      const sections = [...(sectionsOfId.get(id ?? '') ?? [])].filter((known) => section === undefined || section === known)
      const path = pathIn(chain, index, `removes[${at}]`)
      if (sections.length === 1) return []
      if (sections.length === 0) return [{ path, value: name, rule: 'must be the id of a row of a document below' }]
      return [{ path, value: name, rule: `must say which: ${sections.map((known) => `${known}.${id ?? ''}`).join(', ')}` }]
    })
    for (const section of SECTION_NAMES) {
      for (const { id } of document[section]) {
        if (id !== undefined) sectionsOfId.set(id, (sectionsOfId.get(id) ?? new Set()).add(section))
      }
    }
    return problems
  })
}

function sectionsOf(chain: readonly RuleDocument[]): RuledSections {
  const merged = SECTION_NAMES.map((section) => [section, chain.reduce<readonly Ruled<RowOf<SectionName>>[]>((below, document) => onTop(below, document, section), [])])
  return Object.fromEntries(merged)
}

function onTop(
  below: readonly Ruled<RowOf<SectionName>>[],
  document: RuleDocument,
  section: SectionName
): readonly Ruled<RowOf<SectionName>>[] {
  const own = document[section].map((row, index) => ({
    row,
    rule: {
      pack: `${document.id} ${document.version}`,
      path: `${section}[${index}]`,
      source: row.source,
      certainty: row.certainty
    }
  }))
  if (document.replaces.includes(section)) return own
  const removed = document.removes.map((name) => (name.startsWith(`${section}.`) ? name.slice(section.length + 1) : name))
  const dropped = new Set([...removed, ...own.flatMap(({ row: { id } }) => (id === undefined ? [] : [id]))])
  return [...own, ...below.filter(({ row: { id } }) => id === undefined || !dropped.has(id))]
}
