/** A fact to its canonical bytes, in the order of the tables in README.md. `fact-decoding.ts` is its mirror. */

import { hash } from 'node:crypto'
import { invariant, never } from '../../base/invariant.ts'
import type { Counters } from '../calculation/counters.ts'
import { FUNDS, type Amounts } from '../calculation/settlement-result.ts'
import type { LoadEvidence, LoadIntent } from '../payment/load-device.ts'
import type { DebitEvidence, DebitIntent } from '../payment/payment-device.ts'
import { fen, type Fen } from '../money/fen.ts'
import { CanonicalWriter } from './canonical.ts'
import type { Fact, FactOf, LedgerLine, LoadPurpose, OfRecord, Terms } from './fact.ts'

/**
 * First value of every content. A change of the encoding takes the next number, and readers keep the old ones. 1: a hold had
 * its result and no claim.
 */
export const ENCODING_VERSION = 2

/** The kinds of fact that there were in encoding 1. */
export type FirstKind = 'hold' | 'posting' | 'release' | 'correction'

/** Names of counters sort alike as bytes and as text, because they are plain ASCII. */
const COUNTER_NAME = /^[a-z][A-Za-z0-9_]{0,63}$/

const writer = new CanonicalWriter()

/** What a hold's content covers of its result, which lies beside the chain. */
export const resultHash = (result: Uint8Array): Uint8Array => new Uint8Array(hash('sha256', result, 'buffer'))

/**
 * `hashOfResult` is for who has the hold and not its result, such as a centre; everybody else leaves it out, and the hold's
 * own result is hashed.
 */
export function encodeFact(fact: Fact, hashOfResult?: Uint8Array): Uint8Array {
  writer.finish()
  writer.integer(ENCODING_VERSION).text(fact.kind)
  switch (fact.kind) {
    case 'hold':
      writer.text(fact.settlementId)
      writeTerms(fact, ENCODING_VERSION)
      writeIntent(fact.intent)
      writer.bytes(fact.claim).bytes(hashOfResult ?? resultHash(fact.result)).text(fact.heldAt)
      break
    case 'confirmation':
      writer.text(fact.id).integer(fact.target).text(fact.setlId).text(fact.setlTime)
      writer.list(fact.ofRecord === undefined ? [] : [fact.ofRecord], writeOfRecord)
      writer.text(fact.confirmedAt)
      break
    case 'load-hold':
      writer.text(fact.loadId)
      writePurpose(fact.purpose)
      writeLoadIntent(fact.intent)
      writer.text(fact.heldAt)
      break
    case 'load-posting':
      writer.text(fact.loadId).integer(fact.hold)
      writeLoadEvidence(fact.evidence)
      writer.text(fact.postedAt)
      break
    case 'load-release':
      writer.text(fact.loadId).integer(fact.hold).text(fact.proof).text(fact.releasedAt)
      break
    case 'close':
      writer.text(fact.day).bytes(fact.report).text(fact.signature).text(fact.closedAt)
      break
    case 'reopen':
      writer.text(fact.day).integer(fact.close).text(fact.reason).text(fact.reopenedAt)
      break
    default:
      writeAlike(fact)
  }
  return writer.finish()
}

/** As ledgers of encoding 1 have it, with the result inside a hold: for who compares or copies such a ledger. */
export function encodeFactInEncoding1(fact: FactOf<FirstKind>): Uint8Array {
  writer.finish()
  writer.integer(1).text(fact.kind)
  if (fact.kind === 'hold') {
    writer.text(fact.settlementId)
    writeTerms(fact, 1)
    writeIntent(fact.intent)
    writer.bytes(fact.result).text(fact.heldAt)
  } else {
    writeAlike(fact)
  }
  return writer.finish()
}

