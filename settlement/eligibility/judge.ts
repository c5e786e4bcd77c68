/**
 * From a question and the rules to a verdict on every line. The catalogue limits payment, not sale: a person's own money is
 * always offered, except where handing over itself is unlawful.
 *
 *   person, card, insurance, place   found once, hold for every line
 *   prescription                     found once, touches the lines that rest on it
 *   line                             catalogue, item rules, this bill, history, trace codes
 *
 * Pure, and one pass over the lines: what they have to do with one another was counted before.
 */

import type { CompiledRules } from '../rules/compiled-rules.ts'
import { addCardReasons } from './card-reasons.ts'
import { addCatalogueReasons } from './catalogue-reasons.ts'
import { addChronicDrugReasons, addChronicReasons } from './chronic-reasons.ts'
import { byWeight, type Finding } from './findings.ts'
import { addInsuranceReasons } from './insurance-reasons.ts'
import { addItemRuleReasons } from './item-rule-reasons.ts'
import { found, matterOf, type Matter } from './matter.ts'
import { addPrescriptionReasons, prescriptionFaults } from './prescription-reasons.ts'
import type { Question } from './question.ts'
import { addSaleReasons } from './sale-reasons.ts'
import { addTraceReasons } from './trace-reasons.ts'
import type { Verdict } from './verdict.ts'
import { weigh } from './weigh.ts'
import { addWhereaboutsReasons } from './whereabouts-reasons.ts'

export function judge(rules: CompiledRules, question: Question): Verdict {
  const matter = matterOf(rules, question)
  const person = byWeight(personFindings(matter))
  const faults = prescriptionFaults(matter)
  const items = matter.bill.lines.map((line) => {
    const findings = person.length === 0 ? [] : [...person]
    addPrescriptionReasons(matter, line, faults, findings)
    addCatalogueReasons(matter, line, findings)
    addChronicDrugReasons(matter, line, findings)
    addItemRuleReasons(matter, line, findings)
    addSaleReasons(matter, line, findings)
    const tracesWanted = addTraceReasons(matter, line, findings)
    return weigh(line.item.line, byWeight(findings), matter.funds, tracesWanted)
  })
  return {
    person: person.map(({ reason }) => reason),
    prescription: byWeight(faults.map((fault) => found(matter, fault))).map(({ reason }) => reason),
    items
  }
}

function personFindings(matter: Matter): Finding[] {
  const findings: Finding[] = []
  addCardReasons(matter, findings)
  addInsuranceReasons(matter, findings)
  addWhereaboutsReasons(matter, findings)
  addChronicReasons(matter, findings)
  return findings
}
