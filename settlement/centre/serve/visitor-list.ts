/**
 * Who was at an institution within a year, and what of their entitlements its terminals must know while the centre is away. A large
 * hospital has hundreds of thousands of visitors, who have the same few entitlements: those stand once, and each person points at theirs.
 *
 *   {"entitlements": [{"insutype": "310", "fund_pay_type": "310102", "begndate": "2026-03-01", "trt_enjymnt_flag": "0"}, ...],
 *    "people": [{"certno": "...", "entitlements": [0]}, {"certno": "...", "entitlements": []}]}
 *
 * A fund that is not named is the person's, at every kind of visit and on every day of that year. Without enddate a row lasts; without
 * med_type it is for every kind of visit.
 */

import type { CentrePorts } from '../ports.ts'
import { entitlementsOf, peopleServed } from '../record/people.ts'
import type { EntitlementRow } from '../store/schema.ts'
import { byPerson } from './by-person.ts'

/** People asked for at once: what is read of them is let go before the next, and others are answered between. */
const SLICE = 2_000

interface Visitor {
  readonly certno: string
  /** Positions in the list of entitlements. */
  readonly entitlements: readonly number[]
}

interface VisitorList {
  readonly entitlements: readonly object[]
  readonly people: readonly Visitor[]
}

/** `since`: the first day, YYYY-MM-DD. */
export async function visitorList({ database: { db }, breath }: Pick<CentrePorts, 'database' | 'breath'>, institution: string, since: string): Promise<VisitorList> {
  const visitors = await peopleServed(db, institution, since)
  const known = new KnownRows(since)
  const people: Visitor[] = []
  for (let from = 0; from < visitors.length; from += SLICE) {
    const slice = visitors.slice(from, from + SLICE)
    const rows = byPerson(await entitlementsOf(db, slice.map(({ psn_no }) => psn_no)))
    await breath?.()
    for (const { psn_no, certno } of slice) people.push({ certno, entitlements: known.positionsOf(rows.get(psn_no) ?? []) })
  }
  return { entitlements: known.rows, people }
}

class KnownRows {
  readonly rows: object[] = []
  readonly #since: string
  readonly #positions = new Map<string, number>()

  constructor(since: string) {
    this.#since = since
  }

  /** Of one fund either none is told, for it is simply the person's, or all are: they are read together. */
  positionsOf(ofPerson: readonly EntitlementRow[]): readonly number[] {
    const told = new Set(ofPerson.filter((row) => !this.#isForGood(row)).map(fundOf))
    return told.size === 0 ? [] : ofPerson.filter((row) => told.has(fundOf(row))).map((row) => this.#position(row))
  }

  #isForGood({ trt_enjymnt_flag, med_type, begndate, enddate }: EntitlementRow): boolean {
    return trt_enjymnt_flag === '1' && med_type === null && enddate === null && begndate < this.#since
  }

  #position({ insutype, fund_pay_type, med_type, begndate, enddate, trt_enjymnt_flag, trt_chk_rslt }: EntitlementRow): number {
    const row = {
      insutype,
      fund_pay_type,
      ...(med_type !== null && { med_type }),
      begndate,
      ...(enddate !== null && { enddate }),
      trt_enjymnt_flag,
      ...(trt_chk_rslt !== '' && { trt_chk_rslt })
    }
    const text = JSON.stringify(row)
    const before = this.#positions.get(text)
    if (before !== undefined) return before
    this.#positions.set(text, this.rows.length)
    return this.rows.push(row) - 1
  }
}

const fundOf = ({ insutype, fund_pay_type }: EntitlementRow): string => `${insutype} ${fund_pay_type}`
