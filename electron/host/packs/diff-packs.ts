/** What is different between two packs: their documents field by field, their catalogues item by item. */

import { diffJson, type Difference } from '../../../settlement/pack/diff-json.ts'
import type { Manifest } from '../../../settlement/pack/manifest.ts'
import type { PackMembers } from '../../../settlement/pack/read-members.ts'

export interface PackSide {
  readonly manifest: Manifest
  readonly members: PackMembers
}

export interface CatalogueDifference {
  readonly path: string
  readonly lines: readonly string[]
  readonly diff: object
}

export interface PackDifference {
  readonly differences: readonly Difference[]
  readonly catalogues: readonly CatalogueDifference[]
}

export function diffPacks(before: PackSide, after: PackSide): PackDifference {
  const head = ({ manifest: { id, version, effective, issued, publisher, note } }: PackSide): object => ({ id, version, effective, issued, publisher, note })
  return {
    differences: [...diffJson(head(before), head(after), 'manifest'), ...diffDocuments(before.members, after.members)],
    catalogues: []
  }
}

/** Members are told apart by their paths: a document that came under another name is a new one. */
function diffDocuments(before: PackMembers, after: PackMembers): readonly Difference[] {
  const [old, fresh] = [documentsOf(before), documentsOf(after)]
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((path) => diffJson(old.get(path), fresh.get(path), path))
}

const documentsOf = ({ policies, rules }: PackMembers): ReadonlyMap<string, unknown> =>
  new Map([...policies, ...rules].map(({ path, json }) => [path, json]))
