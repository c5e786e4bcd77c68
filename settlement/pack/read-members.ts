/** Everything in a pack, each member by the check of its own kind; every problem of every member at once. */

import { refuse, ok, type Result } from '../../base/result.ts'
import type { Policy } from '../policy/policy-schema.ts'
import { parsePolicy } from '../policy/parse-policy.ts'
import { parseRules } from '../rules/parse-rules.ts'
import type { RuleDocument } from '../rules/rules-schema.ts'
import type { InputProblem } from '../wire/input-problem.ts'
import { parseJsonMember } from './json-member.ts'
import type { ManifestMember } from './manifest.ts'
import type { Pack } from './open-pack.ts'
import { memberProblems, packProblem, type PackProblem } from './pack-problem.ts'

export interface MemberOf<Document> {
  readonly path: string
  readonly document: Document
  /** As it was written, before defaults were filled in: what two versions are compared by. */
  readonly json: unknown
}

/** A catalogue, as far as a pack needs to know one. */
export interface ReadCatalogue {
  /** Items that can be used. */
  readonly items: number
  /** Rows that were left out, with the line of the file and why. */
  readonly skipped: readonly { readonly line: number; readonly text: string }[]
  /** Whether some item's code is this one or begins so. */
  knowsCode(prefix: string): boolean
}

/** The refusal says what is wrong with the catalogue as a whole; a broken row is skipped and counted. */
export type CatalogueReader = (path: string, bytes: Uint8Array) => Result<ReadCatalogue, string>

export interface PackMembers {
  readonly policies: readonly MemberOf<Policy>[]
  readonly rules: readonly MemberOf<RuleDocument>[]
  readonly catalogues: readonly { readonly path: string; readonly catalogue: ReadCatalogue; readonly bytes: Uint8Array }[]
}

/** Policies and rules only: what a counter needs when it starts. */
export function readDocuments(pack: Pack): Result<Pick<PackMembers, 'policies' | 'rules'>, readonly PackProblem[]> {
  const policies = readEach(pack, 'policy', parsePolicy)
  const rules = readEach(pack, 'rules', parseRules)
  const problems = [...policies.problems, ...rules.problems]
  return problems.length > 0 ? refuse(problems) : ok({ policies: policies.read, rules: rules.read })
}

export function readMembers(pack: Pack, readCatalogue: CatalogueReader): Result<PackMembers, readonly PackProblem[]> {
  const documents = readDocuments(pack)
  const problems = documents.ok ? [] : [...documents.error]
  const catalogues: PackMembers['catalogues'][number][] = []
  for (const member of ofKind(pack, 'catalogue')) {
    const bytes = pack.read(member)
    const catalogue = bytes.ok ? readCatalogue(member.path, bytes.value) : undefined
    if (!bytes.ok) problems.push(bytes.error)
    else if (catalogue?.ok === true) catalogues.push({ path: member.path, catalogue: catalogue.value, bytes: bytes.value })
    else problems.push(packProblem('broken-catalogue', member.path, '', catalogue?.error ?? ''))
  }
  return documents.ok && problems.length === 0 ? ok({ ...documents.value, catalogues }) : refuse(problems)
}

const ofKind = ({ manifest }: Pack, kind: ManifestMember['kind']): readonly ManifestMember[] => manifest.members.filter((member) => member.kind === kind)

function readEach<Document>(
  pack: Pack,
  kind: 'policy' | 'rules',
  parse: (json: unknown) => Result<Document, readonly InputProblem[]>
): { readonly read: readonly MemberOf<Document>[]; readonly problems: readonly PackProblem[] } {
  const read: MemberOf<Document>[] = []
  const problems: PackProblem[] = []
  for (const member of ofKind(pack, kind)) {
    const bytes = pack.read(member)
    const json = bytes.ok ? parseJsonMember(member.path, bytes.value) : bytes
    if (!json.ok) {
      problems.push(json.error)
      continue
    }
    const document = parse(json.value)
    if (document.ok) read.push({ path: member.path, document: document.value, json: json.value })
    else problems.push(...memberProblems('invalid-member', member.path, document.error))
  }
  return { read, problems }
}
