/**
 * What the codes of a purse transaction are made over, byte for byte (S38 2; P2 appendix B; HSMJ). Chip and issuer compose
 * them here, so that they cannot drift apart; a PSAM and a terminal get bytes from elsewhere and never meet this file.
 *
 *   purchase   session key   random 4 | card serial 2 | right 2 bytes of the terminal's serial                       under DPK
 *              MAC1          amounts | type 1 | terminal 6 | time 7
 *              MAC2          amounts
 *              TAC           amounts | type 1 | terminal 6 | terminal serial 4 | time 7                              under DTK
 *   load       session key   random 4 | load serial 2 | 80 00                                                        under DLK
 *              MAC1          balance before 4 | amount 4 | type 1 | terminal 6
 *              MAC2          amount 4 | type 1 | terminal 6 | host time 7
 *              TAC           balance after 4 | load serial before 2 | amount 4 | type 1 | terminal 6 | host time 7   under DTK
 *
 * `amounts` is A1 A2 A3 of the social security purse or the one amount of PBOC, 4 bytes each, as the card was told them.
 */

import { concat, writeUint } from '../bytes/bytes.ts'

export interface PurchaseMessage {
  readonly amounts: Uint8Array
  readonly type: number
  readonly terminal: Uint8Array
  readonly time: Uint8Array
}

export const purchaseSessionInput = (random: Uint8Array, serial: number, terminalSerial: Uint8Array): Uint8Array =>
  concat(random, writeUint(serial, 2), terminalSerial.slice(-2))

export const purchaseMac1Message = ({ amounts, type, terminal, time }: PurchaseMessage): Uint8Array =>
  concat(amounts, Uint8Array.of(type), terminal, time)

export const purchaseTacMessage = ({
  amounts,
  type,
  terminal,
  terminalSerial,
  time
}: PurchaseMessage & { readonly terminalSerial: Uint8Array }): Uint8Array =>
  concat(amounts, Uint8Array.of(type), terminal, terminalSerial, time)

export interface LoadMessage {
  readonly amount: Uint8Array
  readonly type: number
  readonly terminal: Uint8Array
}

const LOAD_SESSION_SUFFIX = Uint8Array.of(0x80, 0x00)

export const loadSessionInput = (random: Uint8Array, serial: number): Uint8Array =>
  concat(random, writeUint(serial, 2), LOAD_SESSION_SUFFIX)

export const loadMac1Message = (balanceBefore: number, { amount, type, terminal }: LoadMessage): Uint8Array =>
  concat(writeUint(balanceBefore, 4), amount, Uint8Array.of(type), terminal)

export const loadMac2Message = ({ amount, type, terminal, time }: TimedLoad): Uint8Array =>
  concat(amount, Uint8Array.of(type), terminal, time)

export type TimedLoad = LoadMessage & { readonly time: Uint8Array }

export const loadTacMessage = (
  { balanceAfter, serialBefore }: { readonly balanceAfter: number; readonly serialBefore: number },
  load: TimedLoad
): Uint8Array => concat(writeUint(balanceAfter, 4), writeUint(serialBefore, 2), loadMac2Message(load))
