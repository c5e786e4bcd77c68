/**
 * What the centre would tell of a person beside the card: insurance (1101), benefits (2001), a stay in hospital (5303), filings
 * (5301), supplies at other places (5205). Until a centre is asked it is a file, `people.json` in the data folder.
 */

import { z } from 'zod'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { dateField, divisionField, institutionCodeField, insutypeField, psnTypeField, quantityField, textField } from '../../../settlement/wire/fields.ts'
import { checkDocument, type InputProblem } from '../../../settlement/wire/input-problem.ts'

const PEOPLE_MAX = 10_000
const ROWS_MAX = 200

const insuranceSchema = z.strictObject({
  psn_insu_stas: z.enum(['0', '1', '2', '3', '4']).default('1').describe('0 not insured, 1 normal, 2 suspended, 3 invalid, 4 terminated.'),
  paus_insu_date: dateField.optional().describe('Suspended since.'),
  arrears_since: dateField.optional().describe('Premiums are owed since.'),
  psn_insu_date: dateField.optional().describe('First day of the present participation.'),
  began: z.enum(['new', 'self-employed', 'after-break', 'continuous']).optional(),
  broken_months: z.int().min(0).max(600).optional(),
  missed_years: z.int().min(0).max(60).optional()
})

const otherInsuranceSchema = z.strictObject({
  insutype: insutypeField,
  psn_type: psnTypeField,
  psn_insu_stas: z.enum(['1', '2', '3', '4']),
  psn_insu_date: dateField,
  paus_insu_date: dateField.optional()
})

const entitlementSchema = z.strictObject({
  fund_pay_type: z.string().regex(/^\d{6}$/, 'must be 6 digits, such as "310102"'),
  med_type: z.string().regex(/^\d{1,6}$/, 'must be 1 to 6 digits, such as "14"').optional().describe('Kind of visit that it is about, or the beginning of several; left out: all of them.'),
  trt_enjymnt_flag: z.enum(['0', '1']),
  begndate: dateField.optional(),
  enddate: dateField.optional(),
  trt_chk_rslt: textField(500).optional().describe("Why not, in the centre's own words.")
})

/** biz_appy_type (H T422): what each opens. */
export const FILING_KINDS = {
  '01': 'chronic',
  '06': 'referral',
  '07': 'off-site-emergency',
  '08': 'off-site-resident',
  '10': 'special-drug',
  '11': 'long-term-drug',
  '12': 'proxy',
  '32': 'dual-channel'
} as const

const filingSchema = z.strictObject({
  biz_appy_type: z.enum(Object.keys(FILING_KINDS) as (keyof typeof FILING_KINDS)[]),
  begndate: dateField,
  enddate: dateField.optional(),
  dise_codg: textField(30).optional(),
  dise_name: textField(200).optional(),
  med_list_codg: z.array(textField(50)).max(ROWS_MAX).default([]).describe('Items that it is bound to; none: not bound.'),
  fixmedins_code: z.array(institutionCodeField).max(ROWS_MAX).default([]).describe('Designated places; none: any.'),
  regions: z.array(z.string().regex(/^\d{2,6}$/, 'must be 2 to 6 digits of a division')).max(ROWS_MAX).default([])
})

const supplySchema = z.strictObject({
  med_list_codg: textField(50),
  fee_ocur_day: dateField,
  cnt: quantityField,
  prd_days: z.int().min(0).max(3660).optional().describe('Days that it lasts; left out: nobody knows.'),
  fixmedins_name: textField(200),
  fund_paid: z.boolean().default(true)
})

const personSchema = z.strictObject({
  certno: textField(50),
  note: textField(500).optional().describe('Free text for people.'),
  insuplc_admdvs: divisionField.optional(),
  cvlserv_flag: z.enum(['0', '1']).default('0'),
  insurance: insuranceSchema.prefault({}),
  also_insured: z
    .array(otherInsuranceSchema)
    .max(ROWS_MAX)
    .default([])
    .describe('Of other kinds than the card says: a row each of 1101. A counter settles by that of the card.'),
  entitlements: z.array(entitlementSchema).max(ROWS_MAX).default([]),
  in_hospital: z.boolean().optional().describe('Left out: nobody asked.'),
  filings: z.array(filingSchema).max(ROWS_MAX).default([]),
  supplies: z.array(supplySchema).max(ROWS_MAX).default([])
})

export const peopleSchema = z.strictObject({
  $schema: z.string().optional(),
  note: textField(2000).optional(),
  people: z.array(personSchema, 'must be a list of people').max(PEOPLE_MAX)
})

export type KnownPerson = z.output<typeof personSchema>

/** By citizen number. */
export type People = ReadonlyMap<string, KnownPerson>

export const NO_PEOPLE: People = new Map()

export function parsePeople(json: unknown): Result<People, InputProblem[]> {
  const document = checkDocument(peopleSchema, json)
  if (!document.ok) return document
  const people = new Map<string, KnownPerson>()
  const problems: InputProblem[] = []
  for (const [index, person] of document.value.people.entries()) {
    if (people.has(person.certno)) problems.push({ path: `people[${index}].certno`, value: undefined, rule: 'must stand once in the list' })
    people.set(person.certno, person)
  }
  return problems.length > 0 ? refuse(problems) : ok(people)
}
