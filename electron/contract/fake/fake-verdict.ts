/** The fake's lights: a few fixed rules, so that every light, every pane and every reason can be drawn. Nobody's law. */

import type { SumsView } from '../bill-view.ts'
import type { Light, PackView, PrescriptionView, ReasonView, SaleLineView, SaleView, VerdictView } from '../sale-view.ts'
import type { Text } from '../text.ts'
import type { FakeDrug, FakeLine } from './fake-sums.ts'
import type { FakeSale, World } from './fake-world.ts'
import { SAMPLE_DRUGS } from './sample-drugs.ts'
import type { FakePrescription } from './sample-prescriptions.ts'

export const FAKE_RULES: SaleView['rules'] = { id: '999999-test', version: '1', name: { zh: '测试区规则', en: 'rules of the test region' } }

const SOURCE: Text = { zh: '测试规则(虚构)', en: 'rules of the test region (made up)' }
const CERTAINTY: Text = { zh: '直接来源', en: 'published' }

interface Words {
  readonly what: Text
  readonly mend?: Text
  readonly today?: Text
}

const reason = (kind: string, effect: ReasonView['effect'], { what, mend, today }: Words): ReasonView => ({
  kind,
  effect,
  what,
  mend: mend ?? null,
  today: today ?? null,
  source: SOURCE,
  certainty: CERTAINTY,
  isUncertain: kind === 'over-days-of-supply',
  settlementId: null
})

const OWN_TODAY: Text = { zh: '可自费购买', en: 'it can be bought as own pay' }
const IN_ARREARS = reason('in-arrears', 'own-money', {
  what: { zh: '欠缴保费,统筹基金暂停支付', en: 'premiums are owed: the pool does not pay' },
  mend: { zh: '单位补缴后恢复', en: 'it pays again once the employer has paid' },
  today: { zh: '可用个人账户或现金', en: 'account or cash can pay' }
})
const MISSING = reason('prescription-missing', 'forbids', {
  what: { zh: '处方药,须凭处方', en: 'a prescription drug, and there is no prescription' },
  mend: { zh: '请出示医师处方', en: "show a doctor's prescription" }
})
const NOT_REVIEWED = reason('prescription-not-reviewed', 'forbids', {
  what: { zh: '处方尚未经药师审核', en: 'no pharmacist has reviewed the prescription' },
  mend: { zh: '请药师审核', en: 'the pharmacist reviews it' }
})
const REVIEW_REFUSED = reason('prescription-refused-by-pharmacist', 'forbids', {
  what: { zh: '药师审核未通过', en: 'the pharmacist refused the prescription' },
  mend: { zh: '请医师更正处方', en: 'the doctor corrects it' }
})
const NOT_ON_IT = reason('not-on-prescription', 'forbids', { what: { zh: '处方中没有此药', en: 'the prescription does not have this drug' } })
const TAKEN = reason('already-dispensed', 'forbids', { what: { zh: '此药已按处方取过', en: 'this drug was dispensed already' } })
const CLASS_C = reason('class-c', 'own-money', { what: { zh: '丙类,基金不支付', en: 'class C: no fund pays' }, today: OWN_TODAY })
const CLASS_B = reason('class-b', 'note', { what: { zh: '乙类,先行自付一部分', en: 'class B: a part is paid first' } })
const CHOSEN = reason('own-pay-chosen', 'own-money', { what: { zh: '按自费结算', en: 'own pay by choice' } })
const ALONE = reason('pieces-not-paid-alone', 'own-money', { what: { zh: '饮片单味使用,基金不支付', en: 'pieces used alone: no fund pays' }, today: OWN_TODAY })
const CODE_MISSING = reason('trace-code-missing', 'asks', { what: { zh: '缺药品追溯码', en: 'trace codes are missing' }, mend: { zh: '请逐盒扫码', en: 'scan each pack' } })
const tooMany = (packs: bigint): ReasonView =>
  reason('over-days-of-supply', 'limits', { what: { zh: `超过可支付用量,基金支付${packs}盒`, en: `beyond the days of supply: a fund pays ${packs}` }, today: OWN_TODAY })

const soldBefore = (code: string, settlementId: string): ReasonView => ({
  ...reason('trace-code-sold', 'forbids', { what: { zh: `追溯码 ${code} 已售出（结算 ${settlementId}）`, en: `trace code ${code} was sold already (settlement ${settlementId})` } }),
  settlementId
})

