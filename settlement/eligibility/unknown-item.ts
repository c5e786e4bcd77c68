/** An item of which nothing is known but what is said beside it. */

import type { ItemFacts } from './question.ts'

export const UNKNOWN_ITEM: ItemFacts = {
  code: '',
  name: '',
  generic: undefined,
  chargeClass: undefined,
  paidFrom: undefined,
  paidTo: undefined,
  isValid: true,
  kind: 'other',
  atc: undefined,
  needsPrescription: undefined,
  isRestricted: false,
  restriction: undefined,
  isNegotiated: false,
  isDualChannel: false,
  isForChildren: false,
  unitsPerPack: undefined
}