/** What both encodings write alike. */
function writeAlike(fact: FactOf<Exclude<FirstKind, 'hold'>>): void {
  switch (fact.kind) {
    case 'posting':
      writer.text(fact.settlementId).integer(fact.hold)
      writeEvidence(fact.evidence)
      writer.text(fact.postedAt)
      return
    case 'release':
      writer.text(fact.settlementId).integer(fact.hold).text(fact.proof).text(fact.releasedAt)
      return
    case 'correction':
      writer.text(fact.correctionId).text(fact.settlementId).integer(fact.hold)
      writer.text(fact.reason).text(fact.correctedAt)
      return
    default:
      return never(fact)
  }
}

/** Counters that stand at zero are left out, so that equal counters have equal bytes. */
export function encodeCounters(counters: Counters): Uint8Array {
  writer.finish()
  writeCounters(counters)
  return writer.finish()
}

function writeTerms(terms: Terms, encoding: 1 | 2): void {
  writer.text(terms.visit.institution).text(terms.visit.visitNo)
  writer.text(terms.personNo).text(terms.insuranceType).integer(terms.policyYear)
  if (encoding > 1) writer.text(terms.medType).text(terms.personType)
  writer.text(terms.policy.id).text(terms.policy.version)
  writeAmounts(terms.amounts)
  writer.list(terms.lines, writeLine)
  writeCounters(terms.counters)
}

function writeAmounts(amounts: Amounts): void {
  writeMoney(amounts.total, amounts.ownPay, amounts.overCeiling, amounts.prePay, amounts.inScope, amounts.deductible)
  for (const fund of FUNDS) writeMoney(amounts.funds[fund])
  writeMoney(amounts.fundPaid, amounts.personal, amounts.account, amounts.mutualAid, amounts.cash, amounts.hospital)
}

function writeLine(line: LedgerLine): void {
  writer.text(line.lineNo).text(line.itemCode).text(line.itemName)
  writeMoney(line.amount, line.ownPay, line.overCeiling, line.prePay, line.inScope)
}

function writeCounters(counters: Counters): void {
  const moved = Object.entries(counters).filter(([, amount]) => amount !== 0)
  moved.sort(([left], [right]) => (left < right ? -1 : 1))
  writer.list(moved, ([name, amount]) => {
    invariant(COUNTER_NAME.test(name), `"${name}" is no name of a counter`)
    writer.text(name)
    writeMoney(amount)
  })
}

function writeIntent(intent: DebitIntent): void {
  writer.text(intent.cardId).integer(intent.serialBefore)
  writer.optional(intent.balanceBefore, writeMoney)
  writer.text(intent.terminalNo).integer(intent.terminalSerial).text(intent.time)
  writeMoney(intent.amounts.account, intent.amounts.own, intent.amounts.pooled)
}

function writeEvidence(evidence: DebitEvidence): void {
  writer.text(evidence.source)
  writer.optional(evidence.tac, (tac) => writer.text(tac))
  writer.optional(evidence.mac2, (mac2) => writer.text(mac2))
  writer.integer(evidence.serialAfter)
  writer.optional(evidence.balanceAfter, writeMoney)
}

function writeOfRecord(ofRecord: OfRecord): void {
  writeAmounts(ofRecord.amounts)
  writeCounters(ofRecord.counters)
  writer.text(ofRecord.reason)
}

function writePurpose(purpose: LoadPurpose): void {
  writer.text(purpose.kind).text(purpose.kind === 'refund' ? purpose.settlementId : purpose.creditId)
}

function writeLoadIntent(intent: LoadIntent): void {
  writer.text(intent.cardId).integer(intent.serialBefore)
  writeMoney(intent.balanceBefore, intent.amount)
  writer.text(intent.terminalNo).text(intent.time).text(intent.mac2)
}

function writeLoadEvidence(evidence: LoadEvidence): void {
  writer.text(evidence.source)
  writer.optional(evidence.tac, (tac) => writer.text(tac))
  writer.integer(evidence.serialAfter)
  writer.optional(evidence.balanceAfter, writeMoney)
}

/** Asserted once more on the way in: what is no amount in fen never becomes durable. */
function writeMoney(...amounts: readonly Fen[]): void {
  for (const amount of amounts) writer.integer(fen(amount))
}
