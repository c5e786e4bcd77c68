/**
 * A question as a document, so that one can be written by hand or made by another system. Field names are those of the
 * national interface where it has one. What is left out is not known, and is never guessed; what is `null` is not known either.
 */

import { z } from 'zod'
import {
  amountField,
  dateField,
  dayOrTimeField,
  divisionField,
  institutionCodeField,
  institutionKindField,
  insutypeField,
  levelField,
  medTypeField,
  priceField,
  psnTypeField,
  quantityField,
  textField
} from '../wire/fields.ts'
import { itemFactsSchema, flagField, daysField } from './item-facts-schema.ts'

const day = dateField.nullish()
const count = (most: number) => z.int('must be a whole number').min(0, 'must be at least 0').max(most, `must be at most ${most}`)

const entitlementSchema = z.strictObject({
  fund_pay_type: z.string().regex(/^\d{6}$/, 'must be 6 digits, such as "310102"'),
  med_type: z.string().regex(/^\d{1,6}$/, 'must be 1 to 6 digits, such as "14"').nullish().describe('Kind of visit that it is about, or the beginning of several; left out: all of them.'),
  trt_enjymnt_flag: flagField.describe('"1": the person enjoys it.'),
  begndate: day,
  enddate: day,
  trt_chk_rslt: textField(500).nullish().describe("The centre's reason.")
})

export const FILING_KINDS = ['off-site-resident', 'referral', 'off-site-emergency', 'chronic', 'special-drug', 'dual-channel', 'long-term-drug', 'proxy'] as const

const filingSchema = z.strictObject({
  kind: z.enum(FILING_KINDS).describe('biz_appy_type in words: 08 off-site-resident, 06 referral, 07 off-site-emergency, 01 chronic, 10 and 22 special-drug, 32 dual-channel, 11 long-term-drug, 12 proxy.'),
  begndate: dateField,
  enddate: day.describe('Last day; left out: it does not say.'),
  dise_codg: textField(30).nullish().describe('Disease, of a chronic filing.'),
  items: z.array(textField(50)).default([]).describe('National codes that it names; empty: not bound to any.'),
  places: z.array(institutionCodeField).default([]).describe('Designated institutions; empty: any.'),
  regions: z.array(divisionField).default([]).describe('Divisions that an off-site filing names, "320000" a whole province; empty: any.')
})

const cardSchema = z.strictObject({
  mdtrt_cert_type: z.enum(['01', '02', '03']).default('03').describe('01 e-cert, 02 ID card, 03 the social-security card.'),
  lost: z
    .strictObject({ report: z.enum(['temporary', 'formal']), on: dateField })
    .nullish()
    .describe('A loss report that was not lifted.'),
  expires: day.describe('Last day on which the card may be used.'),
  activated: z.boolean().default(true)
})

const personSchema = z.strictObject({
  psn_type: psnTypeField,
  insutype: insutypeField.default('310'),
  gend: z.enum(['0', '1', '2', '9']).default('0').describe('1 male, 2 female, 0 and 9 not known.'),
  brdy: day.describe('Day of birth.'),
  cvlserv_flag: flagField.default('0'),
  insuplc_admdvs: divisionField.describe('Division of the insured place.'),
  psn_insu_stas: z.enum(['0', '1', '2', '3', '4']).default('1').describe('0 not insured, 1 normal, 2 suspended, 3 invalid, 4 terminated.'),
  paus_insu_date: day.describe('Suspended since.'),
  arrears_since: day.describe('Premiums are owed since; left out: none are.'),
  psn_insu_date: day.describe('First day of the present, unbroken participation.'),
  insurance_began: z.enum(['new', 'self-employed', 'after-break', 'continuous']).nullish().describe('How the present participation began.'),
  broken_months: count(1200).nullish().describe('Months of the break, of after-break.'),
  missed_years: count(100).nullish().describe('Yearly payments missed before, of residents.'),
  trtinfo: z.array(entitlementSchema).default([]).describe('What the centre said of each fund (2001); empty: nothing.'),
  card: cardSchema.default(cardSchema.parse({})),
  in_hospital: z.boolean().nullish().describe('An inpatient somewhere on the day (5303); left out: not known.'),
  filings: z.array(filingSchema).default([])
})

const placeSchema = z.strictObject({
  fixmedins_code: institutionCodeField,
  admdvs: divisionField.describe('Division of where it stands.'),
  kind: institutionKindField,
  level: levelField,
  pooling: z.boolean().default(false).describe('A pharmacy that takes part in outpatient pooling.'),
  dual_channel: z.boolean().default(false).describe('A dual-channel pharmacy.')
})

const prescribedSchema = z.strictObject({
  med_list_codg: textField(50).nullish().describe('Left out: any drug of the substance.'),
  drug_genname: textField(100).describe('Generic name.'),
  drug_cnt: quantityField,
  drug_dosunt: textField(20).nullish().describe('Unit of drug_cnt.'),
  prd_days: daysField.nullish(),
  take_drug_flag: flagField.default('0').describe('"1": it was dispensed already.'),
  hosp_appr_flag: z.enum(['0', '1', '2']).default('0')
})

