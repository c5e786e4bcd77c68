/**
 * The card proves that it holds its own key (internal authentication): the only proof that the chip is not a copy, for
 * everything else on it can be read and written elsewhere.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { bytesEqual } from '../bytes/bytes.ts'
import { internalAuthenticate } from '../command/internal-authenticate.ts'
import { stepOf } from '../command/command.ts'
import { AID_SSSE } from '../identifier/application.ts'
import { KEY } from '../identifier/key-reference.ts'
import { blockLength, enter, type CardContext } from './access.ts'
import { faultOf, moduleFault, NO_MODULE, type CardFault } from './fault.ts'

/** The IRK's id on the card: 00 in the key table of 2013, 03 in the guide to the V1.0 PSAM. Asked in this order. */
const KEY_IDS = [KEY.IRK.card, 0x03] as const

export type GenuineRefusal =
  /** 卡不合法 (drivers: -21). */
  { readonly kind: 'not-genuine' } | CardFault

export async function proveGenuine(context: CardContext): Promise<Result<null, GenuineRefusal>> {
  const { psam, entropy, factors, identity } = context
  if (psam === undefined) return refuse(NO_MODULE)
  const entered = await enter(context, AID_SSSE)
  if (!entered.ok) return entered
  const length = blockLength(identity.algorithm)
  const random = entropy.bytes(length)
  const data = entropy.bytes(length)
  const answer = await askCard(context, random, data)
  if (!answer.ok) return answer
  const expected = await psam.encryptChallenge({ key: KEY.IRK, factors, challenge: random, data })
  if (!expected.ok) return refuse(moduleFault(expected.error))
  return bytesEqual(answer.value, expected.value) ? ok(null) : refuse({ kind: 'not-genuine' })
}

async function askCard(
  { conversation }: CardContext,
  random: Uint8Array,
  data: Uint8Array
): Promise<Result<Uint8Array, GenuineRefusal>> {
  let last: Result<Uint8Array, GenuineRefusal> = refuse({ kind: 'not-genuine' })
  for (const keyId of KEY_IDS) {
    const command = internalAuthenticate({ keyId, random, data })
    const answer = await conversation.send(command)
    if (answer.ok) return answer
    last = refuse(faultOf(stepOf(command.apdu), answer.error))
    if (answer.error.kind !== 'key-not-found') return last
  }
  return last
}
