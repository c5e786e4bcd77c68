/** Who is insured and where care is given: the same fields in a claim and in a visit. */

import { z } from 'zod'
import {
  dateField,
  divisionField,
  institutionKindField,
  insutypeField,
  levelField,
  psnTypeField,
  textField
} from './fields.ts'

/** Facts about the insured person. */
export const personFields = {
  psn_no: textField(30).optional().describe('Person number. Not used in the calculation.'),
  insutype: insutypeField.default('310').describe('Insurance type: 310 employee, 390 resident.'),
  psn_type: psnTypeField
    .describe(
      'Person type: 11 in service, 12 retired, 13 retired cadre, 14 child or student, 15 resident adult, 16 resident elderly.'
    )
    .meta({ examples: ['11', '12'] }),
  brdy: dateField
    .optional()
    .describe('Birthday, a real day not after begntime. Needed only where a rule depends on age, and not where `age` is given instead.')
    .meta({ examples: ['1978-05-04'] }),
  age: z
    .int('must be a whole number of years')
    .min(0, 'must be at least 0')
    .max(150, 'must be at most 150')
    .optional()
    .describe('Whole years of age on the day of service, where the birthday is not known; brdy wins.')
    .meta({ examples: [36] }),
  retired_on: dateField
    .optional()
    .describe('Day of retirement. Needed only where a rule depends on it.')
    .meta({ examples: ['2005-06-30'] }),
  psn_insu_stas: z
    .enum(['0', '1', '2', '3', '4'])
    .default('1')
    .describe(
      'Insurance status: 1 normal; 0 none, 2 suspended, 3 invalid, 4 terminated: no fund pays, the account still may.'
    ),
  cvlserv_flag: z.enum(['0', '1']).default('0').describe('"1": civil servant.'),
  psn_idet_type: z
    .array(textField(6), 'must be a list')
    .default([])
    .describe('Identity types (medical aid, disability, veterans).'),
  tags: z.array(textField(40), 'must be a list').default([]).describe('Local facts that policy rows ask for in when.tags.'),
  insuplc_admdvs: divisionField
    .optional()
    .describe("Division of the insured place. When given it must be the policy's region.")
}

export const institutionSchema = z
  .strictObject({
    level: levelField
      .optional()
      .describe(
        'Level of the institution as a number: 1, 2 or 3; 0 for none (pharmacy, unrated). Default: from hosp_lv, else 0.'
      )
      .meta({ examples: [2] }),
    kind: institutionKindField.default('hospital').describe('Kind. A community health centre or station is "community".'),
    hosp_lv: z
      .string()
      .regex(/^(0?[1-9]|1[0-4])$/, 'must be a national code from "1" to "14"')
      .optional()
      .describe(
        'National level code instead of level: 1-4 level 3, 5-7 level 2, 8-10 level 1, 11 none, 12, 13, 14 unrated of level 3, 2, 1.'
      )
  })
  .meta({ id: 'institution' })

const LEVEL_OF_HOSP_LV = [3, 3, 3, 3, 2, 2, 2, 1, 1, 1, 0, 3, 2, 1] as const

export function levelOf(institution: z.output<typeof institutionSchema>): number {
  if (institution.level !== undefined) return institution.level
  if (institution.hosp_lv === undefined) return 0
  return LEVEL_OF_HOSP_LV[Number.parseInt(institution.hosp_lv, 10) - 1] ?? 0
}
