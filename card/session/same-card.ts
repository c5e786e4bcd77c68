/** The last look before the purse is touched: whether the card under the session is still the one it was opened for. */

import { ok, refuse, type Result } from '../../base/result.ts'
import { toHex } from '../bytes/hex.ts'
import { AID_SSSE } from '../identifier/application.ts'
import { enter } from './access.ts'
import type { PurseContext } from './account.ts'
import type { CardFault } from './fault.ts'
import { readIdentificationCode } from './identity.ts'

/** A fault as a debit or a load tells it. */
export type PurseRefusal = Exclude<CardFault, { readonly kind: 'malformed-answer' }>

/** Some readers power a swapped card without a word: the last moment to notice is before the purse is touched. */
export async function checkSameCard(context: PurseContext): Promise<Result<null, PurseRefusal>> {
  const { conversation } = context
  const entered = await enter(context, AID_SSSE)
  if (!entered.ok) return refuse(isForeign(entered.error) ? conversation.end('card-swapped') : purseRefusal(entered.error))
  const code = await readIdentificationCode(conversation)
  if (!code.ok && code.error.kind !== 'blank-card') return refuse(purseRefusal(code.error))
  const same = code.ok && toHex(code.value) === context.identity.identificationCode
  return same ? ok(null) : refuse(conversation.end('card-swapped'))
}

/** The card this session was opened for had the application. */
const isForeign = (fault: CardFault): boolean =>
  fault.kind === 'card-refused' && (fault.statusWord === '6A82' || fault.statusWord === '6A81')

/** An answer that cannot be read counts as a refusal by the card. */
export function purseRefusal(fault: CardFault): PurseRefusal {
  return fault.kind === 'malformed-answer' ? { kind: 'card-refused', step: fault.step, statusWord: '9000' } : fault
}
