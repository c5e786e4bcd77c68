/** The nine functions by the names and parameters of the national reader interface (LD/T 6001.5-2023; card.md 8.1). */

import { z } from 'zod'

const oneOf = (max: number, rule: string) => z.int(rule).min(1, rule).max(max, rule)
const text = (min: number, max: number, rule: string) => z.string(rule).min(min, rule).max(max, rule)

/** 1 contact, 2 contactless, 3 and 4 whichever is there (contact or contactless looked for first). */
const iType = oneOf(4, 'must be 1 (contact), 2 (contactless), 3 or 4 (whichever is there)')
/** 1 the PIN opens a file that leaves the choice, 2 the PSAM's key does. */
const iAuthType = oneOf(2, "must be 1 (the PIN) or 2 (the PSAM's key)")
/** card identification code | card number | : the card that the caller means. */
const pCardInfo = text(0, 100, 'must be the card identification code and the card number, each ended by "|"')
const pFileAddr = text(1, 2_000, 'must be files and their items, such as SSSEEF05|07|$, of at most 2000 characters')
const pWriteData = text(1, 8_000, 'must have the shape of pFileAddr with values in the place of tags, at most 8000 characters')
const pPayInfo = text(0, 200, 'must be amounts and time, each ended by "|"')

export const FUNCTIONS = {
  iReadCardBas: z.strictObject({ iType }),
  iReadCard: z.strictObject({ iType, iAuthType, pCardInfo, pFileAddr }),
  iWriteCard: z.strictObject({ iType, pCardInfo, pFileAddr, pWriteData }),
  iVerifyPIN: z.strictObject({ iType }),
  iChangePIN: z.strictObject({ iType }),
  iReloadPIN: z.strictObject({ iType, pCardInfo }),
  iUnblockPIN: z.strictObject({ iType, pCardInfo }),
  iDoDebit: z.strictObject({ iType, pCardInfo, pPayInfo }),
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
