/**
 * A region's rules as a document. It describes one computation, in this order:
 *
 *   lines -> own-pay | over ceiling | pre-self-pay | in-scope      (classes)
 *   in-scope -> [this year's account] -> deductible -> bands       (account.order, deductible, bands)
 *   what the bands leave -> supplements                            (supplements)
 *   what is left is personal -> account, mutual aid, cash          (account)
 *
 * The schema is published as JSON Schema: its descriptions are the manual for whoever writes a region.
 */

import { z } from 'zod'
import { FUNDS } from '../calculation/settlement-result.ts'
import { ROUNDINGS } from '../money/rounding.ts'
import { counterNameField, dateField, divisionField, insutypeField, textField } from '../wire/fields.ts'
import { cardSchema } from './card-schema.ts'
import { counterClashes } from './policy-counters.ts'
import { afterMedicalAid } from './policy-order.ts'
import { sharedFundLimits } from './shared-fund-limits.ts'
import { IN_SCOPE_PARTS, LIMIT_KINDS, PERSONAL_PARTS, PHARMACY_RATIOS } from './policy-parts.ts'
import {
  classRowSchema,
  deductibleRowSchema,
  limitRowSchema,
  offSiteRowSchema,
  provenance,
  ratioRowSchema,
  rowsOf,
  tierRowSchema,
  whenSchema
} from './row-schema.ts'

const FUND_NAMES =
  'hifp_pay basic pool, hifob_pay employee large amount, hifmi_pay big illness, hifes_pay enterprise or additional supplement, cvlserv_pay civil servants, hifdm_pay disabled, maf_pay medical aid, oth_pay other'

const period = z
  .enum(['year', 'visit'])
  .default('year')
  .describe(
    '"year": counts over the policy year, with what the claim\'s accumulators say was used. "visit": each visit anew.'
  )

const fundPayType = z
  .string()
  .regex(/^\d{6}$/, 'must be 6 digits, such as "310102"')
  .optional()
  .describe('National code of the fund in setldetail, when it is not the usual one of the fund.')
  .meta({ examples: ['310102'] })

const PARTS_EXPLAINED =
  "Parts of the personal share: account-segment (what this year's account paid first, order account-first only), deductible, co-pay (the person's share within the bands; all the rest of the in-scope expense when no fund is open to the person), uncovered (in-scope expense no band takes: beyond every limit), off-site-pre-pay (what off-site care costs of the in-scope sum first), pre-self-pay, over-ceiling, own-pay."

const parts = (what: string) =>
  z.array(z.enum(PERSONAL_PARTS), 'must be a list').describe(`${what} Default: every part. ${PARTS_EXPLAINED}`)

const limitSchema = z.strictObject({
  of: z
    .enum(LIMIT_KINDS)
    .default('payment')
    .describe(
      'What the yearly limit counts. "payment": what the fund pays. "expense": the expense that entered the co-pay segment (in-scope less deductible and less what this year\'s account paid first). "in-scope-expense": in-scope expense from the first fen, deductible included.'
    ),
  rows: rowsOf(limitRowSchema).describe(
    'The limit in yuan, by person and place. It is the upper bound of its counter, not a width: two bands that share a counter write 5000.00 and 20000.00 for "up to 5000" and "from there up to 20000".'
  ),
  counter: counterNameField
    .optional()
    .describe(
      'Name of the accumulator that holds what the year has used. Default: for payment the fund\'s own name (such as hifp_pay), for expense "segment_expense", for in-scope-expense "inscp_scp_amt". Expense counters count the whole segment (or the whole in-scope sum) of every visit, not what this band took of it; payment counters what was paid under the limit. A name counts one thing: one that already counts another is refused.'
    ),
  period
})

