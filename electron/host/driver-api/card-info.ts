/** `pCardInfo`: the card that the caller read before and means now. */

import type { CardIdentity } from '../../../card/session/identity.ts'
import { RETURN } from './return-code.ts'
import { returned, type Returned } from './functions.ts'

const CARD_INFO = /^([^|]*)\|([^|]*)\|$/
const CODE_DIGITS = 32

/** undefined: it is this card. */
export function contradicts(info: string, { identificationCode, cardNumber }: CardIdentity): Returned | undefined {
  const [, code, number] = CARD_INFO.exec(info) ?? []
  if (code === undefined || number === undefined) {
    return returned(RETURN.wrongData, { problem: `pCardInfo: "${info.slice(0, 60)}" must be the card identification code and the card number, each ended by "|"` })
  }
  if (!/^[\dA-F]{32}$/i.test(code)) return returned(RETURN.codeMalformed, { problem: `pCardInfo: "${code.slice(0, 40)}" must be ${CODE_DIGITS} hex digits` })
  if (code.toUpperCase() !== identificationCode) return otherCard('the identification code')
  return cardNumber === undefined || number === cardNumber ? undefined : otherCard('the card number')
}

/** Neither is shown: the caller has the one, and the other is read by iReadCardBas. */
const otherCard = (part: string): Returned => returned(RETURN.otherCard, { problem: `pCardInfo: ${part} is not that of the card in the reader; read it by iReadCardBas` })
