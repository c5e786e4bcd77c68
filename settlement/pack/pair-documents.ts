/**
 * Which documents of two packs are one document: rules of the same id, policies of the same region and insurance types. What
 * their files are called says nothing; where a pack has several versions of one document, those of the same version belong
 * together, then the others in the order of their days.
 */

import type { Policy } from '../policy/policy-schema.ts'
import type { RuleDocument } from '../rules/rules-schema.ts'
import type { MemberOf, PackMembers } from './read-members.ts'

/** undefined: only in the other pack. */
export interface DocumentPair {
  readonly before: MemberOf<unknown> | undefined
  readonly after: MemberOf<unknown> | undefined
}

type Documents = Pick<PackMembers, 'policies' | 'rules'>

export const pairDocuments = (before: Documents, after: Documents): readonly DocumentPair[] => [
  ...pairsOf(before.policies, after.policies, ({ region, insutype }: Policy) => `${region} ${insutype.toSorted().join(' ')}`),
  ...pairsOf(before.rules, after.rules, ({ id }: RuleDocument) => id)
]

interface Dated {
  readonly version: string
  readonly effective: { readonly from: string }
}

function pairsOf<Document extends Dated>(before: readonly MemberOf<Document>[], after: readonly MemberOf<Document>[], keyOf: (document: Document) => string): readonly DocumentPair[] {
  const keys = new Set([...before, ...after].map(({ document }) => keyOf(document)))
  return [...keys].flatMap((key) => {
    const isOfKey = ({ document }: MemberOf<Document>): boolean => keyOf(document) === key
    return pairsOfOne(before.filter(isOfKey), after.filter(isOfKey))
  })
}

function pairsOfOne<Document extends Dated>(before: readonly MemberOf<Document>[], after: readonly MemberOf<Document>[]): readonly DocumentPair[] {
  const same = before.flatMap((old) => {
    const fresh = after.find(({ document }) => document.version === old.document.version)
    return fresh === undefined ? [] : [{ before: old, after: fresh }]
  })
  const lefts = before.filter((old) => !same.some((pair) => pair.before === old)).toSorted(byBeginning)
  const rights = after.filter((fresh) => !same.some((pair) => pair.after === fresh)).toSorted(byBeginning)
  const others = Array.from({ length: Math.max(lefts.length, rights.length) }, (_, index) => ({ before: lefts[index], after: rights[index] }))
  return [...same, ...others]
}

const byBeginning = (left: MemberOf<Dated>, right: MemberOf<Dated>): number =>
  left.document.effective.from < right.document.effective.from ? -1 : left.document.effective.from > right.document.effective.from ? 1 : 0
