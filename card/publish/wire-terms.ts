/**
 * What an answer to reset says of the wire (ISO 7816-3 8.2 and 8.3):
 *
 *   TS | T0 = Y1 K | TA1 = FI DI, TB1, TC1 = N, TD1 = Y2 T | TA2 ... | historical bytes | TCK
 */

import { byteAt } from '../bytes/bytes.ts'

export interface WireTerms {
  readonly protocol: 0 | 1 | 'contactless'
  /** Clock cycles of an elementary time unit: F / D, once a PPS has agreed on it. */
  readonly cyclesPerUnit: number
  /** etu of a character with its guard time. */
  readonly unitsPerByte: number
  /** The reader asks for the rate of TA1 before it sends a command. */
  readonly needsPps: boolean
}

/** Clock cycles of an etu until a PPS, and of a card that names no rate. */
export const CYCLES_PER_UNIT_DEFAULT = 372

/** F by FI, D by DI (ISO 7816-3 tables 7 and 8); what is reserved is taken for the default. */
const F: Readonly<Record<number, number>> = { 2: 558, 3: 744, 4: 1116, 5: 1488, 6: 1860, 9: 512, 10: 768, 11: 1024, 12: 1536, 13: 2048 }
const D: Readonly<Record<number, number>> = { 2: 2, 3: 4, 4: 8, 5: 16, 6: 32, 7: 64, 8: 12, 9: 20 }

const BITS_T0 = 12
const BITS_T1 = 11
/** TC1 of 255: no guard time beyond the shortest. */
const NO_GUARD = 0xff

export function wireTerms(atr: Uint8Array): WireTerms {
  const groups = interfaceBytes(atr)
  const [first, second] = groups
  const protocol = isContactless(atr) ? 'contactless' : protocolOf(first)
  const rate = first?.ta
  const guard = first?.tc ?? 0
  const cyclesPerUnit = rate === undefined ? CYCLES_PER_UNIT_DEFAULT : (F[rate >> 4] ?? CYCLES_PER_UNIT_DEFAULT) / (D[rate & 0x0f] ?? 1)
  const shortest = protocol === 1 ? BITS_T1 : BITS_T0
  return {
    protocol,
    cyclesPerUnit,
    unitsPerByte: guard === NO_GUARD ? shortest : BITS_T0 + guard,
    // TA2: the card speaks at that rate from the start.
    needsPps: protocol !== 'contactless' && cyclesPerUnit !== CYCLES_PER_UNIT_DEFAULT && second?.ta === undefined
  }
}

interface InterfaceBytes {
  readonly ta: number | undefined
  readonly tc: number | undefined
  readonly td: number | undefined
}

/** As T0 and each TD announce them; what an answer that ends too soon does not hold is left out. */
function interfaceBytes(atr: Uint8Array): InterfaceBytes[] {
  const groups: InterfaceBytes[] = []
  let at = 2
  for (let present = (atr[1] ?? 0) >> 4; present !== 0; present = (groups.at(-1)?.td ?? 0) >> 4) {
    const [ta, , tc, td] = [1, 2, 4, 8].map((bit) => ((present & bit) === 0 ? undefined : atr[at++]))
    groups.push({ ta, tc, td })
  }
  return groups
}

/** T=0 where no TD says otherwise; any other protocol than these two is timed as T=1, which also sends blocks. */
const protocolOf = (first: InterfaceBytes | undefined): 0 | 1 => (((first?.td ?? 0) & 0x0f) === 0 ? 0 : 1)

/** As PC/SC part 3 makes one up for a card without contacts: 3B 8x 80 01. */
const isContactless = (atr: Uint8Array): boolean =>
  atr.length >= 4 && byteAt(atr, 1) >> 4 === 8 && byteAt(atr, 2) === 0x80 && byteAt(atr, 3) === 0x01
