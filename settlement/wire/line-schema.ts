/** A line of a bill, in a claim (complete) and in a visit (what it leaves out comes from the catalogue). */

import { z } from 'zod'
import { chrgitmLvField, daysField, priceField, quantityField, ratioField, signedAmountField, textField } from './fields.ts'

export const TRACE_CODES_MAX = 200

export const lineFields = {
  feedetl_sn: textField(30)
    .optional()
    .describe('Serial number of the line, unique in the claim. Default: its place, from 1, which must not be the number of another line either.')
    .meta({ examples: ['1'] }),
  name: textField(200).optional().describe('Name of the item, for explanations and print.'),
  cnt: quantityField.describe('Quantity, at most 4 places, not zero, at most 100000000. Negative for a return. pric x cnt is at most 1000000000.00.').meta({ examples: ['3', '-1', '0.5'] }),
  det_item_fee_sumamt: signedAmountField
    .optional()
    .describe(
      'Amount of the line in yuan. Default: pric x cnt, half up to 2 places; when given it must lie within 0.01 of that.'
    )
    .meta({ examples: ['36.00'] }),
  selfpay_prop: ratioField
    .optional()
    .describe(
      'Pre-self-pay share of this item, such as "0.10" for class B at 10 %. Taken of what is left below the ceiling. Default: the policy\'s share of the class. Ignored while the class is own pay (03 unless the policy says otherwise).'
    )
    .meta({ examples: ['0.10'] }),
  pric_uplmt_amt: priceField
    .optional()
    .describe(
      'Price ceiling of one unit in yuan. (pric - ceiling) x cnt is over-ceiling self-pay. Left out, or "0" as the national interface writes an empty number: no ceiling.'
    )
    .meta({ examples: ['10.00'] }),
  lmt_used_flag: z
    .enum(['0', '1'])
    .optional()
    .describe('"1": use of the item is restricted; it is paid only when approved (hosp_appr_flag "1"). Default "0".'),
  hosp_appr_flag: z
    .enum(['0', '1', '2'])
    .default('0')
    .describe(
      'Decision about the item: "0" none, "1" approved, "2" refused. Restricted and not "1", or "2" in any case: the whole line is own pay.'
    ),
  med_chrgitm_type: z
    .string()
    .regex(/^(0[1-9]|1[0-4])$/, 'must be a charge type from "01" to "14"')
    .optional()
    .describe('Charge type, 09 western drug, 11 Chinese patent drug, 03 examination ...'),
  rxno: textField(30).optional().describe('Number of the prescription that the line fills.'),
  rx_circ_flag: z.enum(['0', '1']).optional().describe('"1": on a prescription from outside (外配处方).'),
  prd_days: daysField.optional().describe('Days that the quantity lasts, at most 2 places.').meta({ examples: ['7'] }),
  sin_dos_dscr: textField(200).optional().describe('Single dose in words.'),
  used_frqu_dscr: textField(200).optional().describe('Frequency in words.'),
  drug_trac_info: z
    .array(
      z.strictObject({
        drug_trac_codg: textField(100).describe('Trace code (追溯码) of the pack.'),
        trdn_flag: z.enum(['0', '1']).describe('"1": a part of a pack is sold (拆零).')
      }),
      'must be a list'
    )
    .max(TRACE_CODES_MAX, `must have at most ${TRACE_CODES_MAX} trace codes`)
    .optional()
    .describe('The packs that are handed over, or that came back. A whole pack is sold once in a claim.'),
  return_of: textField(30)
    .optional()
    .describe('Serial number of the line of this claim whose packs come back; the quantity is negative.')
}

export const claimLineSchema = z
  .strictObject({
    ...lineFields,
    med_list_codg: textField(50).optional().describe('National code of the item. Not used in the calculation.'),
    chrgitm_lv: chrgitmLvField
      .describe('Class: "01" A, "02" B (pre-self-pay), "03" C (own pay), "04" payable C.')
      .meta({ examples: ['01'] }),
    pric: priceField.describe('Unit price in yuan, at most 6 places, "0" to "1000000000", never negative.').meta({ examples: ['12.00'] })
  })
  .meta({ id: 'line' })
