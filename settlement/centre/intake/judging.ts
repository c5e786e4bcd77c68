/**
 * The state of one judgement: what was known before, and on top of it what this batch has booked so far, so that its second
 * settlement sees the first one. Everything that is to be written is gathered here.
 */

import type { EntryVerdict, Verdict } from '../../batch/batch.ts'
import type { Counters } from '../../calculation/counters.ts'
import { counterOf } from '../../calculation/year-counters.ts'
import { fen, type Fen } from '../../money/fen.ts'
import { AMOUNT_MAX } from '../../wire/fields.ts'
import { movesAny, type YearMove } from '../record/accounts.ts'
import type { NationalTraceCodeRow } from '../store/national-schema.ts'
import type { SettlementRow } from '../store/schema.ts'
import { counterKey, serialKey, signatureKey, visitKey, type Knowledge } from './knowledge.ts'

/** What a judged batch writes, besides its facts. */
export interface Bookings {
  readonly settlements: readonly SettlementRow[]
  /** Handed over by what is booked. */
  readonly packs: readonly NationalTraceCodeRow[]
  /** One for each year of a person that moves. */
  readonly years: readonly YearMove[]
  /** By card: what its balance of record moves by. */
  readonly balances: ReadonlyMap<string, Fen>
  /** setl_id of what was booked before and is taken back now, and of the row that takes it back. */
  readonly reversals: readonly { readonly setlId: string; readonly by: string }[]
  /** setl_id of what was booked from the same ledger under another name, and whose it is from now on. */
  readonly takenOver: { readonly setlIds: readonly string[]; readonly by: string }
}

export interface Judgement {
  readonly verdicts: readonly EntryVerdict[]
  readonly bookings: Bookings
}

/** Whose counters move. */
export interface CounterOwner {
  readonly psnNo: string
  readonly insutype: string
  readonly year: number
}

interface MovingYear {
  readonly owner: CounterOwner
  readonly before: Counters
  readonly moved: Record<string, Fen>
  /** Both together. */
  readonly now: Record<string, Fen>
}

const newlyMoving = (owner: CounterOwner, before: Counters): MovingYear => ({ owner, before, moved: {}, now: { ...before } })

export class Judging {
  readonly known: Knowledge
  readonly #verdicts: EntryVerdict[] = []
  readonly #settlements = new Map<string, SettlementRow>()
  readonly #visits = new Map<string, SettlementRow>()
  readonly #serials = new Map<string, string>()
  readonly #signatures = new Map<string, string>()
  readonly #packs: NationalTraceCodeRow[] = []
  readonly #counters = new Map<string, MovingYear>()
  readonly #balances = new Map<string, Fen>()
  readonly #reversals = new Map<string, string>()
  readonly #takenOver: string[] = []
  /** By setl_id: what a booking of this batch moved, for a correction later in it. */
  readonly #booked = new Map<string, Counters>()

  constructor(known: Knowledge) {
    this.known = known
  }

  answer(sequence: number, verdict: Verdict): void {
    this.#verdicts.push({ sequence, verdict })
  }

  settlement(settlementId: string): SettlementRow | undefined {
    return this.#settlements.get(settlementId) ?? this.known.settlements.get(settlementId)
  }

  visit(institution: string, visitNo: string): SettlementRow | undefined {
    const key = visitKey(institution, visitNo)
    return this.#visits.get(key) ?? this.known.visits.get(key)
  }

  /** The settlement that a card has given this serial to. */
  serial(cardRef: number, serial: number): string | undefined {
    const key = serialKey(cardRef, serial)
    return this.#serials.get(key) ?? this.known.serials.get(key)
  }

  /** The settlement that a card has signed this for. */
  signature(cardRef: number, signed: string): string | undefined {
    const key = signatureKey(cardRef, signed)
    return this.#signatures.get(key) ?? this.known.signatures.get(key)
  }