export const bandSchema = z
  .strictObject({
    pays: z.enum(FUNDS).describe(`The fund that pays: ${FUND_NAMES}.`),
    fund_pay_type: fundPayType,
    when: whenSchema.optional(),
    ratio: rowsOf(ratioRowSchema).describe('Share that the fund pays, by person and place.'),
    limit: z
      .union(
        [limitSchema, z.array(limitSchema).min(1, 'must have at least one limit')],
        'must be a limit or a list of limits'
      )
      .optional()
      .describe(
        'Upper limit of the band, or a list of limits that all hold: the expense is cut by the tightest expense limit, the payment by the payment limit with least left, each with its own counter and period. Expense beyond goes to the next band. Left out: the band takes all that reaches it.'
      )
  })
  .meta({ id: 'band' })

export const supplementSchema = z
  .strictObject({
    pays: z.enum(FUNDS).describe(`The fund that pays: ${FUND_NAMES}.`),
    fund_pay_type: fundPayType,
    when: whenSchema.optional(),
    of: z
      .array(z.enum(PERSONAL_PARTS), 'must be a list')
      .min(1, 'must name at least one part')
      .optional()
      .describe(
        `The base: the sum of these parts, as earlier steps left them. Default: all in-scope parts but the off-site pre-pay, ${JSON.stringify(IN_SCOPE_PARTS)}: account-segment is one of them, so under account-first name the others if it should not count. What the fund pays relieves the parts in this order: ${PERSONAL_PARTS.toReversed().join(', ')}. ${PARTS_EXPLAINED}`
      )
      .meta({ examples: [['deductible', 'co-pay', 'uncovered'], ['co-pay'], ['uncovered']] }),
    counter: counterNameField
      .optional()
      .describe(
        'Accumulator that sums the base over the year, so that the threshold is passed once a year. Default: "personal_in_scope" when `of` is left out, else the fund\'s name and "_base", such as "cvlserv_pay_base".'
      ),
    period,
    rows: rowsOf(tierRowSchema).describe(
      'Threshold and share, by person and place. The threshold is compared with counter + base.'
    ),
    limit: z
      .strictObject({
        rows: rowsOf(limitRowSchema).describe('Most the fund pays, in yuan.'),
        counter: counterNameField.optional().describe("Accumulator of what it has paid. Default: the fund's name."),
        period
      })
      .optional()
      .describe('Upper limit of what this supplement pays. Left out: none.')
  })
  .meta({ id: 'supplement' })

const accountSchema = z.strictObject({
  order: z
    .enum(['personal-part', 'account-first'])
    .default('personal-part')
    .describe(
      '"personal-part": funds first, the account then pays the personal share. "account-first" (three segments): this year\'s account first pays in-scope expense, without filling the deductible (self segment); then deductible; then bands. Past-years account and mutual aid pay the personal share afterwards in both.'
    ),
  current_year_pays: parts(
    "What this year's account may pay of the personal share after the funds. Under account-first the account pays the account-segment whatever this list says."
  ).default([
    ...PERSONAL_PARTS
  ]),
  past_years_pays: parts('What the account of past years may pay.').default([...PERSONAL_PARTS]),
  mutual_aid_pays: parts('What a donor\'s account may pay when acct_used_flag is "2".').default([...PERSONAL_PARTS])
})

/** A complete small region, for whoever starts from the published schema. */
const EXAMPLE = {
  region: '999999',
  name: { zh: '测试区', en: 'Example' },
  effective: { from: '2023-01-01', to: null },
  deductible: {
    accumulation: 'year',
    rows: [
      { when: { psn_type: ['12'] }, amount: '500.00', source: 'notice of 2023', certainty: 'published' },
      { amount: '600.00', source: 'notice of 2023', certainty: 'published' }
    ]
  },
  bands: [
    {
      pays: 'hifp_pay',
      ratio: [
        { when: { psn_type: ['12'], level: [1, 2] }, ratio: '0.75' },
        { when: { level: [1, 2] }, ratio: '0.65' },
        { ratio: '0.55' }
      ],
      limit: { of: 'payment', rows: [{ when: { psn_type: ['12'] }, amount: '8000.00' }, { amount: null }] }
    },
    { pays: 'hifob_pay', ratio: [{ ratio: '0.80' }], limit: { of: 'payment', rows: [{ amount: '1000.00' }] } }
  ],
  supplements: [{ pays: 'hifmi_pay', rows: [{ tiers: [{ above: '6000.00', ratio: '0.60' }] }] }],
  account: { order: 'personal-part' }
}

