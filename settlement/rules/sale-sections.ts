/** Rules about the prescription, how much is handed over, the place's own limits and trace codes. */

import { z } from 'zod'
import { amountField, dateField } from '../wire/fields.ts'
import { REASON_KINDS } from '../eligibility/reason.ts'
import { countField, fundsField, groupNames, row, someOf } from './rule-row.ts'

export const PRESCRIPTION_VISITS = ['ordinary', 'emergency', 'chronic', 'long-term', 'reduced-mobility', 'none'] as const
export type PrescriptionVisit = (typeof PRESCRIPTION_VISITS)[number]
export const PRESCRIPTION_CHECKS = [
  'state',
  'used',
  'signature',
  'refused',
  'reviewed',
  'designated',
  'listed',
  'quantity',
  'unit',
  'taken'
] as const
export type PrescriptionCheck = (typeof PRESCRIPTION_CHECKS)[number]

const items = groupNames.optional().describe('Groups of items. Left out: every item.')
const prescriptions = someOf(z.enum(['paper', 'electronic'])).optional().describe('Kinds of prescription. Left out: both.')
const visits = someOf(z.enum(PRESCRIPTION_VISITS))
  .optional()
  .describe('What the prescription was written for; "none": a sale without prescription. Left out: all of them.')

const saleEffect = (byDefault: 'forbids' | 'own-money') =>
  z
    .enum(['forbids', 'own-money', 'asks', 'note'])
    .default(byDefault)
    .describe(`"forbids": may not be handed over. "own-money": the fund does not pay. "asks": somebody must look at it first. "note": said, nothing more. Default: "${byDefault}".`)

export const requiredRow = row({
  items,
  funds: fundsField.optional(),
  effect: saleEffect('forbids')
}).meta({ id: 'required_row' })

export const validityRow = row({
  prescriptions,
  visits,
  days: countField(1, 3660).describe('Days on which it may be dispensed where it does not state its last day, the day of issue included: 3 from 1 March is through 3 March.'),
  days_most: countField(1, 3660).nullable().default(null).describe('The most that its own last day may be, counted likewise. null: its own word holds.'),
  effect: saleEffect('forbids')
}).meta({ id: 'validity_row' })

export const drugsMostRow = row({
  prescriptions,
  drugs: countField(1, 100).describe('Western and patent drugs on one prescription at most.'),
  effect: saleEffect('forbids')
}).meta({ id: 'drugs_most_row' })

export const checkRow = row({
  check: z
    .enum(PRESCRIPTION_CHECKS)
    .describe('state: withdrawn or expired at the platform. used: was dispensed. signature: was not verified. refused: a pharmacist refused it. reviewed: no pharmacist has reviewed it yet. listed: the drug is not on it. quantity: more than prescribed. unit: another unit than prescribed. taken: this drug of it was dispensed. designated: its institution is none of the insurance.'),
  prescriptions,
  items,
  funds: fundsField.optional(),
  effect: saleEffect('forbids')
}).meta({ id: 'check_row' })

export const supplyRow = row({
  items,
  visits,
  days: countField(1, 3660).nullable().describe('Days of supply that a fund pays; null: no limit.'),
  one_pack: z.boolean().default(false).describe('true: one pack is paid even where it lasts longer, because there is no smaller one. Default: false.'),
  effect: z
    .enum(['limits', 'own-money', 'note'])
    .default('limits')
    .describe('"limits": the fund pays so many days of it. "own-money": none of it. Default: "limits".')
}).meta({ id: 'supply_row' })

export const dispensingRow = row({
  items,
  visits,
  days: countField(0, 3660).describe('Days of supply that may be handed over.'),
  effect: saleEffect('forbids')
}).meta({ id: 'dispensing_row' })

export const longExcludedRow = row({
  items: groupNames.describe('Groups that may not be on a long prescription.'),
  effect: saleEffect('forbids')
}).meta({ id: 'long_excluded_row' })

export const placeLimitRow = row({
  of: z.enum(['day', 'month', 'sale', 'sales-a-day']).describe('What is limited: what falls to the insurance of one person at the place in a day, in a month, in one sale; or the number of sales a day.'),
  amount: amountField.optional().describe('Yuan, of day, month and sale.'),
  sales: countField(1, 1000).optional().describe('Sales, of sales-a-day.'),
  items: groupNames.optional().describe('Groups of items that count and are limited. Left out: every item.'),
  effect: z
    .enum(['limits', 'own-money', 'cash-only', 'note'])
    .default('limits')
    .describe('What becomes of a bill that passes the limit. "limits": what is left of it is paid, shared over the lines by their amounts. "own-money": no fund pays any of it. "cash-only": nor the account. Default: "limits"; where nothing is left it is "own-money".')
})
  .refine(({ of, amount, sales }) => (of === 'sales-a-day' ? sales !== undefined && amount === undefined : amount !== undefined && sales === undefined), 'must give "sales" of sales-a-day, and "amount" of the others')
  .meta({ id: 'place_limit_row' })

export const traceRow = row({
  from: dateField.describe('First day of service on which it holds.'),
  to: dateField.nullable().default(null).describe('Last day; null: until further notice.'),
  of: z.enum(['fund', 'sale']).describe('"fund": what a fund shall pay. "sale": everything that is sold.'),
  items,
  except: groupNames.optional().describe('Groups that carry no code.'),
  effect: z.enum(['forbids', 'own-money', 'asks', 'note']).default('asks').describe('What becomes of a line whose packs were not all scanned. "asks": settling waits for the scan. Default: "asks".')
})
  .refine(({ from, to }) => to === null || from <= to, { path: ['to'], message: 'must not lie before "from"' })
  .meta({ id: 'trace_row' })

export const noCodeRow = row({
  items: groupNames.describe('Groups of stock without a code.'),
  to: dateField.describe('Last day on which it may be sold without one.')
}).meta({ id: 'no_code_row' })

export const poolingRow = row({
  funds: fundsField.optional(),
  effect: saleEffect('own-money')
})
  .meta({ id: 'pooling_row' })
  .describe('Only a pharmacy that takes part in outpatient pooling draws on the fund.')

export const effectRow = row({
  reason: z.enum(REASON_KINDS, 'must be a reason that eligibility knows, such as "duplicate-therapy"').describe('The reason whose weight the place sets.'),
  effect: z.enum(['forbids', 'cash-only', 'own-money', 'limits', 'asks', 'note']).describe('What it does here.')
})
  .refine(({ reason, effect }) => effect !== 'limits' || LIMITING.has(reason), { path: ['effect'], message: 'must not be "limits": this reason says no amount' })
  .meta({ id: 'effect_row' })

const LIMITING: ReadonlySet<string> = new Set(['over-days-of-supply', 'over-sale-limit', 'course-limit', 'day-limit-reached', 'month-limit-reached'])
