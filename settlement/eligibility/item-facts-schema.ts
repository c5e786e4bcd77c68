/** What a question may say of an item itself, where no catalogue is asked. */

import { z } from 'zod'
import { ITEM_KINDS } from '../rules/group-schema.ts'
import { chrgitmLvField, dateField, quantityField, textField } from '../wire/fields.ts'

export const flagField = z.enum(['0', '1'])

const DAYS_MAX = 3660
export const daysField = z.int('must be a whole number of days').min(0, 'must be at least 0').max(DAYS_MAX, `must be at most ${DAYS_MAX}`)

export const itemFactsSchema = z.strictObject({
  name: textField(200),
  drug_genname: textField(100).nullish().describe('The substance.'),
  chrgitm_lv: chrgitmLvField.nullish().describe('01 A, 02 B, 03 C, 04 payable C; left out: the insurance catalogue does not hold it.'),
  begndate: dateField.nullish().describe('First day on which the insurance catalogue holds it.'),
  enddate: dateField.nullish().describe('Last day.'),
  vali_flag: flagField.default('1'),
  kind: z.enum(ITEM_KINDS).optional().describe('Left out: by its national code.'),
  atc: textField(9).nullish().describe('Left out: by the national code of a western drug; of a code of another length that begins like one, its class of 5 characters.'),
  rx_flag: flagField.nullish().describe('"1": a prescription drug; left out: not known.'),
  lmt_used_flag: flagField.default('0').describe('"1": restricted use.'),
  restriction: textField(500).nullish(),
  hi_nego_drug_flag: flagField.default('0').describe('"1": a negotiated drug.'),
  dualchnl_flag: flagField.default('0').describe('"1": a dual-channel drug.'),
  chld_medc_flag: flagField.default('0').describe('"1": made for children.'),
  units_per_pack: quantityField.nullish(),
  unit: textField(20).nullish().describe('Unit of sale.')
})

export type ItemFactsDocument = z.output<typeof itemFactsSchema>
