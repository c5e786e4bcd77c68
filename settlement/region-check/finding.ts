/**
 * What the check of a region finds. `stops`: somebody must mend it before bills are settled by it. `missing`: not stated; the
 * terminal does without. `doubtful`: it may be meant so. `uncertain`: whoever settles by it should know how sure it is.
 */

export const FINDING_KINDS = [
  'invalid', 'no-row', 'never-applies', 'several-documents', 'gap', 'deductible-above-cap', 'band-never-reached',
  'pharmacy-rows-unused', 'pharmacy-words-differ', 'same-version', 'normal-status', 'supply-order', 'rules-together', 'nobody-covered', 'unknown-code',
  'pre-pay-not-stated', 'no-pin-rule', 'no-pharmacy-source', 'no-off-site', 'no-provenance', 'no-rules', 'no-waiting', 'no-loss-rule',
  'no-supply-rule', 'not-ruled', 'off-site-some', 'not-tried', 'cap-below-deductible', 'level-order', 'off-site-high', 'off-site-both', 'tiers-fall', 'limit-shared', 'within-policy-year', 'never-covered-there', 'uncertain'
] as const
export type FindingKind = (typeof FINDING_KINDS)[number]

export const SEVERITIES = ['stops', 'missing', 'doubtful', 'uncertain'] as const
export type Severity = (typeof SEVERITIES)[number]

const SEVERITY: Readonly<Record<FindingKind, Severity>> = {
  invalid: 'stops',
  'no-row': 'stops',
  'never-applies': 'stops',
  'several-documents': 'stops',
  gap: 'stops',
  'deductible-above-cap': 'stops',
  'band-never-reached': 'stops',
  'pharmacy-rows-unused': 'stops',
  'pharmacy-words-differ': 'stops',
  'same-version': 'stops',
  'normal-status': 'stops',
  'supply-order': 'stops',
  'rules-together': 'stops',
  'nobody-covered': 'stops',
  'unknown-code': 'doubtful',
  'pre-pay-not-stated': 'missing',
  'no-pin-rule': 'missing',
  'no-pharmacy-source': 'missing',
  'no-off-site': 'missing',
  'no-provenance': 'missing',
  'no-rules': 'missing',
  'no-waiting': 'missing',
  'no-loss-rule': 'missing',
  'no-supply-rule': 'missing',
  'not-ruled': 'missing',
  'off-site-some': 'missing',
  'not-tried': 'doubtful',
  'cap-below-deductible': 'doubtful',
  'level-order': 'doubtful',
  'off-site-high': 'doubtful',
  'off-site-both': 'doubtful',
  'tiers-fall': 'doubtful',
  'limit-shared': 'doubtful',
  'within-policy-year': 'doubtful',
  'never-covered-there': 'doubtful',
  uncertain: 'uncertain'
}

export interface Finding {
  readonly kind: FindingKind
  readonly severity: Severity
  /** The document that is meant: a file's name, or a member of a pack. */
  readonly file: string
  /** Where in it; empty: the document as a whole. */
  readonly path: string
  readonly zh: string
  readonly en: string
}

export type Words = Pick<Finding, 'zh' | 'en'>

export const finding = (kind: FindingKind, place: { readonly file: string; readonly path?: string }, words: Words): Finding => ({
  kind,
  severity: SEVERITY[kind],
  file: place.file,
  path: place.path ?? '',
  ...words
})

/** A document of the region, and what its file is called. */
export interface Filed<Document> {
  readonly file: string
  readonly document: Document
}