export const policySchema = z
  .strictObject({
    $schema: z.string().optional().describe('Ignored; lets an editor find this schema.'),
    region: divisionField.describe('Division code of the insured place, 6 digits.').meta({ examples: ['321000'] }),
    name: z
      .strictObject({ zh: textField(40), en: textField(80) })
      .default({ zh: '未命名', en: 'unnamed' })
      .describe('Name of the place.')
      .meta({ examples: [{ zh: '扬州', en: 'Yangzhou' }] }),
    insutype: z
      .array(insutypeField, 'must be a list')
      .min(1, 'must name at least one')
      .default(['310'])
      .describe('Insurance types that the document covers: 310 employee, 390 resident. A claim of another type is refused.'),
    version: textField(40)
      .default('1')
      .describe('Written into every settlement, so that an old one recomputes to the same fen.')
      .meta({ examples: ['2023.1'] }),
    effective: z
      .strictObject({
        from: dateField.default('1900-01-01').describe('First day of service, included.'),
        to: dateField.nullable().default(null).describe('Last day of service, included; null: until further notice.')
      })
      .default({ from: '1900-01-01', to: null })
      .describe('Days of service that the document rules; a claim of another day is refused.')
      .meta({ examples: [{ from: '2023-01-01', to: '2023-12-31' }] }),
    policy_year_begins: z
      .string()
      .refine((text) => dateField.safeParse(`2001-${text}`).success, 'must be "MM-DD", a day of every year, such as "01-01"')
      .default('01-01')
      .describe('First day of the year over which accumulators run, a day that every year has. Shanghai: "07-01". Used by the ledger; a claim\'s accumulators must already be of this year.'),
    note: textField(2000).optional().describe('Free text for people.'),
    rounding: z
      .strictObject({
        pre_self_pay: z.enum(ROUNDINGS).default('half-up').describe('The pre-self-pay of each line.'),
        fund: z.enum(ROUNDINGS).default('half-up').describe('Each payment of each fund, to whole fen.')
      })
      .default({ pre_self_pay: 'half-up', fund: 'half-up' })
      .describe(
        "To whole fen. A line's amount (price x quantity) and its part over the ceiling are always half-up: the national rule."
      ),
    pharmacy_follows: z
      .enum(['own', 'prescriber'])
      .default('own')
      .describe(
        'Level and kind that rows see at a pharmacy: its own ("pharmacy", level 0), or those of the institution that wrote the prescription (the claim\'s prescriber; without one no fund pays, the account still may).'
      ),
    pharmacy_ratio: z
      .enum(PHARMACY_RATIOS)
      .optional()
      .describe(
        'Level and kind that rows see at a pharmacy. "own": its own (kind "pharmacy", its level, 0 if none). "basic-level": level 1 and kind "community", as a basic-level institution. "prescriber": those of where the prescription was written. Deductible, limits and counters are those of hospital visits in any case. Default: what pharmacy_follows says.'
      ),
    pharmacy_source: z
      .strictObject(provenance)
      .optional()
      .describe('Where pharmacy_ratio was published, and how sure it is. Shown with every sale at a pharmacy that pharmacy_ratio puts in the place of another institution.'),
    pooling_needs_prescription: z
      .boolean('must be true or false')
      .optional()
      .describe(
        'true: at a pharmacy no fund pays without a prescription (the claim\'s rx or prescriber), the account may. Default: true where the ratio is the prescriber\'s, else false.'
      ),
    off_site: z
      .array(offSiteRowSchema, 'must be a list of rows')
      .optional()
      .describe(
        'What care outside the insured place costs, first row that names the filing and whose `when` holds. A claim with off_site and no row for it is refused; without off_site none of this applies.'
      )
      .meta({ examples: [[{ filing: ['resident'], points: '0' }, { filing: ['referral', 'emergency'], points: '0.10' }]] }),
    classes: z
      .array(classRowSchema, 'must be a list of rows')
      .default([])
      .describe(
        "How the classes count, first matching row of the class. Without a row: 01 in scope; 02 and 04 in scope after the line's own selfpay_prop (required then); 03 own pay. A line's own selfpay_prop wins over the row's."
      )
      .meta({ examples: [[{ chrgitm_lv: '02', selfpay_prop: '0.10' }]] }),
    deductible: z
      .strictObject({
        accumulation: period.describe(
          '"year": cumulative top-up: what was already paid this year (the counter) counts, at whatever level it was paid. "visit": the full amount at every visit.'
        ),
        counter: counterNameField.default('act_pay_dedc').describe('Accumulator of the deductible already paid this year. Not the name of a fund or of anything else that is counted.'),
        rows: rowsOf(deductibleRowSchema).describe('Deductible (or self segment) by person and place.')
      })
      .optional()
      .describe('In-scope expense that the person pays before the funds. Left out: none.'),
    bands: z
      .array(bandSchema, 'must be a list of bands')
      .default([])
      .describe(
        'Who shares the in-scope expense above the deductible, in order: what one band\'s limit keeps out goes to the next, what the last leaves is the person\'s ("uncovered"). A band whose `when` does not hold is skipped; when none is left the claim is refused.'
      ),
    supplements: z
      .array(supplementSchema, 'must be a list of supplements')
      .default([])
      .describe('Funds that relieve the personal share afterwards, in order: big illness, civil servants, medical aid. Medical aid (maf_pay) is the last of all funds.'),
    account: accountSchema.default(accountSchema.parse({})).describe('What the personal account pays, and when.'),
    limits: z
      .strictObject({
        bill: rowsOf(limitRowSchema).optional().describe('Largest total of one claim in yuan; a larger one is refused.')
      })
      .default({})
      .describe('Bounds whose breach refuses the claim.'),
    card: cardSchema.default(cardSchema.parse({})).describe('What the place rules about cards. No effect on the amounts.')
  })
  .superRefine((policy, context) => {
    const { from, to } = policy.effective
    if (to !== null && to < from)
      context.addIssue({ code: 'custom', path: ['effective', 'to'], message: `must not lie before "from", ${from}` })
    const { pharmacy_follows, pharmacy_ratio, pooling_needs_prescription } = policy
    if (pharmacy_follows === 'prescriber' && pharmacy_ratio !== undefined && pharmacy_ratio !== 'prescriber')
      context.addIssue({ code: 'custom', path: ['pharmacy_ratio'], message: 'must be "prescriber" where pharmacy_follows is, or leave pharmacy_follows out' })
    if (pooling_needs_prescription === false && (pharmacy_ratio ?? pharmacy_follows) === 'prescriber')
      context.addIssue({ code: 'custom', path: ['pooling_needs_prescription'], message: "must be true, or left out, where the ratio is the prescriber's" })
    for (const { path, message } of afterMedicalAid(policy)) context.addIssue({ code: 'custom', path: [...path], message })
    for (const { path, message } of sharedFundLimits(policy.bands)) context.addIssue({ code: 'custom', path: [...path], message })
    for (const { path, message } of counterClashes(policy)) context.addIssue({ code: 'custom', path: [...path], message })
  })
  .meta({
    title: 'Policy',
    description:
      'Rules of one region and period: who pays what of a medical bill. Order of the computation: lines are split by class into own-pay, over-ceiling, pre-self-pay and in-scope; of the in-scope sum, where account.order is "account-first", this year\'s account pays first; then the deductible; then the bands, one after the other; then the supplements relieve the personal share; the rest is personal and is paid by the accounts, then in cash. Amounts are decimal strings in yuan ("600.00"), ratios decimal strings ("0.65" is 65 %). Of every list of rows the FIRST row whose `when` holds gives the value; when none holds the claim is refused. A field that is not listed here is refused.',
    examples: [EXAMPLE]
  })

export type Policy = z.output<typeof policySchema>
export type PolicyInput = z.input<typeof policySchema>
export type CardRules = Policy['card']
