/** The terminal's half of a purse transaction, with the MACs a PSAM or the issuer's host would make. */

import { concat, writeUint } from '../../card/bytes/bytes.ts'
import { fromHex, toHex } from '../../card/bytes/hex.ts'
import type { CardUnderTest } from './card-under-test.ts'

const TERMINAL = '999999000001'
const TERMINAL_SERIAL = '00000012'
const TIME = '20260315093015'

export interface Purchase {
  /** Fen. */
  readonly account: number
  readonly own: number
  readonly pooled: number
  readonly time?: string
}

const amountHex = (fen: number): string => toHex(writeUint(fen, 4))

/** The INIT answers as it is; DEBIT's answer, or the INIT's when it was refused. SSC-LB002. */
export function debit(card: CardUnderTest, { account, own, pooled, time = TIME }: Purchase): string {
  const amounts = amountHex(account) + amountHex(own) + amountHex(pooled)
  const init = card.sendAndFetch(`B02801011301${amounts}${TERMINAL}`)
  if (!init.endsWith('9000')) return init
  return card.sendAndFetch(debitCommand(card, { init, amounts, time }))
}

/** The DEBIT that fits an INIT's answer. */
export function debitCommand(
  card: CardUnderTest,
  { init, amounts, time = TIME }: { readonly init: string; readonly amounts: string; readonly time?: string }
): string {
  const [serial, random] = [init.slice(0, 4), init.slice(8, 16)]
  const session = card.suite.sessionKey(card.key('DPK'), fromHex(random + serial + TERMINAL_SERIAL.slice(4)))
  const mac1 = card.suite.mac(session, fromHex(`${amounts}32${TERMINAL}${time}`))
  return `B02C01000F${TERMINAL_SERIAL}${time}${toHex(mac1)}`
}

export const initCommand = ({ account, own, pooled }: Purchase): string =>
  `B02801011301${amountHex(account)}${amountHex(own)}${amountHex(pooled)}${TERMINAL}`

/** CREDIT's answer, or the INIT's when it was refused. */
export function load(card: CardUnderTest, amount: number, profile: 'SSC-LB002' | 'PBOC' = 'SSC-LB002'): string {
  const init = card.sendAndFetch(loadInitCommand(amount, profile))
  return init.endsWith('9000') ? card.sendAndFetch(creditCommand(card, { init, amount, profile })) : init
}

export const loadInitCommand = (amount: number, profile: 'SSC-LB002' | 'PBOC' = 'SSC-LB002'): string =>
  `${profile === 'PBOC' ? '80500002' : 'B0280001'}0B01${amountHex(amount)}${TERMINAL}`

export function creditCommand(
  card: CardUnderTest,
  { init, amount, profile = 'SSC-LB002' }: { readonly init: string; readonly amount: number; readonly profile?: string }
): string {
  const [serial, random] = [init.slice(8, 12), init.slice(16, 24)]
  const session = card.suite.sessionKey(card.key('DLK'), concat(fromHex(random), fromHex(serial), fromHex('8000')))
  const type = profile === 'PBOC' ? '02' : '31'
  const mac2 = card.suite.mac(session, fromHex(`${amountHex(amount)}${type}${TERMINAL}${TIME}`))
  return `${profile === 'PBOC' ? '80520000' : 'B02A0000'}0B${TIME}${toHex(mac2)}`
}
