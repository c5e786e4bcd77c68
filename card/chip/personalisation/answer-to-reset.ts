/**
 * What a new card answers to reset (PSG 3.2.3 for the historical bytes):
 *
 *   contact       3B 6D 00 00 | T1..TD                            T=0 only, so no TCK
 *   contactless   3B 8D 80 01 | T1..TD | TCK                      as a PC/SC reader builds it from the ATS 0D+.. (Q14)
 *   bank          3B 6C 00 00 | 12 bytes
 *
 *   T1-T2 chip maker | T3-T5 system | T6-T7 card maker | T8-T9 first four digits of the region | TA-TD serial
 *   a chip that was never personalised: T8-TA date | TB-TD counter
 */

import { concat } from '../../bytes/bytes.ts'
import { fromHex } from '../../bytes/hex.ts'
import type { BankCard, BlankCard, SocialSecurityCard } from './schema.ts'

const CONTACT = fromHex('3B6D0000')
const CONTACTLESS = fromHex('3B8D8001')
const BANK = fromHex('3B6C0000')

export function socialSecurityAtr(card: SocialSecurityCard): Uint8Array {
  const { maker, system, cardMaker } = card.chip
  const historical = fromHex(maker + system + cardMaker + card.region.slice(0, 4) + card.serial)
  if (card.interface === 'contact') return concat(CONTACT, historical)
  const unchecked = concat(CONTACTLESS, historical)
  return concat(unchecked, Uint8Array.of(unchecked.subarray(1).reduce((check, byte) => check ^ byte, 0)))
}

export function blankAtr({ chip, manufactured, counter }: BlankCard): Uint8Array {
  const date = manufactured.replaceAll('-', '').slice(2)
  return concat(CONTACT, fromHex(chip.maker + chip.system + chip.cardMaker + date + counter))
}

export const bankAtr = ({ historicalBytes }: BankCard): Uint8Array => concat(BANK, fromHex(historicalBytes))