const STATES: Readonly<Record<Exclude<FakePrescription['state'], 'none' | 'valid'>, ReasonView>> = {
  expired: reason('prescription-expired', 'forbids', { what: { zh: '处方已过有效期', en: 'the prescription has expired' }, mend: { zh: '请重新开方', en: 'a new one is needed' } }),
  withdrawn: reason('prescription-withdrawn', 'forbids', { what: { zh: '处方已撤销', en: 'the prescription was withdrawn' } }),
  used: reason('prescription-used', 'forbids', { what: { zh: '处方已使用', en: 'the prescription was used' } })
}
const STATE_TEXTS: Readonly<Record<FakePrescription['state'], Text | null>> = {
  none: null,
  valid: { zh: '有效', en: 'valid' },
  expired: { zh: '已过期', en: 'expired' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' },
  used: { zh: '已使用', en: 'used' }
}

export const wholePacks = (quantity: string): bigint => BigInt(quantity.split('.')[0] ?? '0') + (/\.0*[1-9]/.test(quantity) ? 1n : 0n)

const personReasons = (world: World): readonly ReasonView[] => (world.inserted === 'empty-purse' ? [IN_ARREARS] : [])

function prescriptionReasons(prescription: FakePrescription): ReasonView[] {
  const { state, review } = prescription
  return [
    ...(state === 'none' || state === 'valid' ? [] : [STATES[state]]),
    ...(review === 'refused' ? [REVIEW_REFUSED] : []),
    ...(review === 'open' ? [NOT_REVIEWED] : [])
  ]
}

function prescribed(drug: FakeDrug, { prescription }: FakeSale): ReasonView[] {
  if (!drug.needsPrescription) return []
  if (prescription === null) return [MISSING]
  const whole = prescriptionReasons(prescription)
  // Paper is typed without its lines.
  const line = prescription.lines.find(({ code, name }) => code === drug.code || name === drug.generic)
  if (prescription.kind === 'paper') return whole
  return [...whole, ...(line === undefined ? [NOT_ON_IT] : line.isTaken ? [TAKEN] : [])]
}

const packsPaid = ({ packsPaid: paid }: FakeDrug, { quantity }: FakeLine): bigint | null => (paid !== undefined && wholePacks(quantity) > paid ? paid : null)

export function tracesWanted(drug: FakeDrug, { quantity, returnOf }: FakeLine): number {
  return drug.traced && returnOf === undefined ? Number(wholePacks(quantity)) : 0
}

/** Codes of a sale that stands; what was taken back is on the shelf again. */
const soldCodes = ({ statements }: World, { packs = [] }: FakeLine): ReasonView[] =>
  packs.flatMap(({ traceCode }) =>
    statements
      .filter(({ state, lines }) => state === 'settled' && lines.some(({ sale }) => sale?.packs.some((pack) => pack.traceCode === traceCode) === true))
      .map(({ settlementId }) => soldBefore(traceCode, settlementId))
  )

function reasonsOf(world: World, sale: FakeSale, { drug, line, alone }: { readonly drug: FakeDrug; readonly line: FakeLine; readonly alone: boolean }): ReasonView[] {
  if (line.returnOf !== undefined) return []
  const paid = packsPaid(drug, line)
  const own = line.isOwnPay ? [CHOSEN] : [
    ...(drug.chargeClass === '03' ? [CLASS_C] : personReasons(world)),
    ...(alone && drug.code.startsWith('T') ? [ALONE] : []),
    ...(paid === null ? [] : [tooMany(paid)])
  ]
  const codes = (line.packs ?? []).length < tracesWanted(drug, line) ? [CODE_MISSING] : []
  return [...soldCodes(world, line), ...prescribed(drug, sale), ...own, ...codes, ...(drug.chargeClass === '02' ? [CLASS_B] : [])]
}

function lightOf(reasons: readonly ReasonView[]): Light {
  const has = (effect: ReasonView['effect']): boolean => reasons.some((of) => of.effect === effect)
  if (has('forbids')) return 'forbidden'
  if (has('own-money') || has('cash-only')) return 'own-money'
  return has('limits') ? 'limited' : 'covered'
}

const COVERED: Text = { zh: '可由基金支付', en: 'a fund pays' }

export function verdictOf(world: World, sale: FakeSale, asked: { readonly drug: FakeDrug; readonly line: FakeLine; readonly alone: boolean }): VerdictView {
  const reasons = reasonsOf(world, sale, asked)
  const light = lightOf(reasons)
  const paid = packsPaid(asked.drug, asked.line)
  return {
    light,
    sentence: reasons[0]?.what ?? COVERED,
    reasons,
    funds: [{ name: { zh: '统筹基金', en: 'pooled fund' }, light }],
    payableQuantity: light === 'limited' && paid !== null ? String(paid) : null,
    accountMayPay: light !== 'forbidden'
  }
}

export const drugOf = (code: string): FakeDrug | undefined => SAMPLE_DRUGS.find((known) => known.code === code)

export const substitutesOf = (drug: FakeDrug): readonly FakeDrug[] =>
  SAMPLE_DRUGS.filter(({ generic, code, chargeClass }) => generic === drug.generic && code !== drug.code && chargeClass < drug.chargeClass)

/** A line as the sale has it, with what its light does to its amounts; undefined for what no pharmacy sells. */
export function judged(world: World, sale: FakeSale, line: FakeLine, alone: boolean): { readonly line: FakeLine; readonly view: SaleLineView } | undefined {
  const drug = drugOf(line.item.code)
  if (drug === undefined) return undefined
  const verdict = verdictOf(world, sale, { drug, line, alone })
  const packs: readonly PackView[] = line.packs ?? []
  return {
    line: { ...line, approval: verdict.light === 'own-money' ? '2' : line.approval },
    view: {
      verdict,
      isOwnPay: line.isOwnPay ?? false,
      spec: drug.spec,
      dose: line.dose ?? null,
      frequency: line.frequency ?? null,
      days: daysOf(drug, line),
      tracesWanted: tracesWanted(drug, line),
      packs,
      hasSubstitute: substitutesOf(drug).length > 0,
      returnOf: line.returnOf ?? null
    }
  }
}

const TIMES: Readonly<Record<string, bigint>> = { '11': 1n, '12': 2n, '13': 3n, '14': 4n, qd: 1n, bid: 2n, tid: 3n, qid: 4n }
export const isFrequency = (text: string): boolean => Object.hasOwn(TIMES, text)

function daysOf({ units }: FakeDrug, { quantity, dose, frequency, days }: FakeLine): string | null {
  if (days !== undefined) return days
  const times = frequency === undefined ? undefined : TIMES[frequency]
  if (dose === undefined || times === undefined || !/^[1-9]\d?$/.test(dose)) return null
  return String((wholePacks(quantity) * units) / (BigInt(dose) * times))
}

export const isWithinDeductible = ({ fundPaid, deductible }: SumsView): boolean => fundPaid === '0.00' && deductible !== null && deductible.paid !== '0.00'

export const isWithheld = ({ verdict }: SaleLineView): boolean => verdict.light === 'forbidden'

const isOpen = ({ verdict, packs, tracesWanted: wanted }: SaleLineView): boolean =>
  verdict.light === 'forbidden' || verdict.payableQuantity !== null || packs.length < wanted

function prescriptionView(prescription: FakePrescription, lines: readonly FakeLine[]): PrescriptionView {
  return {
    ...prescription,
    state: STATE_TEXTS[prescription.state],
    lines: prescription.lines.map((line) => ({ ...line, filledBy: lines.find(({ item }) => item.code === line.code)?.line ?? null })),
    reasons: prescriptionReasons(prescription)
  }
}

export const saleView = (world: World, sale: FakeSale, lines: readonly FakeLine[], views: readonly SaleLineView[], sums: SumsView | null = null): SaleView => ({
  place: { code: world.till.institution.code, name: world.till.institution.name, isPooling: true, isDualChannel: false },
  prescription: sale.prescription === null ? null : prescriptionView(sale.prescription, lines),
  person: personReasons(world),
  returnOf: sale.returnOf,
  openLines: views.filter(isOpen).length,
  withheldLines: views.filter(isWithheld).length,
  isWithinDeductible: sums !== null && isWithinDeductible(sums),
  prescriptionDays: 3,
  rules: FAKE_RULES
})
