/** Every fact but the hold on its line: its own fields under their own names, amounts in yuan, bytes in base64. */

import { never } from '../../base/invariant.ts'
import type { Fact, FactOf, LoadPurpose, OfRecord } from '../ledger/fact.ts'
import type { LoadEvidence, LoadIntent } from '../payment/load-device.ts'
import type { DebitEvidence } from '../payment/payment-device.ts'
import { readAmounts, readCounters } from './money-fields.ts'
import { fieldsOf, identifier, integer, matching, money, oneOf, optional, text, time, words, type Fields } from './read-fields.ts'

export type OtherFact = Exclude<Fact, { readonly kind: 'hold' }>
export type OtherKind = OtherFact['kind']

const HEAD = ['sequence', 'hash', 'kind'] as const
const DAY = /^\d{4}-\d{2}-\d{2}$/
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/
const SIGNATURE_LENGTH = { min: 0, max: 1_024 } as const

/** The fields that a line of each kind may have. */
const NAMES: Readonly<Record<OtherKind, ReadonlySet<string>>> = {
  posting: new Set([...HEAD, 'settlementId', 'hold', 'evidence', 'postedAt']),
  release: new Set([...HEAD, 'settlementId', 'hold', 'proof', 'releasedAt']),
  correction: new Set([...HEAD, 'correctionId', 'settlementId', 'hold', 'reason', 'correctedAt']),
  confirmation: new Set([...HEAD, 'id', 'target', 'setlId', 'setlTime', 'ofRecord', 'confirmedAt']),
  'load-hold': new Set([...HEAD, 'loadId', 'purpose', 'intent', 'heldAt']),
  'load-posting': new Set([...HEAD, 'loadId', 'hold', 'evidence', 'postedAt']),
  'load-release': new Set([...HEAD, 'loadId', 'hold', 'proof', 'releasedAt']),
  close: new Set([...HEAD, 'day', 'report', 'signature', 'closedAt']),
  reopen: new Set([...HEAD, 'day', 'close', 'reason', 'reopenedAt'])
}
const DEBIT_EVIDENCE_NAMES: ReadonlySet<string> = new Set(['source', 'tac', 'mac2', 'serialAfter', 'balanceAfter'])
const LOAD_EVIDENCE_NAMES: ReadonlySet<string> = new Set(['source', 'tac', 'serialAfter', 'balanceAfter'])
const LOAD_INTENT_NAMES: ReadonlySet<string> = new Set([
  'cardId',
  'serialBefore',
  'balanceBefore',
  'amount',
  'terminalNo',
  'time',
  'mac2'
])
const PURPOSE_NAMES: ReadonlySet<string> = new Set(['kind', 'settlementId', 'creditId'])
const OF_RECORD_NAMES: ReadonlySet<string> = new Set(['amounts', 'counters', 'reason'])

export const isOtherKind = (kind: unknown): kind is OtherKind => typeof kind === 'string' && Object.hasOwn(NAMES, kind)

export function readFact(kind: OtherKind, line: unknown): OtherFact {
  const fields = fieldsOf(line, '', NAMES[kind])
  switch (kind) {
    case 'posting':
      return readPosting(fields)
    case 'release':
    case 'load-release':
      return readRelease(kind, fields)
    case 'correction':
      return {
        kind,
        correctionId: identifier(fields, 'correctionId', ''),
        settlementId: identifier(fields, 'settlementId', ''),
        hold: integer(fields, 'hold', '', 1),
        reason: words(fields, 'reason', ''),
        correctedAt: time(fields, 'correctedAt', '')
      }
    case 'confirmation':
      return readConfirmation(fields)
    case 'load-hold':
    case 'load-posting':
      return kind === 'load-hold' ? readLoadHold(fields) : readLoadPosting(fields)
    case 'close':
    case 'reopen':
      return kind === 'close' ? readClose(fields) : readReopen(fields)
    default:
      return never(kind)
  }
}

const readPosting = (fields: Fields): FactOf<'posting'> => ({
  kind: 'posting',
  settlementId: identifier(fields, 'settlementId', ''),
  hold: integer(fields, 'hold', '', 1),
  evidence: readDebitEvidence(fields['evidence']),
  postedAt: time(fields, 'postedAt', '')
})

function readRelease(kind: 'release' | 'load-release', fields: Fields): FactOf<'release' | 'load-release'> {
  const closing = { hold: integer(fields, 'hold', '', 1), proof: words(fields, 'proof', ''), releasedAt: time(fields, 'releasedAt', '') }
  return kind === 'release'
    ? { kind, settlementId: identifier(fields, 'settlementId', ''), ...closing }
    : { kind, loadId: identifier(fields, 'loadId', ''), ...closing }
}

