/**
 * Walks the facts from the first to the last, as an accountant would who has nothing but the log: recomputes the chain,
 * checks that each fact may follow those before it, and says what every table must hold because of it.
 */

import { createHash } from 'node:crypto'
import { AMOUNT_COLUMNS, decodeContent, UnknownContent, type Cell, type Content, type Row } from './decode-content.ts'
import { handedOver } from './dispensed.ts'
import type { Findings } from './finding.ts'
import { asInteger, asText, brokenIdentities, brokenOfRecord, debitAgrees, pick, rowsOf } from './identities.ts'
import { ReplayCloses } from './replay-closes.ts'
import { ReplayLoads } from './replay-loads.ts'
import { RunningTotals } from './running-totals.ts'
import { equalBytes, type ExpectedTables } from './tables.ts'

/** As a sound file has it; a damaged one may give anything but the number. */
export interface FactRow {
  readonly sequence: bigint
  readonly kind: string
  readonly content: Uint8Array
  readonly hash: Uint8Array
}

type Closed = 'posted' | 'released' | 'corrected'

export class Replay {
  readonly counts = { hold: 0, posting: 0, release: 0, correction: 0, confirmation: 0, load: 0, close: 0, resultLost: 0 }
  sequence = 0n
  hash: Uint8Array = new Uint8Array(32)
  readonly #findings: Findings
  readonly #tables: ExpectedTables
  /** Content of a fact that has been walked over: corrections look back at their hold. */
  readonly #contentOf: (sequence: bigint) => Uint8Array | undefined
  readonly #openHolds = new Map<bigint, Row>()
  readonly #closedHolds = new Map<bigint, Closed>()
  readonly #totals = new RunningTotals()
  readonly #loads: ReplayLoads
  readonly #closes: ReplayCloses
  /** What could be confirmed and is not. */
  readonly #awaiting = new Set<bigint>()
  /** Amounts of record by hold, of settlements that were not taken back before. */
  readonly #ofRecord = new Map<bigint, Row>()

  constructor(findings: Findings, tables: ExpectedTables, contentOf: (sequence: bigint) => Uint8Array | undefined) {
    this.#findings = findings
    this.#tables = tables
    this.#contentOf = contentOf
    this.#loads = new ReplayLoads(tables)
    this.#closes = new ReplayCloses(tables)
  }

  get openHoldCount(): number {
    return this.#openHolds.size
  }

  get awaitingCount(): number {
    return this.#awaiting.size
  }

  step(fact: FactRow): void {
    const expected = this.sequence + 1n
    if (fact.sequence !== expected) {
      this.#findings.add({ kind: 'sequence-gap', expected: Number(expected), found: Number(fact.sequence) })
    }
    this.sequence = fact.sequence
    if (!(fact.content instanceof Uint8Array && fact.hash instanceof Uint8Array)) {
      this.#malformed(fact.sequence, 'content or hash is no blob')
      return
    }
    this.#checkHash(fact)
    const content = this.#decode(fact.sequence, fact.content)
    if (content === undefined) return
    if (content.kind !== fact.kind) {
      this.#findings.add({ kind: 'row-changed', table: 'fact', row: `${fact.sequence}`, column: 'kind' })
    }
    this.#apply(content, fact.sequence)
  }

  /** After the last fact. */
  finish(): void {
    for (const [sequence, row] of this.#openHolds) {
      this.#tables.expect('standing', { ...pick(row, 'institution', 'visit_no', 'settlement_id'), sequence, hash: null })
    }
    // The end of the chain, which verify-ledger.ts compares.
    this.#tables.expect('standing', { institution: '', visit_no: '', settlement_id: null })
    for (const sequence of this.#awaiting) this.#tables.expect('awaiting', { sequence })
    this.#totals.finish(this.#tables, this.#findings)
    this.#loads.finish()
    this.#tables.expectNoOther()
  }

  /** The stored hash goes on into the next fact's, so that one changed fact is found once and not ever after. */
  #checkHash({ sequence, content, hash }: FactRow): void {
    const number = new Uint8Array(8)
    new DataView(number.buffer).setBigInt64(0, sequence)
    const computed = createHash('sha256').update(this.hash).update(number).update(content).digest()
    if (!equalBytes(computed, hash)) this.#findings.add({ kind: 'hash', sequence: Number(sequence) })
    this.hash = hash
  }