  /** What the year has used up to here. */
  counters(owner: CounterOwner): Counters {
    const key = keyOf(owner)
    return this.#counters.get(key)?.now ?? this.known.counters.get(key) ?? {}
  }

  moveCounters(owner: CounterOwner, moves: Counters): void {
    const key = keyOf(owner)
    const known = this.#counters.get(key)
    const moving = known ?? newlyMoving(owner, this.known.counters.get(key) ?? {})
    for (const [name, amount] of Object.entries(moves)) {
      moving.moved[name] = fen(counterOf(moving.moved, name) + amount)
      moving.now[name] = fen(counterOf(moving.now, name) + amount)
    }
    if (known === undefined) this.#counters.set(key, moving)
  }

  moveBalance(cardId: string, amount: Fen): void {
    this.#balances.set(cardId, fen((this.#balances.get(cardId) ?? 0) + amount))
  }

  book(row: SettlementRow, counters: Counters): void {
    this.#settlements.set(row.medins_setl_id, row)
    this.#visits.set(visitKey(row.institution, row.visit_no), row)
    const { card_ref, card_serial, card_signed } = row
    if (card_ref !== null && card_serial !== null) this.#serials.set(serialKey(card_ref, card_serial), row.medins_setl_id)
    if (card_ref !== null && card_signed !== null) this.#signatures.set(signatureKey(card_ref, card_signed), row.medins_setl_id)
    this.#booked.set(row.setl_id, counters)
    this.moveCounters({ psnNo: row.psn_no, insutype: row.insutype, year: row.year }, counters)
  }

  handOver(packs: readonly NationalTraceCodeRow[]): void {
    for (const pack of packs) this.#packs.push(pack)
  }

  bookReversal(row: SettlementRow, booked: SettlementRow, counters: Counters): void {
    this.#settlements.set(row.medins_setl_id, row)
    this.moveCounters({ psnNo: row.psn_no, insutype: row.insutype, year: row.year }, counters)
    // A row of this batch is written with its reversal's number, one of an earlier batch is changed.
    if (this.#booked.has(booked.setl_id)) this.#settlements.set(booked.medins_setl_id, { ...booked, reversed_by: row.setl_id })
    else this.#reversals.set(booked.setl_id, row.setl_id)
  }

  takeOver({ setl_id, terminal }: SettlementRow): void {
    if (terminal !== this.known.terminal.terminal) this.#takenOver.push(setl_id)
  }

  reversedBy(booked: SettlementRow): string | undefined {
    return this.#reversals.get(booked.setl_id) ?? booked.reversed_by ?? undefined
  }

  bookedCounters(setlId: string): Counters | undefined {
    return this.#booked.get(setlId)
  }

  /** Of a person whose settlement was posted here, every year was asked for; of who only takes one back, none was. */
  #years(): YearMove[] {
    const asked = new Set<string>()
    for (const { psnNo } of this.known.people.values()) asked.add(psnNo)
    const years: YearMove[] = []
    for (const { owner, before, moved } of this.#counters.values()) {
      const { psnNo: psn_no, insutype, year } = owner
      if (movesAny(moved)) years.push({ psn_no, insutype, year, moved, before: asked.has(psn_no) ? before : undefined })
    }
    return years
  }

  finish(): Judgement {
    return {
      verdicts: this.#verdicts,
      bookings: {
        settlements: [...this.#settlements.values()],
        packs: this.#packs,
        years: this.#years(),
        balances: this.#balances,
        reversals: [...this.#reversals].map(([setlId, by]) => ({ setlId, by })),
        takenOver: { setlIds: this.#takenOver, by: this.known.terminal.terminal }
      }
    }
  }
}

/** The first counter that these would take out of the range that a claim may state. `now`: what the year has used. */
export const counterOutOfRange = (now: Counters, moves: Counters): string | undefined =>
  Object.keys(moves).find((name) => counterOf(now, name) + counterOf(moves, name) > AMOUNT_MAX)

const keyOf = ({ psnNo, insutype, year }: CounterOwner): string => counterKey(psnNo, insutype, year)
