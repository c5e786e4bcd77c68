/**
 * A visit as a hospital's queue hands it over: where, when, by whom, and what was done. What a line leaves out comes from
 * the catalogue; who pays what is not its business.
 */

import { z } from 'zod'
import {
  chrgitmLvField,
  dayOrTimeField,
  institutionCodeField,
  insutypeField,
  medTypeField,
  MED_TYPES,
  priceField,
  psnTypeField,
  signedAmountField,
  textField
} from '../wire/fields.ts'
import { benefitFields } from '../wire/benefit-fields.ts'
import { lineFields } from '../wire/line-schema.ts'
import { LINES_MAX } from '../wire/claim-schema.ts'
import { institutionSchema, personFields } from '../wire/person-fields.ts'

/** The person as the register (1101) answers. */
export const insuredSchema = z
  .strictObject({
    ...personFields,
    certno: textField(50).optional().describe('Identity number.'),
    psn_name: textField(50).optional().describe('Name.')
  })
  .meta({ id: 'insured' })

/** Of a patient with a card: what the register adds. Insurance and person type the card says, unless they stand here. */
export const registeredSchema = insuredSchema
  .extend({
    insutype: insutypeField.optional().describe('Insurance type; must be the one on the card. Default: from the card.'),
    psn_type: psnTypeField.optional().describe('Person type, when the register knows it better than the card.')
  })
  .meta({ id: 'registered' })

export const visitLineSchema = z
  .strictObject({
    ...lineFields,
    med_list_codg: textField(50)
      .describe('National code of the item. Must be in the catalogue, unless the line carries chrgitm_lv and pric itself.')
      .meta({ examples: ['XA02BCA099A001010199999'] }),
    chrgitm_lv: chrgitmLvField.optional().describe('Class; default: from the catalogue.'),
    pric: priceField.optional().describe('Unit price in yuan; default: from the catalogue.')
  })
  .meta({ id: 'visit_line' })

export const visitSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Ignored; lets an editor find this schema.'),
    note: textField(2000).optional().describe('Free text for people.'),
    ipt_otp_no: textField(30)
      .describe('Visit number of the institution, unique there.')
      .meta({ examples: ['MZ202403010001'] }),
    mdtrt_id: textField(30).optional().describe('Visit number of the centre, when it gave one.'),
    fixmedins_code: institutionCodeField.describe('The institution.').meta({ examples: ['H99999900001'] }),
    fixmedins_name: textField(200).optional(),
    institution: institutionSchema
      .default({ kind: 'hospital' })
      .describe('Level and kind, which the rules look at.')
      .meta({ examples: [{ level: 2, kind: 'hospital' }] }),
    prescriber: institutionSchema.optional().describe('Where the prescription was written, at a pharmacy.'),
    ...benefitFields,
    med_type: medTypeField
      .default('11')
      .describe(`Visit type: ${MED_TYPES}.`),
    begntime: dayOrTimeField.describe('A real day of the calendar, "YYYY-MM-DD" or "YYYY-MM-DD HH:mm:ss".').meta({ examples: ['2024-03-01 09:20:00'] }),
    dept_code: textField(30).optional(),
    dept_name: textField(100).optional(),
    atddr_no: textField(30).optional().describe('Doctor.'),
    dr_name: textField(50).optional(),
    dise_codg: textField(30).optional().describe('Chronic or special disease.'),
    dise_name: textField(500).optional(),
    acct_used_flag: z
      .enum(['0', '1', '2'])
      .default('1')
      .describe('"0": the account stays untouched, "1": own account, "2": own, then mutual aid.'),
    patient: z
      .strictObject({
        psn_no: textField(30).optional().describe('Person number.'),
        certno: textField(50).optional().describe('Identity number.'),
        psn_name: textField(50).optional().describe('Name.')
      })
      .default({})
      .describe('Who was treated; compared with the holder of the card as far as both are known.'),
    insured: registeredSchema.optional().describe('What the register says about the person, where no centre can be asked.'),
    medfee_sumamt: signedAmountField.optional().describe('Total in yuan; when given it must be the sum of the lines.'),
    lines: z
      .array(visitLineSchema, 'must be a list of lines')
      .min(1, 'must have at least one line')
      .max(LINES_MAX, `must have at most ${LINES_MAX} lines`)
      .describe('What was charged.')
  })
  .meta({
    title: 'Visit',
    description:
      'One visit with its charges, as a hospital or pharmacy hands it over for settlement. A field that is not listed here is refused.',
    examples: [
      {
        ipt_otp_no: 'MZ2024030100001',
        fixmedins_code: 'H99999900001',
        institution: { level: 2, kind: 'hospital' },
        begntime: '2024-03-01 09:20:00',
        lines: [
          { med_list_codg: 'XC09CAL095A001010199999', cnt: '4' },
          {
            med_list_codg: 'LOCAL-0001',
            name: 'own preparation',
            chrgitm_lv: '02',
            selfpay_prop: '0.15',
            pric: '18.60',
            cnt: '2'
          }
        ]
      }
    ]
  })

export type Visit = z.output<typeof visitSchema>
export type VisitInput = z.input<typeof visitSchema>
export type VisitLine = z.output<typeof visitLineSchema>
/** What may be left out is optional here. */
export type InsuredPerson = z.input<typeof insuredSchema>
