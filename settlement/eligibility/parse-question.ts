/** A question from a document. What it says of an item wins; what it does not say is looked up where somebody can. */

import { ok, refuse, type Result } from '../../base/result.ts'
import { invariant } from '../../base/invariant.ts'
import { date, type BusinessDate } from '../calendar/business-date.ts'
import { parseFen, type Fen } from '../money/fen.ts'
import { parsePrice, parseQuantity, priceTimesQuantity, type Price, type Quantity } from '../money/price.ts'
import { checkDocument, type InputProblem } from '../wire/input-problem.ts'
import type { ItemFactsDocument } from './item-facts-schema.ts'
import { atcOfCode, kindOfCode } from './national-code.ts'
import { questionSchema, type QuestionDocument } from './question-schema.ts'
import type { AskedItem, EarlierSupply, EligiblePerson, ItemFacts, PlaceUse, Prescription, Question, SoldCode } from './question.ts'

export type FindItem = (code: string, on: BusinessDate) => ItemFacts | undefined

export function parseQuestion(json: unknown, findItem: FindItem = () => undefined): Result<Question, InputProblem[]> {
  const parsed = checkDocument(questionSchema, json)
  if (!parsed.ok) return parsed
  const document = parsed.value
  const on = date(document.on)
  const problems: InputProblem[] = []
  const items = document.items.flatMap((item, index): AskedItem[] => {
    const facts = item.item === undefined ? findItem(item.med_list_codg, on) : factsOf(item.med_list_codg, item.item)
    if (facts !== undefined) return [askedItem(item, index, facts)]
    problems.push({ path: `items[${index}].med_list_codg`, value: item.med_list_codg, rule: 'must be an item of the catalogue, or be described under "item"' })
    return []
  })
  problems.push(...repeatedLines(items))
  const { brdy } = document.person
  if (brdy !== null && brdy !== undefined && brdy > on) problems.push({ path: 'person.brdy', value: brdy, rule: `must not lie after the day of service, ${on}` })
  if (problems.length > 0) return refuse(problems)
  return ok({
    person: personOf(document.person),
    place: placeOf(document.place),
    visit: { medType: document.med_type, disease: document.dise_codg ?? undefined },
    on,
    prescription: document.prescription === null || document.prescription === undefined ? undefined : prescriptionOf(document.prescription),
    items,
    history: document.history?.map(supplyOf),
    used: usedOf(document.used),
    soldCodes: new Map(document.sold_codes.map((sold): [string, SoldCode] => [sold.drug_trac_codg, { settlementId: sold.setl_id, on: date(sold.on), isSplit: sold.trdn_flag === '1' }]))
  })
}

/** The schema has seen to the form of every number: an undefined here is a mistake of ours. */
function known<Value>(value: Value | undefined): Value {
  invariant(value !== undefined, 'a number that the schema admits cannot be read')
  return value
}
const quantity = (text: string): Quantity => known(parseQuantity(text))
const price = (text: string): Price => known(parsePrice(text))
const amount = (text: string): Fen => known(parseFen(text))
/** A time may follow the day. */
const dayOf = (text: string): BusinessDate => date(text.slice(0, 10))
const day = (text: string | null | undefined): BusinessDate | undefined => (text === null || text === undefined ? undefined : dayOf(text))

function repeatedLines(items: readonly AskedItem[]): InputProblem[] {
  const seen = new Set<string>()
  return items.flatMap(({ line }, index) => {
    const isRepeated = seen.has(line)
    seen.add(line)
    return isRepeated ? [{ path: `items[${index}].feedetl_sn`, value: line, rule: 'must be unique on the bill' }] : []
  })
}

const askedItem = (item: QuestionDocument['items'][number], index: number, facts: ItemFacts): AskedItem => ({
  line: item.feedetl_sn ?? String(index + 1),
  code: item.med_list_codg,
  quantity: quantity(item.cnt),
  price: price(item.pric),
  amount: priceTimesQuantity(price(item.pric), quantity(item.cnt)),
  days: item.prd_days ?? undefined,
  packs: item.drugtracinfo.map(({ drug_trac_codg: traceCode, trdn_flag: split }) => ({ traceCode, isSplit: split === '1' })),
  approval: item.hosp_appr_flag,
  asOwnPay: item.own_pay,
  item: facts
})

const factsOf = (code: string, facts: ItemFactsDocument): ItemFacts => ({
  code,
  name: facts.name,
  generic: facts.drug_genname ?? undefined,
  chargeClass: facts.chrgitm_lv ?? undefined,
  paidFrom: day(facts.begndate),
  paidTo: day(facts.enddate),
  isValid: facts.vali_flag === '1',
  kind: facts.kind ?? kindOfCode(code),
  atc: facts.atc ?? atcOfCode(code),
  needsPrescription: facts.rx_flag === null || facts.rx_flag === undefined ? undefined : facts.rx_flag === '1',
  isRestricted: facts.lmt_used_flag === '1',
  restriction: facts.restriction ?? undefined,
  isNegotiated: facts.hi_nego_drug_flag === '1',
  isDualChannel: facts.dualchnl_flag === '1',
  isForChildren: facts.chld_medc_flag === '1',
  unitsPerPack: facts.units_per_pack === null || facts.units_per_pack === undefined ? undefined : quantity(facts.units_per_pack),
  unit: facts.unit ?? undefined
})

