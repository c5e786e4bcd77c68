/**
 * What decides about the funds beside the policy, and the prescription: the same fields in a claim and in a visit. All of them may
 * be left out, and a claim without them is what it was before they existed.
 */

import { z } from 'zod'
import { OFF_SITE_FILINGS } from '../policy/policy-parts.ts'
import { dateField, institutionCodeField, textField } from './fields.ts'

export const ENTITLEMENTS_MAX = 50

export const PRESCRIPTION_KINDS = ['paper', 'electronic'] as const

export const entitlementSchema = z
  .strictObject({
    fund_pay_type: z.string().regex(/^\d{6}$/, 'must be 6 digits, such as "310102"').describe('Code of the fund.'),
    trt_enjymnt_flag: z.enum(['0', '1']).describe('"0": the person does not enjoy it at this visit, and it pays nothing.')
  })
  .meta({ id: 'entitlement' })

export const prescriptionSchema = z
  .strictObject({
    rxno: textField(30).describe('Number of the prescription.'),
    kind: z.enum(PRESCRIPTION_KINDS).optional().describe('On paper or electronic.'),
    rx_circ_flag: z.enum(['0', '1']).optional().describe('"1": written outside (外配处方).'),
    rxfixmedins_code: institutionCodeField.optional().describe('The institution that wrote it.'),
    issued_on: dateField.optional().describe('Day on which it was written.')
  })
  .meta({ id: 'prescription' })

export const benefitFields = {
  off_site: z
    .enum(OFF_SITE_FILINGS)
    .optional()
    .describe(
      'Care outside the insured place (异地就医), by the filing that covers the day: "resident" long-term residents, "referral", "emergency", "unfiled" none at all. Left out: care at home. What it costs says the policy\'s off_site.'
    ),
  entitlements: z
    .array(entitlementSchema, 'must be a list')
    .max(ENTITLEMENTS_MAX, `must have at most ${ENTITLEMENTS_MAX} entitlements`)
    .optional()
    .describe('What the centre said of single funds (2001). A fund that is not named is open.')
    .meta({ examples: [[{ fund_pay_type: '310102', trt_enjymnt_flag: '0' }]] }),
  fund_closed: textField(60)
    .optional()
    .describe('Why no fund pays at this visit, by the name of the reason: no fund pays anything, the account may.')
    .meta({ examples: ['in-arrears'] }),
  rx: prescriptionSchema.optional().describe('The prescription that the drugs are dispensed on.')
}
