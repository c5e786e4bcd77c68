/** Everything in a pack, each member by the check of its own kind; every problem of every member at once. */

import { refuse, ok, type Result } from '../../base/result.ts'
import type { CatalogueItem } from '../catalogue/item-schema.ts'
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

/** The catalogue of a pack: all its catalogue members together, because one file states the drugs and another their ceilings. */
export interface ReadCatalogue {
  /** Rows that can be used, and how many codes they have. */
  readonly items: readonly CatalogueItem[]
  readonly codes: number
  /** Rows that were left out: all of them, and the first in words, with file and line. */
  readonly broken: number
  readonly problems: readonly string[]
  /** Whether some item's code is this one or begins so. */
  knowsCode(prefix: string): boolean
}

export interface CatalogueFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** The refusal says what is wrong with the catalogue as a whole; a broken row is skipped and counted. */
export type CatalogueReader = (files: readonly CatalogueFile[]) => Result<ReadCatalogue, string>

export interface PackMembers {
  readonly policies: readonly MemberOf<Policy>[]
  readonly rules: readonly MemberOf<RuleDocument>[]
  readonly catalogue: ReadCatalogue | undefined
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
  const catalogue = readCatalogueOf(pack, readCatalogue)
  if (documents.ok && catalogue.ok) return ok({ ...documents.value, catalogue: catalogue.value })
  return refuse([...(documents.ok ? [] : documents.error), ...(catalogue.ok ? [] : catalogue.error)])
}

function readCatalogueOf(pack: Pack, readCatalogue: CatalogueReader): Result<ReadCatalogue | undefined, readonly PackProblem[]> {
  const files: CatalogueFile[] = []
  const problems: PackProblem[] = []
  for (const member of ofKind(pack, 'catalogue')) {
    const bytes = pack.read(member)
    if (bytes.ok) files.push({ path: member.path, bytes: bytes.value })
    else problems.push(bytes.error)
  }
  if (problems.length > 0) return refuse(problems)
  if (files.length === 0) return ok(undefined)
  const catalogue = readCatalogue(files)
  return catalogue.ok ? catalogue : refuse([packProblem('broken-catalogue', files[0]?.path ?? '', '', catalogue.error)])
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
    const json = bytes.ok ? parseJsonMember(member.path, bytes.value) : refuse([bytes.error])
    if (!json.ok) {
      problems.push(...json.error)
      continue
    }
    const document = parse(json.value)
    if (document.ok) read.push({ path: member.path, document: document.value, json: json.value })
    else problems.push(...memberProblems('invalid-member', member.path, document.error))
  }
  return { read, problems }
}
