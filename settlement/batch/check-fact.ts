/**
 * What the readable form is refused for field by field, of a fact that came as its content: texts that are too long or hold
 * what no database takes, times that are none, numbers below zero. Amounts are for the judge, who computes them again.
 */

import { never } from '../../base/invariant.ts'
import type { Fact, FactOf } from '../ledger/fact.ts'
import { LINES_MAX } from '../wire/claim-schema.ts'
import { COUNTERS_MAX } from './money-fields.ts'
import { IDENTIFIER_LENGTH_MAX, list, Malformed, readText, WORDS_LENGTH_MAX } from './read-fields.ts'

const ITEM_NAME_LENGTH_MAX = 400
const SIGNATURE_LENGTH_MAX = 1_024

const TIME = /^\d{14}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

export function checkFact(fact: Fact): void {
  switch (fact.kind) {
    case 'hold':
      return checkHold(fact)
    case 'posting':
      identifier(fact.settlementId, 'settlementId')
      number(fact.hold, 'hold')
      checkEvidence(fact.evidence)
      return time(fact.postedAt, 'postedAt')
    case 'release':
      return checkRelease(fact.settlementId, 'settlementId', fact)
    case 'correction':
      identifier(fact.correctionId, 'correctionId')
      identifier(fact.settlementId, 'settlementId')
      number(fact.hold, 'hold')
      words(fact.reason, 'reason')
      return time(fact.correctedAt, 'correctedAt')
    case 'confirmation':
      return checkConfirmation(fact)
    case 'load-hold':
      return checkLoadHold(fact)
    case 'load-posting':
      identifier(fact.loadId, 'loadId')
      number(fact.hold, 'hold')
      checkEvidence(fact.evidence)
      return time(fact.postedAt, 'postedAt')
    case 'load-release':
      return checkRelease(fact.loadId, 'loadId', fact)
    case 'close':
      day(fact.day)
      text(fact.signature, 'signature', 0, SIGNATURE_LENGTH_MAX)
      return time(fact.closedAt, 'closedAt')
    case 'reopen':
      day(fact.day)
      number(fact.close, 'close')
      words(fact.reason, 'reason')
      return time(fact.reopenedAt, 'reopenedAt')
    default:
      return never(fact)
  }
}

function checkHold(hold: FactOf<'hold'>): void {
  identifier(hold.settlementId, 'settlementId')
  identifier(hold.visit.institution, 'institution')
  identifier(hold.visit.visitNo, 'visitNo')
  identifier(hold.personNo, 'personNo')
  identifier(hold.insuranceType, 'insuranceType')
  number(hold.policyYear, 'policyYear')
  code(hold.medType, 'medType')
  code(hold.personType, 'personType')
  identifier(hold.policy.id, 'policy')
  identifier(hold.policy.version, 'policyVersion')
  const counters = Object.keys(hold.counters).length
  if (counters > COUNTERS_MAX) throw new Malformed('counters', undefined, `must have at most ${COUNTERS_MAX} counters, has ${counters}`)
  list(hold.lines, 'lines', LINES_MAX)
  for (const line of hold.lines) {
    code(line.lineNo, 'lines.lineNo')
    code(line.itemCode, 'lines.itemCode')
    text(line.itemName, 'lines.itemName', 0, ITEM_NAME_LENGTH_MAX)
  }
  const { intent } = hold
  identifier(intent.cardId, 'intent.cardId')
  number(intent.serialBefore, 'intent.serialBefore')
  identifier(intent.terminalNo, 'intent.terminalNo')
  number(intent.terminalSerial, 'intent.terminalSerial')
  time(intent.time, 'intent.time')
  time(hold.heldAt, 'heldAt')
}

function checkEvidence(evidence: FactOf<'posting' | 'load-posting'>['evidence']): void {
  if (evidence.tac !== undefined) identifier(evidence.tac, 'evidence.tac')
  if ('mac2' in evidence && evidence.mac2 !== undefined) identifier(evidence.mac2, 'evidence.mac2')
  number(evidence.serialAfter, 'evidence.serialAfter')
}

function checkRelease(id: string, name: string, release: FactOf<'release' | 'load-release'>): void {
  identifier(id, name)
  number(release.hold, 'hold')
  words(release.proof, 'proof')
  time(release.releasedAt, 'releasedAt')
}

function checkConfirmation(fact: FactOf<'confirmation'>): void {
  identifier(fact.id, 'id')
  number(fact.target, 'target')
  identifier(fact.setlId, 'setlId')
  time(fact.setlTime, 'setlTime')
  if (fact.ofRecord !== undefined) words(fact.ofRecord.reason, 'ofRecord.reason')
  time(fact.confirmedAt, 'confirmedAt')
}

function checkLoadHold({ loadId, purpose, intent, heldAt }: FactOf<'load-hold'>): void {
  identifier(loadId, 'loadId')
  if (purpose.kind === 'refund') identifier(purpose.settlementId, 'purpose.settlementId')
  else identifier(purpose.creditId, 'purpose.creditId')
  identifier(intent.cardId, 'intent.cardId')
  number(intent.serialBefore, 'intent.serialBefore')
  identifier(intent.terminalNo, 'intent.terminalNo')
  time(intent.time, 'intent.time')
  identifier(intent.mac2, 'intent.mac2')
  time(heldAt, 'heldAt')
}

const identifier = (value: string, field: string): void => text(value, field, 1, IDENTIFIER_LENGTH_MAX)
const code = (value: string, field: string): void => text(value, field, 0, IDENTIFIER_LENGTH_MAX)
const words = (value: string, field: string): void => text(value, field, 0, WORDS_LENGTH_MAX)

function text(value: string, field: string, min: number, max: number): void {
  // What was decoded from UTF-8 holds no half a character.
  if (value.length >= min && value.length <= max && !value.includes('\u0000')) return
  readText(value, field, { min, max })
  if (value.includes('\u0000')) throw new Malformed(field, undefined, 'must not hold the character U+0000')
}

function time(value: string, field: string): void {
  if (!TIME.test(value)) throw new Malformed(field, value, 'must be a time of 14 digits YYYYMMDDhhmmss')
}

function day(value: string): void {
  if (!DAY.test(value)) throw new Malformed('day', value, 'must be a day YYYY-MM-DD')
}

function number(value: number, field: string): void {
  if (value < 0) throw new Malformed(field, value, 'must be a whole number from 0')
}
