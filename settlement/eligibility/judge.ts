/**
 * From a question and the rules to a verdict on every line. The catalogue limits payment, not sale: a person's own money is
 * always offered, except where handing over itself is unlawful.
 *
 *   person, card, insurance, place   found once, hold for every line
 *   prescription                     found once, touches the lines that rest on it
 *   item                             what the catalogue says of it on the day: kept from bill to bill
 *   line                             item rules, this bill, history, trace codes
 *
 * Pure, and one pass over the lines: what they have to do with one another was counted before. Where a limit of the place is reached,
 * those that no fund pays anyway are left out of it in a second one (barred-lines.ts).
 */

import type { CompiledRules } from '../rules/compiled-rules.ts'
import { barredBehindLimits, NONE_BARRED } from './barred-lines.ts'
import type { BillLine } from './bill-index.ts'
import { addCardReasons } from './card-reasons.ts'
import { addApproval } from './catalogue-reasons.ts'
import { addChronicDrugReasons, addChronicReasons } from './chronic-reasons.ts'
import { Findings, type Finding } from './findings.ts'
import { addInsuranceReasons } from './insurance-reasons.ts'
import { addItemRuleReasons } from './item-rule-reasons.ts'
import { Matter } from './matter.ts'
import { addPrescriptionReasons, prescriptionFaults, type Fault } from './prescription-reasons.ts'
import type { Question } from './question.ts'
import type { Reason } from './reason.ts'
import { addSaleReasons } from './sale-reasons.ts'
import { addTraceReasons } from './trace-reasons.ts'
import type { ItemVerdict, Verdict } from './verdict.ts'
import { weigh } from './weigh.ts'
import { addWhereaboutsReasons } from './whereabouts-reasons.ts'

export function judge(rules: CompiledRules, question: Question): Verdict {
  const verdict = judgeAll(rules, question, NONE_BARRED)
  const barred = barredBehindLimits(verdict)
  return barred.size === 0 ? verdict : judgeAll(rules, question, barred)
}

function judgeAll(rules: CompiledRules, question: Question, barred: ReadonlySet<string>): Verdict {
  const matter = new Matter(rules, question, barred)
  const findings = new Findings(matter.rules)
  const person = personFindings(matter, findings)
  const faults = prescriptionFaults(matter)
  const items = matter.bill.lines.map((line) => judgeLine(matter, line, person, faults, findings))
  return {
    person: person.length === 0 ? NO_REASONS : person.map(({ reason }) => reason),
    prescription: faults.length === 0 ? NO_REASONS : reasonsOf(faults, findings),
    items
  }
}

const NO_REASONS: readonly Reason[] = []

function reasonsOf(faults: readonly Fault[], findings: Findings): readonly Reason[] {
  findings.clear()
  for (const fault of faults) findings.add(fault)
  return findings.reasons()
}

function judgeLine(matter: Matter, line: BillLine, person: readonly Finding[], faults: readonly Fault[], findings: Findings): ItemVerdict {
  const { standing, item } = line
  findings.clear()
  findings.putAll(person)
  findings.putAll(standing.findings)
  if (item.asOwnPay) findings.put(matter.standing.ownPay)
  addPrescriptionReasons(matter, line, faults, findings)
  addApproval(matter, line, findings)
  addChronicDrugReasons(matter, line, findings)
  if (line.plan.itemRules.length > 0) addItemRuleReasons(matter, line, findings)
  addSaleReasons(matter, line, findings)
  const tracesWanted = addTraceReasons(matter, line, findings)
  if (findings.count > standing.findings.length) return weigh(item.line, tracesWanted, findings, matter.funds)
  const { cover, funds, payable, accountMayPay, reasons } = standing.verdict
  return { line: item.line, cover, funds, payable, tracesWanted, accountMayPay, reasons }
}

/** They hold for every line. */
function personFindings(matter: Matter, findings: Findings): readonly Finding[] {
  addCardReasons(matter, findings)
  addInsuranceReasons(matter, findings)
  addWhereaboutsReasons(matter, findings)
  addChronicReasons(matter, findings)
  return findings.list()
}
