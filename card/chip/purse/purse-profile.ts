/**
 * The two dialects of the purse, as data: command bytes, field orders and transaction types. Which one a card speaks is
 * written at personalisation; the purse itself is one piece of code.
 *
 *                          SSC-LB002            PBOC             source of the SSC bytes
 *   GET BALANCE            B0 26 00 01|02|03    80 5C 00 02      LB002 professional commands
 *   INIT FOR LOAD          B0 28 00 01          80 50 00 02      a published field script
 *   CREDIT FOR LOAD        B0 2A 00 00          80 52 00 00      stand-in, Q1
 *   INIT FOR PURCHASE      B0 28 01 01          80 50 01 02      stand-in, Q1
 *   DEBIT FOR PURCHASE     B0 2C 01 00          80 54 01 00      stand-in, Q1
 *   TRANSACTION PROVE      B0 2E 00 type        80 5A 00 type    stand-in, Q1, Q4
 *
 * The SSC signs three amounts (account, own payment, pooled fund), PBOC one. PBOC bytes and orders are P2 5.2.
 */

export interface CommandBytes {
  readonly cla: number
  readonly ins: number
  readonly p1: number
  /** 'type': P2 carries the transaction type. */
  readonly p2: number | 'type'
}

export type BalanceKind = 'balance' | 'own-payment-total' | 'pooled-payment-total'

/** Fields of an answer in their order; lengths in purse/field.ts. */
export type AnswerField =
  | 'balance'
  | 'serial'
  | 'overdraft'
  | 'key-version'
  | 'algorithm'
  | 'random'
  | 'mac1'
  | 'mac2'
  | 'tac'

export interface PurseProfile {
  readonly name: 'SSC-LB002' | 'PBOC'
  readonly amountCount: 1 | 3
  readonly types: { readonly load: number; readonly purchase: number }
  readonly getBalance: {
    readonly cla: number
    readonly ins: number
    readonly p1: number
    /** By P2. */
    readonly kinds: Readonly<Record<number, BalanceKind>>
  }
  readonly initializeForLoad: CommandBytes & { readonly answer: readonly AnswerField[] }
  readonly creditForLoad: CommandBytes & { readonly answer: readonly AnswerField[] }
  readonly initializeForPurchase: CommandBytes & { readonly answer: readonly AnswerField[] }
  readonly debitForPurchase: CommandBytes & { readonly answer: readonly AnswerField[] }
  readonly getTransactionProve: CommandBytes
}

const LOAD_ANSWER: readonly AnswerField[] = ['balance', 'serial', 'key-version', 'algorithm', 'random', 'mac1']

const SSC_LB002: PurseProfile = {
  name: 'SSC-LB002',
  amountCount: 3,
  types: { load: 0x31, purchase: 0x32 },
  getBalance: {
    cla: 0xb0,
    ins: 0x26,
    p1: 0x00,
    kinds: { 0x01: 'balance', 0x02: 'own-payment-total', 0x03: 'pooled-payment-total' }
  },
  initializeForLoad: { cla: 0xb0, ins: 0x28, p1: 0x00, p2: 0x01, answer: LOAD_ANSWER },
  // stand-in, Q1: the class and instruction of this and the next three commands are not public.
  creditForLoad: { cla: 0xb0, ins: 0x2a, p1: 0x00, p2: 0x00, answer: ['tac'] },
  initializeForPurchase: {
    cla: 0xb0,
    ins: 0x28,
    p1: 0x01,
    p2: 0x01,
    // Q2: inferred from what INIT SAM FOR PURCHASE needs.
    answer: ['serial', 'key-version', 'algorithm', 'random']
  },
  // Q3: a Sichuan reader hands on MAC2 and then TAC; PBOC has them the other way round.
  debitForPurchase: { cla: 0xb0, ins: 0x2c, p1: 0x01, p2: 0x00, answer: ['mac2', 'tac'] },
  getTransactionProve: { cla: 0xb0, ins: 0x2e, p1: 0x00, p2: 'type' }
}

const PBOC: PurseProfile = {
  name: 'PBOC',
  amountCount: 1,
  types: { load: 0x02, purchase: 0x06 },
  getBalance: { cla: 0x80, ins: 0x5c, p1: 0x00, kinds: { 0x02: 'balance' } },
  initializeForLoad: { cla: 0x80, ins: 0x50, p1: 0x00, p2: 0x02, answer: LOAD_ANSWER },
  creditForLoad: { cla: 0x80, ins: 0x52, p1: 0x00, p2: 0x00, answer: ['tac'] },
  initializeForPurchase: {
    cla: 0x80,
    ins: 0x50,
    p1: 0x01,
    p2: 0x02,
    answer: ['balance', 'serial', 'overdraft', 'key-version', 'algorithm', 'random']
  },
  debitForPurchase: { cla: 0x80, ins: 0x54, p1: 0x01, p2: 0x00, answer: ['tac', 'mac2'] },
  getTransactionProve: { cla: 0x80, ins: 0x5a, p1: 0x00, p2: 'type' }
}

/** By the number that the card's memory holds. */
export const PURSE_PROFILES: readonly PurseProfile[] = [SSC_LB002, PBOC]
export const PURSE_PROFILE_NAMES = ['SSC-LB002', 'PBOC'] as const satisfies readonly PurseProfile['name'][]

/** The card's part in a settlement: it signs only, or its balance is spent (item 8F 用卡方式). */
export const USE_MODES = ['online', 'offline'] as const
export type UseMode = (typeof USE_MODES)[number]
