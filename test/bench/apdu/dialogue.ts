/** A settlement as 12 APDUs: read, authenticate the card, verify the PIN, debit with its MAC, balance. */

import { invariant } from '../../../base/invariant.ts'
import { byteAt, concat } from '../../../card/bytes/bytes.ts'
import { fromHex, toHex } from '../../../card/bytes/hex.ts'
import { DES_SUITE } from '../../../card/crypto/cipher-suite.ts'
import { cardFactor } from '../../../card/crypto/factors.ts'
import { cardKey } from '../../../card/issuer/issuer-keys.ts'
import { testIssuerKeys } from '../../chip/card-under-test.ts'

export type Send = (command: Uint8Array) => Promise<Uint8Array>

/** APDUs of one settlement, GET RESPONSE counted. */
export const APDUS = 12

const AMOUNTS = '000000010000000000000000'
const TERMINAL = '999999000001'
const TERMINAL_SERIAL = '00000012'
const TIME = '20260315093015'

const issuer = testIssuerKeys()

/** The key that the PSAM would derive, per card. */
function debitKey(atr: Uint8Array): ReturnType<typeof cardKey> {
  const factor = cardFactor(atr)
  invariant(factor !== undefined, 'the card has a factor')
  return cardKey(issuer, 'DPK', { region: '999999', cardFactor: factor, suite: DES_SUITE })
}

/** Where a settlement begins, whatever was selected before. */
export const enter = async (send: Send): Promise<void> => void (await send(fromHex('00A404000F7378312E73682EC9E7BBE1B1A3D5CF')))

/** The SSSE is selected. */
export async function settle(send: Send, atr: Uint8Array): Promise<void> {
  let sent = 0
  /** Follows 61xx. */
  const ask = async (command: string, sw = '9000'): Promise<string> => {
    sent += 1
    const answer = await send(fromHex(command))
    const isWaiting = answer.length === 2 && byteAt(answer, 0) === 0x61
    const last = isWaiting ? await send(concat(fromHex('00C00000'), answer.subarray(1))) : answer
    sent += isWaiting ? 1 : 0
    const text = toHex(last)
    invariant(text.endsWith(sw), `${command} is answered ${text}`)
    return text
  }
  await ask('00A4000002EF05')
  await ask('00B207000B')
  await ask('0088000010000102030405060708090A0B0C0D0E0F')
  await ask('0020000003246810')
  await ask('00A4000002DF04')
  const init = await ask(`B02801011301${AMOUNTS}${TERMINAL}`)
  const [serial, random] = [init.slice(0, 4), init.slice(8, 16)]
  const session = DES_SUITE.sessionKey(debitKey(atr), fromHex(random + serial + TERMINAL_SERIAL.slice(4)))
  const mac1 = DES_SUITE.mac(session, fromHex(`${AMOUNTS}32${TERMINAL}${TIME}`))
  await ask(`B02C01000F${TERMINAL_SERIAL}${TIME}${toHex(mac1)}`)
  await ask('B026000104')
  invariant(sent === APDUS, `a settlement is ${APDUS} APDUs, not ${sent}`)
}
