/** The data that the terminal is delivered with: regions, catalogue, the test issuer's keys, the PSAM definitions. */

import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { parseIssuerKeys, type IssuerKeys } from '../../../card/issuer/issuer-keys.ts'
import { parsePsamDefinition, type PsamDefinition } from '../../../card/psam/chip/psam-definition.ts'
import { personalisePsam } from '../../../card/psam/chip/psam-image.ts'
import { parsePolicy } from '../../../settlement/policy/parse-policy.ts'
import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import type { MemoryCatalogue } from '../../../settlement/catalogue/memory-catalogue.ts'
import { parseCatalogue } from '../../../settlement/catalogue/parse-catalogue.ts'
import { readDocument } from './document.ts'
import type { FileProblem } from './file-problem.ts'

/** The region files named, or else those that the terminal is delivered with. */
export function readPolicies(fixtures: string, named: readonly string[] = []): Result<readonly Policy[], FileProblem> {
  const delivered = join(fixtures, 'regions')
  return readEach(named.length > 0 ? named : jsonFiles(delivered).map((name) => join(delivered, name)))
}

function readEach(paths: readonly string[]): Result<readonly Policy[], FileProblem> {
  const policies: Policy[] = []
  for (const path of paths) {
    const policy = readDocument(path, 'policy', parsePolicy)
    if (!policy.ok) return policy
    policies.push(policy.value)
  }
  return ok(policies)
}

/** The regions that the terminal is delivered with: those of one's own province at once, the others when there is time. */
export interface PoliciesInTurn {
  readonly near: readonly Policy[]
  readonly far: () => Result<readonly Policy[], FileProblem>
}

/** A file's name begins with the division of its region; `division` is where the till stands, 6 digits. */
export function readPoliciesOf(fixtures: string, division: string): Result<PoliciesInTurn, FileProblem> {
  const folder = join(fixtures, 'regions')
  const paths = jsonFiles(folder).map((name) => join(folder, name))
  const isNear = (path: string): boolean => basename(path).startsWith(division.slice(0, PROVINCE_DIGITS))
  const near = readEach(paths.filter(isNear))
  return near.ok ? ok({ near: near.value, far: () => readEach(paths.filter((path) => !isNear(path))) }) : near
}

/** A district may share the rules of its city or of its province. */
const PROVINCE_DIGITS = 2

export const readCatalogue = (fixtures: string, path?: string): Result<MemoryCatalogue, FileProblem> =>
  readDocument(path ?? join(fixtures, 'catalogue', 'demo.json'), 'catalogue', parseCatalogue)

export const readIssuer = (fixtures: string): Result<IssuerKeys, FileProblem> =>
  readDocument(join(fixtures, 'keys', 'test-issuer.json'), 'issuer keys', (json) => {
    const keys = parseIssuerKeys(json)
    return keys.ok ? keys : refuse([{ path: 'keys', value: undefined, rule: keys.error.kind }])
  })

export type PsamAlgorithm = 'DES' | 'SM4'

const PSAM_FILES: Readonly<Record<PsamAlgorithm, string>> = { DES: 'terminal-v2.json', SM4: 'terminal-v3-stand-in.json' }

/** A PSAM of the test issuer for a terminal installed in `region`, six digits. */
export function makePsam(fixtures: string, region: string, algorithm: PsamAlgorithm): Result<Uint8Array, FileProblem> {
  const issuer = readIssuer(fixtures)
  if (!issuer.ok) return issuer
  const definition = readDocument(join(fixtures, 'psam', PSAM_FILES[algorithm]), 'psam', psamDefinition)
  if (!definition.ok) return definition
  const terminalNumber = installedNumber(definition.value, region)
  return ok(personalisePsam({ ...definition.value, region, terminalNumber }, issuer.value))
}

/** Of the PSAMs that `makePsam` makes, one a cipher: a centre is told them before any is made. */
export function terminalNumbersIn(fixtures: string, region: string): Result<readonly string[], FileProblem> {
  const numbers: string[] = []
  for (const file of Object.values(PSAM_FILES)) {
    const definition = readDocument(join(fixtures, 'psam', file), 'psam', psamDefinition)
    if (!definition.ok) return definition
    numbers.push(installedNumber(definition.value, region))
  }
  return ok([...new Set(numbers)])
}

/** A terminal number begins with the region it is installed in (PSG). */
const installedNumber = ({ terminalNumber }: PsamDefinition, region: string): string => `${region}${terminalNumber.slice(region.length)}`

function psamDefinition(json: unknown): Result<PsamDefinition, { path: string; value: unknown; rule: string }[]> {
  const definition = parsePsamDefinition(json)
  if (definition.ok) return definition
  return refuse([{ path: definition.error.field, value: undefined, rule: definition.error.problem }])
}

export const jsonFiles = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.json')).toSorted()
