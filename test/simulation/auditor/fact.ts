/** The ten kinds of fact as the auditor reads them: the documented order of values, decoded from the bytes that the chain covers. */

import { ContentReader, UnreadableContent } from './content-reader.ts'

/** In the order of the encoding; names are the columns that repeat them. */
export const AMOUNTS = [
  'total', 'own_pay', 'over_ceiling', 'pre_pay', 'in_scope', 'deductible',
  'hifp_pay', 'hifob_pay', 'hifmi_pay', 'hifes_pay', 'cvlserv_pay', 'hifdm_pay', 'maf_pay', 'oth_pay',
  'fund_paid', 'personal', 'account', 'mutual_aid', 'cash', 'hospital'
] as const
export type AmountName = (typeof AMOUNTS)[number]
/** Fen. */
export type Amounts = Readonly<Record<AmountName, number>>

export const FUNDS = AMOUNTS.slice(6, 14)

/** Fen by the name of the counter. */
export type Counters = ReadonlyMap<string, number>

export interface Line {
  readonly lineNo: string
  readonly itemCode: string
  readonly amount: number
  readonly ownPay: number
  readonly overCeiling: number
  readonly prePay: number
  readonly inScope: number
}

/** What the card is to be asked for. */
export interface Intent {
  /** 32 hex digits, as the ledger writes them. */
  readonly cardId: string
  readonly serialBefore: number
  readonly balanceBefore: number | undefined
  readonly terminalNo: string
  readonly terminalSerial: number
  /** 14 digits. */
  readonly time: string
  readonly account: number
  readonly own: number
  readonly pooled: number
}

export interface Hold {
  readonly kind: 'hold'
  readonly settlementId: string
  readonly institution: string
  readonly visitNo: string
  readonly personNo: string
  readonly insutype: string
  readonly year: number
  readonly medType: string
  readonly psnType: string
  readonly policyId: string
  readonly policyVersion: string
  readonly amounts: Amounts
  readonly lines: readonly Line[]
  readonly counters: Counters
  readonly intent: Intent
  /** JSON: what the calculation was asked. */
  readonly claim: string
  /** YYYY-MM-DD, from the claim; undefined: it names none. */
  readonly serviceDay: string | undefined
  readonly heldAt: string
}

export interface Posting {
  readonly kind: 'posting'
  readonly settlementId: string
  readonly hold: number
  readonly source: string
  readonly tac: string | undefined
  readonly serialAfter: number
  readonly balanceAfter: number | undefined
  readonly postedAt: string
}

export interface Release {
  readonly kind: 'release'
  readonly settlementId: string
  readonly hold: number
  readonly proof: string
}

export interface Correction {
  readonly kind: 'correction'
  readonly correctionId: string
  readonly settlementId: string
  readonly hold: number
  readonly correctedAt: string
}

export interface OfRecord {
  readonly amounts: Amounts
  readonly counters: Counters
  readonly reason: string
}

export interface Confirmation {
  readonly kind: 'confirmation'
  readonly id: string
  readonly target: number
  readonly setlId: string
  readonly setlTime: string
  readonly ofRecord: OfRecord | undefined
  readonly confirmedAt: string
}

export interface LoadHold {
  readonly kind: 'load-hold'
  readonly loadId: string
  readonly purpose: string
  /** The settlement, or the credit. */
  readonly purposeId: string
  readonly cardId: string
  readonly serialBefore: number
  readonly balanceBefore: number
  readonly amount: number
  readonly terminalNo: string
  readonly time: string
}

export interface LoadPosting {
  readonly kind: 'load-posting'
  readonly loadId: string
  readonly hold: number
  readonly tac: string | undefined
  readonly serialAfter: number
  readonly balanceAfter: number | undefined
}

export interface LoadRelease {
  readonly kind: 'load-release'
  readonly loadId: string
  readonly hold: number
  readonly proof: string
}

export interface Close {
  readonly kind: 'close'
  readonly day: string
  readonly report: Uint8Array
}

export interface Reopen {
  readonly kind: 'reopen'
  readonly day: string
  readonly close: number
}

export type Fact = Hold | Posting | Release | Correction | Confirmation | LoadHold | LoadPosting | LoadRelease | Close | Reopen

/** Throws UnreadableContent on bytes that no terminal writes. */
export function readFact(content: Uint8Array): Fact {
  const from = new ContentReader(content)
  const encoding = from.integer()
  if (encoding !== 1 && encoding !== 2) throw new UnreadableContent(`encoding ${encoding}`)
  const kind = from.text()
  const read = READERS[kind]
  if (read === undefined) throw new UnreadableContent(`a fact of kind ${kind}`)
  const fact = read(from, encoding)
  from.end()
  return fact
}