const SEX: Readonly<Record<QuestionDocument['person']['gend'], EligiblePerson['sex']>> = { '0': undefined, '1': 'male', '2': 'female', '9': undefined }
const CERTIFICATE = { '01': 'e-cert', '02': 'id-card', '03': 'card' } as const

function personOf(person: QuestionDocument['person']): EligiblePerson {
  const { card } = person
  return {
    psnType: person.psn_type,
    insutype: person.insutype,
    sex: SEX[person.gend],
    born: day(person.brdy),
    isCivilServant: person.cvlserv_flag === '1',
    insuredRegion: person.insuplc_admdvs,
    insurance: {
      status: person.psn_insu_stas,
      suspendedSince: day(person.paus_insu_date),
      arrearsSince: day(person.arrears_since),
      since: day(person.psn_insu_date),
      began: person.insurance_began ?? undefined,
      brokenMonths: person.broken_months ?? undefined,
      missedYears: person.missed_years ?? undefined
    },
    entitlements: person.trtinfo.map((said) => ({
      fundPayType: said.fund_pay_type,
      medType: said.med_type ?? undefined,
      enjoys: said.trt_enjymnt_flag === '1',
      begins: day(said.begndate),
      ends: day(said.enddate),
      why: said.trt_chk_rslt ?? undefined
    })),
    card: {
      by: CERTIFICATE[card.mdtrt_cert_type],
      lost: card.lost === null || card.lost === undefined ? undefined : { report: card.lost.report, on: date(card.lost.on) },
      expires: day(card.expires),
      isActivated: card.activated
    },
    inHospital: person.in_hospital ?? undefined,
    filings: person.filings.map((filing) => ({
      kind: filing.kind,
      begins: date(filing.begndate),
      ends: day(filing.enddate),
      disease: filing.dise_codg ?? undefined,
      items: filing.items,
      places: filing.places,
      regions: filing.regions
    }))
  }
}

const placeOf = (place: QuestionDocument['place']): Question['place'] => ({
  code: place.fixmedins_code,
  region: place.admdvs,
  kind: place.kind,
  level: place.level,
  isPooling: place.pooling,
  isDualChannel: place.dual_channel
})

const STATUS = { '1': 'valid', '2': 'expired', '3': 'withdrawn' } as const
const SCOPE = { '01': 'dual-channel', '02': 'pooling', '99': 'other' } as const
const REVIEW = { '1': 'passed', '0': 'refused' } as const

function prescriptionOf(prescription: NonNullable<QuestionDocument['prescription']>): Prescription {
  const { prescriber, electronic, rx_chk_stas_codg: review } = prescription
  return {
    kind: prescription.kind,
    number: prescription.hi_rxno,
    issuedOn: dayOf(prescription.prsc_time),
    validUntil: day(prescription.vali_end_time),
    prescriber: {
      name: prescriber.dr_name,
      code: prescriber.dr_code ?? undefined,
      institution: { code: prescriber.fixmedins_code, name: prescriber.fixmedins_name, level: prescriber.level, kind: prescriber.kind, isDesignated: prescriber.designated }
    },
    diagnoses: prescription.diseinfo.map(({ diag_code: code, diag_name: name }) => ({ code, name })),
    visit: prescription.visit,
    review: review === null || review === undefined ? undefined : REVIEW[review],
    electronic:
      electronic === null || electronic === undefined
        ? undefined
        : {
            status: STATUS[electronic.rx_stas_codg],
            isUsed: electronic.rx_used_stas_codg === '2',
            signatureVerified: electronic.signature_verified,
            scope: SCOPE[electronic.rx_extra_attr_code]
          },
    lines: prescription.rxdetail.map((line) => ({
      code: line.med_list_codg ?? undefined,
      generic: line.drug_genname,
      quantity: quantity(line.drug_cnt),
      unit: line.drug_dosunt ?? '',
      days: line.prd_days ?? undefined,
      isTaken: line.take_drug_flag === '1',
      approval: line.hosp_appr_flag
    }))
  }
}

const supplyOf = (supply: NonNullable<QuestionDocument['history']>[number]): EarlierSupply => ({
  code: supply.med_list_codg,
  atc: supply.atc ?? atcOfCode(supply.med_list_codg),
  generic: supply.drug_genname ?? undefined,
  on: dayOf(supply.fee_ocur_time),
  quantity: quantity(supply.cnt),
  days: supply.prd_days ?? undefined,
  where: supply.fixmedins_code,
  fundPaid: supply.fund_paid
})

const usedOf = (used: QuestionDocument['used']): PlaceUse => ({
  today: amount(used.today),
  thisMonth: amount(used.this_month),
  salesToday: used.sales_today
})
