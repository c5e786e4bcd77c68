/** What the centre needs of the world around it; whoever starts it hands these in. */

import type { BusinessDate } from '../calendar/business-date.ts'
import type { Fen } from '../money/fen.ts'
import type { CentreDatabase } from './store/centre-database.ts'

/** A moment in China's time. */
export interface CentreMoment {
  /** 14 digits YYYYMMDDhhmmss. */
  readonly time: string
  readonly today: BusinessDate
  /** ms since 1970, for tolerances and for gateway time stamps. */
  readonly epochMs: number
}

export type CentreClock = () => CentreMoment

export interface CentreEntropy {
  bytes(length: number): Uint8Array
}

/** A card that was issued, as far as its keys are concerned. */
export interface IssuedCard {
  /** Hex of item 01, 32 digits. */
  readonly cardId: string
  /** 6 digits: the issuing region. */
  readonly region: string
  /** 16 hex digits: T6..TD of the answer to reset. */
  readonly cardFactor: string
  readonly algorithm: 'DES' | 'SM4'
  readonly purse: 'SSC-LB002' | 'PBOC'
}

export interface SignedDebit {
  readonly account: Fen
  readonly own: Fen
  readonly pooled: Fen
  /** 12 digits. */
  readonly terminalNo: string
  readonly terminalSerial: number
  /** 14 digits. */
  readonly time: string
}

export interface LoadInitialised {
  readonly balance: Fen
  readonly amount: Fen
  readonly loadSerial: number
  readonly keyVersion: number
  /** 8 hex digits. */
  readonly random: string
  /** 8 hex digits. */
  readonly mac1: string
  /** 12 digits. */
  readonly terminalNo: string
}

/** The issuer's keys, asked and never seen. Hex in either case; false and undefined mean a wrong code, never an exception. */
export interface CardAuthority {
  verifyDebit(card: IssuedCard, debit: SignedDebit, tac: string): boolean
  verifyLoadRequest(card: IssuedCard, load: LoadInitialised): boolean
  /** MAC2 over the load at `time` (14 digits): 8 hex digits. */
  signLoad(card: IssuedCard, load: LoadInitialised, time: string): string
  verifyLoadTac(card: IssuedCard, load: LoadInitialised, time: string, tac: string): boolean
}

/** Never personal data, a card's number or a key: terminals, counts, kinds and times are enough to find what happened. */
export interface CentreLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void
  warn(fields: Readonly<Record<string, unknown>>, message: string): void
  error(fields: Readonly<Record<string, unknown>>, message: string): void
}

/** What every area of the centre is handed; each registers its routes with `register(app, ports)`. */
export interface CentrePorts {
  readonly database: CentreDatabase
  readonly authority: CardAuthority
  readonly clock: CentreClock
  readonly entropy: CentreEntropy
  readonly log: CentreLog
  /** Lets other requests be answered between two parts of a long answer; left out: they wait. */
  readonly breath?: (() => Promise<void>) | undefined
}
