/**
 * One item of a catalogue as a document states it. Names of fields are the national interface's where it has one. Amounts and
 * shares are decimal strings and stay so until a claim is parsed. What is left out nobody knows: it is never guessed.
 */

import { z } from 'zod'
import { chrgitmLvField, dateField, insutypeField, levelField, priceField, quantityField, ratioField, textField } from '../wire/fields.ts'

/** More rows than any place publishes for one item. */
const PERIODS_MAX = 200

export const ITEM_KINDS = ['western', 'patent', 'pieces', 'granules', 'own-preparation', 'service', 'consumable', 'other'] as const
export type ItemKind = (typeof ITEM_KINDS)[number]

const flag = z.enum(['0', '1']).optional()

const period = {
  from: dateField.describe('First day.'),
  to: dateField.optional().describe('Last day; left out: without end.')
}

export const ceilingSchema = z.strictObject({
  level: levelField.describe('hilist_lmtpric_type: for institutions of this level and below.'),
  ...period,
  pric_uplmt_amt: priceField.describe('Ceiling of one unit in yuan.')
})

export const prePaySchema = z.strictObject({
  insutype: z.union([insutypeField, z.literal('99')]).describe('selfpay_prop_psn_type: a kind of insurance, "99" every other.'),
  ...period,
  selfpay_prop: ratioField.describe('Pre-self-pay share.')
})

export const itemSchema = z.strictObject({
  med_list_codg: textField(50).describe('National code.'),
  name: textField(200),
  chrgitm_lv: chrgitmLvField.optional().describe('Class: 01 A, 02 B, 03 C, 04 payable C. Left out: the insurance catalogue does not hold it.'),
  med_chrgitm_type: z.string().regex(/^(0[1-9]|1[0-4])$/, 'must be a charge type from "01" to "14"'),
  pric: priceField.optional().describe('Price of one unit in yuan.'),
  selfpay_prop: ratioField.optional().describe('Pre-self-pay share of the item, where no row of pre_pay speaks.'),
  pric_uplmt_amt: priceField.optional().describe('Price ceiling of one unit in yuan, where no row of ceilings speaks.'),
  lmt_used_flag: flag.describe('"1": restricted use.'),
  restriction: textField(500).optional().describe('The restriction in words.'),
  kind: z.enum(ITEM_KINDS).optional().describe('Default: by med_chrgitm_type.'),
  generic: textField(200).optional().describe('The substance.'),
  trade_name: textField(200).optional(),
  producer: textField(200).optional(),
  aprvno: textField(100).optional().describe('Approval number.'),
  atc: z
    .string()
    .regex(/^[A-Z0-9]{1,12}$/, 'must be 1 to 12 capital letters and digits, such as "C09CA03"')
    .optional()
    .describe('Default, of western drugs: characters 2 to 10 of the national code; of a code of another length that begins like one, characters 2 to 6.'),
  spec: textField(500).optional().describe('Specification, such as "80mg*7片/盒".'),
  unit: textField(20).optional().describe('What is sold: 盒, 瓶.'),
  min_unit: textField(20).optional().describe('What is taken: 片, 粒, ml.'),
  units_per_pack: quantityField.optional().describe('How many min_unit are in one unit.'),
  sin_dos: quantityField.optional().describe('Usual single dose, in min_unit.'),
  used_frqu: z.string().regex(/^\d{2}$/, 'must be the 2 digits of a frequency, such as "11" for once a day').optional(),
  barcode: z.string().regex(/^\d{8,14}$/, 'must be the 8 to 14 digits of a barcode').optional(),
  drug_id: z.string().regex(/^\d{7}$/, 'must be the 7 digits with which the trace codes of its packs begin').optional().describe('Drug identification code: the trace codes of its packs begin with it.'),
  medins_list_codg: textField(150).optional().describe("The institution's own code."),
  rx_flag: flag.describe('"1": prescription drug, "0": OTC.'),
  valid_from: dateField.optional().describe('First day on which the insurance catalogue holds it so.'),
  valid_to: dateField.optional().describe('Last day; left out: without end.'),
  vali_flag: flag.describe('"0": no longer valid at all.'),
  hi_nego_drug_flag: flag.describe('"1": negotiated drug.'),
  dualchnl_flag: flag.describe('"1": dual-channel drug.'),
  chld_medc_flag: flag.describe('"1": for children only.'),
  ceilings: z.array(ceilingSchema).max(PERIODS_MAX).optional(),
  pre_pay: z.array(prePaySchema).max(PERIODS_MAX).optional()
})

export type CatalogueItem = z.output<typeof itemSchema>
export type CeilingRow = z.output<typeof ceilingSchema>
export type PrePayRow = z.output<typeof prePaySchema>
