/**
 * What differs from province to province, as data (fixtures/national): the baseline is one document and each province
 * another that names what it changes. Every part says where it is from and how sure that is.
 */

import { z } from 'zod'
import { isFieldRule } from './field-rule.ts'

const code = z.string().min(1).max(40)
const rule = z.string().refine(isFieldRule, 'must be a field rule such as "C30 Y" or "N16,2"')

/** Fields of a node. `like` takes over those of another node, "2101.druginfo". */
const node = z.record(code, z.union([rule, z.string().regex(/^\w+\.\w+(\[\])?$/)]))

/** Nodes by name; "name[]" is a list, "name?" may be left out. */
const transaction = z.record(z.string().regex(/^[A-Za-z_]+(\[\])?\??$/), node)

const stated = z.strictObject({
  profile: z.string().regex(/^[a-z0-9-]+$/),
  based_on: z.string().optional(),
  name: z.strictObject({ zh: z.string(), en: z.string() }),
  note: z.string().optional(),
  regions: z.array(z.string().regex(/^\d{2,6}$/)).describe('Divisions of the place of care, by their beginning.'),
  sources: z.array(z.strictObject({ part: z.string(), source: z.string(), certainty: z.enum(['published', 'inferred', 'weak', 'conflicting']) }))
})

const rules = z.strictObject({
  infver: z.array(code).min(1),
  opter_type: z.array(code).min(1),
  inf_time_tolerance_minutes: z.int().positive(),
  timestamp_tolerance_minutes: z.int().positive(),
  input_length_max: z.int().positive(),
  sign_in_first: z.boolean().describe('9001 of the day must come before anything else.'),
  sign_no_needed: z.boolean(),
  insuplc_needed: z
    .enum(['off-site', 'with-person'])
    .describe('When insuplc_admdvs must be sent: for people insured elsewhere, or whenever the input has a psn_no.'),
  feedetl_sn: z.strictObject({ pattern: z.string(), rule: z.string() }),
  reversible: z.array(code).describe('Transactions that 2601 takes back.'),
  reversal_of_unknown: z
    .enum(['bar', 'refuse'])
    .describe('2601 of a msgid that never came: accepted and barred from coming later, or refused.'),
  minus_one: z.enum(['failed', 'unknown']).describe('What infcode -1 on a settlement means.'),
  cancel_window: z.enum(['same-day', 'same-month', 'always']),
  stmt_rslt: z.strictObject({ equal: code, centre_more: code, institution_more: code, differs: code }),
  clr_type: z.record(code, code).describe('By the longest beginning of med_type that is listed.'),
  clr_way: code,
  renamed: z.record(code, z.record(code, code)).describe('By transaction: names of answered fields that it spells otherwise.'),
  node_names: z.record(code, z.record(code, z.array(code))).default({}).describe('By transaction: names under which an input node is taken.'),
  emergency_needs_referral_flag: z.boolean().describe('exp_content rules of off-site emergency and accident visits.'),
  envelope: z.record(code, rule),
  transactions: z.record(code, transaction),
  codes: z.record(code, z.record(code, z.string())),
  cum_types: z.record(code, z.record(code, z.string().max(10))).describe('5206: cum_type_code by insutype and counter.')
})

export const baselineSchema = stated.extend(rules.shape)
export const provinceSchema = stated.extend(rules.partial().shape)

export type ProfileDocument = z.output<typeof baselineSchema>
export type ProvinceDocument = z.output<typeof provinceSchema>
