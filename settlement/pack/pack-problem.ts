/**
 * Why a pack is not taken. The union is closed; every member says which part of the pack is meant, what was found there and
 * what is allowed.
 */

import { describeProblem, type InputProblem } from '../wire/input-problem.ts'
import { describeProblemZh, ruleZh } from '../wire/rule-zh.ts'

export const PACK_PROBLEM_KINDS = [
  // The file.
  'pack-too-large', 'not-a-zip', 'truncated', 'unsupported-zip', 'too-many-members', 'bad-member-name', 'duplicate-member',
  'overlapping-members', 'headers-disagree', 'member-too-large', 'contents-too-large', 'wrong-size', 'broken-member',
  // Who made it, and whether it is what they made.
  'missing-member', 'unexpected-member', 'bad-manifest', 'bad-signature', 'unknown-publisher', 'wrong-signature', 'wrong-hash',
  // What is in it.
  'not-json', 'repeated-field', 'forbidden-field', 'too-deep', 'invalid-member', 'overlapping-policies', 'same-version', 'invalid-rules', 'unknown-code', 'broken-catalogue',
  // What is installed already.
  'older-version', 'other-contents'
] as const
export type PackProblemKind = (typeof PACK_PROBLEM_KINDS)[number]

export interface PackProblem {
  readonly kind: PackProblemKind
  /** Path within the pack; empty: the pack as a whole. */
  readonly member: string
  /** What was found there. */
  readonly value: string
  /** What is allowed, as the end of "it must ...". */
  readonly bound: string
  /** The same in Chinese. */
  readonly boundZh: string
}

export const packProblem = (kind: PackProblemKind, member: string, value: string | number, bound: string, boundZh = ruleZh(bound)): PackProblem => ({
  kind,
  member,
  value: String(value),
  bound,
  boundZh
})

const WORDS: Readonly<Record<PackProblemKind, { readonly zh: string; readonly en: string }>> = {
  'pack-too-large': { zh: '数据包过大', en: 'the pack is too large' },
  'not-a-zip': { zh: '不是 ZIP 文件', en: 'it is not a ZIP file' },
  truncated: { zh: '数据包不完整', en: 'the pack is cut short' },
  'unsupported-zip': { zh: '不支持的 ZIP 格式', en: 'a kind of ZIP that packs do not use' },
  'too-many-members': { zh: '文件数量过多', en: 'too many members' },
  'bad-member-name': { zh: '文件名不允许', en: 'a name that no member may have' },
  'duplicate-member': { zh: '文件名重复', en: 'two members have one name' },
  'overlapping-members': { zh: '文件数据重叠或有空隙', en: 'members overlap, or something lies between them' },
  'headers-disagree': { zh: '文件头与目录不一致', en: 'a member and the directory say different things' },
  'member-too-large': { zh: '文件过大', en: 'the member is too large' },
  'contents-too-large': { zh: '解压后总量过大', en: 'unpacked, the pack is too large' },
  'wrong-size': { zh: '解压后大小不符', en: 'unpacked, it has another size than stated' },
  'broken-member': { zh: '文件损坏，无法解压', en: 'the member cannot be unpacked' },
  'missing-member': { zh: '缺少文件', en: 'a member is missing' },
  'unexpected-member': { zh: '清单中没有该文件', en: 'a member that the manifest does not name' },
  'bad-manifest': { zh: '清单有误', en: 'the manifest is wrong' },
  'bad-signature': { zh: '签名文件有误', en: 'the signature cannot be read' },
  'unknown-publisher': { zh: '发布者不受信任', en: 'nobody here trusts this publisher' },
  'wrong-signature': { zh: '签名不正确', en: 'the signature is not the publisher\'s' },
  'wrong-hash': { zh: '文件与清单摘要不符', en: 'the member is not the one that was signed' },
  'not-json': { zh: '不是 JSON 文本', en: 'it is not JSON' },
  'repeated-field': { zh: '同一对象中字段重复', en: 'a field stands twice in one object' },
  'forbidden-field': { zh: '字段名不允许', en: 'a name that no field may have' },
  'too-deep': { zh: '嵌套过深', en: 'it is nested too deeply' },
  'invalid-member': { zh: '内容不符合规范', en: 'its contents are refused' },
  'overlapping-policies': { zh: '同一地区同一时段有两份政策', en: 'two policies claim the same days' },
  'same-version': { zh: '版本已被另一份内容不同的文件使用', en: 'its version is another document\'s' },
  'invalid-rules': { zh: '规则不能一起使用', en: 'the rules cannot be used together' },
  'unknown-code': { zh: '规则使用了目录中没有的编码', en: 'a rule names a code that the catalogue does not hold' },
  'broken-catalogue': { zh: '目录不能使用', en: 'the catalogue cannot be used' },
  'older-version': { zh: '版本低于已安装的版本', en: 'a version that is not newer than what is installed' },
  'other-contents': { zh: '同一版本内容不同', en: 'this version is installed with other contents' }
}

/** `policies/a.json: its contents are refused: version: "" is refused: must not be empty`, one line each language. */
export function sayPackProblem({ kind, member, value, bound, boundZh }: PackProblem): { readonly zh: string; readonly en: string } {
  const place = member === '' ? { zh: '数据包', en: 'pack' } : { zh: member, en: member }
  return {
    zh: `${place.zh}：${WORDS[kind].zh}：${value === '' ? '' : `${value}：`}${boundZh}`,
    en: `${place.en}: ${WORDS[kind].en}:${value === '' ? '' : ` ${value}:`} ${bound}`
  }
}

/** Every fault of a member's document, each with its path and value in the words of the document's own check. */
export const memberProblems = (kind: PackProblemKind, member: string, problems: readonly InputProblem[]): PackProblem[] =>
  problems.map((problem) => packProblem(kind, member, '', describeProblem(problem), describeProblemZh(problem)))
