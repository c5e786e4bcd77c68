/** A province's profile, ready to check calls with. */

import { refuse, ok, type Result } from '../../../../base/result.ts'
import { checkDocument, type InputProblem } from '../../../wire/input-problem.ts'
import { fieldRule, type FieldRule } from './field-rule.ts'
import { baselineSchema, provinceSchema, type ProfileDocument } from './profile-schema.ts'

export interface NodeRule {
  readonly name: string
  /** All names under which the node is taken, its own first. */
  readonly names: readonly string[]
  readonly isList: boolean
  readonly mayLack: boolean
  readonly fields: ReadonlyMap<string, FieldRule>
}

export interface Profile extends Omit<ProfileDocument, 'envelope' | 'transactions'> {
  readonly envelope: ReadonlyMap<string, FieldRule>
  readonly nodes: ReadonlyMap<string, readonly NodeRule[]>
}

/** All documents of fixtures/national together; a province is laid over what it is based on. */
export function parseProfiles(documents: readonly unknown[]): Result<readonly Profile[], InputProblem[]> {
  const baselines = documents.filter((document) => !isProvince(document)).map((document) => checkDocument(baselineSchema, document))
  const provinces = documents.filter(isProvince).map((document) => checkDocument(provinceSchema, document))
  const problems = [...baselines, ...provinces].flatMap((checked) => (checked.ok ? [] : checked.error))
  if (problems.length > 0) return refuse(problems)
  const known = baselines.flatMap((checked) => (checked.ok ? [checked.value] : []))
  const profiles: Profile[] = []
  for (const checked of provinces) {
    if (!checked.ok) continue
    const base = known.find(({ profile }) => profile === checked.value.based_on)
    if (base === undefined) {
      return refuse([{ path: 'based_on', value: checked.value.based_on, rule: `must be one of ${known.map(({ profile }) => profile).join(', ')}` }])
    }
    const merged = checkDocument(baselineSchema, merge(base, checked.value))
    if (!merged.ok) return merged
    profiles.push(compile(merged.value))
  }
  return ok(profiles)
}

/** By the division of the place of care; the longest beginning that a profile lists. */
export function profileFor(profiles: readonly Profile[], division: string): Profile | undefined {
  const matching = profiles.flatMap((profile) =>
    profile.regions.filter((region) => division.startsWith(region)).map((region) => ({ profile, length: region.length }))
  )
  return matching.toSorted((left, right) => right.length - left.length)[0]?.profile
}

const isProvince = (document: unknown): boolean => typeof document === 'object' && document !== null && 'based_on' in document

/** Objects are merged field by field, everything else is replaced; sources are kept from both. */
function merge(base: ProfileDocument, over: object): unknown {
  const merged = mergeRecords({ ...base }, { ...over })
  const sources = 'sources' in over && Array.isArray(over.sources) ? over.sources : []
  return { ...merged, sources: [...base.sources, ...sources] }
}

const REPLACED_WHOLE = new Set(['clr_type', 'stmt_rslt', 'renamed'])

function mergeRecords(base: Readonly<Record<string, unknown>>, over: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...base }
  for (const [name, value] of Object.entries(over)) {
    if (value === undefined) continue
    const below = merged[name]
    merged[name] = isRecord(below) && isRecord(value) && !REPLACED_WHOLE.has(name) ? mergeRecords(below, value) : value
  }
  return merged
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function compile(document: ProfileDocument): Profile {
  const { envelope, transactions, ...rest } = document
  const nodes = new Map(
    Object.entries(transactions).map(([infno, ofTransaction]) => [
      infno,
      Object.keys(ofTransaction).map((written) => nodeRule(document, infno, written))
    ])
  )
  return { ...rest, envelope: rulesOf(envelope), nodes }
}

function nodeRule(document: ProfileDocument, infno: string, written: string): NodeRule {
  const name = written.replace(/(\[\])?\??$/, '')
  return {
    name,
    names: document.node_names[infno]?.[name] ?? [name],
    isList: written.includes('[]'),
    mayLack: written.endsWith('?'),
    fields: rulesOf(fieldsOf(document, infno, written))
  }
}

function fieldsOf(document: ProfileDocument, infno: string, node: string): Readonly<Record<string, string>> {
  const { like, ...own } = document.transactions[infno]?.[node] ?? {}
  if (like === undefined) return own
  const [otherInfno = '', otherNode = ''] = like.split('.')
  return { ...fieldsOf(document, otherInfno, otherNode), ...own }
}

const rulesOf = (fields: Readonly<Record<string, string>>): ReadonlyMap<string, FieldRule> =>
  new Map(Object.entries(fields).map(([field, text]) => [field, fieldRule(text)]))
