/** What the pack commands share: the file, whom to trust, what is delivered, and a refusal in words. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result } from '../../base/result.ts'
import type { PackDocuments } from '../../settlement/pack/layers.ts'
import { sayPackProblem, type PackProblem } from '../../settlement/pack/pack-problem.ts'
import { parseTrustedKeys, type TrustedKey } from '../../settlement/pack/publisher-key.ts'
import { readRuleFiles } from '../host/packs/delivered-rules.ts'
import type { InstallRefusal } from '../host/packs/install-pack.ts'
import { readPackFile } from '../host/packs/load-packs.ts'
import type { CommandInput } from './command.ts'
import { existingFolder } from './data-folder.ts'
import { asBadInput, readDocument } from './document.ts'
import { badInput, fault, type Failure } from './failure.ts'
import { readPolicies } from './fixtures.ts'
import type { Terminal } from './terminal.ts'

const TRUST_FILE = 'trusted-publishers.json'
const PROBLEMS_SHOWN_MAX = 3

type Failed = { readonly ok: false; readonly error: Failure }

/** Beside a key that `pack key` made: its public half, and whose it is. */
export const trustFileOf = (key: string): string => `${key}.trust.json`

/** `--trust FILE`, else what the data folder trusts, else nobody. */
export function trustedOf(input: CommandInput, data: string | undefined): Result<readonly TrustedKey[], Failure> {
  const beside = data === undefined ? undefined : join(data, TRUST_FILE)
  const path = input.text('trust') ?? (beside !== undefined && existsSync(beside) ? beside : undefined)
  return path === undefined ? ok([]) : readDocument(path, 'trusted keys', parseTrustedKeys)
}

/** undefined: no data folder is named. */
export function dataOf(input: CommandInput): Result<string | undefined, Failure> {
  const data = input.text('data')
  return data === undefined ? ok(undefined) : existingFolder(data)
}

export function readPack(path: string): Result<Uint8Array, Failure> {
  const bytes = readPackFile(path)
  return bytes.ok ? bytes : packFailure(path, [bytes.error])
}

export function deliveredDocuments(terminal: Terminal): Result<PackDocuments, Failure> {
  const policies = readPolicies(terminal)
  if (!policies.ok) return policies
  const rules = asBadInput(readRuleFiles(terminal.fixtures))
  return rules.ok ? ok({ policies: policies.value, rules: rules.value }) : rules
}

export interface PackAtHand {
  readonly zip: Uint8Array
  readonly trusted: readonly TrustedKey[]
  readonly delivered: PackDocuments
}

/** A pack's file with what it is judged by: whom `input` or the data folder trusts, and what is delivered. */
export function packAtHand(path: string, input: CommandInput, data: string | undefined, terminal: Terminal): Result<PackAtHand, Failure> {
  const trusted = trustedOf(input, data)
  if (!trusted.ok) return trusted
  const zip = readPack(path)
  if (!zip.ok) return zip
  const delivered = deliveredDocuments(terminal)
  return delivered.ok ? ok({ zip: zip.value, trusted: trusted.value, delivered: delivered.value }) : delivered
}

/** One line: the first problems in both languages, and how many there are; all of them in the details. */
export function packFailure(path: string, problems: readonly PackProblem[]): Failed {
  const said = problems.map(sayPackProblem)
  const shown = said.slice(0, PROBLEMS_SHOWN_MAX)
  const more = said.length > shown.length ? `; and ${said.length - shown.length} more problems` : ''
  const hint = problems.some(({ kind }) => kind === 'unknown-publisher') ? '; --trust FILE names the publishers that are trusted' : ''
  const message = `pack ${path} is refused: ${shown.map(({ en }) => en).join('; ')}${more}${hint} (${shown.map(({ zh }) => zh).join('；')})`
  return badInput(problems[0]?.kind ?? 'refused', message, { problems: problems.map((problem, index) => ({ ...problem, ...said[index] })) })
}

export function installFailure(path: string, refusal: InstallRefusal): Failed {
  switch (refusal.kind) {
    case 'refused':
      return packFailure(path, refusal.problems)
    case 'unreadable':
      return badInput(refusal.problem.kind, refusal.problem.message)
    case 'catalogue-not-installed':
      return fault(refusal.kind, `pack ${path}: its catalogue cannot be installed, so the pack is not used: ${refusal.detail} (目录未能安装)`)
    case 'file-in-use':
      return fault(refusal.kind, `packs: another process is installing a pack (另一程序正在安装数据包)`)
    case 'file-not-lockable':
      return fault(refusal.kind, `packs: ${refusal.path} cannot be locked: ${refusal.detail}`)
    default:
      return refusal satisfies never
  }
}
