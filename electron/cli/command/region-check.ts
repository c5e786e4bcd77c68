import { basename } from 'node:path'
import { ok, type Result } from '../../../base/result.ts'
import { utf8 } from '../../../base/utf8.ts'
import { openPack } from '../../../settlement/pack/open-pack.ts'
import { sayPackProblem } from '../../../settlement/pack/pack-problem.ts'
import { readMembers } from '../../../settlement/pack/read-members.ts'
import { parsePolicy } from '../../../settlement/policy/parse-policy.ts'
import { checkRegion } from '../../../settlement/region-check/check-region.ts'
import type { StatedPolicy } from '../../../settlement/region-check/card-and-pharmacy.ts'
import { finding, type Filed, type Finding, type Severity } from '../../../settlement/region-check/finding.ts'
import { parseRules } from '../../../settlement/rules/parse-rules.ts'
import type { RuleDocument } from '../../../settlement/rules/rules-schema.ts'
import { describeProblem, type InputProblem } from '../../../settlement/wire/input-problem.ts'
import { describeProblemZh } from '../../../settlement/wire/rule-zh.ts'
import { describeJsonProblem, parseJson, sayJsonProblem, type JsonProblem } from '../../../settlement/wire/json-text.ts'
import { readWhole } from '../../host/files/read-file.ts'
import { readRuleFiles } from '../../host/packs/delivered-rules.ts'
import { readPackCatalogue } from '../../host/packs/read-pack-catalogue.ts'
import type { Command, CommandInput } from '../command.ts'
import { asBadInput } from '../document.ts'
import { badInput, type Failure, type Output } from '../failure.ts'
import { packFailure, trustedOf } from '../pack-place.ts'

const SYNOPSIS = 'FILE... [--trust FILE]'

export const regionCheckCommand: Command = {
  name: 'region check',
  synopsis: SYNOPSIS,
  summary: 'what policies and rules of a region (files, or a pack) leave open, where they contradict themselves, what is not sure; exit code 1: somebody must mend something (检查地区规则)',
  options: { trust: { type: 'string' } },
  positionals: ['FILE...'],
  run: (input, terminal) => {
    const read = readFiles(input)
    if (!read.ok) return read
    const bases = asBadInput(readRuleFiles(terminal.fixtures))
    if (!bases.ok) return bases
    const { policies, rules, invalid, knowsCode } = read.value
    return ok(outputOf([...invalid, ...checkRegion({ policies, rules, bases: bases.value, knowsCode })], read.value))
  }
}

interface ReadFiles {
  readonly policies: StatedPolicy[]
  readonly rules: Filed<RuleDocument>[]
  /** What a document's own check refuses. */
  readonly invalid: Finding[]
  knowsCode: ((prefix: string) => boolean) | undefined
}

function readFiles(input: CommandInput): Result<ReadFiles, Failure> {
  const read: ReadFiles = { policies: [], rules: [], invalid: [], knowsCode: undefined }
  for (const path of input.positionals) {
    const bytes = asBadInput(readWhole(path, 'region'))
    if (!bytes.ok) return bytes
    const failed = isZip(bytes.value) ? readPackInto(read, path, bytes.value, input) : readDocumentInto(read, path, bytes.value)
    if (failed !== undefined) return failed
  }
  return ok(read)
}

const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b

type Failed = { readonly ok: false; readonly error: Failure }

function readDocumentInto(read: ReadFiles, path: string, bytes: Uint8Array): Failed | undefined {
  const text = utf8(bytes)
  if (text === undefined) return badInput('not-utf-8', `region: ${path} is not UTF-8 text`)
  const json = parseJson(text)
  if (!json.ok) {
    const broken = json.error.find(({ kind }) => kind === 'malformed-json')
    if (broken !== undefined) return badInput(broken.kind, `region: ${path} ${describeJsonProblem(broken)}`)
    read.invalid.push(...json.error.map((problem) => ambiguous(basename(path), problem)))
    return undefined
  }
  if (typeof json.value !== 'object' || json.value === null || Array.isArray(json.value)) return badInput('not-a-document', `region: ${path} is no policy and no rules: it must be an object`)
  add(read, basename(path), json.value)
  return undefined
}

/** Rules have an id, policies have none. */
function add(read: ReadFiles, file: string, json: object): void {
  if ('id' in json) {
    const rules = parseRules(json)
    if (rules.ok) read.rules.push({ file, document: rules.value })
    else read.invalid.push(...rules.error.map((problem) => invalid(file, problem)))
    return
  }
  const policy = parsePolicy(json)
  if (policy.ok) read.policies.push({ file, document: policy.value, stated: new Set(Object.keys(json)) })
  else read.invalid.push(...policy.error.map((problem) => invalid(file, problem)))
}

const invalid = (file: string, problem: InputProblem): Finding =>
  finding('invalid', { file, path: problem.path }, { zh: `不符合规范：${describeProblemZh(problem)}`, en: `refused: ${describeProblem(problem)}` })

function ambiguous(file: string, problem: JsonProblem): Finding {
  const { zh, en } = sayJsonProblem(problem)
  return finding('invalid', { file, path: 'path' in problem ? problem.path : '' }, { zh: `不符合规范：${zh}`, en: `refused: it ${en}` })
}

function readPackInto(read: ReadFiles, path: string, bytes: Uint8Array, input: CommandInput): Failed | undefined {
  const trusted = trustedOf(input, undefined)
  if (!trusted.ok) return trusted
  const pack = openPack(bytes, trusted.value)
  if (!pack.ok) return packFailure(path, pack.error)
  const members = readMembers(pack.value, readPackCatalogue)
  if (!members.ok) {
    read.invalid.push(...members.error.map((problem) => finding('invalid', { file: basename(path) }, sayPackProblem(problem))))
    return undefined
  }
  const { policies, rules, catalogue } = members.value
  for (const { path: file, document, json } of policies) read.policies.push({ file, document, stated: new Set(Object.keys(Object(json))) })
  for (const { path: file, document } of rules) read.rules.push({ file, document })
  if (catalogue !== undefined) read.knowsCode = (prefix) => catalogue.knowsCode(prefix)
  return undefined
}

const TITLES: Readonly<Record<Severity, string>> = {
  stops: '必须修改 must be mended',
  missing: '没有说明 not stated',
  doubtful: '值得核对 worth a look',
  uncertain: '不确定 not sure'
}

function outputOf(findings: readonly Finding[], { policies, rules }: ReadFiles): Output {
  const isComplete = findings.every(({ severity }) => severity !== 'stops')
  const sections = (Object.keys(TITLES) as Severity[]).flatMap((severity) => {
    const found = findings.filter((each) => each.severity === severity)
    return found.length === 0 ? [] : ['', `${TITLES[severity]} (${found.length})`, ...found.flatMap(({ file, zh, en }) => [`  ${file}: ${zh}`, `    ${en}`])]
  })
  const count = `${policies.length} 份政策 policies, ${rules.length} 份规则 rules`
  return {
    text: [isComplete ? `可以使用 complete: ${count}` : `不能使用 not to be used yet: ${count}`, ...sections].join('\n'),
    json: { complete: isComplete, policies: policies.map(({ file }) => file), rules: rules.map(({ file }) => file), findings },
    exitCode: isComplete ? 0 : 1
  }
}
