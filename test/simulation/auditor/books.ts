/** What the auditor has in his head: what became of each settlement and of each load, whichever terminal wrote it. */

import type { Confirmation, Correction, Hold, LoadHold, LoadPosting, OfRecord, Posting } from './fact.ts'

export interface At<Fact> {
  readonly sequence: number
  readonly fact: Fact
}

export interface Settling {
  readonly terminal: string
  readonly hold: At<Hold>
  state: 'open' | 'posted' | 'released' | 'corrected'
  posting: At<Posting> | undefined
  correction: At<Correction> | undefined
  /** Of the posting, and of the correction. */
  confirmation: At<Confirmation> | undefined
  correctionConfirmation: At<Confirmation> | undefined
  /** What counts instead of the hold's own amounts. */
  ofRecord: OfRecord | undefined
  /** Its hold is gone with a disk that lied: lawfully. */
  lost: boolean
}

export interface Loading {
  readonly terminal: string
  readonly hold: At<LoadHold>
  state: 'open' | 'posted' | 'released'
  posting: At<LoadPosting> | undefined
  confirmation: At<Confirmation> | undefined
  lost: boolean
}

/** What counts: of record where the centre has said so in time. */
export const effectiveCounters = ({ hold, ofRecord }: Settling) => (ofRecord ?? hold.fact).counters

/** What the card debited and its account should not have paid, before any load. */
export function debtOf(settling: Settling): number {
  const { hold, state, ofRecord } = settling
  const debited = hold.fact.intent.account
  if (state === 'corrected') return debited
  if (state !== 'posted' || ofRecord === undefined) return 0
  return Math.max(0, debited - (ofRecord.amounts.account - ofRecord.amounts.mutual_aid))
}

/** A number of a card in a report: its last four digits. */
export const shortCard = (cardId: string): string => `..${cardId.slice(-4)}`
