/**
 * The short way from a claim's bytes to the claim, for the claims that a terminal writes of a hospital's bill: JSON without spaces
 * whose lines stand last. It is read where it lies, with no object of a parser in between: a centre reads every claim of every
 * batch, and parser and schema take a quarter of all that it does.
 *
 * It refuses nothing: undefined says that parser and schema are to be asked, who say what is wrong and why. So it may only take
 * what they take, and must come to the same claim; the test beside it holds the two against each other.
 */

import type { Account, Claim } from '../calculation/claim.ts'
import type { Counters } from '../calculation/counters.ts'
import type { Fen } from '../money/fen.ts'
import { linesFrom } from './claim-lines-bytes.ts'
import { ClaimScanner, SIGN } from './claim-scanner.ts'
import { AMOUNT_MAX, isCounterName } from './fields.ts'
import { claimWithLines } from './parse-claim.ts'
import { plainPerson, plainPlace } from './plain-claim.ts'

export interface ReadClaim {
  readonly claim: Claim
  /** As the claim states it: YYYY-MM-DD, or with a time behind it. */
  readonly begntime: string
}

export function claimFromBytes(bytes: Uint8Array): ReadClaim | undefined {
  const scanner = new ClaimScanner(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const head = headFrom(scanner)
  if (head === undefined) return undefined
  const lines = linesFrom(scanner)
  if (lines === undefined || !scanner.passes(SIGN.objectEnd) || !scanner.isAtEnd) return undefined
  const person = plainPerson(head)
  const place = plainPlace(head)
  if (person === undefined || place === undefined) return undefined
  const { account, accumulators, medfee_sumamt } = head
  const claim = claimWithLines({ ...person, ...place }, { account, accumulators, total: medfee_sumamt, lines })
  return claim && { claim, begntime: place.begntime }
}

/** Texts, and in front of whatever has none the brackets that it begins with. */
const NAMES = [
  'insutype', 'psn_type', 'brdy', 'insuplc_admdvs', 'mdtrt_id', 'fixmedins_code', 'institution', 'med_type', 'begntime', 'acct_used_flag',
  'account', 'accumulators', 'lines', 'psn_no', 'psn_insu_stas', 'cvlserv_flag', 'psn_idet_type', 'tags', 'prescriber', 'dise_codg',
  'retired_on', 'medfee_sumamt', 'age'
] as const
type Name = (typeof NAMES)[number]

const OPENING: Readonly<Partial<Record<Name, string>>> = { institution: '{', prescriber: '{', account: '{', accumulators: '{', lines: '[', psn_idet_type: '[', tags: '[', age: '' }
const MARKS = NAMES.map((name) => Buffer.from(`"${name}":${OPENING[name] ?? '"'}`))
const LINES = NAMES.indexOf('lines')

const INSTITUTION_MARKS = ['"level":', '"kind":"'].map((mark) => Buffer.from(mark))
const ACCOUNT_MARKS = ['"current_year":"', '"past_years":"', '"mutual_aid":[]'].map((mark) => Buffer.from(mark))

/** The claims of one till state their fields in one order, and so do those of the next till. */
const order: number[] = []
const institutionOrder: number[] = []
const accountOrder: number[] = []

/** Longer than any code that is looked at afterwards. */
const TEXT_MAX = 64
const TEXTS_MAX = 100

/** Every field, that all claims are of one shape. */
type Head = {
  psn_no: string | undefined
  insutype: string | undefined
  psn_type: string | undefined
  brdy: string | undefined
  age: number | undefined
  retired_on: string | undefined
  psn_insu_stas: string | undefined
  cvlserv_flag: string | undefined
  psn_idet_type: readonly string[] | undefined
  tags: readonly string[] | undefined
  insuplc_admdvs: string | undefined
  mdtrt_id: string | undefined
  fixmedins_code: string | undefined
  institution: Institution | undefined
  prescriber: Institution | undefined
  med_type: string | undefined
  dise_codg: string | undefined
  begntime: string | undefined
  acct_used_flag: string | undefined
  account: Account
  accumulators: Counters
  medfee_sumamt: Fen | undefined
}

const nothingStated = (): Head => ({
  psn_no: undefined,
  insutype: undefined,
  psn_type: undefined,
  brdy: undefined,
  age: undefined,
  retired_on: undefined,
  psn_insu_stas: undefined,
  cvlserv_flag: undefined,
  psn_idet_type: undefined,
  tags: undefined,
  insuplc_admdvs: undefined,
  mdtrt_id: undefined,
  fixmedins_code: undefined,
  institution: undefined,
  prescriber: undefined,
  med_type: undefined,
  dise_codg: undefined,
  begntime: undefined,
  acct_used_flag: undefined,
  account: NOTHING,
  accumulators: {},
  medfee_sumamt: undefined
})

interface Institution {
  readonly level: number | undefined
  readonly kind: string | undefined
}

const NO_DONORS: readonly never[] = []
const NOTHING: Account = { currentYear: 0 as Fen, pastYears: 0 as Fen, mutualAid: NO_DONORS }

/** Up to the first line. What the fields say is looked at afterwards, by those who look at it in every claim. */
function headFrom(scanner: ClaimScanner): Head | undefined {
  const head = nothingStated()
  scanner.expect(SIGN.object)
  let seen = 0
  for (let place = 0; ; place += 1) {
    const name = scanner.passesOneOf(MARKS, order, place)
    if (name === LINES) return scanner.isOdd ? undefined : head
    if (name === -1 || (seen & (1 << name)) !== 0) return undefined
    seen |= 1 << name
    readField(scanner, head, NAMES[name] ?? 'lines')
    scanner.expect(SIGN.comma)
    if (scanner.isOdd) return undefined
  }
}

function readField(scanner: ClaimScanner, head: Head, name: Name): void {
  switch (name) {
    case 'institution':
    case 'prescriber':
      head[name] = institutionFrom(scanner)
      return
    case 'account':
      head.account = accountFrom(scanner)
      return
    case 'accumulators':
      head.accumulators = countersFrom(scanner)
      return
    case 'psn_idet_type':
    case 'tags':
      head[name] = textsFrom(scanner)
      return
    case 'age':
      head.age = scanner.integer()
      return
    case 'medfee_sumamt':
      head.medfee_sumamt = amount(scanner, true)
      return
    case 'lines':
      scanner.odd()
      return
    default:
      head[name] = scanner.text(TEXT_MAX)
  }
}

function amount(scanner: ClaimScanner, signed: boolean): Fen {
  const fen = scanner.decimal(10, 2, signed)
  if (Math.abs(fen) > AMOUNT_MAX) scanner.odd()
  return fen as Fen
}

function institutionFrom(scanner: ClaimScanner): Institution {
  let level: number | undefined
  let kind: string | undefined
  if (scanner.passes(SIGN.objectEnd)) return { level, kind }
  let place = 0
  do {
    const name = scanner.passesOneOf(INSTITUTION_MARKS, institutionOrder, place)
    if (name === 0 && level === undefined) level = scanner.integer()
    else if (name === 1 && kind === undefined) kind = scanner.text(TEXT_MAX)
    else scanner.odd()
    place += 1
  } while (!scanner.isOdd && scanner.passes(SIGN.comma))
  scanner.expect(SIGN.objectEnd)
  return { level, kind }
}

/** Without donors: what they have left is the schema's. */
function accountFrom(scanner: ClaimScanner): Account {
  let currentYear: Fen | undefined
  let pastYears: Fen | undefined
  let donors: readonly never[] | undefined
  if (scanner.passes(SIGN.objectEnd)) return NOTHING
  let place = 0
  do {
    const name = scanner.passesOneOf(ACCOUNT_MARKS, accountOrder, place)
    if (name === 0 && currentYear === undefined) currentYear = amount(scanner, false)
    else if (name === 1 && pastYears === undefined) pastYears = amount(scanner, false)
    else if (name === 2 && donors === undefined) donors = NO_DONORS
    else scanner.odd()
    place += 1
  } while (!scanner.isOdd && scanner.passes(SIGN.comma))
  scanner.expect(SIGN.objectEnd)
  return { currentYear: currentYear ?? NOTHING.currentYear, pastYears: pastYears ?? NOTHING.pastYears, mutualAid: NO_DONORS }
}

const COLON_QUOTE = [Buffer.from(':"')]
const COLON_ORDER: number[] = []

function countersFrom(scanner: ClaimScanner): Counters {
  const counters: Record<string, Fen> = {}
  if (scanner.passes(SIGN.objectEnd)) return counters
  do {
    scanner.expect(SIGN.quote)
    const name = scanner.text(TEXT_MAX)
    scanner.passesOneOf(COLON_QUOTE, COLON_ORDER, 0)
    const used = amount(scanner, false)
    if (scanner.isOdd || !isCounterName(name) || Object.hasOwn(counters, name)) {
      scanner.odd()
      return counters
    }
    counters[name] = used
  } while (scanner.passes(SIGN.comma))
  scanner.expect(SIGN.objectEnd)
  return counters
}

function textsFrom(scanner: ClaimScanner): readonly string[] {
  const texts: string[] = []
  if (scanner.passes(SIGN.listEnd)) return texts
  do {
    scanner.expect(SIGN.quote)
    texts.push(scanner.text(TEXT_MAX))
    if (texts.length > TEXTS_MAX) scanner.odd()
  } while (!scanner.isOdd && scanner.passes(SIGN.comma))
  scanner.expect(SIGN.listEnd)
  return texts
}
