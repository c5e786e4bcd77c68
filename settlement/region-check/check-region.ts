/**
 * Whether what is written of a region is complete and of one mind. It reads the documents, looks for everybody and every
 * place whom no row is for, and asks the rules about a plain purchase.
 */

import { compilePolicy } from '../policy/compile-policy.ts'
import type { Policy } from '../policy/policy-schema.ts'
import type { RuleDocument } from '../rules/rules-schema.ts'
import { amountFindings } from './amounts.ts'
import { sharedLimits } from './shared-limits.ts'
import { openPoints, type StatedPolicy } from './card-and-pharmacy.ts'
import { finding, SEVERITIES, type Filed, type Finding } from './finding.ts'
import { levelFindings } from './levels.ts'
import { periodFindings } from './periods.ts'
import { factsOf } from './policy-facts.ts'
import { policyProvenance, rulesProvenance } from './provenance.ts'
import { ruleFindings } from './rule-findings.ts'
import { calculationFindings } from './try-calculation.ts'
import { judgeFindings } from './try-judge.ts'
import { unreachableRows } from './unreachable.ts'

export interface RegionDocuments {
  readonly policies: readonly StatedPolicy[]
  readonly rules: readonly Filed<RuleDocument>[]
  /** Rule documents that the given ones may be based on. */
  readonly bases: readonly RuleDocument[]
  readonly knowsCode: ((prefix: string) => boolean) | undefined
}

/** What stops first, then what is missing, doubtful, uncertain; within it in the order of the documents. */
export function checkRegion({ policies, rules, bases, knowsCode }: RegionDocuments): readonly Finding[] {
  const insutypes = [...new Set(policies.flatMap(({ document }) => document.insutype))]
  const given = { rules, bases, insutypes, knowsCode }
  const found = [
    ...periodFindings(policies),
    ...policies.flatMap(ofPolicy),
    ...policies.flatMap((policy) => withoutRules(policy, rules, bases)),
    ...ruleFindings(given),
    ...judgeFindings(given),
    ...policies.flatMap(policyProvenance),
    ...rules.flatMap(rulesProvenance)
  ]
  return SEVERITIES.flatMap((severity) => found.filter((each) => each.severity === severity))
}

const ofPolicy = (policy: StatedPolicy): readonly Finding[] => {
  const compiled = compilePolicy(policy.document)
  const facts = factsOf(policy.document, compiled.pharmacyRatio)
  return [...calculationFindings(policy), ...unreachableRows(policy), ...amountFindings(policy, compiled, facts), ...levelFindings(policy.file, compiled, facts), ...sharedLimits(policy), ...openPoints(policy)]
}

function withoutRules({ file, document }: Filed<Policy>, rules: readonly Filed<RuleDocument>[], bases: readonly RuleDocument[]): readonly Finding[] {
  const regions = [document.region, `${document.region.slice(0, 4)}00`, `${document.region.slice(0, 2)}0000`]
  if ([...rules.map((each) => each.document), ...bases].some(({ region }) => regions.includes(region))) return []
  return [
    finding('no-rules', { file }, {
      zh: `没有 ${document.region} 自己的资格规则：等待期、挂失、用量天数等按全国规则`,
      en: `no rules of eligibility for ${document.region}: waiting period, loss reports, days of supply and the like are the country's`
    })
  ]
}
