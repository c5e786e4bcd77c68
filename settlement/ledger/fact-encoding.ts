/** A fact to its canonical bytes, in the order of the tables in README.md. `fact-decoding.ts` is its mirror. */

import { invariant, never } from '../../base/invariant.ts'
import type { Counters } from '../calculation/counters.ts'
import { FUNDS, type Amounts } from '../calculation/settlement-result.ts'
import type { DebitEvidence, DebitIntent } from '../payment/payment-device.ts'
import { fen, type Fen } from '../money/fen.ts'
import { CanonicalWriter } from './canonical.ts'
import type { Fact, LedgerLine, Terms } from './fact.ts'

/** First value of every content. A change of the encoding takes the next number, and readers keep the old ones. */
export const ENCODING_VERSION = 1

/** Names of counters sort alike as bytes and as text, because they are plain ASCII. */
const COUNTER_NAME = /^[a-z][A-Za-z0-9_]{0,63}$/

const writer = new CanonicalWriter()

export function encodeFact(fact: Fact): Uint8Array {
  writer.finish()
  writer.integer(ENCODING_VERSION).text(fact.kind)
  switch (fact.kind) {
    case 'hold':
      writer.text(fact.settlementId)
      writeTerms(fact)
      writeIntent(fact.intent)
      writer.bytes(fact.result).text(fact.heldAt)
      break
    case 'posting':
      writer.text(fact.settlementId).integer(fact.hold)
      writeEvidence(fact.evidence)
      writer.text(fact.postedAt)
      break
    case 'release':
      writer.text(fact.settlementId).integer(fact.hold).text(fact.proof).text(fact.releasedAt)
      break
    case 'correction':
      writer.text(fact.correctionId).text(fact.settlementId).integer(fact.hold)
      writer.text(fact.reason).text(fact.correctedAt)
      break
    default:
      return never(fact)
  }
  return writer.finish()
}

/** Counters that stand at zero are left out, so that equal counters have equal bytes. */
export function encodeCounters(counters: Counters): Uint8Array {
  writer.finish()
  writeCounters(counters)
  return writer.finish()
}

/** What goes upstream: the contents of a posting and its hold, or of a correction, as a list of bytes. */
export function encodeDocument(contents: readonly Uint8Array[]): Uint8Array {
  writer.finish()
  writer.list(contents, (content) => writer.bytes(content))
  return writer.finish()
}

function writeTerms(terms: Terms): void {
  writer.text(terms.visit.institution).text(terms.visit.visitNo)
  writer.text(terms.personNo).text(terms.insuranceType).integer(terms.policyYear)
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

/** Asserted once more on the way in: what is no amount in fen never becomes durable. */
function writeMoney(...amounts: readonly Fen[]): void {
  for (const amount of amounts) writer.integer(fen(amount))
}
