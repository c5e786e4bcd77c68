/** A sale in the words of the screen: what it adds to a line, and to the whole. */

import { plusDays } from '../../../settlement/calendar/day-number.ts'
import type { ClaimLine } from '../../../settlement/calculation/claim.ts'
import type { AskedItem, Place, PrescribedLine } from '../../../settlement/eligibility/question.ts'
import type { ItemVerdict, Verdict } from '../../../settlement/eligibility/verdict.ts'
import { formatQuantity } from '../../../settlement/money/price.ts'
import type { CompiledRules } from '../../../settlement/rules/compiled-rules.ts'
import type { PrescribedLineView, PrescriptionView, SaleLineView, SaleView } from '../../contract/sale-view.ts'
import type { Text } from '../../contract/text.ts'
import type { SalePrescription } from './prescription.ts'
import type { SaleLine } from './sale-line.ts'
import { payableText, reasonView, verdictView } from './verdict-view.ts'

export interface LineFacts {
  readonly verdict: ItemVerdict
  readonly sale: SaleLine
  readonly line: ClaimLine
  readonly spec: string
  readonly days: number | undefined
  readonly hasSubstitute: boolean
}

export const saleLineView = ({ verdict, sale, line, spec, days, hasSubstitute }: LineFacts): SaleLineView => ({
  verdict: verdictView(verdict, payableText(verdict, line)),
  isOwnPay: sale.ownPay,
  spec,
  dose: sale.dose ?? null,
  frequency: sale.frequency ?? null,
  days: days === undefined ? null : String(days),
  tracesWanted: verdict.tracesWanted,
  packs: sale.packs,
  hasSubstitute,
  returnOf: line.returnOf ?? null
})

export interface SaleFacts {
  readonly place: Place
  readonly placeName: string
  readonly rules: CompiledRules
  readonly verdict: Verdict
  readonly prescription: SalePrescription | undefined
  readonly items: readonly AskedItem[]
  readonly openLines: number
  readonly withheldLines: number
  readonly isWithinDeductible: boolean
}

export const saleView = ({ place, placeName, rules, verdict, prescription, items, openLines, withheldLines, isWithinDeductible }: SaleFacts): SaleView => ({
  place: { code: place.code, name: placeName, isPooling: place.isPooling, isDualChannel: place.isDualChannel },
  prescription: prescription === undefined ? null : prescriptionView(rules, verdict, prescription, items),
  person: verdict.person.map((reason) => reasonView(reason)),
  returnOf: null,
  openLines,
  withheldLines,
  isWithinDeductible,
  prescriptionDays: daysValid(rules, { kind: 'paper', visit: 'ordinary' }),
  rules: rulesView(rules)
})

export const rulesView = ({ identity: { id, version, name } }: CompiledRules): SaleView['rules'] => ({ id, version, name })

type Kind = Pick<SalePrescription['asked'], 'kind' | 'visit'>

/** 0: no rule says so. */
const daysValid = (rules: CompiledRules, { kind, visit }: Kind): number =>
  rules.sections.prescription_validity.find(({ row }) => (row.prescriptions?.includes(kind) ?? true) && (row.visits?.includes(visit) ?? true))?.row.days ?? 0

function lastDay(rules: CompiledRules, { validUntil, issuedOn, ...kind }: SalePrescription['asked']): string {
  const days = daysValid(rules, kind)
  return validUntil ?? (days === 0 ? '' : plusDays(issuedOn, days - 1))
}

function prescriptionView(rules: CompiledRules, verdict: Verdict, { asked }: SalePrescription, items: readonly AskedItem[]): PrescriptionView {
  const { institution, name } = asked.prescriber
  return {
    kind: asked.kind,
    number: asked.number,
    issuedOn: asked.issuedOn,
    validUntil: lastDay(rules, asked),
    doctor: name,
    institution: institution.name,
    institutionCode: institution.code,
    level: institution.level,
    visit: asked.visit,
    diagnoses: asked.diagnoses.map(({ name: diagnosis }) => diagnosis),
    review: asked.review ?? 'open',
    state: stateText(asked),
    lines: asked.lines.map((line) => prescribedLineView(line, items)),
    reasons: verdict.prescription.map((reason) => reasonView(reason))
  }
}

function prescribedLineView(line: PrescribedLine, items: readonly AskedItem[]): PrescribedLineView {
  const { code, generic, quantity, unit, days, isTaken } = line
  const filling = items.find(({ item }) => item.code === code) ?? items.find(({ item }) => item.generic === generic)
  return {
    name: generic,
    code: code ?? null,
    quantity: formatQuantity(quantity),
    unit,
    days: days === undefined ? null : String(days),
    isTaken,
    filledBy: filling?.line ?? null
  }
}

const STATES: Readonly<Record<'valid' | 'expired' | 'withdrawn', Text>> = {
  valid: { zh: '有效', en: 'valid' },
  expired: { zh: '已过期', en: 'expired' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' }
}
const USED: Text = { zh: '已使用', en: 'used' }

const stateText = ({ electronic }: SalePrescription['asked']): Text | null =>
  electronic === undefined ? null : electronic.isUsed ? USED : STATES[electronic.status]