/** As the accumulators keep them. */
export function readCounters(bytes: Uint8Array): Counters {
  const from = new ContentReader(bytes)
  const counters = countersFrom(from)
  from.end()
  return counters
}

const READERS: Readonly<Record<string, (from: ContentReader, encoding: 1 | 2) => Fact>> = {
  hold: holdFrom,
  posting: (from) => ({
    kind: 'posting',
    settlementId: from.text(),
    hold: from.integer(),
    source: from.text(),
    tac: skipAfter(from.orAbsent(() => from.text()), () => from.orAbsent(() => from.text())),
    serialAfter: from.integer(),
    balanceAfter: from.orAbsent(() => from.integer()),
    postedAt: from.text()
  }),
  release: (from) => ({ kind: 'release', settlementId: from.text(), hold: from.integer(), proof: skipAfter(from.text(), () => from.text()) }),
  correction: (from) => ({
    kind: 'correction',
    correctionId: from.text(),
    settlementId: from.text(),
    hold: skipAfter(from.integer(), () => from.text()),
    correctedAt: from.text()
  }),
  confirmation: (from) => ({
    kind: 'confirmation',
    id: from.text(),
    target: from.integer(),
    setlId: from.text(),
    setlTime: from.text(),
    ofRecord: from.list((): OfRecord => ({ amounts: amountsFrom(from), counters: countersFrom(from), reason: from.text() }))[0],
    confirmedAt: from.text()
  }),
  'load-hold': (from) => ({
    kind: 'load-hold',
    loadId: from.text(),
    purpose: from.text(),
    purposeId: from.text(),
    cardId: from.text(),
    serialBefore: from.integer(),
    balanceBefore: from.integer(),
    amount: from.integer(),
    terminalNo: from.text(),
    time: skipAfter(skipAfter(from.text(), () => from.text()), () => from.text())
  }),
  'load-posting': (from) => ({
    kind: 'load-posting',
    loadId: from.text(),
    hold: skipAfter(from.integer(), () => from.text()),
    tac: from.orAbsent(() => from.text()),
    serialAfter: from.integer(),
    balanceAfter: skipAfter(from.orAbsent(() => from.integer()), () => from.text())
  }),
  'load-release': (from) => ({ kind: 'load-release', loadId: from.text(), hold: from.integer(), proof: skipAfter(from.text(), () => from.text()) }),
  close: (from) => ({ kind: 'close', day: from.text(), report: skipAfter(skipAfter(from.bytes(), () => from.text()), () => from.text()) }),
  reopen: (from) => ({ kind: 'reopen', day: from.text(), close: skipAfter(skipAfter(from.integer(), () => from.text()), () => from.text()) })
}

/** The value, once what stands behind it and is of no use here was read too. */
function skipAfter<Value>(value: Value, behind: () => unknown): Value {
  behind()
  return value
}

function holdFrom(from: ContentReader, encoding: 1 | 2): Hold {
  const head = {
    kind: 'hold',
    settlementId: from.text(),
    institution: from.text(),
    visitNo: from.text(),
    personNo: from.text(),
    insutype: from.text(),
    year: from.integer(),
    medType: encoding === 1 ? '' : from.text(),
    psnType: encoding === 1 ? '' : from.text(),
    policyId: from.text(),
    policyVersion: from.text(),
    amounts: amountsFrom(from),
    lines: from.list(() => lineFrom(from)),
    counters: countersFrom(from),
    intent: intentFrom(from)
  } as const
  // The claim and the hash of the result, or of older holds the result itself.
  const claim = Buffer.from(from.bytes()).toString('utf8')
  if (encoding === 2) from.bytes()
  return { ...head, claim, serviceDay: /"begntime":"(\d{4}-\d{2}-\d{2})/.exec(claim)?.[1], heldAt: from.text() }
}

const amountsFrom = (from: ContentReader): Amounts =>
  Object.fromEntries(AMOUNTS.map((name) => [name, from.integer()])) as Record<AmountName, number>

function lineFrom(from: ContentReader): Line {
  const [lineNo, itemCode] = [from.text(), from.text()]
  from.text()
  return {
    lineNo,
    itemCode,
    amount: from.integer(),
    ownPay: from.integer(),
    overCeiling: from.integer(),
    prePay: from.integer(),
    inScope: from.integer()
  }
}

const countersFrom = (from: ContentReader): Counters => new Map(from.list(() => [from.text(), from.integer()] as const))

const intentFrom = (from: ContentReader): Intent => ({
  cardId: from.text(),
  serialBefore: from.integer(),
  balanceBefore: from.orAbsent(() => from.integer()),
  terminalNo: from.text(),
  terminalSerial: from.integer(),
  time: from.text(),
  account: from.integer(),
  own: from.integer(),
  pooled: from.integer()
})
