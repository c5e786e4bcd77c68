/** A ledger file as the first version of the program wrote it: schema 0001, contents of encoding 1. */

import Database from 'better-sqlite3'
import { FUNDS } from '../../settlement/calculation/settlement-result.ts'
import { extend, GENESIS } from '../../settlement/ledger/chain.ts'
import type { FactOf, Hold } from '../../settlement/ledger/fact.ts'
import { encodeCounters, encodeFactInEncoding1, type FirstKind } from '../../settlement/ledger/fact-encoding.ts'
import { APPLICATION_ID } from '../../settlement/store/sqlite/file-header.ts'
import { migrate } from '../../settlement/store/sqlite/migration.ts'
import { EVIDENCE, sale } from '../contract/ledger-fixture.ts'

/** Facts 1 to 8: settled and refunded (1-3), released (4-5), settled (6-7), open (8). */
export function writeFirstLedger(path: string): void {
  const database = new Database(path)
  database.pragma(`application_id = ${APPLICATION_ID}`)
  migrate(database, 1)
  database.pragma('journal_mode = WAL')
  const ledger = new FirstLedger(database)
  const first = ledger.hold(sale(1))
  ledger.post(first, sale(1), '20230915093005')
  ledger.correct(first, sale(1))
  ledger.release(ledger.hold(sale(2)), sale(2))
  ledger.post(ledger.hold(sale(3)), sale(3), '20230915110000')
  ledger.hold(sale(4))
  database.close()
}

class FirstLedger {
  readonly #database: Database.Database
  #head = GENESIS

  constructor(database: Database.Database) {
    this.#database = database
  }

  hold(hold: Hold): number {
    const sequence = this.#append({ kind: 'hold', ...hold })
    this.#insert('standing', hold.visit.institution, hold.visit.visitNo, hold.settlementId, sequence, null)
    return sequence
  }

  post(number: number, { settlementId, visit, ...hold }: Hold, postedAt: string): void {
    const sequence = this.#append({ kind: 'posting', settlementId, hold: number, evidence: EVIDENCE, postedAt })
    const { amounts } = hold
    this.#close(number)
    this.#insert(
      'posting', number, sequence, settlementId, visit.institution, visit.visitNo,
      hold.personNo, hold.insuranceType, hold.policyYear, postedAt,
      amounts.total, amounts.ownPay, amounts.overCeiling, amounts.prePay, amounts.inScope, amounts.deductible,
      ...FUNDS.map((fund) => amounts.funds[fund]),
      amounts.fundPaid, amounts.personal, amounts.account, amounts.mutualAid, amounts.cash, amounts.hospital
    )
    this.#insert('accumulator', hold.personNo, hold.insuranceType, hold.policyYear, encodeCounters(hold.counters))
  }

  release(number: number, { settlementId }: Hold): void {
    const [proof, releasedAt] = ['the card says no', '20230915093005']
    const sequence = this.#append({ kind: 'release', settlementId, hold: number, proof, releasedAt })
    this.#close(number)
    this.#insert('release', number, sequence, settlementId, proof, releasedAt)
  }

  correct(number: number, { settlementId, personNo }: Hold): void {
    const [correctionId, reason, correctedAt] = ['C1', '退货', '20230916100000']
    const sequence = this.#append({ kind: 'correction', correctionId, settlementId, hold: number, reason, correctedAt })
    this.#insert('correction', number, sequence, correctionId, reason, correctedAt)
    this.#database.prepare('UPDATE accumulator SET counters = ? WHERE person_no = ?').run(encodeCounters({}), personNo)
  }

  #append(fact: FactOf<FirstKind>): number {
    const content = encodeFactInEncoding1(fact)
    this.#head = extend(this.#head, content)
    const { sequence, hash } = this.#head
    this.#insert('fact', sequence, fact.kind, content, hash)
    this.#database.prepare("UPDATE standing SET sequence = ?, hash = ? WHERE visit_no = ''").run(sequence, hash)
    return sequence
  }

  #close(hold: number): void {
    this.#database.prepare('DELETE FROM standing WHERE sequence = ? AND hash IS NULL').run(hold)
  }

  #insert(table: string, ...cells: readonly (number | string | Uint8Array | null)[]): void {
    this.#database.prepare(`INSERT INTO ${table} VALUES (${cells.map(() => '?').join(', ')})`).run(...cells)
  }
}
