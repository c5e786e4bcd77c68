/** Canonical bytes back to the fact. Throws MalformedContent on bytes that `fact-encoding.ts` cannot have made. */

import { fen, FEN_MAX, type Fen } from '../money/fen.ts'
import type { Counters } from '../calculation/counters.ts'
import { FUNDS, type Amounts, type Fund } from '../calculation/settlement-result.ts'
import type { DebitEvidence, DebitIntent } from '../payment/payment-device.ts'
import { CanonicalReader, MalformedContent } from './canonical.ts'
import { ENCODING_VERSION } from './fact-encoding.ts'
import type { Fact, LedgerLine, Terms } from './fact.ts'

export function decodeFact(content: Uint8Array): Fact {
  const reader = new CanonicalReader(content)
  const version = reader.integer()
  if (version !== ENCODING_VERSION) throw new MalformedContent(`encoding version ${version} is unknown`)
  const fact = readFact(reader, reader.text())
  reader.end()
  return fact
}

export function decodeCounters(content: Uint8Array): Counters {
  const reader = new CanonicalReader(content)
  const counters = readCounters(reader)
  reader.end()
  return counters
}

function readFact(reader: CanonicalReader, kind: string): Fact {
  switch (kind) {
    case 'hold':
      return {
        kind,
        settlementId: reader.text(),
        ...readTerms(reader),
        intent: readIntent(reader),
        result: reader.bytes(),
        heldAt: reader.text()
      }
    case 'posting':
      return {
        kind,
        settlementId: reader.text(),
        hold: reader.integer(),
        evidence: readEvidence(reader),
        postedAt: reader.text()
      }
    case 'release':
      return {
        kind,
        settlementId: reader.text(),
        hold: reader.integer(),
        proof: reader.text(),
        releasedAt: reader.text()
      }
    case 'correction':
      return {
        kind,
        correctionId: reader.text(),
        settlementId: reader.text(),
        hold: reader.integer(),
        reason: reader.text(),
        correctedAt: reader.text()
      }
    default:
      throw new MalformedContent(`"${kind}" is no kind of fact`)
  }
}

function readTerms(reader: CanonicalReader): Terms {
  return {
    visit: { institution: reader.text(), visitNo: reader.text() },
    personNo: reader.text(),
    insuranceType: reader.text(),
    policyYear: reader.integer(),
    policy: { id: reader.text(), version: reader.text() },
    amounts: readAmounts(reader),
    lines: reader.list(() => readLine(reader)),
    counters: readCounters(reader)
  }
}

function readAmounts(reader: CanonicalReader): Amounts {
  return {
    total: readFen(reader),
    ownPay: readFen(reader),
    overCeiling: readFen(reader),
    prePay: readFen(reader),
    inScope: readFen(reader),
    deductible: readFen(reader),
    funds: Object.fromEntries(FUNDS.map((fund) => [fund, readFen(reader)])) as Record<Fund, Fen>,
    fundPaid: readFen(reader),
    personal: readFen(reader),
    account: readFen(reader),
    mutualAid: readFen(reader),
    cash: readFen(reader),
    hospital: readFen(reader)
  }
}

function readLine(reader: CanonicalReader): LedgerLine {
  return {
    lineNo: reader.text(),
    itemCode: reader.text(),
    itemName: reader.text(),
    amount: readFen(reader),
    ownPay: readFen(reader),
    overCeiling: readFen(reader),
    prePay: readFen(reader),
    inScope: readFen(reader)
  }
}

function readCounters(reader: CanonicalReader): Counters {
  return Object.fromEntries(reader.list(() => [reader.text(), readFen(reader)]))
}

function readIntent(reader: CanonicalReader): DebitIntent {
  return {
    cardId: reader.text(),
    serialBefore: reader.integer(),
    balanceBefore: reader.optional(() => readFen(reader)),
    terminalNo: reader.text(),
    terminalSerial: reader.integer(),
    time: reader.text(),
    amounts: { account: readFen(reader), own: readFen(reader), pooled: readFen(reader) }
  }
}

function readEvidence(reader: CanonicalReader): DebitEvidence {
  return {
    source: readSource(reader.text()),
    tac: reader.optional(() => reader.text()),
    mac2: reader.optional(() => reader.text()),
    serialAfter: reader.integer(),
    balanceAfter: reader.optional(() => readFen(reader))
  }
}

function readSource(text: string): DebitEvidence['source'] {
  if (text === 'debit-answer' || text === 'transaction-prove' || text === 'transaction-log') return text
  throw new MalformedContent(`"${text}" is no source of evidence`)
}

function readFen(reader: CanonicalReader): Fen {
  const amount = reader.integer()
  if (Math.abs(amount) > FEN_MAX) throw new MalformedContent(`${amount} is no amount in fen`)
  return fen(amount)
}