  #decode(sequence: bigint, content: Uint8Array): Content | undefined {
    try {
      return decodeContent(content)
    } catch (cause) {
      if (!(cause instanceof UnknownContent)) throw cause
      this.#malformed(sequence, cause.message)
      return undefined
    }
  }

  #apply({ kind, row }: Content, sequence: bigint): void {
    switch (kind) {
      case 'hold':
        return this.#hold(row, sequence)
      case 'posting':
        return this.#posting(row, sequence)
      case 'release':
        return this.#release(row, sequence)
      case 'correction':
        return this.#correction(row, sequence)
      case 'confirmation':
        return this.#confirmation(row, sequence)
      case 'load-hold':
        this.counts.load += 1
        return this.#expectOrder(sequence, this.#loads.hold(row, sequence))
      case 'load-posting':
      case 'load-release':
        return this.#loadClosing(row, sequence, kind === 'load-posting')
      case 'close':
        this.counts.close += 1
        return this.#expectOrder(sequence, this.#closes.close(row, sequence))
      default:
        return this.#expectOrder(sequence, this.#closes.reopen(row, sequence))
    }
  }

  #hold(row: Row, sequence: bigint): void {
    this.counts.hold += 1
    this.#openHolds.set(sequence, row)
    for (const identity of brokenIdentities(row)) this.#broken(sequence, identity)
    this.#handOver(row, sequence)
    const resultHash = row['result_hash']
    if (!(resultHash instanceof Uint8Array)) return
    const document = this.#tables.expect('result', { hold: sequence })?.['document']
    if (document === undefined) return
    if (document instanceof Uint8Array && document.length === 0) {
      this.counts.resultLost += 1
      return
    }
    const isSame = document instanceof Uint8Array && equalBytes(createHash('sha256').update(document).digest(), resultHash)
    if (!isSame) this.#findings.add({ kind: 'row-changed', table: 'result', row: `${sequence}`, column: 'document' })
  }

  #handOver(row: Row, sequence: bigint): void {
    const { packs, supplies } = handedOver(row, sequence)
    for (const supply of supplies) this.#tables.expect('supply', supply)
    const whole = new Map<Cell | undefined, boolean>()
    for (const pack of packs) {
      this.#tables.expect('trace_code', pack)
      const { code, split } = pack
      const isWhole = split !== 1n
      const isTwice = whole.has(code) && (isWhole || whole.get(code) === true)
      if (isTwice || this.#isSold(asText(code), isWhole, sequence)) this.#outOfOrder(sequence, 'hands over a pack that is sold')
      whole.set(code, isWhole)
    }
  }

  #isSold(code: string, isWhole: boolean, sequence: bigint): boolean {
    return this.#tables.earlierPacks(code, sequence).some(({ hold, split }) => {
      const closed = this.#closedHolds.get(asInteger(hold))
      return (isWhole || split !== 1n) && closed !== 'released' && closed !== 'corrected'
    })
  }

  #posting(row: Row, sequence: bigint): void {
    this.counts.posting += 1
    const hold = this.#close(row, sequence, 'posted')
    if (hold === undefined) return
    if (!debitAgrees(hold, row)) this.#broken(sequence, 'balance before and after the debit')
    const codes = { med_type: hold['med_type'] ?? '', person_type: hold['person_type'] ?? '' }
    this.#tables.expect('posting', {
      ...pick(hold, ...POSTING_COLUMNS_OF_HOLD),
      ...pick(row, 'hold', 'posted_at'),
      ...(this.#tables.version === 1 ? {} : codes),
      sequence
    })
    this.#awaiting.add(sequence)
    this.#totals.move({ kind: 'settlements', at: asText(row['posted_at']), hold, parts: [{ row: hold, sign: 1n }] })
  }

  #release(row: Row, sequence: bigint): void {
    this.counts.release += 1
    if (this.#close(row, sequence, 'released') === undefined) return
    this.#tables.expect('release', { ...pick(row, 'hold', 'settlement_id', 'proof', 'released_at'), sequence })
  }

  #correction(row: Row, sequence: bigint): void {
    this.counts.correction += 1
    const number = asInteger(row['hold'])
    const hold = this.#closedHolds.get(number) === 'posted' ? this.#holdAt(number) : undefined
    if (hold === undefined || hold['settlement_id'] !== row['settlement_id']) {
      this.#outOfOrder(sequence, 'corrects what was not posted, or was corrected')
      return
    }
    this.#closedHolds.set(number, 'corrected')
    this.#tables.expect('correction', { ...pick(row, 'hold', 'correction_id', 'reason', 'corrected_at'), sequence })
    this.#awaiting.add(sequence)
    const effective = this.#ofRecord.get(number) ?? hold
    this.#totals.move({ kind: 'corrections', at: asText(row['corrected_at']), hold, parts: [{ row: effective, sign: -1n }] })
    this.#loads.owe(number, hold, asInteger(hold['card_account']))
  }

  #confirmation(row: Row, sequence: bigint): void {
    this.counts.confirmation += 1
    const number = asInteger(row['target'])
    const target = this.#awaiting.has(number) ? this.#contentAt(number) : undefined
    if (target === undefined || (target.row['settlement_id'] ?? target.row['load_id']) !== row['id']) {
      this.#outOfOrder(sequence, 'confirms what does not wait for it')
      return
    }
    this.#awaiting.delete(number)
    const [ofRecord, ...more] = rowsOf(row['of_record'])
    this.#tables.expect('confirmation', {
      ...pick(row, 'target', 'id', 'setl_id', 'setl_time'),
      of_record: ofRecord === undefined ? 0n : 1n,
      sequence
    })
    if (ofRecord === undefined) return
    if (target.kind === 'posting' && more.length === 0) this.#adjust(row, sequence, { number: asInteger(target.row['hold']), ofRecord })
    else this.#outOfOrder(sequence, 'gives amounts to what has none')
  }

  /** What had been taken back before its amounts of record were known has nothing left to adjust. */
  #adjust(row: Row, sequence: bigint, { number, ofRecord }: { readonly number: bigint; readonly ofRecord: Row }): void {
    const hold = this.#holdAt(number)
    if (hold === undefined) return
    for (const identity of brokenOfRecord(ofRecord, hold)) this.#broken(sequence, identity)
    if (this.#closedHolds.get(number) !== 'posted') return
    this.#ofRecord.set(number, ofRecord)
    const at = asText(row['confirmed_at'])
    const differences = AMOUNT_COLUMNS.map((column) => [column, asInteger(ofRecord[column]) - asInteger(hold[column])] as const)
    this.#tables.expect('adjustment', { hold: number, sequence, adjusted_at: at, ...Object.fromEntries(differences) })
    this.#totals.move({ kind: 'adjustments', at, hold, parts: [{ row: ofRecord, sign: 1n }, { row: hold, sign: -1n }] })
    const kept = asInteger(ofRecord['account']) - asInteger(ofRecord['mutual_aid'])
    const debited = asInteger(hold['card_account'])
    if (kept < debited) this.#loads.owe(number, hold, debited - kept)
  }

  #loadClosing(row: Row, sequence: bigint, posted: boolean): void {
    const { broken, agrees } = this.#loads.close(row, sequence, posted)
    this.#expectOrder(sequence, broken)
    if (!agrees) this.#broken(sequence, 'balance before and after the load')
    if (posted && broken === undefined) this.#awaiting.add(sequence)
  }

  /** The hold that this fact closes, if it was open and is the same settlement's. */
  #close(row: Row, sequence: bigint, closed: Closed): Row | undefined {
    const number = asInteger(row['hold'])
    const hold = this.#openHolds.get(number)
    if (hold === undefined || hold['settlement_id'] !== row['settlement_id']) {
      this.#outOfOrder(sequence, 'closes a hold that is not open')
      return undefined
    }
    this.#openHolds.delete(number)
    this.#closedHolds.set(number, closed)
    return hold
  }

  #contentAt(sequence: bigint): Content | undefined {
    const content = this.#contentOf(sequence)
    return content === undefined ? undefined : this.#decode(sequence, content)
  }

  #holdAt(sequence: bigint): Row | undefined {
    return this.#contentAt(sequence)?.row
  }

  #expectOrder(sequence: bigint, broken: string | undefined): void {
    if (broken !== undefined) this.#outOfOrder(sequence, broken)
  }

  #malformed(sequence: bigint, detail: string): void {
    this.#findings.add({ kind: 'malformed-content', sequence: Number(sequence), detail })
  }

  #outOfOrder(sequence: bigint, rule: string): void {
    this.#findings.add({ kind: 'out-of-order', sequence: Number(sequence), rule })
  }

  #broken(sequence: bigint, identity: string): void {
    this.#findings.add({ kind: 'identity', sequence: Number(sequence), identity })
  }
}

const POSTING_COLUMNS_OF_HOLD = [
  'settlement_id', 'institution', 'visit_no', 'person_no', 'insurance_type', 'policy_year', ...AMOUNT_COLUMNS
] as const
