/**
 * What judging a batch needs to know, gathered before with a few questions and handed over as plain data: the judge asks no
 * database, so every case of it can be written down in a test.
 */

import type { Verdict } from '../../batch/batch.ts'
import type { Counters } from '../../calculation/counters.ts'
import type { FactOf } from '../../ledger/fact.ts'
import type { CompiledPolicy } from '../../policy/compile-policy.ts'
import type { CentreMoment, IssuedCard } from '../ports.ts'
import type { SettlementRow } from '../store/schema.ts'

/** Whose facts are judged. */
export interface TerminalOfRecord {
  readonly terminal: string
  /** fixmedins_code */
  readonly institution: string
}

/** Times are compared by their days: 14 digits and YYYY-MM-DD, as the tables have them. */
export interface InsuranceOfRecord {
  readonly insutype: string
  /** 6 digits. */
  readonly region: string
  readonly psnType: string
  readonly status: string
  readonly insuredSince: string
  readonly pausedSince: string | undefined
  readonly cvlservFlag: string
}

export interface IdentityOfRecord {
  readonly psnIdetType: string
  readonly begins: string
  readonly ends: string | undefined
}

export interface EntitlementOfRecord {
  readonly insutype: string
  readonly fundPayType: string
  /** undefined: every kind of visit. */
  readonly medType: string | undefined
  readonly begins: string
  readonly ends: string | undefined
  readonly isEnjoyed: boolean
}

export interface PersonOfRecord {
  readonly psnNo: string
  readonly brdy: string
  readonly insurances: readonly InsuranceOfRecord[]
  readonly identities: readonly IdentityOfRecord[]
  readonly entitlements: readonly EntitlementOfRecord[]
}

export interface CardOfRecord extends IssuedCard {
  /** The short number by which rows name it. */
  readonly ref: number
  readonly psnNo: string
  readonly isLost: boolean
  /** 14 digits; empty unless lost. */
  readonly lostSince: string
}

/** A fact that the centre has kept, by its place in a terminal's chain. */
export interface KeptFact {
  readonly terminal: string
  readonly sequence: number
  readonly hash: string
  readonly verdict: Verdict
}

export interface Knowledge {
  readonly terminal: TerminalOfRecord
  readonly moment: CentreMoment
  /** undefined: the centre has no such rules. */
  readonly policy: (region: string, version: string) => CompiledPolicy | undefined
  /** By certno. */
  readonly people: ReadonlyMap<string, PersonOfRecord>
  readonly cards: ReadonlyMap<string, CardOfRecord>
  /** By `serialKey`: settlement ids. */
  readonly serials: ReadonlyMap<string, string>
  /** By `signatureKey`: settlement ids. */
  readonly signatures: ReadonlyMap<string, string>
  /** By `counterKey`. */
  readonly counters: ReadonlyMap<string, Counters>
  /** By settlement id (medins_setl_id) or correction id. */
  readonly settlements: ReadonlyMap<string, SettlementRow>
  /** By `visitKey`: settled at a terminal, or through the national interface and not taken back. */
  readonly visits: ReadonlyMap<string, SettlementRow>
  /** Of this terminal, by sequence: holds that this batch builds on and that came before it. */
  readonly holds: ReadonlyMap<number, FactOf<'hold'>>
  /** By `factKey`: where a settlement of `settlements` or `visits` was booked from. */
  readonly facts: ReadonlyMap<string, KeptFact>
  /** By sequence: the verdicts on load-postings, which settlement/centre/load has given. */
  readonly loads: ReadonlyMap<number, Verdict>
}

const KEY_MARK = '\n'

export const serialKey = (cardRef: number, serial: number): string => `${cardRef}${KEY_MARK}${serial}`
export const signatureKey = (cardRef: number, signed: string): string => `${cardRef}${KEY_MARK}${signed}`
export const visitKey = (institution: string, visitNo: string): string => `${institution}${KEY_MARK}${visitNo}`
export const factKey = (terminal: string, sequence: number): string => `${terminal}${KEY_MARK}${sequence}`
export const counterKey = (psnNo: string, insutype: string, year: number): string =>
  `${psnNo}${KEY_MARK}${insutype}${KEY_MARK}${year}`
