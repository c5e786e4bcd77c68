/** The nine functions by the names and parameters of the national reader interface (LD/T 6001.5-2023; card.md 8.1). */

import { z } from 'zod'

/** 1 contact, 2 contactless, 3 and 4 whichever is there (contact or contactless looked for first). */
const iType = z.int().min(1).max(4)
/** 1 the PIN opens a file that leaves the choice, 2 the PSAM's key does. */
const iAuthType = z.int().min(1).max(2)
/** card identification code | card number | : the card that the caller means. */
const pCardInfo = z.string().max(100)
const pFileAddr = z.string().min(1).max(2_000)

export const FUNCTIONS = {
  iReadCardBas: z.strictObject({ iType }),
  iReadCard: z.strictObject({ iType, iAuthType, pCardInfo, pFileAddr }),
  iWriteCard: z.strictObject({ iType, pCardInfo, pFileAddr, pWriteData: z.string().min(1).max(8_000) }),
  iVerifyPIN: z.strictObject({ iType }),
  iChangePIN: z.strictObject({ iType }),
  iReloadPIN: z.strictObject({ iType, pCardInfo }),
  iUnblockPIN: z.strictObject({ iType, pCardInfo }),
  iDoDebit: z.strictObject({ iType, pCardInfo, pPayInfo: z.string().max(200) }),
  iReadDebitRecord: z.strictObject({ iType })
} as const satisfies Readonly<Record<string, z.ZodType>>

export type FunctionName = keyof typeof FUNCTIONS
export type FunctionParams<Name extends FunctionName> = z.output<(typeof FUNCTIONS)[Name]>

export const isFunctionName = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name)

/** What a function answers. `pOutInfo` is empty where it failed, but for what a refusal has to tell. */
export interface Returned {
  readonly return: number
  readonly pOutInfo: string
  /** After a PIN: what the card says is left. */
  readonly triesLeft?: number
  /** Which part of a parameter is wrong, for whoever writes the caller. */
  readonly problem?: string
}

export const returned = (code: number, more: Partial<Omit<Returned, 'return'>> = {}): Returned => ({ return: code, pOutInfo: '', ...more })
