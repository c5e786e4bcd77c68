/**
 * Walks the facts from the first to the last, as an accountant would who has nothing but the log: recomputes the chain,
 * checks that each fact may follow those before it, and says what every table must hold because of it.
 */

import { createHash } from 'node:crypto'
import type { Content, Row } from './decode-content.ts'
import { decodeContent, decodeCounters, FUND_COLUMNS, UnknownContent } from './decode-content.ts'
import type { Findings } from './finding.ts'
import { asInteger, asText, brokenIdentities, debitAgrees, rowsOf } from './identities.ts'
import { equalBytes, nameOf, type ExpectedTables } from './tables.ts'

/** As a sound file has it; a damaged one may give anything but the number. */
export interface FactRow {
  readonly sequence: bigint
  readonly kind: string
  readonly content: Uint8Array
  readonly hash: Uint8Array
}

interface Accumulator {
  readonly key: Row
  readonly counters: Map<string, bigint>
}

type Closed = 'posted' | 'released' | 'corrected'

export class Replay {
  readonly counts = { hold: 0, posting: 0, release: 0, correction: 0 }
  sequence = 0n
  hash: Uint8Array = new Uint8Array(32)
  readonly #findings: Findings
  readonly #tables: ExpectedTables
  /** Content of a fact that has been walked over: corrections look back at their hold. */
  readonly #contentOf: (sequence: bigint) => Uint8Array | undefined
  readonly #openHolds = new Map<bigint, Row>()
  readonly #closedHolds = new Map<bigint, Closed>()
  readonly #accumulators = new Map<string, Accumulator>()

  constructor(findings: Findings, tables: ExpectedTables, contentOf: (sequence: bigint) => Uint8Array | undefined) {
    this.#findings = findings
    this.#tables = tables
    this.#contentOf = contentOf
  }

  get openHoldCount(): number {
    return this.#openHolds.size
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
    for (const accumulator of this.#accumulators.values()) this.#checkAccumulator(accumulator)
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
      default:
        return this.#correction(row, sequence)
    }
  }

  #hold(row: Row, sequence: bigint): void {
    this.counts.hold += 1
    this.#openHolds.set(sequence, row)
    for (const identity of brokenIdentities(row)) this.#broken(sequence, identity)
  }

  #posting(row: Row, sequence: bigint): void {
    this.counts.posting += 1
    const hold = this.#close(row, sequence, 'posted')
    if (hold === undefined) return
    if (!debitAgrees(hold, row)) this.#broken(sequence, 'balance before and after the debit')
    this.#tables.expect('posting', { ...pick(hold, ...POSTING_COLUMNS_OF_HOLD), ...pick(row, 'hold', 'posted_at'), sequence })
    this.#moveCounters(hold, 1n)
  }

  #release(row: Row, sequence: bigint): void {
    this.counts.release += 1
    if (this.#close(row, sequence, 'released') === undefined) return
    this.#tables.expect('release', { ...pick(row, 'hold', 'settlement_id', 'proof', 'released_at'), sequence })
  }

  #correction(row: Row, sequence: bigint): void {
    this.counts.correction += 1
    const number = asInteger(row['hold'])
    const content = this.#closedHolds.get(number) === 'posted' ? this.#contentOf(number) : undefined
    const hold = content === undefined ? undefined : this.#decode(number, content)?.row
    if (hold === undefined || hold['settlement_id'] !== row['settlement_id']) {
      this.#outOfOrder(sequence, 'corrects what was not posted, or was corrected')
      return
    }
    this.#closedHolds.set(number, 'corrected')
    this.#tables.expect('correction', { ...pick(row, 'hold', 'correction_id', 'reason', 'corrected_at'), sequence })
    this.#moveCounters(hold, -1n)
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

  #moveCounters(hold: Row, sign: bigint): void {
    const key = pick(hold, 'person_no', 'insurance_type', 'policy_year')
    const name = JSON.stringify(Object.values(key).map((cell) => nameOf([cell])))
    const accumulator = this.#accumulators.get(name) ?? { key, counters: new Map<string, bigint>() }
    const { counters } = accumulator
    this.#accumulators.set(name, accumulator)
    for (const { name: counter, amount } of rowsOf(hold['counters'])) {
      const total = (counters.get(asText(counter)) ?? 0n) + sign * asInteger(amount)
      counters.set(asText(counter), total)
    }
  }

  #checkAccumulator({ key, counters }: Accumulator): void {
    const stored = this.#tables.expect('accumulator', key)?.['counters']
    if (!(stored instanceof Uint8Array)) return
    const moved = [...counters].filter(([, amount]) => amount !== 0n)
    const expected = moved.toSorted(([left], [right]) => (left < right ? -1 : 1))
    if (!sameCounters(expected, stored)) {
      const row = nameOf(Object.values(key))
      this.#findings.add({ kind: 'row-changed', table: 'accumulator', row, column: 'counters' })
    }
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
  'settlement_id', 'institution', 'visit_no', 'person_no', 'insurance_type', 'policy_year',
  'total', 'own_pay', 'over_ceiling', 'pre_pay', 'in_scope', 'deductible', ...FUND_COLUMNS, 'fund_paid',
  'personal', 'account', 'mutual_aid', 'cash', 'hospital'
] as const

function sameCounters(expected: readonly (readonly [string, bigint])[], stored: Uint8Array): boolean {
  try {
    const rows = decodeCounters(stored)
    return (
      rows.length === expected.length &&
      rows.every(({ name, amount }, index) => name === expected[index]?.[0] && amount === expected[index]?.[1])
    )
  } catch (cause) {
    if (cause instanceof UnknownContent) return false
    throw cause
  }
}

const pick = (row: Row, ...names: readonly string[]): Row =>
  Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
