/** What a national code says by itself, where nobody says more. */

import type { ItemFacts } from './question.ts'

/** X, five characters of ATC, four of the substance, then form, strength, pack, company: 23 in all. */
const WESTERN_CODE = /^X([A-Z]\d{2}[A-Z]{2}[A-Z]\d{3})[A-Z0-9]{13}$/

/** A code that was cut short, or is a place's own after the national pattern: X and the class, of the fourteen main groups. */
const CLASS_IN_CODE = /^X([ABCDGHJLMNPRSV]\d{2}[A-Z]{2})/

/** Of a whole national code nine characters, of another that begins like one the five of its class; undefined: it says nothing. */
export const atcOfCode = (code: string): string | undefined => (WESTERN_CODE.exec(code) ?? CLASS_IN_CODE.exec(code))?.[1]

const GRANULES_LENGTH = 20

/** X western, Z patent, T pieces (granules have 20 characters), C consumable, digits a service. */
export function kindOfCode(code: string): ItemFacts['kind'] {
  switch (code.charAt(0)) {
    case 'X':
      return 'western'
    case 'Z':
      return 'patent'
    case 'T':
      return code.length >= GRANULES_LENGTH ? 'granules' : 'pieces'
    case 'C':
      return 'consumable'
    default:
      return /^\d/.test(code) ? 'service' : 'other'
  }
}
