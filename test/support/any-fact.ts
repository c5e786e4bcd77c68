/** Facts of every kind for property tests: any text, any amount, claims that fit their lines and claims that do not. */

import fc from 'fast-check'
import { FUNDS, type Amounts, type Fund } from '../../settlement/calculation/settlement-result.ts'
import type { Fact, LedgerLine } from '../../settlement/ledger/fact.ts'
import { FEN_MAX, fen, type Fen } from '../../settlement/money/fen.ts'

export const anyFen: fc.Arbitrary<Fen> = fc
  .oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 1_000_000 }) }, fc.integer({ min: 0, max: FEN_MAX }), fc.constant(0))
  .map((amount) => fen(amount))
const signedFen = fc.integer({ min: -FEN_MAX, max: FEN_MAX }).map((amount) => fen(amount))

const identifier = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).filter(({ length }) => length <= 64)
const words = fc.string({ maxLength: 60, unit: 'grapheme' })
const time = fc.integer({ min: 0, max: 99_999_999_999_999 }).map((digits) => digits.toString().padStart(14, '0'))
const serial = fc.nat()
const place = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
const hex = fc.constantFrom('a1b2c3d4', '00000000', 'FFFFFFFF')
const optionalFen = fc.option(anyFen, { nil: undefined })

const counters = fc.dictionary(
  fc.constantFrom('act_pay_dedc', 'hifp_pay', 'constructor', 'segment_expense', 'toString', 'x9_A'),
  signedFen.filter((amount) => amount !== 0)
)

const amounts: fc.Arbitrary<Amounts> = fc.record({
  total: anyFen,
  ownPay: anyFen,
  overCeiling: anyFen,
  prePay: anyFen,
  inScope: anyFen,
  deductible: anyFen,
  funds: fc
    .array(anyFen, { minLength: FUNDS.length, maxLength: FUNDS.length })
    .map((paid) => Object.fromEntries(FUNDS.map((fund, index) => [fund, paid[index]])) as Record<Fund, Fen>),
  fundPaid: anyFen,
  personal: anyFen,
  account: anyFen,
  mutualAid: anyFen,
  cash: anyFen,
  hospital: anyFen
})

const line: fc.Arbitrary<LedgerLine> = fc.record({
  lineNo: identifier,
  itemCode: words.filter(({ length }) => length <= 64),
  itemName: words,
  amount: signedFen,
  ownPay: signedFen,
  overCeiling: signedFen,
  prePay: signedFen,
  inScope: signedFen
})

/** As the till writes it, as a stranger might, and none. */
const claimOf = (lines: readonly LedgerLine[]): fc.Arbitrary<Uint8Array> => {
  const named = lines.map(({ lineNo, itemCode, itemName }) => ({ feedetl_sn: lineNo, med_list_codg: itemCode, name: itemName }))
  return fc
    .oneof(
      fc.constant(JSON.stringify({ psn_type: '11', lines: named })),
      fc.constant(JSON.stringify({ lines: named }, undefined, 2)),
      fc.constant(` {"lines":[{"name":7},null,3], "note":",\\"claim\\":}" } `),
      fc.constant('{"a":1,"claim":{"b":2}}'),
      fc.constant('[]'),
      fc.constant('{"lines":'),
      fc.constant('')
    )
    .map((text) => new TextEncoder().encode(text))
}

const intent = fc.record({
  cardId: identifier,
  serialBefore: serial,
  balanceBefore: optionalFen,
  terminalNo: identifier,
  terminalSerial: serial,
  time,
  amounts: fc.record({ account: anyFen, own: anyFen, pooled: anyFen })
})

const hold: fc.Arbitrary<Fact> = fc.array(line, { maxLength: 4 }).chain((lines) =>
  fc.record({
    kind: fc.constant('hold' as const),
    settlementId: identifier,
    visit: fc.record({ institution: identifier, visitNo: identifier }),
    personNo: identifier,
    insuranceType: identifier,
    policyYear: fc.integer({ min: 0, max: 9999 }),
    medType: fc.constantFrom('11', '140104', ''),
    personType: fc.constantFrom('11', '1401', ''),
    policy: fc.record({ id: identifier, version: identifier }),
    amounts,
    lines: fc.constant(lines),
    counters,
    intent,
    claim: claimOf(lines),
    result: fc.uint8Array({ maxLength: 40 }),
    heldAt: time
  })
)

const posting: fc.Arbitrary<Fact> = fc.record({
  kind: fc.constant('posting' as const),
  settlementId: identifier,
  hold: place,
  evidence: fc.record({
    source: fc.constantFrom('debit-answer' as const, 'transaction-prove' as const, 'transaction-log' as const),
    tac: fc.option(hex, { nil: undefined }),
    mac2: fc.option(hex, { nil: undefined }),
    serialAfter: serial,
    balanceAfter: optionalFen
  }),
  postedAt: time
})

const others: readonly fc.Arbitrary<Fact>[] = [
  fc.record({ kind: fc.constant('release' as const), settlementId: identifier, hold: place, proof: words, releasedAt: time }),
  fc.record({
    kind: fc.constant('correction' as const),
    correctionId: identifier,
    settlementId: identifier,
    hold: place,
    reason: words,
    correctedAt: time
  }),
  fc.record({
    kind: fc.constant('confirmation' as const),
    id: identifier,
    target: place,
    setlId: identifier,
    setlTime: time,
    ofRecord: fc.option(fc.record({ amounts, counters, reason: words }), { nil: undefined }),
    confirmedAt: time
  }),
  fc.record({
    kind: fc.constant('load-hold' as const),
    loadId: identifier,
    purpose: fc.oneof(
      fc.record({ kind: fc.constant('refund' as const), settlementId: identifier }),
      fc.record({ kind: fc.constant('credit' as const), creditId: identifier })
    ),
    intent: fc.record({
      cardId: identifier,
      serialBefore: serial,
      balanceBefore: anyFen,
      amount: anyFen,
      terminalNo: identifier,
      time,
      mac2: hex
    }),
    heldAt: time
  }),
  fc.record({
    kind: fc.constant('load-posting' as const),
    loadId: identifier,
    hold: place,
    evidence: fc.record({
      source: fc.constantFrom('credit-answer' as const, 'transaction-prove' as const, 'transaction-log' as const),
      tac: fc.option(hex, { nil: undefined }),
      serialAfter: serial,
      balanceAfter: optionalFen
    }),
    postedAt: time
  }),
  fc.record({ kind: fc.constant('load-release' as const), loadId: identifier, hold: place, proof: words, releasedAt: time }),
  fc.record({
    kind: fc.constant('close' as const),
    day: fc.constantFrom('2026-03-15', '2026-12-31'),
    report: fc.uint8Array({ maxLength: 60 }),
    signature: hex,
    closedAt: time
  }),
  fc.record({
    kind: fc.constant('reopen' as const),
    day: fc.constantFrom('2026-03-15'),
    close: place,
    reason: words,
    reopenedAt: time
  })
]

export const anyFact: fc.Arbitrary<Fact> = fc.oneof({ weight: 5, arbitrary: hold }, { weight: 3, arbitrary: posting }, ...others)
