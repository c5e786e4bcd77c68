/**
 * A hold on its line: what was settled, with the claim it was computed from at the end.
 *
 *   {"sequence":7,"hash":"..","kind":"hold","settlementId":"..", ... ,"lines":[["36.00","0.00","6.00","3.00","27.00"]],"claim":{..}}
 *
 * The claim's bytes are the ledger's own and stand last, so that they can be taken from the line as they are: the chain covers
 * them, and what is judged is what was hashed. A line of the bill is its five amounts; its number, code and name stand before
 * them only where they are not those of the claim's line in the same place.
 */

import type { FactOf, LedgerLine } from '../ledger/fact.ts'
import type { Fen } from '../money/fen.ts'
import type { DebitIntent } from '../payment/payment-device.ts'
import { LINES_MAX } from '../wire/claim-schema.ts'
import { readAmounts, readCounters } from './money-fields.ts'
import {
  fieldsOf,
  identifier,
  integer,
  list,
  Malformed,
  matching,
  money,
  optional,
  readText,
  signedMoney,
  text,
  time,
  type Fields
} from './read-fields.ts'

export type HoldFact = FactOf<'hold'>

const HASH = /^[0-9a-f]{64}$/
const EMPTY = new Uint8Array(0)
const CODE_LENGTH = { min: 0, max: 64 } as const
const NAME_LENGTH = { min: 0, max: 400 } as const

export const HOLD_NAMES: ReadonlySet<string> = new Set([
  'sequence',
  'hash',
  'kind',
  'settlementId',
  'institution',
  'visitNo',
  'personNo',
  'insuranceType',
  'policyYear',
  'medType',
  'personType',
  'policy',
  'policyVersion',
  'amounts',
  'counters',
  'intent',
  'resultHash',
  'heldAt',
  'lines'
])
const INTENT_NAMES: ReadonlySet<string> = new Set([
  'cardId',
  'serialBefore',
  'balanceBefore',
  'terminalNo',
  'terminalSerial',
  'time',
  'account',
  'own',
  'pooled'
])

export interface ReadHold {
  readonly fact: HoldFact
  readonly resultHash: Uint8Array
}

export function readHold(fields: Fields, claimBytes: Uint8Array, claim: unknown): ReadHold {
  const claimLines = claimLinesOf(claim)
  const lines = list(fields['lines'], 'lines', LINES_MAX)
  const fact: HoldFact = {
    kind: 'hold',
    settlementId: identifier(fields, 'settlementId', ''),
    visit: { institution: identifier(fields, 'institution', ''), visitNo: identifier(fields, 'visitNo', '') },
    personNo: identifier(fields, 'personNo', ''),
    insuranceType: identifier(fields, 'insuranceType', ''),
    policyYear: integer(fields, 'policyYear', ''),
    medType: text(fields, 'medType', '', CODE_LENGTH),
    personType: text(fields, 'personType', '', CODE_LENGTH),
    policy: { id: identifier(fields, 'policy', ''), version: identifier(fields, 'policyVersion', '') },
    amounts: readAmounts(fields['amounts'], 'amounts.'),
    lines: lines.map((line, index) => readLine(line, claimLines?.[index], index)),
    counters: readCounters(fields['counters'], 'counters.'),
    intent: readIntent(fields['intent']),
    claim: claimBytes,
    result: EMPTY,
    heldAt: time(fields, 'heldAt', '')
  }
  const resultHash = matching(fields, 'resultHash', '', HASH, 'must be a SHA-256 of 64 hex digits')
  return { fact, resultHash: new Uint8Array(Buffer.from(resultHash, 'hex')) }
}

function readIntent(value: unknown): DebitIntent {
  const path = 'intent.'
  const fields = fieldsOf(value, path, INTENT_NAMES)
  return {
    cardId: identifier(fields, 'cardId', path),
    serialBefore: integer(fields, 'serialBefore', path),
    balanceBefore: optional(fields, 'balanceBefore', () => money(fields, 'balanceBefore', path)),
    terminalNo: identifier(fields, 'terminalNo', path),
    terminalSerial: integer(fields, 'terminalSerial', path),
    time: time(fields, 'time', path),
    amounts: {
      account: money(fields, 'account', path),
      own: money(fields, 'own', path),
      pooled: money(fields, 'pooled', path)
    }
  }
}

/** What the ledger's line has from the claim's: LedgerLine without its amounts. */
interface LineName {
  readonly lineNo: string
  readonly itemCode: string
  readonly itemName: string
}

const AMOUNTS_OF_LINE = 5
const NAMES_OF_LINE = 3

function readLine(value: unknown, claimed: unknown, index: number): LedgerLine {
  const items = list(value, `lines[${index}]`, NAMES_OF_LINE + AMOUNTS_OF_LINE)
  const isNamed = items.length === NAMES_OF_LINE + AMOUNTS_OF_LINE
  if (!isNamed && items.length !== AMOUNTS_OF_LINE) {
    throw new Malformed(`lines[${index}]`, undefined, `must be 5 amounts, or number, code, name and 5 amounts`)
  }
  const first = isNamed ? NAMES_OF_LINE : 0
  const amount = (place: number): Fen => signedMoney(items[first + place], () => `lines[${index}][${first + place}]`)
  const { lineNo, itemCode, itemName } = isNamed ? readName(items, index) : claimedName(claimed, index)
  return { lineNo, itemCode, itemName, amount: amount(0), ownPay: amount(1), overCeiling: amount(2), prePay: amount(3), inScope: amount(4) }
}

const readName = (items: readonly unknown[], index: number): LineName => ({
  lineNo: readText(items[0], `lines[${index}][0]`, CODE_LENGTH),
  itemCode: readText(items[1], `lines[${index}][1]`, CODE_LENGTH),
  itemName: readText(items[2], `lines[${index}][2]`, NAME_LENGTH)
})

function claimedName(claimed: unknown, index: number): LineName {
  const name = nameOf(claimed, index)
  if (name === undefined) throw new Malformed(`lines[${index}]`, undefined, 'has no name of its own and none in the claim')
  readText(name.lineNo, `claim.lines[${index}].feedetl_sn`, CODE_LENGTH)
  readText(name.itemCode, `claim.lines[${index}].med_list_codg`, CODE_LENGTH)
  readText(name.itemName, `claim.lines[${index}].name`, NAME_LENGTH)
  return name
}

/** undefined: the claim has no such line, or one whose names are no texts. */
export function nameOf(claimed: unknown, index: number): LineName | undefined {
  if (typeof claimed !== 'object' || claimed === null) return undefined
  const line = claimed as Fields
  const lineNo = line['feedetl_sn'] ?? String(index + 1)
  const itemCode = line['med_list_codg'] ?? ''
  const itemName = line['name'] ?? ''
  if (typeof lineNo !== 'string' || typeof itemCode !== 'string' || typeof itemName !== 'string') return undefined
  return { lineNo, itemCode, itemName }
}

export function claimLinesOf(claim: unknown): readonly unknown[] | undefined {
  if (typeof claim !== 'object' || claim === null || !('lines' in claim)) return undefined
  return Array.isArray(claim.lines) ? (claim.lines as readonly unknown[]) : undefined
}
