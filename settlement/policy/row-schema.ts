/**
 * A parameter is an ordered list of rows `{ when, value, source, certainty }`; the first row whose `when` holds gives the
 * value. No row holds: the calculation is refused, naming the parameter and the facts. Nothing is guessed.
 */

import { z } from 'zod'
import { parseFen } from '../money/fen.ts'
import {
  amountField,
  dateField,
  insutypeField,
  institutionKindField,
  levelField,
  psnTypeField,
  ratioField,
  medTypeField,
  MED_TYPES,
  counterNameField,
  textField
} from '../wire/fields.ts'
import { CERTAINTIES, OFF_SITE_FILINGS } from './policy-parts.ts'

const AGE_MAX = 150
const age = z.int('must be a whole number of years').min(0, 'must be at least 0').max(AGE_MAX, `must be at most ${AGE_MAX}`)

const someOf = <Item extends z.ZodType>(item: Item) =>
  z.array(item, 'must be a list').min(1, 'must name at least one value; leave the field out to admit all')

export const whenSchema = z
  .strictObject({
    psn_type: someOf(psnTypeField)
      .optional()
      .describe(
        'Person types, by prefix: "12" (retired) also means "1201". 11 in service, 12 retired, 13 retired cadre, 14 child or student, 15 resident adult, 16 resident elderly.'
      )
      .meta({ examples: [['11'], ['15', '16']] }),
    insutype: someOf(insutypeField)
      .optional()
      .describe('Insurance types, exact: 310 employee, 390 resident.')
      .meta({ examples: [['310']] }),
    age: z
      .strictObject({
        from: age.optional().describe('Whole years, included.'),
        below: age.optional().describe('Whole years, excluded.')
      })
      .superRefine(({ from = 0, below = Infinity }, context) => {
        if (from >= below) context.addIssue({ code: 'custom', path: ['below'], message: `must be above "from", ${from}` })
      })
      .optional()
      .describe(
        'Age in whole years on the day of service, counted from the claim\'s brdy, or its age where it states that instead: {"from": 45} is 45 and over, {"below": 45} under 45.'
      )
      .meta({ examples: [{ from: 45 }, { below: 45 }] }),
    retired_on: z
      .strictObject({
        from: dateField.optional().describe('First day, included.'),
        before: dateField.optional().describe('First day that no longer counts.')
      })
      .superRefine(({ from, before }, context) => {
        if (from === undefined || before === undefined || from < before) return
        context.addIssue({ code: 'custom', path: ['before'], message: `must lie after "from", ${from}` })
      })
      .optional()
      .describe("Day of retirement (the claim's retired_on).")
      .meta({ examples: [{ from: '2001-01-01' }, { before: '2001-01-01' }] }),
    level: someOf(levelField)
      .optional()
      .describe('Institution levels as numbers: 1, 2, 3; 0 has no level (pharmacies, unrated clinics).')
      .meta({ examples: [[1], [2, 3]] }),
    kind: someOf(institutionKindField)
      .optional()
      .describe('Institution kinds. A community health centre is "community".')
      .meta({ examples: [['community']] }),
    med_type: someOf(medTypeField)
      .optional()
      .describe(`Visit types, by prefix: "14" also means "140104". ${MED_TYPES}.`)
      .meta({ examples: [['41']] }),
    cvlserv_flag: z.enum(['0', '1']).optional().describe('Civil servant: "1", others "0".'),
    psn_idet_type: someOf(textField(6))
      .optional()
      .describe("Identity types of medical aid, disability, veterans: any one of the claim's."),
    dise_codg: someOf(textField(30))
      .optional()
      .describe('Chronic or special disease codes, by prefix.')
      .meta({ examples: [['M03900']] }),
    off_site: someOf(z.enum(OFF_SITE_FILINGS))
      .optional()
      .describe("Care outside the insured place, by the claim's off_site. Care at home matches none.")
      .meta({ examples: [['unfiled']] }),
    tags: someOf(textField(40))
      .optional()
      .describe('Local facts without a national field, all of which the claim must carry in its tags.')
      .meta({ examples: [['family-doctor']] })
  })
  .meta({ id: 'when' })
  .describe(
    'When the row applies. All fields given must hold; a field that is a list holds if one of its values matches (tags: all). For OR across fields write two rows. Left out or {}: always.'
  )

export const provenance = {
  source: textField(300)
    .default('not stated')
    .describe('Where the value was published.')
    .meta({ examples: ['bureau notice of 2023-01-01, article 4'] }),
  certainty: z.enum(CERTAINTIES).default('not stated').describe('How sure the value is.')
}