const prescriptionSchema = z.strictObject({
  kind: z.enum(['paper', 'electronic']),
  hi_rxno: textField(40).describe('Its number.'),
  prsc_time: dayOrTimeField.describe('Day of issue; a time may follow and is not used.'),
  vali_end_time: dayOrTimeField.nullish().describe('Last day on which it may be dispensed, where it says so; a time may follow: the whole of that day counts.'),
  prescriber: z.strictObject({
    dr_name: textField(50),
    dr_code: textField(30).nullish(),
    fixmedins_code: institutionCodeField,
    fixmedins_name: textField(200),
    level: levelField,
    kind: institutionKindField.default('hospital'),
    designated: z.boolean().default(true).describe('An institution of the insurance.')
  }),
  diseinfo: z.array(z.strictObject({ diag_code: textField(30), diag_name: textField(100) })).default([]),
  visit: z.enum(['ordinary', 'emergency', 'chronic', 'long-term', 'reduced-mobility']).default('ordinary'),
  rx_chk_stas_codg: flagField.nullish().describe('1 passed, 0 refused; left out: no pharmacist has reviewed it.'),
  electronic: z
    .strictObject({
      rx_stas_codg: z.enum(['1', '2', '3']).default('1').describe('1 valid, 2 expired, 3 withdrawn.'),
      rx_used_stas_codg: z.enum(['1', '2']).default('1').describe('1 unused, 2 used.'),
      signature_verified: z.boolean().default(true).describe('7205 verified it.'),
      rx_extra_attr_code: z.enum(['01', '02', '99']).default('99').describe('01 dual channel, 02 pooling, 99 other.')
    })
    .nullish(),
  rxdetail: z.array(prescribedSchema).max(500, 'must have at most 500 lines').default([])
})

const itemSchema = z.strictObject({
  feedetl_sn: textField(30).nullish().describe('Names the line; left out: its place on the list, from 1.'),
  med_list_codg: textField(50).describe('National code.'),
  cnt: quantityField.describe('Packs, or units of sale.'),
  pric: priceField.describe('Yuan for one.'),
  prd_days: daysField.nullish().describe('Days that the quantity lasts; left out: not known.'),
  drugtracinfo: z.array(z.strictObject({ drug_trac_codg: textField(100), trdn_flag: flagField.default('0').describe('"1": a split pack.') })).max(200, 'must have at most 200 codes').default([]),
  hosp_appr_flag: z.enum(['0', '1', '2']).default('0').describe('0 no approval, 1 approved, 2 refused.'),
  own_pay: z.boolean().default(false).describe('The person pays it, whatever the funds would.'),
  item: itemFactsSchema.optional().describe('What the catalogue says of it; left out: it is looked up.')
})

const supplySchema = z.strictObject({
  med_list_codg: textField(50),
  drug_genname: textField(100).nullish(),
  atc: textField(9).nullish(),
  fee_ocur_time: dayOrTimeField.describe('Day of the supply; a time may follow and is not used.'),
  cnt: quantityField,
  prd_days: daysField.nullish(),
  fixmedins_code: textField(30).default(''),
  fund_paid: z.boolean().default(true)
})

const ITEMS_MAX = 1000
const HISTORY_MAX = 10_000

export const questionSchema = z
  .strictObject({
    $schema: z.string().optional(),
    note: textField(2000).optional(),
    on: dateField.describe('Day of service.'),
    person: personSchema,
    place: placeSchema,
    med_type: medTypeField.default('41').describe('Kind of visit: 41 pharmacy, 11 outpatient, 14 chronic ...'),
    dise_codg: textField(30).nullish().describe('Disease, of a chronic visit.'),
    prescription: prescriptionSchema.nullish(),
    items: z.array(itemSchema).min(1, 'must have at least one item').max(ITEMS_MAX, `must have at most ${ITEMS_MAX} items`),
    history: z.array(supplySchema).max(HISTORY_MAX, `must have at most ${HISTORY_MAX} supplies`).nullish().describe('Earlier supplies that were not returned; []: there were none; left out: not known.'),
    used: z
      .strictObject({ today: amountField.default('0.00'), this_month: amountField.default('0.00'), sales_today: count(10_000).default(0) })
      .default({ today: '0.00', this_month: '0.00', sales_today: 0 })
      .describe("What the person has used of the place's own limits."),
    sold_codes: z
      .array(z.strictObject({ drug_trac_codg: textField(100), setl_id: textField(60), on: dateField, trdn_flag: flagField.default('0') }))
      .default([])
      .describe('Trace codes that lie in a sale that was not returned.')
  })
  .meta({
    title: 'Question',
    description: 'A person, a place, a day, items, a prescription and what was dispensed before: what eligibility is asked. A fact that is left out is not known; the rule that needs it says so.',
    examples: [
      {
        on: '2026-03-10',
        person: { psn_type: '11', gend: '1', brdy: '1990-01-01', insuplc_admdvs: '999999', psn_insu_date: '2015-07-01' },
        place: { fixmedins_code: 'P99999900001', admdvs: '999999', kind: 'pharmacy', level: 0, pooling: true },
        items: [{ med_list_codg: 'XA02BCA099A001010199999', cnt: '2', pric: '28.50', prd_days: 14 }],
        history: []
      }
    ]
  })

export type QuestionDocument = z.output<typeof questionSchema>
