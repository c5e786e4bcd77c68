/**
 * A batch as a terminal of another maker writes it: every fact in its readable form, as settlement/batch/README.md has it. Our
 * own terminals send what their ledger keeps, so nothing of ours but these tests writes the form that every centre must read.
 */

import { invariant, never } from '../../base/invariant.ts'
import { FRAMES_VERSION, NO_BATCH, type BatchHead, type ChainLink } from '../../settlement/batch/batch.ts'
import { CLAIM_MARK } from '../../settlement/batch/decode-batch.ts'
import { encodeBatch } from './encode-batch.ts'
import type { OtherFact } from '../../settlement/batch/fact-entry.ts'
import { claimLinesOf, nameOf, type HoldFact } from '../../settlement/batch/hold-entry.ts'
import { writeAmounts, writeCounters } from '../../settlement/batch/money-fields.ts'
import type { LedgerLine, OfRecord } from '../../settlement/ledger/fact.ts'
import { decodeContent, type DecodedFact } from '../../settlement/ledger/fact-decoding.ts'
import { formatFen, type Fen } from '../../settlement/money/fen.ts'
import type { LoadEvidence, LoadIntent } from '../../settlement/payment/load-device.ts'
import type { DebitEvidence, DebitIntent } from '../../settlement/payment/payment-device.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The links follow each other one by one from `head.first`. */
export function readableBatch(head: BatchHead, links: readonly ChainLink[]): Uint8Array {
  invariant(links.length === head.count, `${links.length} facts in a batch of ${head.count}`)
  let text = `${JSON.stringify(head)}\n`
  for (const [index, link] of links.entries()) {
    invariant(link.sequence === head.first + index, `fact ${link.sequence} where ${head.first + index} belongs`)
    text += `${readableEntry(link)}\n`
  }
  return encoder.encode(text)
}

/** Each fact as its content in base64. */
export function contentBatch(head: BatchHead, links: readonly ChainLink[]): Uint8Array {
  return encoder.encode(`${JSON.stringify(head)}\n${links.map((link) => `${contentEntry(link)}\n`).join('')}`)
}

const contentEntry = ({ sequence, hash, content }: ChainLink): string =>
  `{"sequence":${sequence},"hash":"${hash}","content":"${Buffer.from(content).toString('base64')}"}`

/** Each fact as its content, in a frame: as a terminal of ours sends it. */
export function framesBatch(head: BatchHead, links: readonly ChainLink[], before = NO_BATCH): Uint8Array {
  const chain: [string, string] = [before, links.at(-1)?.hash ?? before]
  return encodeBatch({ ...head, version: FRAMES_VERSION, chain }, links.map(({ content }) => content))
}

/** One line without its end. What the readable form cannot say exactly goes as its content. */
export function readableEntry(link: ChainLink): string {
  const { encoding, fact, resultHash }: DecodedFact = decodeContent(link.content)
  const place = { sequence: link.sequence, hash: link.hash }
  if (encoding === 2 && fact.kind !== 'hold') return JSON.stringify({ ...place, ...writeFact(fact) })
  if (fact.kind === 'hold' && resultHash !== undefined) {
    const claim = readableClaim(fact.claim)
    if (claim !== undefined) {
      const fields = JSON.stringify({ ...place, kind: 'hold', ...writeHold(fact, resultHash, claim.document) })
      return `${fields.slice(0, -1)}${CLAIM_MARK}${claim.text}}`
    }
  }
  return contentEntry(link)
}

/** undefined: no JSON object on one line. */
function readableClaim(bytes: Uint8Array): { readonly text: string; readonly document: object } | undefined {
  try {
    const text = decoder.decode(bytes)
    if (text.includes('\n')) return undefined
    const document: unknown = JSON.parse(text)
    return typeof document === 'object' && document !== null ? { text, document } : undefined
  } catch (cause) {
    // Bytes that are not UTF-8, or text that is not JSON.
    if (cause instanceof TypeError || cause instanceof SyntaxError) return undefined
    throw cause
  }
}

/** Everything but the claim. */
function writeHold(hold: HoldFact, resultHash: Uint8Array, claim: unknown): object {
  const claimLines = claimLinesOf(claim)
  return {
    settlementId: hold.settlementId,
    institution: hold.visit.institution,
    visitNo: hold.visit.visitNo,
    personNo: hold.personNo,
    insuranceType: hold.insuranceType,
    policyYear: hold.policyYear,
    medType: hold.medType,
    personType: hold.personType,
    policy: hold.policy.id,
    policyVersion: hold.policy.version,
    amounts: writeAmounts(hold.amounts),
    counters: writeCounters(hold.counters),
    intent: writeIntent(hold.intent),
    resultHash: Buffer.from(resultHash).toString('hex'),
    heldAt: hold.heldAt,
    lines: hold.lines.map((line, index) => writeLine(line, claimLines?.[index], index))
  }
}

function writeIntent(intent: DebitIntent): object {
  return {
    cardId: intent.cardId,
    serialBefore: intent.serialBefore,
    balanceBefore: intent.balanceBefore === undefined ? undefined : formatFen(intent.balanceBefore),
    terminalNo: intent.terminalNo,
    terminalSerial: intent.terminalSerial,
    time: intent.time,
    account: formatFen(intent.amounts.account),
    own: formatFen(intent.amounts.own),
    pooled: formatFen(intent.amounts.pooled)
  }
}

function writeLine(line: LedgerLine, claimed: unknown, index: number): readonly string[] {
  const amounts = [line.amount, line.ownPay, line.overCeiling, line.prePay, line.inScope].map(formatFen)
  const name = nameOf(claimed, index)
  const isNamed = name?.lineNo === line.lineNo && name.itemCode === line.itemCode && name.itemName === line.itemName
  return isNamed ? amounts : [line.lineNo, line.itemCode, line.itemName, ...amounts]
}

function writeFact(fact: OtherFact): object {
  switch (fact.kind) {
    case 'posting':
      return { ...fact, evidence: writeEvidence(fact.evidence) }
    case 'load-posting':
      return { ...fact, evidence: writeEvidence(fact.evidence) }
    case 'confirmation':
      return { ...fact, ofRecord: fact.ofRecord === undefined ? undefined : writeOfRecord(fact.ofRecord) }
    case 'load-hold':
      return { ...fact, intent: writeLoadIntent(fact.intent) }
    case 'close':
      return { ...fact, report: Buffer.from(fact.report).toString('base64') }
    case 'release':
    case 'correction':
    case 'load-release':
    case 'reopen':
      return fact
    default:
      return never(fact)
  }
}

const yuan = (amount: Fen | undefined): string | undefined => (amount === undefined ? undefined : formatFen(amount))

const writeEvidence = (evidence: DebitEvidence | LoadEvidence): object => ({ ...evidence, balanceAfter: yuan(evidence.balanceAfter) })

const writeLoadIntent = (intent: LoadIntent): object => ({
  ...intent,
  balanceBefore: formatFen(intent.balanceBefore),
  amount: formatFen(intent.amount)
})

const writeOfRecord = ({ amounts, counters, reason }: OfRecord): object => ({
  amounts: writeAmounts(amounts),
  counters: writeCounters(counters),
  reason
})

