/** Rules about the card and about the person's insurance. */

import { z } from 'zod'
import { FUND_KINDS } from '../eligibility/verdict.ts'
import { countField, fundsField, row, someOf } from './rule-row.ts'

const CERTIFICATES = ['card', 'e-cert', 'id-card'] as const
const INSURANCE_STATUSES = ['0', '1', '2', '3', '4'] as const
const BEGINNINGS = ['new', 'self-employed', 'after-break', 'continuous'] as const
const FILINGS = ['off-site-resident', 'referral', 'off-site-emergency', 'none'] as const

const stops = z
  .array(z.enum(CERTIFICATES), 'must be a list')
  .describe('Which certificates no longer serve: card (the chip), e-cert, id-card. One that is not named still serves. Empty: all serve.')
  .meta({ examples: [['card'], ['card', 'e-cert']] })

/** What a closure leaves: the account (own-money), or nothing of the insurance at all (cash-only). */
const closes = (byDefault: 'own-money' | 'cash-only' | 'note') =>
  z
    .enum(['own-money', 'cash-only', 'note'])
    .default(byDefault)
    .describe(`"own-money": no fund pays, the account may. "cash-only": not even the account. "note": said, nothing more. Default: "${byDefault}".`)

export const lossRow = row({
  report: z.enum(['temporary', 'formal']).describe('Temporary: by phone or online. Formal: in person or in writing.'),
  holds_days: countField(1, 3650)
    .nullable()
    .default(null)
    .describe('Days that the report holds, the day of the report not counted: 7 from 1 March is through 8 March. null: until it is lifted.'),
  stops,
  effect: closes('cash-only')
}).meta({ id: 'loss_row' })

export const stopRow = row({ stops, effect: closes('cash-only') }).meta({ id: 'stop_row' })

export const statusRow = row({
  status: someOf(z.enum(INSURANCE_STATUSES)).describe('psn_insu_stas: 0 not insured, 1 normal, 2 suspended, 3 invalid, 4 terminated.'),
  funds: fundsField.optional(),
  effect: closes('own-money')
}).meta({ id: 'status_row' })

export const arrearsRow = row({
  months: countField(0, 60).default(0).describe('Months of grace: benefits stop when premiums are owed for longer. 0: at once.'),
  funds: fundsField.optional(),
  effect: closes('own-money')
}).meta({ id: 'arrears_row' })

export const breakRow = row({
  months: countField(0, 120).describe('A break of at most so many months counts as none; a longer one makes a new participation, with its waiting period.')
}).meta({ id: 'break_row' })

export const waitingRow = row({
  began: someOf(z.enum(BEGINNINGS)).describe('How the present participation began. after-break: after a break longer than `breaks` admits.'),
  days: countField(0, 3650).optional().describe('Days of waiting: benefits from the day so many days after the first. Instead of months.'),
  months: countField(0, 120).optional().describe('Months of waiting.'),
  from: z
    .enum(['day', 'month'])
    .default('day')
    .describe('"day": benefits from the same day of the month, so many months later. "month": from the first of the month, so many months after the month of the beginning: 1 is "from the month after the payment".'),
  months_a_missed_year: countField(0, 12).default(0).describe('Further months for each yearly payment missed before.'),
  missed_years: z
    .strictObject({
      from: countField(1, 50).describe('Missed years from which the least holds.'),
      months_least: countField(1, 120).describe('Months at least, in all.')
    })
    .optional()
    .describe('A least waiting for many missed years.'),
  funds: fundsField.optional(),
  effect: closes('own-money')
})
  .refine(({ days, months }) => (days === undefined) !== (months === undefined), 'must give either days or months')
  .meta({ id: 'waiting_row' })

export const inHospitalRow = row({
  funds: fundsField.optional(),
  effect: closes('own-money')
}).meta({ id: 'in_hospital_row' })

export const samePlaceRow = row({
  regions: someOf(z.string().regex(/^\d{2,6}$/, 'must be the first 2 to 6 digits of a division')).optional().describe('Where the person is insured, by the first digits of the division. Left out: anywhere.'),
  digits: z.literal([2, 4, 6]).describe('How many digits must agree: 4 is the same city, 2 the same province or municipality.')
}).meta({ id: 'same_place_row' })

export const offSiteRow = row({
  filing: z.enum(FILINGS).describe('The filing that is valid on the day, the weightiest first; none: there is none.'),
  months: countField(1, 600).nullable().default(null).describe('How long a filing holds that does not state its last day. null: without end.'),
  funds: fundsField.optional(),
  effect: closes('note').describe('"note": settled here, perhaps at a lower share. "own-money": no fund pays here, the account may.')
}).meta({ id: 'off_site_row' })

export const fundRow = row({
  fund: z.enum(FUND_KINDS).describe('The fund that the visits of `when` draw on.'),
  fund_pay_type: someOf(z.string().regex(/^\d{6}$/, 'must be 6 digits, such as "310102"'))
    .optional()
    .describe('Its national codes, by which the centre says whether the person enjoys it, the most telling first: the first of which the centre speaks decides. Left out: the centre does not speak of it.')
}).meta({ id: 'fund_row' })

