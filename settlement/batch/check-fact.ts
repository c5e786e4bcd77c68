/**
 * What the readable form is refused for field by field, of a fact that came as its content: texts that are too long or hold
 * what no database takes, times that are none, numbers below zero. Amounts are for the judge, who computes them again.
 */

import type { Fact } from '../ledger/fact.ts'
import { LINES_MAX } from '../wire/claim-schema.ts'
import { COUNTERS_MAX } from './money-fields.ts'
import { IDENTIFIER_LENGTH_MAX, list, Malformed, readText, WORDS_LENGTH_MAX } from './read-fields.ts'

const IDENTIFIER = { min: 1, max: IDENTIFIER_LENGTH_MAX } as const
const CODE = { min: 0, max: IDENTIFIER_LENGTH_MAX } as const
/** Of the others an identifier is asked. */
const LENGTHS: Readonly<Record<string, { readonly min: number; readonly max: number }>> = {
  medType: CODE,
  personType: CODE,
  lineNo: CODE,
  itemCode: CODE,
  itemName: { min: 0, max: 400 },
  proof: { min: 0, max: WORDS_LENGTH_MAX },
  reason: { min: 0, max: WORDS_LENGTH_MAX },
  signature: { min: 0, max: 1_024 }
}
const TIMES: ReadonlySet<string> = new Set([
  'heldAt', 'postedAt', 'releasedAt', 'correctedAt', 'confirmedAt', 'closedAt', 'reopenedAt', 'setlTime', 'time'
])
const NUMBERS: ReadonlySet<string> = new Set(['hold', 'target', 'close', 'policyYear', 'serialBefore', 'serialAfter', 'terminalSerial'])

/** Bytes, and numbers by names of their own. */
const NO_TEXT: ReadonlySet<string> = new Set(['amounts', 'counters', 'claim', 'result', 'report'])

const TIME = /^\d{14}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

export function checkFact(fact: Fact): void {
  if (fact.kind === 'hold') {
    list(fact.lines, 'lines', LINES_MAX)
    if (Object.keys(fact.counters).length > COUNTERS_MAX) throw new Malformed('counters', undefined, `must have at most ${COUNTERS_MAX}`)
  }
  checkFields(fact, '')
}

function checkFields(fields: object, path: string): void {
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'string') checkText(value, name, `${path}${name}`)
    else if (typeof value === 'number') {
      if (value < 0 && NUMBERS.has(name)) throw new Malformed(`${path}${name}`, value, 'must be a whole number from 0')
    } else if (typeof value === 'object' && !NO_TEXT.has(name)) checkFields(value as object, `${path}${name}.`)
  }
}

function checkText(value: string, name: string, field: string): void {
  if (TIMES.has(name)) {
    if (!TIME.test(value)) throw new Malformed(field, value, 'must be a time of 14 digits YYYYMMDDhhmmss')
  } else if (name === 'day') {
    if (!DAY.test(value)) throw new Malformed(field, value, 'must be a day YYYY-MM-DD')
  } else {
    readText(value, field, LENGTHS[name] ?? IDENTIFIER)
    if (value.includes('\u0000')) throw new Malformed(field, undefined, 'must not hold the character U+0000')
  }
}
