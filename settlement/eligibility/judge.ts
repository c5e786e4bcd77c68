/**
 * From a question and the rules to a verdict on every line. The catalogue limits payment, not sale: a person's own money is
 * always offered, except where handing over itself is unlawful.
 *
 *   person, card, insurance, place   found once, hold for every line
 *   prescription                     found once, touches the lines that rest on it
 *   item                             what the catalogue says of it on the day: kept from bill to bill
 *   line                             item rules, this bill, history, trace codes
 *
 * Pure, and one pass over the lines: what they have to do with one another was counted before.
 */

import type { CompiledRules } from '../rules/compiled-rules.ts'
import type { BillLine } from './bill-index.ts'
import { addCardReasons } from './card-reasons.ts'
import { addApproval } from './catalogue-reasons.ts'
import { addChronicDrugReasons, addChronicReasons } from './chronic-reasons.ts'
import { byWeight, type Finding } from './findings.ts'
import { addInsuranceReasons } from './insurance-reasons.ts'
import { addItemRuleReasons } from './item-rule-reasons.ts'
import { found, Matter } from './matter.ts'
import { addPrescriptionReasons, prescriptionFaults, type Fault } from './prescription-reasons.ts'
import type { Question } from './question.ts'
import type { Reason } from './reason.ts'
import { addSaleReasons } from './sale-reasons.ts'
import { addTraceReasons } from './trace-reasons.ts'
import type { ItemVerdict, Verdict } from './verdict.ts'
import { weigh } from './weigh.ts'
import { addWhereaboutsReasons } from './whereabouts-reasons.ts'

export function judge(rules: CompiledRules, question: Question): Verdict {
  const matter = new Matter(rules, question)
  const person = byWeight(personFindings(matter))
  const faults = prescriptionFaults(matter)
  const items: ItemVerdict[] = []
  for (const line of matter.bill.lines) items.push(judgeLine(matter, line, person, faults))
  return {
    person: reasonsOf(person),
    prescription: faults.length === 0 ? NO_REASONS : reasonsOf(byWeight(faults.map((fault) => found(matter, fault)))),
    items
  }
}

const NO_REASONS: readonly Reason[] = []

const reasonsOf = (findings: readonly Finding[]): readonly Reason[] => (findings.length === 0 ? NO_REASONS : findings.map(({ reason }) => reason))

function judgeLine(matter: Matter, line: BillLine, person: readonly Finding[], faults: readonly Fault[]): ItemVerdict {
  const { standing, item } = line
  const findings: Finding[] = []
  for (const one of person) findings.push(one)
  for (const one of standing.findings) findings.push(one)
  if (item.asOwnPay) findings.push(matter.standing.ownPay)
  addPrescriptionReasons(matter, line, faults, findings)
  addApproval(matter, line, findings)
  addChronicDrugReasons(matter, line, findings)
  if (line.plan.itemRules.length > 0) addItemRuleReasons(matter, line, findings)
  addSaleReasons(matter, line, findings)
  const tracesWanted = addTraceReasons(matter, line, findings)
  const weighed = findings.length === standing.findings.length ? standing.weighed : weigh(byWeight(findings), matter.funds)
  const { cover, funds, payable, accountMayPay, reasons } = weighed
  return { line: item.line, cover, funds, payable, tracesWanted, accountMayPay, reasons }
}

function personFindings(matter: Matter): Finding[] {
  const findings: Finding[] = []
  addCardReasons(matter, findings)
  addInsuranceReasons(matter, findings)
  addWhereaboutsReasons(matter, findings)
  addChronicReasons(matter, findings)
  return findings
}
