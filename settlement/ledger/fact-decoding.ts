/** Canonical bytes back to the fact. Throws MalformedContent on bytes that `fact-encoding.ts` cannot have made. */

import { fen, FEN_MAX, type Fen } from '../money/fen.ts'
import type { Counters } from '../calculation/counters.ts'
import type { Amounts, Fund } from '../calculation/settlement-result.ts'
import type { LoadEvidence, LoadIntent } from '../payment/load-device.ts'
import type { DebitEvidence, DebitIntent } from '../payment/payment-device.ts'
import { CanonicalReader, MalformedContent } from './canonical.ts'
import { HASH_LENGTH } from './chain.ts'
import type { FirstKind } from './fact-encoding.ts'
import type { Fact, FactOf, LedgerLine, LoadPurpose, OfRecord, Terms } from './fact.ts'

export interface DecodedFact {
  readonly encoding: 1 | 2
  /** A hold of encoding 2 has an empty result here: it lies beside the chain. */
  readonly fact: Fact
  /** SHA-256 of the result: of holds of encoding 2 only. */
  readonly resultHash: Uint8Array | undefined
}

/** Everything that the content says. */
export function decodeContent(content: Uint8Array): DecodedFact {
  const reader = new CanonicalReader(content)
  const encoding = reader.integer()
  if (encoding !== 1 && encoding !== 2) throw new MalformedContent(`encoding version ${encoding} is unknown`)
  const kind = reader.text()
  const decoded = decodedOf(reader, encoding, kind)
  reader.end()
  return decoded
}

/** A hold of encoding 2 comes with an empty result. */
export const decodeFact = (content: Uint8Array): Fact => decodeContent(content).fact

function decodedOf(reader: CanonicalReader, encoding: 1 | 2, kind: string): DecodedFact {
  if (kind === 'hold') return readHold(reader, encoding)
  return { encoding, fact: encoding === 1 ? readAlike(reader, kind) : readFact(reader, kind), resultHash: undefined }
}

export function decodeCounters(content: Uint8Array): Counters {
  const reader = new CanonicalReader(content)
  const counters = readCounters(reader)
  reader.end()
  return counters
}

function readHold(reader: CanonicalReader, encoding: 1 | 2): DecodedFact {
  const head = { kind: 'hold', settlementId: reader.text(), ...readTerms(reader, encoding), intent: readIntent(reader) } as const
  if (encoding === 1) {
    const fact = { ...head, claim: new Uint8Array(0), result: reader.bytes(), heldAt: reader.text() }
    return { encoding, fact, resultHash: undefined }
  }
  const claim = reader.bytes()
  const resultHash = reader.bytes()
  if (resultHash.length !== HASH_LENGTH) throw new MalformedContent(`a hash of ${resultHash.length} bytes`)
  return { encoding, fact: { ...head, claim, result: new Uint8Array(0), heldAt: reader.text() }, resultHash }
}

function readFact(reader: CanonicalReader, kind: string): Fact {
  switch (kind) {
    case 'confirmation':
      return {
        kind,
        id: reader.text(),
        target: reader.integer(),
        setlId: reader.text(),
        setlTime: reader.text(),
        ofRecord: readOfRecord(reader),
        confirmedAt: reader.text()
      }
    case 'load-hold':
      return {
        kind,
        loadId: reader.text(),
        purpose: readPurpose(reader),
        intent: readLoadIntent(reader),
        heldAt: reader.text()
      }
    case 'load-posting':
      return {
        kind,
        loadId: reader.text(),
        hold: reader.integer(),
        evidence: readLoadEvidence(reader),
        postedAt: reader.text()
      }
    case 'load-release':
      return { kind, loadId: reader.text(), hold: reader.integer(), proof: reader.text(), releasedAt: reader.text() }
    case 'close':
      return { kind, day: reader.text(), report: reader.bytes(), signature: reader.text(), closedAt: reader.text() }
    case 'reopen':
      return { kind, day: reader.text(), close: reader.integer(), reason: reader.text(), reopenedAt: reader.text() }
    default:
      return readAlike(reader, kind)
  }
}

/** What both encodings write alike. */
function readAlike(reader: CanonicalReader, kind: string): FactOf<Exclude<FirstKind, 'hold'>> {
  switch (kind) {
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

function readTerms(reader: CanonicalReader, encoding: 1 | 2): Terms {
  return {
    visit: { institution: reader.text(), visitNo: reader.text() },
    personNo: reader.text(),
    insuranceType: reader.text(),
    policyYear: reader.integer(),
    medType: encoding === 1 ? '' : reader.text(),
    personType: encoding === 1 ? '' : reader.text(),
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
    funds: readFunds(reader),
    fundPaid: readFen(reader),
    personal: readFen(reader),
    account: readFen(reader),
    mutualAid: readFen(reader),
    cash: readFen(reader),
    hospital: readFen(reader)
  }
}

function readFunds(reader: CanonicalReader): Readonly<Record<Fund, Fen>> {
  return {
    hifp_pay: readFen(reader),
    hifob_pay: readFen(reader),
    hifmi_pay: readFen(reader),
    hifes_pay: readFen(reader),
    cvlserv_pay: readFen(reader),
    hifdm_pay: readFen(reader),
    maf_pay: readFen(reader),
    oth_pay: readFen(reader)
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
  const counters: Record<string, Fen> = {}
  reader.list(() => {
    const name = reader.text()
    // What every object inherits is no counter of ours, and cannot be set like one.
    if (name === '__proto__') throw new MalformedContent(`"${name}" is no name of a counter`)
    counters[name] = readFen(reader)
  })
  return counters
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

function readOfRecord(reader: CanonicalReader): OfRecord | undefined {
  const [ofRecord, ...more] = reader.list(() => ({
    amounts: readAmounts(reader),
    counters: readCounters(reader),
    reason: reader.text()
  }))
  if (more.length > 0) throw new MalformedContent('a confirmation with two amounts of record')
  return ofRecord
}

function readPurpose(reader: CanonicalReader): LoadPurpose {
  const [kind, id] = [reader.text(), reader.text()]
  if (kind === 'refund') return { kind, settlementId: id }
  if (kind === 'credit') return { kind, creditId: id }
  throw new MalformedContent(`"${kind}" is no purpose of a load`)
}

function readLoadIntent(reader: CanonicalReader): LoadIntent {
  return {
    cardId: reader.text(),
    serialBefore: reader.integer(),
    balanceBefore: readFen(reader),
    amount: readFen(reader),
    terminalNo: reader.text(),
    time: reader.text(),
    mac2: reader.text()
  }
}

function readLoadEvidence(reader: CanonicalReader): LoadEvidence {
  return {
    source: readLoadSource(reader.text()),
    tac: reader.optional(() => reader.text()),
    serialAfter: reader.integer(),
    balanceAfter: reader.optional(() => readFen(reader))
  }
}

function readLoadSource(text: string): LoadEvidence['source'] {
  if (text === 'credit-answer' || text === 'transaction-prove' || text === 'transaction-log') return text
  throw new MalformedContent(`"${text}" is no source of evidence of a load`)
}

function readFen(reader: CanonicalReader): Fen {
  const amount = reader.integer()
  if (Math.abs(amount) > FEN_MAX) throw new MalformedContent(`${amount} is no amount in fen`)
  return fen(amount)
}
