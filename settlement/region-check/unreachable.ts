/** Rows that can never apply: whoever they are for, a row before them speaks first; or they are for nobody here. */

import { decide } from '../policy/facts.ts'
import type { Policy } from '../policy/policy-schema.ts'
import { everyFact } from './every-fact.ts'
import { finding, type Filed, type Finding } from './finding.ts'
import { rowListsOf, type RowList } from './row-lists.ts'

export const unreachableRows = ({ file, document }: Filed<Policy>): readonly Finding[] => {
  const found = rowListsOf(document).map((list) => reachOf(list, document.insutype))
  // A row of a list that several parameters share is unreachable when it is so in each of them.
  const reached = new Set(found.flatMap(({ reached: paths }) => paths))
  const dead = new Map(found.flatMap(({ dead: rows }) => rows).filter(({ path }) => !reached.has(path)).map((row) => [row.path, row]))
  const untried = found.filter(({ isTried }) => !isTried).map(({ path }) =>
    finding('not-tried', { file, path }, {
      zh: `${path}：条件的组合太多，没有检查是否有永远不会生效的行`,
      en: `${path}: its conditions have too many combinations; not tried whether a row can never apply`
    })
  )
  return [...untried, ...[...dead.values()].map(({ path, before }) =>
    finding('never-applies', { file, path }, {
      zh: before.length === 0 ? `${path} 永远不会生效：没有人符合它的条件` : `${path} 永远不会生效：符合条件的人都先适用 ${before.join('、')}`,
      en: before.length === 0 ? `${path} can never apply: nobody here meets its condition` : `${path} can never apply: whoever meets its condition is ruled by ${before.join(', ')} before it`
    })
  )]
}

interface Reach {
  readonly path: string
  /** false: there would be too many facts to try. */
  readonly isTried: boolean
  readonly reached: readonly string[]
  readonly dead: readonly { readonly path: string; readonly before: readonly string[] }[]
}

function reachOf({ path: listPath, rows, within }: RowList, insutypes: readonly string[]): Reach {
  const facts = everyFact([within, ...rows.map(({ when }) => when)], insutypes)
  if (facts === undefined) return { path: listPath, isTried: false, reached: rows.map(({ path }) => path), dead: [] }
  const asked = facts.filter((set) => decide(within, set) === 'holds')
  const winners = new Map(rows.map(({ path }) => [path, new Set<string>()]))
  const reached = new Set<string>()
  for (const set of asked) {
    const holding = rows.filter(({ when }) => decide(when, set) === 'holds').map(({ path }) => path)
    const [first] = holding
    if (first !== undefined) reached.add(first)
    for (const path of holding.slice(1)) winners.get(path)?.add(first ?? '')
  }
  const dead = rows.filter(({ path }) => !reached.has(path)).map(({ path }) => ({ path, before: [...(winners.get(path) ?? [])] }))
  return { path: listPath, isTried: true, reached: [...reached], dead }
}

