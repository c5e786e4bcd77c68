/** The rules of eligibility that the terminal is delivered with: the country's and those of one's own province, and the others. */

import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ok, type Result } from '../../../base/result.ts'
import { parseRules } from '../../../settlement/rules/parse-rules.ts'
import type { RuleDocument } from '../../../settlement/rules/rules-schema.ts'
import { jsonFiles } from '../files/delivered.ts'
import { readDocument } from '../files/document.ts'
import type { FileProblem } from '../files/file-problem.ts'

export interface RulesInTurn {
  readonly near: () => Result<readonly RuleDocument[], FileProblem>
  readonly far: () => Result<readonly RuleDocument[], FileProblem>
}

const COUNTRY = '00'
const PROVINCE_DIGITS = 2

/** The rule files named, or else those that the terminal is delivered with. */
export function readRuleFiles(fixtures: string, named: readonly string[] = []): Result<readonly RuleDocument[], FileProblem> {
  return readEach(named.length > 0 ? named : deliveredPaths(fixtures))
}

/** A file's name begins with the division of its region; `division` is where the till stands, 6 digits. Read when asked. */
export function readRulesOf(fixtures: string, division: string): RulesInTurn {
  const paths = deliveredPaths(fixtures)
  const isNear = (path: string): boolean => [COUNTRY, division.slice(0, PROVINCE_DIGITS)].some((digits) => basename(path).startsWith(digits))
  return { near: () => readEach(paths.filter(isNear)), far: () => readEach(paths.filter((path) => !isNear(path))) }
}

function deliveredPaths(fixtures: string): readonly string[] {
  const folder = join(fixtures, 'rules')
  return existsSync(folder) ? jsonFiles(folder).map((name) => join(folder, name)) : []
}

function readEach(paths: readonly string[]): Result<readonly RuleDocument[], FileProblem> {
  const documents: RuleDocument[] = []
  for (const path of paths) {
    const document = readDocument(path, 'rules', parseRules)
    if (!document.ok) return document
    documents.push(document.value)
  }
  return ok(documents)
}
