/** What a region says of cards, of pharmacies and of classes, and what it leaves open. */

import { compilePolicy } from '../policy/compile-policy.ts'
import type { PharmacyRatio } from '../policy/policy-parts.ts'
import type { Policy } from '../policy/policy-schema.ts'
import { finding, type Filed, type Finding } from './finding.ts'
import { offSiteFindings } from './off-site.ts'
import { rowListsOf } from './row-lists.ts'

/** `stated`: fields that the document itself has, before defaults were filled in. */
export interface StatedPolicy extends Filed<Policy> {
  readonly stated: ReadonlySet<string>
}

export const openPoints = (policy: StatedPolicy): readonly Finding[] => [
  ...cardFindings(policy),
  ...pharmacyFindings(policy),
  ...offSiteFindings(policy),
  ...classFindings(policy)
]

function cardFindings({ file, document: { card } }: StatedPolicy): readonly Finding[] {
  const missing = [
    ...(card.pin_try_limit === undefined ? [{ zh: '输错几次锁卡', en: 'after how many wrong tries a card locks' }] : []),
    ...(card.first_pins.length === 0 ? [{ zh: '初始密码', en: 'which PIN a card is issued with' }] : [])
  ]
  if (missing.length === 0) return []
  return [
    finding('no-pin-rule', { file, path: 'card' }, {
      zh: `没有密码规则：未说明${missing.map(({ zh }) => zh).join('、')}`,
      en: `no PIN rule: not stated ${missing.map(({ en }) => en).join(' and ')}`
    })
  ]
}

function pharmacyFindings({ file, document, stated }: StatedPolicy): readonly Finding[] {
  const source = compilePolicy(document).pharmacyRatio
  return [...pharmacyWords(file, document, stated), ...pharmacyRows({ file, document, stated }, source)]
}

/** The older word is still read, and the newer one wins. */
function pharmacyWords(file: string, { pharmacy_ratio: ratio, pharmacy_follows: follows }: Policy, stated: StatedPolicy['stated']): readonly Finding[] {
  if (!stated.has('pharmacy_follows') || ratio === undefined || ratio === follows) return []
  return [
    finding('pharmacy-words-differ', { file, path: 'pharmacy_follows' }, {
      zh: `pharmacy_ratio 写的是 "${ratio}"，pharmacy_follows 写的是 "${follows}"：执行前者，后者没有作用，请删去`,
      en: `pharmacy_ratio says "${ratio}" and pharmacy_follows "${follows}": the first holds, the second has no effect; leave it out`
    })
  ]
}

function pharmacyRows({ file, document, stated }: StatedPolicy, source: PharmacyRatio): readonly Finding[] {
  const own = rowListsOf(document).flatMap(({ rows }) => rows).filter(({ when }) => when?.kind?.every((kind) => kind === 'pharmacy') === true)
  if (source !== 'own') {
    return own.map(({ path }) =>
      finding('pharmacy-rows-unused', { file, path }, {
        zh: `${path} 写给药店，但药店按${source === 'prescriber' ? '开方机构' : '基层机构'}的比例：这一行用不上`,
        en: `${path} is for pharmacies, but a pharmacy follows ${source === 'prescriber' ? 'the institution that wrote the prescription' : 'basic-level institutions'}: the row is never used`
      })
    )
  }
  if (own.length > 0 || stated.has('pharmacy_ratio') || stated.has('pharmacy_follows')) return []
  return [
    finding('no-pharmacy-source', { file, path: 'pharmacy_ratio' }, {
      zh: '没有说明药店按什么比例支付（本机构、基层机构、开方机构），也没有写给药店的行：按通用行计算',
      en: 'no pharmacy ratio source (own, basic-level or prescriber), and no row for pharmacies: sales are computed by the general rows'
    })
  ]
}

function classFindings({ file, document }: StatedPolicy): readonly Finding[] {
  const without = (['02', '04'] as const).filter((level) => !document.classes.some((row) => row.chrgitm_lv === level && row.when === undefined))
  if (without.length === 0) return []
  const names = { '02': { zh: '乙类', en: 'class B' }, '04': { zh: '可支付丙类', en: 'payable class C' } }
  return [
    finding('pre-pay-not-stated', { file, path: 'classes' }, {
      zh: `${without.map((level) => names[level].zh).join('、')}没有先行自付比例：目录中每个项目必须自带`,
      en: `no pre-self-pay share for ${without.map((level) => names[level].en).join(' and ')}: every such item of the catalogue must carry its own`
    })
  ]
}