const readConfirmation = (fields: Fields): FactOf<'confirmation'> => ({
  kind: 'confirmation',
  id: identifier(fields, 'id', ''),
  target: integer(fields, 'target', '', 1),
  setlId: identifier(fields, 'setlId', ''),
  setlTime: time(fields, 'setlTime', ''),
  ofRecord: optional(fields, 'ofRecord', () => readOfRecord(fields['ofRecord'])),
  confirmedAt: time(fields, 'confirmedAt', '')
})

const readLoadHold = (fields: Fields): FactOf<'load-hold'> => ({
  kind: 'load-hold',
  loadId: identifier(fields, 'loadId', ''),
  purpose: readPurpose(fields['purpose']),
  intent: readLoadIntent(fields['intent']),
  heldAt: time(fields, 'heldAt', '')
})

const readLoadPosting = (fields: Fields): FactOf<'load-posting'> => ({
  kind: 'load-posting',
  loadId: identifier(fields, 'loadId', ''),
  hold: integer(fields, 'hold', '', 1),
  evidence: readLoadEvidence(fields['evidence']),
  postedAt: time(fields, 'postedAt', '')
})

const readClose = (fields: Fields): FactOf<'close'> => ({
  kind: 'close',
  day: matching(fields, 'day', '', DAY, 'must be a day YYYY-MM-DD'),
  report: new Uint8Array(Buffer.from(matching(fields, 'report', '', BASE64, 'must be base64'), 'base64')),
  signature: text(fields, 'signature', '', SIGNATURE_LENGTH),
  closedAt: time(fields, 'closedAt', '')
})

const readReopen = (fields: Fields): FactOf<'reopen'> => ({
  kind: 'reopen',
  day: matching(fields, 'day', '', DAY, 'must be a day YYYY-MM-DD'),
  close: integer(fields, 'close', '', 1),
  reason: words(fields, 'reason', ''),
  reopenedAt: time(fields, 'reopenedAt', '')
})

function readDebitEvidence(value: unknown): DebitEvidence {
  const path = 'evidence.'
  const fields = fieldsOf(value, path, DEBIT_EVIDENCE_NAMES)
  return {
    source: oneOf(fields, 'source', path, ['debit-answer', 'transaction-prove', 'transaction-log']),
    tac: optional(fields, 'tac', () => identifier(fields, 'tac', path)),
    mac2: optional(fields, 'mac2', () => identifier(fields, 'mac2', path)),
    serialAfter: integer(fields, 'serialAfter', path),
    balanceAfter: optional(fields, 'balanceAfter', () => money(fields, 'balanceAfter', path))
  }
}

function readLoadEvidence(value: unknown): LoadEvidence {
  const path = 'evidence.'
  const fields = fieldsOf(value, path, LOAD_EVIDENCE_NAMES)
  return {
    source: oneOf(fields, 'source', path, ['credit-answer', 'transaction-prove', 'transaction-log']),
    tac: optional(fields, 'tac', () => identifier(fields, 'tac', path)),
    serialAfter: integer(fields, 'serialAfter', path),
    balanceAfter: optional(fields, 'balanceAfter', () => money(fields, 'balanceAfter', path))
  }
}

function readLoadIntent(value: unknown): LoadIntent {
  const path = 'intent.'
  const fields = fieldsOf(value, path, LOAD_INTENT_NAMES)
  return {
    cardId: identifier(fields, 'cardId', path),
    serialBefore: integer(fields, 'serialBefore', path),
    balanceBefore: money(fields, 'balanceBefore', path),
    amount: money(fields, 'amount', path),
    terminalNo: identifier(fields, 'terminalNo', path),
    time: time(fields, 'time', path),
    mac2: identifier(fields, 'mac2', path)
  }
}

function readPurpose(value: unknown): LoadPurpose {
  const path = 'purpose.'
  const fields = fieldsOf(value, path, PURPOSE_NAMES)
  return oneOf(fields, 'kind', path, ['refund', 'credit']) === 'refund'
    ? { kind: 'refund', settlementId: identifier(fields, 'settlementId', path) }
    : { kind: 'credit', creditId: identifier(fields, 'creditId', path) }
}

function readOfRecord(value: unknown): OfRecord {
  const path = 'ofRecord.'
  const fields = fieldsOf(value, path, OF_RECORD_NAMES)
  return {
    amounts: readAmounts(fields['amounts'], `${path}amounts.`),
    counters: readCounters(fields['counters'], `${path}counters.`),
    reason: words(fields, 'reason', path)
  }
}
