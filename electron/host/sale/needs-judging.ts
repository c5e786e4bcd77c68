/** Every visit of a pharmacy is a sale, however it comes. */

import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import { isPharmacyCode } from '../patient.ts'

export const needsJudging = ({ fixmedins_code }: Visit): boolean => isPharmacyCode(fixmedins_code)
