/** Verdicts in the words of the screen. */

import type { FundKind, ItemVerdict } from '../../../settlement/eligibility/verdict.ts'
import type { Reason } from '../../../settlement/eligibility/reason.ts'
import { sayReason, sayVerdict } from '../../../settlement/eligibility/say-reason.ts'
import { formatQuantity } from '../../../settlement/money/price.ts'
import type { ReasonView, VerdictView } from '../../contract/sale-view.ts'
import type { Text } from '../../contract/text.ts'
import { CERTAINTIES } from '../records/certainty-names.ts'
import { payablePacks } from './split-line.ts'

export const FUND_NAMES: Readonly<Record<FundKind, Text>> = {
  pool: { zh: '统筹基金', en: 'pooled fund' },
  chronic: { zh: '门诊慢特病', en: 'chronic-disease benefit' },
  'special-drug': { zh: '特药保障', en: 'special-drug benefit' },
  maternity: { zh: '生育保险', en: 'maternity insurance' },
  'work-injury': { zh: '工伤保险', en: 'work-injury insurance' }
}

const SURE: ReadonlySet<string> = new Set(['published', 'reproduced', 'fictitious'])

/** `verdict`: of the drug that it is told with. */
export function reasonView(reason: Reason, verdict?: ItemVerdict): ReasonView {
  const { what, mend, today } = sayReason(reason, verdict)
  const { source, certainty } = reason.rule
  return {
    kind: reason.kind,
    effect: reason.effect,
    what,
    mend,
    today,
    source,
    certainty: CERTAINTIES[certainty],
    isUncertain: !SURE.has(certainty),
    settlementId: reason.values['settlement'] ?? null
  }
}

export function verdictView(verdict: ItemVerdict, payableQuantity: string | null): VerdictView {
  return {
    light: verdict.cover,
    sentence: sayVerdict(verdict),
    reasons: verdict.reasons.map((reason) => reasonView(reason, verdict)),
    funds: verdict.funds.map(({ fund, cover }) => ({ name: FUND_NAMES[fund], light: cover })),
    payableQuantity,
    accountMayPay: verdict.accountMayPay
  }
}

/** Decimal string; null where nothing is left over. */
export const payableText = (verdict: ItemVerdict, line: Parameters<typeof payablePacks>[1]): string | null => {
  const packs = payablePacks(verdict, line)
  return packs === undefined ? null : formatQuantity(packs)
}
