/**
 * The clearing class (clr_type 清算类别) that a settlement is reconciled and paid under, from its kind of visit (med_type). Both
 * lists are national (H T396, T401), the way from one to the other is not published: marked lines are inferred. Places have
 * many values of their own, so a profile may hand in another table.
 */

import type { CodeName } from './code-names.ts'

export const CLEARING_TYPES = {
  '11': { zh: '普通门诊', en: 'outpatient' },
  '12': { zh: '挂号', en: 'registration' },
  '13': { zh: '急诊', en: 'emergency' },
  '14': { zh: '慢特病门诊', en: 'chronic or special disease' },
  '15': { zh: '“两病”门诊', en: 'two diseases' },
  '18': { zh: '特药', en: 'special drug' },
  '21': { zh: '住院', en: 'inpatient' },
  '41': { zh: '药店购药', en: 'pharmacy' },
  '51': { zh: '延期结算', en: 'deferred' },
  '99': { zh: '其他', en: 'other' }
} as const satisfies Readonly<Record<string, CodeName>>

export type ClearingTable = Readonly<Record<string, string>>

/** By the longest beginning of med_type that is listed: places write two digits, four or six. */
export const CLEARING_TABLE: ClearingTable = {
  '11': '11',
  '12': '12',
  '13': '13',
  '14': '14',
  '18': '18',
  '21': '21',
  // A day in a bed is cleared as a stay (inferred).
  '28': '21',
  '41': '41',
  // Told apart from other visits by insutype 510; clr_type 51 is something else (inferred).
  '51': '11',
  '52': '21',
  // A bed at home is cleared as a stay (inferred).
  '71': '21',
  '9901': '15',
  // An accident's outpatient visit (inferred).
  '9903': '11',
  '9904': '18'
}

const OTHER = '99'

export function clearingType(medType: string, table: ClearingTable = CLEARING_TABLE): string {
  for (let length = medType.length; length >= 2; length -= 1) {
    const beginning = medType.slice(0, length)
    if (Object.hasOwn(table, beginning)) return table[beginning] ?? OTHER
  }
  return OTHER
}

export const clearingTypeName = (code: string): CodeName =>
  Object.entries(CLEARING_TYPES).find(([known]) => known === code)?.[1] ?? { zh: code, en: code }