const row = <Shape extends z.ZodRawShape>(value: Shape) =>
  z.strictObject({ when: whenSchema.optional(), ...value, ...provenance })

/** A row without conditions ends the list: what stands after it could never apply, which is a mistake of the writer. */
export const rowsOf = <Row extends z.ZodType<{ when?: object | undefined }>>(rowSchema: Row) =>
  z
    .array(rowSchema, 'must be a list of rows')
    .min(1, 'must have at least one row')
    .superRefine((rows, context) => {
      const last = rows.findIndex(
        ({ when }) => when === undefined || Object.values(when).every((fact) => fact === undefined)
      )
      if (last === -1 || last === rows.length - 1) return
      context.addIssue({
        code: 'custom',
        path: [last + 1],
        message: 'can never apply: the row before it has no condition and always matches; put the general row last'
      })
    })

export const limitRowSchema = row({
  amount: amountField
    .nullable()
    .describe('Yuan; null: no limit for these people or places.')
    .meta({ examples: ['8000.00'] }),
  counter: counterNameField
    .optional()
    .describe('Accumulator of this row alone, such as one for each disease. Default: that of the limit. Of a bill limit: not used.')
    .meta({ examples: ['hypertension_paid'] })
}).meta({ id: 'limit_row' })

export const offSiteRowSchema = row({
  filing: someOf(z.enum(OFF_SITE_FILINGS))
    .describe('The filings that the row is for: "resident" long-term residents, "referral", "emergency", "unfiled".')
    .meta({ examples: [['referral', 'emergency']] }),
  points: ratioField
    .optional()
    .describe('Taken off the ratio of every band, not below zero: "0.10" makes 70 % to 60 %. Default "0".')
    .meta({ examples: ['0.10'] }),
  pre_pay: ratioField
    .optional()
    .describe('Share of the in-scope sum that the person pays before account segment, deductible and bands. Default "0".')
    .meta({ examples: ['0.20'] })
}).meta({ id: 'off_site_row' })

export const deductibleRowSchema = row({
  amount: amountField.describe('The deductible in yuan. "0.00" for none.').meta({ examples: ['600.00'] }),
  counter: counterNameField
    .optional()
    .describe(
      'Counter of the deductible already paid this year, when this row keeps its own (default: that of the deductible). Rows that name the same counter share it: the amount paid under one counts under the other.'
    )
    .meta({ examples: ['deductible_level_2_3'] })
}).meta({ id: 'deductible_row' })

export const ratioRowSchema = row({
  ratio: ratioField
    .describe(
      'Share that the FUND pays: "0.65" is 65 %. If the source gives the person\'s share (14 %), write what is left ("0.86").'
    )
    .meta({ examples: ['0.65'] })
}).meta({ id: 'ratio_row' })

export const classRowSchema = row({
  chrgitm_lv: z.enum(['01', '02', '03', '04']).describe('Class: 01 A, 02 B, 03 C, 04 payable C.'),
  pays: z
    .enum(['in-scope', 'own-pay'])
    .optional()
    .describe(
      '"own-pay": the whole line is own pay. "in-scope": the line counts, after its pre-self-pay. Default: in-scope; of class 03 own-pay, unless the row gives its selfpay_prop.'
    ),
  selfpay_prop: ratioField
    .optional()
    .describe(
      'Pre-self-pay share of a line that does not carry its own selfpay_prop. Left out: such a line of class B or payable C is refused.'
    )
    .meta({ examples: ['0.10'] })
}).meta({ id: 'class_row' })

const tierSchema = z.strictObject({
  above: amountField
    .describe('Yuan: the tier pays on what lies above this amount and up to the next tier.')
    .meta({ examples: ['6000.00'] }),
  ratio: ratioField.describe('Share that the fund pays of it.').meta({ examples: ['0.60'] })
})

export const tierRowSchema = row({
  tiers: z
    .array(tierSchema, 'must be a list of tiers')
    .min(1, 'must have at least one tier')
    .refine(isRising, 'must rise: each tier above a larger amount than the one before')
    .describe(
      'One tier for a simple threshold: [{"above": "6000.00", "ratio": "0.60"}]. "above": "0.00" pays from the first fen.'
    )
}).meta({ id: 'tier_row' })

function isRising(tiers: readonly { above: string }[]): boolean {
  const bounds = tiers.map(({ above }) => parseFen(above) ?? 0)
  return bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? 0))
}

export type When = z.output<typeof whenSchema>
