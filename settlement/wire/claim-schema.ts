/**
 * What `calculate` is asked: the person, the place, what the year has used, the balances, the lines. Field names are those of
 * the national interface. Amounts in yuan as decimal strings.
 */

import { z } from 'zod'
import { benefitFields } from './benefit-fields.ts'
import {
  amountField,
  counterNameField,
  dayOrTimeField,
  institutionCodeField,
  medTypeField,
  MED_TYPES,
  signedAmountField,
  textField
} from './fields.ts'
import { claimLineSchema } from './line-schema.ts'
import { institutionSchema, personFields } from './person-fields.ts'

export const LINES_MAX = 5000
export const DONORS_MAX = 20

export const accountSchema = z.strictObject({
  current_year: amountField
    .default('0.00')
    .describe("Balance of this year's account in yuan. A place with one account only: all of it.")
    .meta({ examples: ['2760.00'] }),
  past_years: amountField.default('0.00').describe('Balance of the account of past years in yuan, where it is kept apart.'),
  mutual_aid: z
    .array(
      z.strictObject({ donor: textField(30).describe('Who gives.'), balance: amountField.describe('Balance in yuan.') }),
      'must be a list'
    )
    .max(DONORS_MAX, `must have at most ${DONORS_MAX} donors`)
    .default([])
    .describe('Accounts of family members, in the order in which they are asked. Used with acct_used_flag "2" only.')
})

export const accumulatorsSchema = z
  .record(counterNameField, amountField)
  .default({})
  .describe(
    'What the policy year has used before this claim, by counter; absent is 0.00. act_pay_dedc deductible paid; hifp_pay, hifob_pay, hifmi_pay ... paid by that fund; segment_expense in-scope expense above the deductible; inscp_scp_amt in-scope expense; personal_in_scope personal part of it; and whatever names the policy gives. Only what belongs to the policy year of begntime. A name that the policy does not know is refused by the command line.'
  )
  .meta({ examples: [{ act_pay_dedc: '200.00', hifp_pay: '4400.00' }] })

export const claimSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Ignored; lets an editor find this schema.'),
    note: textField(2000).optional().describe('Free text for people.'),
    ...personFields,
    mdtrt_id: textField(30).optional().describe('Visit. Not used in the calculation.'),
    fixmedins_code: institutionCodeField.optional().describe('Institution. Not used in the calculation.'),
    institution: institutionSchema
      .default({ kind: 'hospital' })
      .describe('Where care is given.')
      .meta({ examples: [{ level: 2, kind: 'hospital' }, { kind: 'pharmacy' }] }),
    prescriber: institutionSchema
      .optional()
      .describe('Where the prescription was written, for a pharmacy of a place with pharmacy_follows "prescriber": there no fund pays without it.'),
    ...benefitFields,
    med_type: medTypeField
      .default('11')
      .describe(`Visit type: ${MED_TYPES}.`),
    dise_codg: textField(30).optional().describe('Chronic or special disease that the visit is for.'),
    begntime: dayOrTimeField
      .describe('Day of service, a real day of the calendar from 1900 on, "YYYY-MM-DD" (a time may follow, " HH:mm:ss"). Picks the policy year, the age, the rules in force.')
      .meta({ examples: ['2023-05-04'] }),
    acct_used_flag: z
      .enum(['0', '1', '2'])
      .default('1')
      .describe('"0": the account stays untouched, "1": own account, "2": own account, then the mutual-aid accounts.'),
    account: accountSchema.default(accountSchema.parse({})).describe('Balances before this claim.'),
    accumulators: accumulatorsSchema,
    medfee_sumamt: signedAmountField.optional().describe('Total in yuan; when given it must be the sum of the lines, to the fen.'),
    lines: z
      .array(claimLineSchema, 'must be a list of lines')
      .min(1, 'must have at least one line')
      .max(LINES_MAX, `must have at most ${LINES_MAX} lines`)
      .describe(
        'The lines of the bill: serial numbers differ, amounts add up to at most 1000000000.00 without their signs. What a bill returns of an item (med_list_codg), it must also buy: an item whose amount, own pay, over-ceiling, pre-self-pay or in-scope sum is negative is refused; cancel the original settlement instead.'
      )
  })
  .meta({
    title: 'Claim',
    description:
      'One bill of one insured person at one visit. Amounts are decimal strings in yuan ("12.50"), ratios decimal strings ("0.10"), days real days "YYYY-MM-DD", texts without control characters; a field that is not listed here is refused.',
    examples: [
      {
        psn_type: '12',
        begntime: '2023-02-01',
        institution: { level: 2, kind: 'hospital' },
        account: { current_year: '3000.00' },
        accumulators: { act_pay_dedc: '200.00' },
        lines: [
          { name: 'class A drug', chrgitm_lv: '01', pric: '12.00', cnt: '3', pric_uplmt_amt: '10.00' },
          { name: 'class B examination', chrgitm_lv: '02', pric: '180.00', cnt: '1', selfpay_prop: '0.10' },
          { name: 'own pay', chrgitm_lv: '03', pric: '20.00', cnt: '1' }
        ]
      }
    ]
  })

export type ClaimDocument = z.output<typeof claimSchema>
/** What a writer of claims may leave out is optional here. */
export type ClaimInput = z.input<typeof claimSchema>
