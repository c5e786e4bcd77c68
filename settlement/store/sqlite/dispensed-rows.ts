/** Packs and supplies of holds: keeping them, and asking which of them count. */

import type { Database } from 'better-sqlite3'
import type { BusinessDate } from '../../calendar/business-date.ts'
import type { Dispensed } from '../../ledger/dispensed.ts'
import type { Hold } from '../../ledger/fact.ts'
import type { ReadableStore } from '../../ledger/ledger-store.ts'
import { ZERO, type Fen } from '../../money/fen.ts'
import type { Quantity } from '../../money/price.ts'
import { POSTING_KEY } from './posting-key.ts'

type Readings = Pick<ReadableStore, 'soldPacks' | 'supplies' | 'placeUse'>

interface SupplyRow {
  readonly hold: number
  readonly on: BusinessDate
  readonly lineNo: string
  readonly code: string
  readonly quantity: Quantity
  readonly days: number | null
  readonly fundPaid: 0 | 1
}

interface UseRow {
  readonly thisMonth: Fen
  readonly today: Fen
  readonly salesToday: number
}

export function dispensedReadings(database: Database): Readings {
  const packs = database.prepare<[string], { readonly hold: number; readonly split: 0 | 1 }>(
    `SELECT hold, min(split) AS split FROM trace_code AS pack
     WHERE code = ?
       AND NOT EXISTS (SELECT * FROM release WHERE release.hold = pack.hold)
       AND NOT EXISTS (SELECT * FROM correction WHERE correction.hold = pack.hold)
     GROUP BY hold ORDER BY hold DESC`
  )
  const supplies = database.prepare<[string, string], SupplyRow>(
    `SELECT supply.hold, supplied_on AS "on", line_no AS lineNo, item_code AS code, quantity, days, supply.fund_paid AS fundPaid
     FROM supply JOIN posting ON posting.hold = supply.hold
     WHERE supply.person_no = ? AND supplied_on >= ?
       AND NOT EXISTS (SELECT * FROM correction WHERE correction.hold = supply.hold)
     ORDER BY supplied_on, supply.hold, line_no`
  )
  // A month of one till, found by posting_hour; who bought is in the postings themselves, which the index does not repeat.
  const use = database.prepare<[string, string, string, string, string, string], UseRow>(
    `SELECT coalesce(sum(total - own_pay), 0) AS thisMonth,
       coalesce(sum(CASE WHEN substr(posted_at, 1, 8) = ? THEN total - own_pay END), 0) AS today,
       count(CASE WHEN substr(posted_at, 1, 8) = ? THEN 1 END) AS salesToday
     FROM posting INDEXED BY posting_hour
     WHERE ${POSTING_KEY} >= ? AND ${POSTING_KEY} < ? AND person_no = ? AND institution = ?
       AND NOT EXISTS (SELECT * FROM correction WHERE correction.hold = posting.hold)`
  )
  return {
    soldPacks: (code) => packs.all(code).map(({ hold, split }) => ({ hold, isSplit: split === 1 })),
    supplies: (personNo, since) =>
      supplies.all(personNo, since).map(({ days, fundPaid, ...row }) => ({ ...row, days: days ?? undefined, fundPaid: fundPaid === 1 })),
    placeUse: (personNo, institution, day) => {
      const digits = day.replaceAll('-', '')
      const month = digits.slice(0, 6)
      // "32" is above every day of a month.
      const row = use.get(digits, digits, `${month}00`, `${month}32`, personNo, institution)
      return row ?? NO_USE
    }
  }
}

const NO_USE = { thisMonth: ZERO, today: ZERO, salesToday: 0 }

export function dispensedWrites(database: Database): (sequence: number, hold: Hold, dispensed: Dispensed) => void {
  const pack = database.prepare('INSERT INTO trace_code VALUES (?, ?, ?, ?)')
  const supply = database.prepare('INSERT INTO supply VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  return (sequence, { personNo, insuranceType }, { on, packs, lines }) => {
    for (const { code, lineNo, isSplit } of packs) pack.run(code, sequence, lineNo, isSplit ? 1 : 0)
    for (const { lineNo, itemCode, quantity, days, fundPaid } of lines) {
      supply.run(personNo, on, sequence, lineNo, insuranceType, itemCode, quantity, days ?? null, fundPaid ? 1 : 0)
    }
  }
}
