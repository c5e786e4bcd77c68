/** Care outside the insured place: filings without a row, and what is taken beyond the national rule. */

import { parseRatio } from '../money/ratio.ts'
import { OFF_SITE_FILINGS, type OffSiteFiling } from '../policy/policy-parts.ts'
import type { Policy } from '../policy/policy-schema.ts'
import { finding, type Filed, type Finding } from './finding.ts'
import { offSiteName } from './off-site-name.ts'

export function offSiteFindings({ file, document: { off_site: rows } }: Filed<Policy>): readonly Finding[] {
  if (rows === undefined) {
    return [finding('no-off-site', { file, path: 'off_site' }, { zh: '没有异地就医的规则：异地结算会被拒绝', en: 'no rule for care elsewhere: a claim from another place is refused' })]
  }
  const without = OFF_SITE_FILINGS.filter((filing) => !rows.some((row) => row.filing.includes(filing))).map(offSiteName)
  const some = without.length === 0 ? [] : [
    finding('off-site-some', { file, path: 'off_site' }, {
      zh: `异地就医没有写明：${without.map(({ zh }) => zh).join('、')}：这样的结算会被拒绝`,
      en: `care elsewhere is not ruled for: ${without.map(({ en }) => en).join(', ')}: such a claim is refused`
    })
  ]
  return [...some, ...rows.flatMap((row, index) => rowFindings(file, `off_site[${index}]`, row))]
}

/** The national rule takes at most so much, of those who have filed and of those who have not; residents keep what they have at home. */
const MOST: Readonly<Record<OffSiteFiling, string>> = { resident: '0', referral: '0.1', emergency: '0.1', unfiled: '0.2' }

type Row = NonNullable<Policy['off_site']>[number]

function rowFindings(file: string, path: string, { filing, points = '0', pre_pay: prePay = '0' }: Row): readonly Finding[] {
  const [off, first] = [parseRatio(points) ?? 0, parseRatio(prePay) ?? 0]
  const high = filing.filter((named) => Math.max(off, first) > (parseRatio(MOST[named]) ?? 0))
  const both = off > 0 && first > 0
  return [
    ...high.map((named) => {
      const { zh, en } = offSiteName(named)
      return finding('off-site-high', { file, path }, {
        zh: `${path}：${zh}降低或先行自付 ${off > first ? points : prePay}，高于全国规定的最多 ${MOST[named]}`,
        en: `${path}: ${off > first ? points : prePay} is taken off for ${en}, more than the ${MOST[named]} that the national rule takes at most`
      })
    }),
    ...(both ? [
      finding('off-site-both', { file, path }, {
        zh: `${path}：既降低支付比例（points ${points}）又先行自付（pre_pay ${prePay}），两者都会执行`,
        en: `${path}: takes points off the ratio (${points}) and a pre-pay before it (${prePay}); both are applied`
      })
    ] : [])
  ]
}
