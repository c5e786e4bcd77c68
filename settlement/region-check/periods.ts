/** Documents of one region beside one another: days that two of them rule, days that none rules, years that they cut. */

import { dayAfter, type BusinessDate } from '../calendar/business-date.ts'
import { commonDays, dayBefore, periodOf, describePeriod } from '../pack/period.ts'
import type { Policy } from '../policy/policy-schema.ts'
import { finding, type Filed, type Finding } from './finding.ts'

type FiledPolicy = Filed<Policy>

export const periodFindings = (policies: readonly FiledPolicy[]): readonly Finding[] => [
  ...groups(policies).flatMap(({ members, insutype }) => [...overlaps(members, insutype), ...gaps(members, insutype)]),
  ...sameVersions(policies),
  ...policies.flatMap(yearFindings)
]

interface Group {
  readonly insutype: string
  readonly members: readonly FiledPolicy[]
}

/** What rules one region and one kind of insurance, the earliest first. */
function groups(policies: readonly FiledPolicy[]): readonly Group[] {
  const found = new Map<string, Group>()
  for (const policy of policies) {
    for (const insutype of policy.document.insutype) {
      const key = `${policy.document.region} ${insutype}`
      found.set(key, { insutype, members: [...(found.get(key)?.members ?? []), policy] })
    }
  }
  return [...found.values()].map(({ insutype, members }) => ({ insutype, members: members.toSorted(byBeginning) }))
}

const byBeginning = (left: FiledPolicy, right: FiledPolicy): number => (left.document.effective.from < right.document.effective.from ? -1 : 1)

function overlaps(members: readonly FiledPolicy[], insutype: string): readonly Finding[] {
  return members.flatMap((policy, index) =>
    members.slice(0, index).flatMap((other) => {
      const days = commonDays(periodOf(policy.document), periodOf(other.document))
      if (days === undefined) return []
      const differing = differingParts(policy.document, other.document)
      return [
        finding('several-documents', { file: policy.file, path: 'effective' }, {
          zh: `${describePeriod(days)}：险种 ${insutype} 有两份文件同时生效（${other.file} 与 ${policy.file}）${differing.length === 0 ? '，内容相同' : `，${differing.join('、')} 不一致`}；这些日子不能结算`,
          en: `${describePeriod(days)}: two documents rule insurance ${insutype} (${other.file} and ${policy.file})${differing.length === 0 ? ' and say the same' : ` and disagree on ${differing.join(', ')}`}; nothing can be settled on those days`
        })
      ]
    })
  )
}

const PARTS = ['pharmacy_follows', 'pharmacy_ratio', 'off_site', 'classes', 'deductible', 'bands', 'supplements', 'account', 'limits', 'card', 'policy_year_begins'] as const

const differingParts = (left: Policy, right: Policy): readonly string[] => PARTS.filter((part) => JSON.stringify(left[part]) !== JSON.stringify(right[part]))

function gaps(members: readonly FiledPolicy[], insutype: string): readonly Finding[] {
  let last: BusinessDate | null | undefined
  return members.flatMap(({ file, document }) => {
    const { from, to } = periodOf(document)
    const before = last
    last = before === null || to === null ? null : before === undefined || to > before ? to : before
    if (before === undefined || before === null || from <= dayAfter(before)) return []
    const days = describePeriod({ from: dayAfter(before), to: dayBefore(from) })
    return [
      finding('gap', { file, path: 'effective.from' }, {
        zh: `${days}：险种 ${insutype} 没有任何文件生效，这些日子不能结算`,
        en: `${days}: no document rules insurance ${insutype}; nothing can be settled on those days`
      })
    ]
  })
}

/** A settlement is recomputed by the policy of its region and version: two of one name would be one to it. */
const sameVersions = (policies: readonly FiledPolicy[]): readonly Finding[] =>
  policies.flatMap(({ file, document }, index) => {
    const other = policies.slice(0, index).find((earlier) => earlier.document.region === document.region && earlier.document.version === document.version)
    if (other === undefined) return []
    return [
      finding('same-version', { file, path: 'version' }, {
        zh: `与 ${other.file} 的地区（${document.region}）和版本（${document.version}）相同：结算按地区和版本找回政策，每份文件须有自己的版本`,
        en: `has the region (${document.region}) and version (${document.version}) of ${other.file}: a settlement finds its policy by region and version, so each document needs a version of its own`
      })
    ]
  })

/** Accumulators run over the policy year: rules that change within it meet what was counted under the rules before. */
function yearFindings({ file, document }: FiledPolicy): readonly Finding[] {
  const { effective, policy_year_begins: begins } = document
  const { from, to } = effective
  const isFirstDayOfAll = from === '1900-01-01'
  const lastOfYear = dayBefore(periodOf({ effective: { from: `2001-${begins}`, to: null } }).from).slice(5)
  const cut = [
    ...(isFirstDayOfAll || from.slice(5) === begins ? [] : [from]),
    ...(to === null || to.slice(5) === lastOfYear || (lastOfYear === '02-28' && to.slice(5) === '02-29') ? [] : [to])
  ]
  return cut.map((day) =>
    finding('within-policy-year', { file, path: day === from ? 'effective.from' : 'effective.to' }, {
      zh: `医保年度从 ${begins} 开始，文件却${day === from ? '从' : '到'} ${day} ${day === from ? '开始生效' : '为止'}：年度累计跨过这次变化`,
      en: `the policy year begins on ${begins}, the document ${day === from ? 'begins' : 'ends'} on ${day}: what the year has counted carries over the change`
    })
  )
}
