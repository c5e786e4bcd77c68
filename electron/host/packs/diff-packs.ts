/** What is different between two packs: their documents field by field, their catalogues item by item. */

import { diffItems, type CatalogueDiff } from '../../../settlement/catalogue/diff.ts'
import { diffJson, type Difference } from '../../../settlement/pack/diff-json.ts'
import type { Manifest } from '../../../settlement/pack/manifest.ts'
import { pairDocuments } from '../../../settlement/pack/pair-documents.ts'
import type { PackMembers } from '../../../settlement/pack/read-members.ts'

export interface PackSide {
  readonly manifest: Manifest
  readonly members: PackMembers
}

/** Rows of the catalogue that are given in words; all of them are counted. */
const ROWS_MAX = 200

export interface PackDifference {
  readonly differences: readonly Difference[]
  /** undefined: neither has a catalogue. */
  readonly catalogue: CatalogueDiff | undefined
}

export function diffPacks(before: PackSide, after: PackSide): PackDifference {
  const [old, fresh] = [before.members.catalogue, after.members.catalogue]
  return {
    differences: [...diffJson(headOf(before), headOf(after), 'manifest'), ...diffDocuments(before.members, after.members)],
    catalogue: old === undefined && fresh === undefined ? undefined : diffItems(old?.items ?? [], fresh?.items ?? [], ROWS_MAX)
  }
}

const headOf = ({ manifest: { id, version, effective, issued, publisher, note } }: PackSide): object => ({ id, version, effective, issued, publisher, note })

/** Under the name that the file has now; another name than before is a difference of its own. */
function diffDocuments(before: PackMembers, after: PackMembers): readonly Difference[] {
  return pairDocuments(before, after).flatMap(({ before: old, after: fresh }) => {
    const path = fresh?.path ?? old?.path ?? ''
    const isRenamed = old !== undefined && fresh !== undefined && old.path !== fresh.path
    return [...(isRenamed ? [{ path, before: old.path, after: fresh.path }] : []), ...diffJson(old?.json, fresh?.json, path)]
  })
}
