/** Rules about items: who may have them, where, after what, together with what, and how soon again. */

import { z } from 'zod'
import { institutionKindField, levelField, medTypeField, quantityField, textField } from '../wire/fields.ts'
import { ageField, countField, fundsField, groupNames, row, someOf } from './rule-row.ts'

/** What becomes of an item that breaks the rule. */
export const itemEffect = z
  .enum(['own-money', 'asks', 'note'])
  .default('own-money')
  .describe('"own-money": the fund does not pay, the person may. "asks": somebody must look at it first. "note": said, nothing more. Default: "own-money".')

const items = groupNames.optional().describe('Groups of items that the rule is about. Left out: every item.').meta({ examples: [['men-only']] })

const common = { items, funds: fundsField.optional(), effect: itemEffect }
const childBelow = ageField.default(18).describe('Whole years, excluded. Default: 18.')

const sexRow = row({ rule: z.literal('sex'), sex: z.enum(['male', 'female']).describe('Only for them.'), ...common })
const ageRow = row({
  rule: z.literal('age'),
  from: ageField.optional().describe('Whole years, included.'),
  below: ageField.optional().describe('Whole years, excluded.'),
  ...common
}).refine(({ from, below }) => (from !== undefined || below !== undefined) && (from ?? 0) < (below ?? Infinity), 'must give "from", "below", or both, "from" the smaller')
const childrenRow = row({ rule: z.literal('children-only'), below: childBelow, ...common }).describe('A drug made for children.')
const limitedRow = row({ rule: z.literal('limited-to-children'), below: childBelow, ...common }).describe('A drug for anybody that is paid for children.')
const institutionRow = row({
  rule: z.literal('institution'),
  levels: someOf(levelField).optional().describe('Levels at which it is paid.'),
  kinds: someOf(institutionKindField).optional().describe('Kinds of institution at which it is paid.'),
  ...common
}).refine(({ levels, kinds }) => levels !== undefined || kinds !== undefined, 'must give levels or kinds')
const visitRow = row({
  rule: z.literal('visit'),
  med_types: someOf(medTypeField).describe('Visit types in which it is paid, by prefix.'),
  ...common
})
const workInjuryRow = row({ rule: z.literal('work-injury-only'), ...common }).describe('Paid by the work-injury fund alone.')
const maternityRow = row({ rule: z.literal('maternity-only'), ...common }).describe('Paid by the maternity fund alone.')
const secondLineRow = row({
  rule: z.literal('second-line'),
  first_line: groupNames.describe('Groups of the drugs of which one must have been dispensed before.'),
  months: countField(1, 60).default(6).describe('How far back that may lie. Default: 6.'),
  ...common
})
const courseRow = row({
  rule: z.literal('course'),
  days: countField(1, 3660).optional().describe('Days of supply that are paid in the period.'),
  quantity: quantityField.optional().describe('Units of sale that are paid in the period.'),
  period_months: countField(1, 120).describe('The period in months, back from the day of service; the day itself included.'),
  ...common
}).refine(({ days, quantity }) => (days === undefined) !== (quantity === undefined), 'must give either days or quantity')
const indicationRow = row({
  rule: z.literal('indication'),
  diagnoses: someOf(textField(30)).describe('Diagnosis codes on the prescription, by prefix, of which there must be one.'),
  ...common
})
const aloneRow = row({ rule: z.literal('not-alone'), ...common }).describe(
  'Decoction pieces that are not paid when used alone, nor when every piece of the prescription is of this kind.'
)

export const itemRuleRow = z
  .discriminatedUnion(
    'rule',
    [sexRow, ageRow, childrenRow, limitedRow, institutionRow, visitRow, workInjuryRow, maternityRow, secondLineRow, courseRow, indicationRow, aloneRow],
    'must be one of "sex", "age", "children-only", "limited-to-children", "institution", "visit", "work-injury-only", "maternity-only", "second-line", "course", "indication", "not-alone"'
  )
  .meta({ id: 'item_rule' })

export const duplicateRow = row({
  atc_characters: countField(1, 7).describe('Two drugs of one bill whose ATC codes agree in so many first characters are one therapy. The national knowledge base: 5.'),
  except: groupNames.optional().describe('Groups that may be doubled.'),
  effect: itemEffect
}).meta({ id: 'duplicate_row' })

export const earlyRow = row({
  items,
  tolerance_days: countField(0, 366).describe('So many days before the earlier supply runs out it may be dispensed again.'),
  counts: z.enum(['fund-paid', 'all']).default('fund-paid').describe('Which earlier supplies count: those that a fund paid, or all.'),
  effect: itemEffect
}).meta({ id: 'early_row' })

export const specialRow = row({
  items: groupNames.describe('Groups of drugs with a way of their own.'),
  filing: z.enum(['special-drug', 'dual-channel', 'long-term-drug']).optional().describe('The filing that the person needs (biz_appy_type 10 or 22, 32, 11).'),
  place: z.enum(['dual-channel', 'filed']).optional().describe('Where it is dispensed: "dual-channel": a dual-channel pharmacy. "filed": a place that the filing names.'),
  effect: itemEffect
})
  .refine(({ filing, place }) => filing !== undefined || place !== undefined, 'must give filing, place, or both')
  .refine(({ filing, place }) => place !== 'filed' || filing !== undefined, { path: ['filing'], message: 'must be given where place is "filed"' })
  .meta({ id: 'special_row' })

export const chronicRow = row({
  filing: z.boolean().default(true).describe('The person must have filed for the disease. Default: true.'),
  designated: z.boolean().default(false).describe('Only at the places that the filing names. Default: false.'),
  lasts_months: countField(1, 1200).nullable().default(null).describe('How long a filing holds that does not state its last day. null: for life.'),
  effect: itemEffect
}).meta({ id: 'chronic_row' })

export const chronicDrugsRow = row({
  diseases: someOf(textField(30)).describe('Disease codes, by prefix.'),
  items: groupNames.describe('Groups of drugs that are paid for them.'),
  effect: itemEffect
}).meta({ id: 'chronic_drugs_row' })

