import { describe, expect, it } from 'vitest'
import { NOW, psnNoOf, terminalName, testPolicy, till } from '../../../test/support/centre-of-tests.ts'
import { LINES, standInAuthority, testCard, type Sale, type TestCard } from '../../../test/support/test-till.ts'
import type { BatchEntry, Verdict } from '../../batch/batch.ts'
import { decodeBatch } from '../../batch/decode-batch.ts'
import { fen } from '../../money/fen.ts'
import type { SettlementRow } from '../store/schema.ts'
import { judge } from './judge.ts'
import type { Judgement } from './judging.ts'
import { counterKey, factKey, serialKey, signatureKey, visitKey, type CardOfRecord, type Knowledge, type PersonOfRecord } from './knowledge.ts'

const POLICY = testPolicy()
const MORNING = '20260315090000'
const BOOKED = 'P1'
const NEVER_SOLD = { feedetl_sn: '99', med_list_codg: 'NEVER-SOLD', chrgitm_lv: '01', pric: '15.00', cnt: '-1' }

const personOf = (card: TestCard, changes: Partial<PersonOfRecord> = {}): PersonOfRecord => ({
  psnNo: psnNoOf(card),
  brdy: card.brdy,
  insurances: [
    { insutype: '310', region: '999999', psnType: '11', status: '1', insuredSince: '2020-01-01', pausedSince: undefined, cvlservFlag: '0' }
  ],
  identities: [],
  entitlements: [],
  ...changes
})

/** Another for every card. */
const refOf = ({ issued }: TestCard): number => Number.parseInt(issued.cardId.slice(-4), 16)

const cardOf = (card: TestCard, changes: Partial<CardOfRecord> = {}): CardOfRecord => ({
  ...card.issued,
  ref: refOf(card),
  psnNo: psnNoOf(card),
  isLost: false,
  lostSince: '',
  ...changes
})

function knowing(card: TestCard, changes: Partial<Knowledge> = {}): Knowledge {
  return {
    terminal: { terminal: terminalName(1), institution: 'H99999900001' },
    moment: NOW,
    policy: (region, version) => (region === '999999' && version === '1' ? POLICY : undefined),
    people: new Map([[card.certno, personOf(card)]]),
    cards: new Map([[card.issued.cardId, cardOf(card)]]),
    serials: new Map(),
    signatures: new Map(),
    counters: new Map(),
    settlements: new Map(),
    visits: new Map(),
    holds: new Map(),
    facts: new Map(),
    loads: new Map(),
    ...changes
  }
}

function entriesOf(bytes: Uint8Array): readonly BatchEntry[] {
  const batch = decodeBatch(bytes)
  if (!batch.ok) throw new Error(JSON.stringify(batch.error))
  return batch.value.entries
}

interface Case {
  readonly sale?: Partial<Sale>
  readonly known?: (card: TestCard) => Partial<Knowledge>
}

/** One settlement of 720.00, 203.00 of it paid by the pool and 517.00 by the card, as the rest of the world stands. */
function settled({ sale = {}, known = () => ({}) }: Case = {}): { readonly verdict: Verdict | undefined; readonly judgement: Judgement; readonly card: TestCard } {
  const card = testCard(1)
  const one = till(1, POLICY)
  one.settle({ card, time: MORNING, visitNo: 'MZ1', ...sale })
  const judgement = judge(knowing(card, known(card)), standInAuthority, entriesOf(one.batch(MORNING)))
  return { verdict: judgement.verdicts[1]?.verdict, judgement, card }
}

const row = (changes: Partial<SettlementRow> = {}): SettlementRow => {
  const [booked] = settled().judgement.bookings.settlements
  if (booked === undefined) throw new Error('nothing was booked')
  return { ...booked, ...changes }
}

const nothingMoves = ({ bookings }: Judgement): boolean =>
  bookings.settlements.length === 0 && bookings.years.length === 0 && bookings.balances.size === 0

describe('a settlement that is right', () => {
  it('is booked as stated and moves counters, serial and balance', () => {
    const { verdict, judgement, card } = settled()
    expect(verdict).toEqual({ kind: 'accepted', setlId: 'H9999990000101000000000002', setlTime: '20260315120000' })
    const { settlements, years, balances } = judgement.bookings
    expect(settlements).toHaveLength(1)
    expect(settlements[0]).toMatchObject({ total: 72_000, fund_paid: 20_300, account: 51_700, cash: 0, proof: 'tac', stated: null, card_ref: refOf(card), card_serial: 1, card_signed: `999999000001${MORNING}1` })
    expect(years).toMatchObject([{ psn_no: psnNoOf(card), insutype: '310', year: 2026, moved: { hifp_pay: 20_300 } }])
    expect([...balances]).toEqual([[card.issued.cardId, -51_700]])
  })

  it('is booked without the card\'s code when the card\'s own log proves it', () => {
    const { verdict, judgement } = settled({
      sale: { forgePosting: (posting) => ({ ...posting, evidence: { source: 'transaction-log', tac: undefined, mac2: undefined, serialAfter: 1, balanceAfter: undefined } }) }
    })
    expect(verdict).toMatchObject({ kind: 'accepted' })
    expect(judgement.bookings.settlements[0]).toMatchObject({ proof: 'log' })
  })

  it('may leave a gap in the serials of its card: what is missing may come yet', () => {
    expect(settled({ sale: { forgePosting: (posting) => ({ ...posting, evidence: { ...posting.evidence, serialAfter: 9 } }) } }).verdict).toMatchObject({ kind: 'accepted' })
  })

  it('was paid with a card that was lost later', () => {
    const known = (card: TestCard) => ({ cards: new Map([[card.issued.cardId, cardOf(card, { isLost: true, lostSince: '20260315090001' })]]) })
    expect(settled({ known }).verdict).toMatchObject({ kind: 'accepted' })
  })

  it('comes within what clocks may differ by', () => {
    expect(settled({ sale: { time: '20260315123000' } }).verdict).toMatchObject({ kind: 'accepted' })
  })
})

describe('a settlement that is not booked', () => {
  it.each<[string, Case, unknown]>([
    [
      'a posting of another hold',
      { sale: { forgePosting: (posting) => ({ ...posting, hold: 7 }) } },
      { kind: 'refused', refusal: { kind: 'claim-malformed', field: 'hold', rule: 'must be the number of the hold of this settlement' } }
    ],
    [
      'a posting under another number',
      { sale: { forgePosting: (posting) => ({ ...posting, settlementId: 'X' }) } },
      { kind: 'refused', refusal: { kind: 'claim-malformed', field: 'hold', rule: 'must be the number of the hold of this settlement' } }
    ],
    [
      'a visit of another institution',
      { sale: { forge: (hold) => ({ ...hold, visit: { ...hold.visit, institution: 'H99999900002' } }) } },
      { kind: 'refused', refusal: { kind: 'claim-malformed', field: 'institution', rule: "must be the terminal's own institution, H99999900001" } }
    ],
    [
      'a visit that is settled',
      { known: () => ({ visits: new Map([[visitKey('H99999900001', 'MZ1'), row({ medins_setl_id: BOOKED })]]) }) },
      { kind: 'conflict', conflict: { kind: 'visit-settled', settlementId: BOOKED } }
    ],
    [
      'a visit that is settled, though that was taken back',
      { known: () => ({ visits: new Map([[visitKey('H99999900001', 'MZ1'), row({ medins_setl_id: BOOKED, reversed_by: 'R1' })]]) }) },
      { kind: 'conflict', conflict: { kind: 'visit-settled', settlementId: BOOKED } }
    ],
    [
      'a time ahead of the clock',
      { sale: { time: '20260315123001' } },
      { kind: 'refused', refusal: { kind: 'time-ahead', time: '20260315123001', centreTime: '20260315120000' } }
    ],
    [
      'a posting from the future',
      { sale: { forgePosting: (posting) => ({ ...posting, postedAt: '20990101000000' }) } },
      { kind: 'refused', refusal: { kind: 'time-ahead', time: '20990101000000', centreTime: '20260315120000' } }
    ],
    [
      'a time that is none',
      { sale: { forge: (hold) => ({ ...hold, heldAt: '99999999999999' }) } },
      { kind: 'refused', refusal: { kind: 'time-ahead', time: '99999999999999', centreTime: '20260315120000' } }
    ],
    [
      'a visit in the future',
      { sale: { claim: { begntime: '2026-04-01' } } },
      { kind: 'refused', refusal: { kind: 'time-ahead', time: '20260401000000', centreTime: '20260315120000' } }
    ],
    [
      'a claim that breaks a rule',
      { sale: { forge: (hold) => ({ ...hold, claim: new TextEncoder().encode(JSON.stringify({ psn_type: '11', begntime: '2026-03-15', lines: LINES, bonus: 'yes' })) }) } },
      { kind: 'refused', refusal: { kind: 'claim-malformed', field: 'bonus', rule: expect.stringContaining('unknown field') } }
    ],
    [
      'a claim that returns what it never sold',
      { sale: { forge: (hold) => ({ ...hold, claim: new TextEncoder().encode(JSON.stringify({ psn_type: '11', begntime: '2026-03-15', lines: [...LINES, NEVER_SOLD] })) }) } },
      { kind: 'refused', refusal: { kind: 'claim-malformed', field: 'claim', rule: expect.stringMatching(/^must be computable by the policy: lines\[\d+\]\.cnt: "-1" is refused: must not return more of an item than this bill buys/) } }
    ],
    [
      'a claim that was not kept',
      { sale: { forge: (hold) => ({ ...hold, claim: new Uint8Array(0) }) } },
      { kind: 'refused', refusal: { kind: 'claim-malformed', field: 'claim', rule: 'must be there: an older ledger kept none' } }
    ],
    [
      'a claim of another institution',
      { sale: { claim: { fixmedins_code: 'H99999900002' } } },
      { kind: 'refused', refusal: { kind: 'claim-malformed', field: 'fixmedins_code', rule: 'must be the institution of the visit' } }
    ],
    [
      'a policy that the centre has not',
      { sale: { forge: (hold) => ({ ...hold, policy: { id: '999999', version: '7' } }) } },
      { kind: 'refused', refusal: { kind: 'policy-unknown', region: '999999', version: '7' } }
    ],
    [
      'a fund that pays a fen more',
      {
        sale: {
          forge: ({ amounts, ...hold }) => ({
            ...hold,
            amounts: { ...amounts, funds: { ...amounts.funds, hifp_pay: fen(20_301) }, fundPaid: fen(20_301), personal: fen(51_699), account: fen(51_699) }
          })
        }
      },
      { kind: 'refused', refusal: { kind: 'amounts-wrong', field: 'fundPaid', stated: '203.01', computed: '203.00' } }
    ],
    [
      'another fund that pays',
      { sale: { forge: ({ amounts, ...hold }) => ({ ...hold, amounts: { ...amounts, funds: { ...amounts.funds, hifp_pay: fen(0), oth_pay: fen(20_300) } } }) } },
      { kind: 'refused', refusal: { kind: 'amounts-wrong', field: 'hifp_pay', stated: '0.00', computed: '203.00' } }
    ],
    [
      'a counter that is not moved',
      { sale: { forge: (hold) => ({ ...hold, counters: { ...hold.counters, act_pay_dedc: fen(0) } }) } },
      { kind: 'refused', refusal: { kind: 'amounts-wrong', field: 'counters.act_pay_dedc', stated: '0.00', computed: '400.00' } }
    ],
    [
      'a counter that nobody moves',
      { sale: { forge: (hold) => ({ ...hold, counters: { ...hold.counters, gift: fen(1) } }) } },
      { kind: 'refused', refusal: { kind: 'amounts-wrong', field: 'counters.gift', stated: '0.01', computed: '0.00' } }
    ],
    [
      'a line that says something else',
      { sale: { forge: (hold) => ({ ...hold, lines: hold.lines.map((line, index) => (index === 1 ? { ...line, prePay: fen(999), inScope: fen(9_001) } : line)) }) } },
      { kind: 'refused', refusal: { kind: 'amounts-wrong', field: 'lines[1].prePay', stated: '9.99', computed: '10.00' } }
    ],
    [
      'a line of another item',
      { sale: { forge: (hold) => ({ ...hold, lines: hold.lines.map((line) => ({ ...line, itemCode: 'X' })) }) } },
      { kind: 'refused', refusal: { kind: 'amounts-wrong', field: 'lines[0].itemCode', stated: 'X', computed: 'XA02BCA099A001010199999' } }
    ],
    [
      'a line too few',
      { sale: { forge: (hold) => ({ ...hold, lines: hold.lines.slice(1) }) } },
      { kind: 'refused', refusal: { kind: 'amounts-wrong', field: 'lines', stated: '2', computed: '3' } }
    ],
    [
      'another policy year',
      { sale: { forge: (hold) => ({ ...hold, policyYear: 2025 }) } },
      { kind: 'refused', refusal: { kind: 'amounts-wrong', field: 'policyYear', stated: '2025', computed: '2026' } }
    ],
    [
      'another kind of person than the claim says',
      { sale: { forge: (hold) => ({ ...hold, personType: '12' }) } },
      { kind: 'refused', refusal: { kind: 'amounts-wrong', field: 'personType', stated: '12', computed: '11' } }
    ],
    [
      'less debited than the account pays',
      { sale: { forge: (hold) => ({ ...hold, intent: { ...hold.intent, amounts: { ...hold.intent.amounts, account: fen(1) } } }) } },
      { kind: 'refused', refusal: { kind: 'amounts-wrong', field: 'intent.account', stated: '0.01', computed: '517.00' } }
    ],
    [
      'an account that pays without a card',
      {
        sale: {
          forge: (hold) => ({
            ...hold,
            intent: { ...hold.intent, balanceBefore: undefined, amounts: { account: fen(0), own: fen(72_000), pooled: fen(72_000) } }
          })
        }
      },
      { kind: 'refused', refusal: { kind: 'amounts-wrong', field: 'account', stated: '517.00', computed: '0.00' } }
    ],
    ['a person whom nobody knows', { known: () => ({ people: new Map() }) }, { kind: 'refused', refusal: { kind: 'person-unknown' } }],
    ['a card that nobody knows', { known: () => ({ cards: new Map() }) }, { kind: 'refused', refusal: { kind: 'card-unknown' } }],
    [
      'the card of another person',
      { known: (card) => ({ cards: new Map([[card.issued.cardId, cardOf(card, { psnNo: 'another' })]]) }) },
      { kind: 'refused', refusal: { kind: 'card-of-another' } }
    ],
    [
      'a card that was lost by then',
      { known: (card) => ({ cards: new Map([[card.issued.cardId, cardOf(card, { isLost: true, lostSince: '20260315090000' })]]) }) },
      { kind: 'refused', refusal: { kind: 'card-lost', since: '20260315090000' } }
    ],
    [
      'a code that the card did not make',
      { sale: { forgePosting: (posting) => ({ ...posting, evidence: { ...posting.evidence, tac: 'DEADBEEF' } }) } },
      { kind: 'refused', refusal: { kind: 'tac-wrong' } }
    ],
    [
      'no code where the card must have made one',
      { sale: { forgePosting: (posting) => ({ ...posting, evidence: { ...posting.evidence, tac: undefined } }) } },
      { kind: 'refused', refusal: { kind: 'tac-wrong' } }
    ],
    [
      'a code over other amounts',
      { sale: { forge: (hold) => ({ ...hold, intent: { ...hold.intent, terminalSerial: 77 } }), forgePosting: (posting) => ({ ...posting, evidence: { ...posting.evidence, tac: '00000000' } }) } },
      { kind: 'refused', refusal: { kind: 'tac-wrong' } }
    ],
    [
      'a serial that the card has used',
      { known: (card) => ({ serials: new Map([[serialKey(refOf(card), 1), BOOKED]]) }) },
      { kind: 'refused', refusal: { kind: 'card-cloned', serial: 1, other: BOOKED } }
    ],
    [
      'a signature that the card gave for another settlement, under another serial',
      {
        sale: { forgePosting: (posting) => ({ ...posting, evidence: { ...posting.evidence, serialAfter: 60_000 } }) },
        known: (card) => ({ signatures: new Map([[signatureKey(refOf(card), `999999000001${MORNING}1`), BOOKED]]) })
      },
      { kind: 'refused', refusal: { kind: 'card-cloned', serial: 60_000, other: BOOKED } }
    ],
    [
      'a year without room',
      { known: (card) => ({ counters: new Map([[counterKey(psnNoOf(card), '310', 2026), { inscp_scp_amt: fen(99_999_999_999) }]]) }) },
      { kind: 'refused', refusal: { kind: 'claim-malformed', field: 'accumulators.inscp_scp_amt', rule: 'must leave the year below 1000000000.00' } }
    ]
  ])('%s', (_, given, expected) => {
    const { verdict, judgement } = settled(given)
    expect(verdict).toEqual(expected)
    expect(nothingMoves(judgement)).toBe(true)
  })

  it('one that is known with other content', () => {
    const card = testCard(1)
    const one = till(1, POLICY)
    const { hold } = one.settle({ card, time: MORNING, visitNo: 'MZ1' })
    const entries = entriesOf(one.batch(MORNING))
    const settlements = new Map([[hold.settlementId, row({ medins_setl_id: hold.settlementId, terminal: 'H99999900001-09', sequence: 40 })]])
    const facts = (hash: string) =>
      new Map([[factKey('H99999900001-09', 40), { terminal: 'H99999900001-09', sequence: 40, hash, verdict: { kind: 'accepted', setlId: 'S', setlTime: NOW.time } as const }]])
    const other = judge(knowing(card, { settlements, facts: facts('0'.repeat(64)) }), standInAuthority, entries)
    expect(other.verdicts[1]?.verdict).toEqual({ kind: 'conflict', conflict: { kind: 'id-taken', id: hold.settlementId } })
    const same = judge(knowing(card, { settlements, facts: facts(entries[1]?.hash ?? '') }), standInAuthority, entries)
    expect(same.verdicts[1]?.verdict).toEqual({ kind: 'exists', verdict: { kind: 'accepted', setlId: 'S', setlTime: NOW.time } })
    expect([nothingMoves(other), nothingMoves(same)]).toEqual([true, true])
  })
})

describe('two facts of one batch', () => {
  const two = (second: Partial<Sale>, card = testCard(1)) => {
    const one = till(1, POLICY)
    one.settle({ card, time: MORNING, visitNo: 'MZ1' })
    one.settle({ card, time: '20260315091000', visitNo: 'MZ2', ...second })
    return judge(knowing(card), standInAuthority, entriesOf(one.batch(MORNING)))
  }

  it('the second finds the counters where the first has left them', () => {
    const { verdicts, bookings } = two({})
    expect(verdicts.map(({ verdict }) => verdict.kind)).toEqual(['noted', 'accepted', 'noted', 'accepted'])
    expect(bookings.settlements.map(({ deductible, hifp_pay }) => [deductible, hifp_pay])).toEqual([
      [40_000, 20_300],
      [0, 48_300]
    ])
    expect(bookings.years.map(({ moved }) => moved['hifp_pay'])).toEqual([68_600])
  })

  it('the second of one visit is a conflict', () => {
    const { verdicts } = two({ visitNo: 'MZ1' })
    expect(verdicts[3]?.verdict).toMatchObject({ kind: 'conflict', conflict: { kind: 'visit-settled' } })
  })

  it('the second of one card serial is a copy of the card', () => {
    const { verdicts } = two({ forgePosting: (posting) => ({ ...posting, evidence: { ...posting.evidence, serialAfter: 1 } }) })
    expect(verdicts[3]?.verdict).toMatchObject({ kind: 'refused', refusal: { kind: 'card-cloned', serial: 1 } })
  })

  it('a correction takes back what the batch has booked, to zero', () => {
    const card = testCard(1)
    const one = till(1, POLICY)
    const sold = one.settle({ card, time: MORNING, visitNo: 'MZ1' })
    const { correctionId } = one.correct(sold, '20260315093000')
    const { verdicts, bookings } = judge(knowing(card), standInAuthority, entriesOf(one.batch(MORNING)))
    expect(verdicts[2]?.verdict).toEqual({ kind: 'accepted', setlId: 'H9999990000101000000000003', setlTime: NOW.time })
    expect(bookings.years).toEqual([])
    expect(bookings.settlements.map(({ medins_setl_id, total, fund_paid, reverses, reversed_by }) => ({ medins_setl_id, total, fund_paid, reverses, reversed_by }))).toEqual([
      { medins_setl_id: sold.hold.settlementId, total: 72_000, fund_paid: 20_300, reverses: null, reversed_by: 'H9999990000101000000000003' },
      { medins_setl_id: correctionId, total: -72_000, fund_paid: -20_300, reverses: 'H9999990000101000000000002', reversed_by: null }
    ])
    // The chip was debited and a correction gives it nothing back: only a load can.
    expect([...bookings.balances.values()]).toEqual([-51_700])
  })

  it('a second correction of one settlement is a conflict', () => {
    const card = testCard(1)
    const one = till(1, POLICY)
    const sold = one.settle({ card, time: MORNING, visitNo: 'MZ1' })
    one.correct(sold, '20260315093000')
    one.correct(sold, '20260315093100')
    const { verdicts, bookings } = judge(knowing(card), standInAuthority, entriesOf(one.batch(MORNING)))
    expect(verdicts[3]?.verdict).toEqual({ kind: 'conflict', conflict: { kind: 'id-taken', id: 'H9999990000101000000000003' } })
    expect(bookings.settlements).toHaveLength(2)
  })

  it('a correction of what is not booked waits for it', () => {
    const card = testCard(1)
    const one = till(1, POLICY)
    const sold = one.settle({ card, time: MORNING, visitNo: 'MZ1' })
    one.correct(sold, '20260315093000')
    const { verdicts } = judge(knowing(card, { people: new Map() }), standInAuthority, entriesOf(one.batch(MORNING)))
    expect(verdicts[2]?.verdict).toEqual({ kind: 'refused', refusal: { kind: 'target-not-booked', settlementId: sold.hold.settlementId } })
  })
})

describe('amounts of record', () => {
  const person = (changes: Partial<PersonOfRecord>) => (card: TestCard) => ({ people: new Map([[card.certno, personOf(card, changes)]]) })
  const insurance = { insutype: '310', region: '999999', psnType: '11', status: '1', insuredSince: '2020-01-01', pausedSince: undefined, cvlservFlag: '0' } as const
  const ofRecord = (verdict: Verdict | undefined) => {
    if (verdict?.kind !== 'accepted') throw new Error(JSON.stringify(verdict))
    const { ofRecord: told } = verdict
    return told && { reason: told.reason, fund: told.amounts.fundPaid, account: told.amounts.account, cash: told.amounts.cash }
  }

  it.each<[string, Case, unknown]>([
    [
      'a suspended person gets nothing from the funds; the account pays no more than it has',
      { known: person({ insurances: [{ ...insurance, status: '2' }] }) },
      { reason: 'not-entitled', fund: 0, account: 51_700, cash: 20_300 }
    ],
    ['a pause that began later changes nothing', { known: person({ insurances: [{ ...insurance, status: '2', pausedSince: '2026-03-16' }] }) }, undefined],
    ['a pause that began that day does', { known: person({ insurances: [{ ...insurance, status: '2', pausedSince: '2026-03-15' }] }) }, { reason: 'not-entitled', fund: 0, account: 51_700, cash: 20_300 }],
    ['an insurance that began later', { known: person({ insurances: [{ ...insurance, insuredSince: '2026-04-01' }] }) }, { reason: 'not-entitled', fund: 0, account: 51_700, cash: 20_300 }],
    ['a person insured elsewhere', { known: person({ insurances: [{ ...insurance, region: '990100' }] }) }, { reason: 'person-differs', fund: 0, account: 51_700, cash: 20_300 }],
    [
      'a retired person has the better share: 290.00 at 75 %',
      { known: person({ insurances: [{ ...insurance, psnType: '12' }] }) },
      { reason: 'person-differs', fund: 21_750, account: 50_250, cash: 0 }
    ],
    [
      'a deductible that was paid elsewhere: 690.00 at 70 %',
      { known: (card) => ({ counters: new Map([[counterKey(psnNoOf(card), '310', 2026), { act_pay_dedc: fen(40_000) }]]) }) },
      { reason: 'counters-differ', fund: 48_300, account: 23_700, cash: 0 }
    ],
    [
      'a counter that no rule reads changes nothing',
      { known: (card) => ({ counters: new Map([[counterKey(psnNoOf(card), '310', 2026), { visits_seen: fen(5) }]]) }) },
      undefined
    ],
    [
      'a fund that the person does not enjoy',
      { known: person({ entitlements: [{ insutype: '310', fundPayType: '310100', medType: undefined, begins: '2026-01-01', ends: '2026-12-31', isEnjoyed: false }] }) },
      { reason: 'not-entitled', fund: 0, account: 51_700, cash: 20_300 }
    ],
    [
      'a fund that the person does not enjoy at another kind of visit',
      { known: person({ entitlements: [{ insutype: '310', fundPayType: '310100', medType: '14', begins: '2026-01-01', ends: undefined, isEnjoyed: false }] }) },
      undefined
    ],
    [
      'a fund that the person did not enjoy until the day before',
      { known: person({ entitlements: [{ insutype: '310', fundPayType: '310102', medType: undefined, begins: '2026-01-01', ends: '2026-03-14', isEnjoyed: false }] }) },
      undefined
    ],
    [
      'a fund that the person enjoyed until the day before',
      { known: person({ entitlements: [{ insutype: '310', fundPayType: '310100', medType: undefined, begins: '2025-01-01', ends: '2026-03-14', isEnjoyed: true }] }) },
      { reason: 'not-entitled', fund: 0, account: 51_700, cash: 20_300 }
    ],
    [
      'a fund that is not enjoyed in general, and is at this kind of visit',
      {
        known: person({
          entitlements: [
            { insutype: '310', fundPayType: '310100', medType: undefined, begins: '2026-01-01', ends: undefined, isEnjoyed: false },
            { insutype: '310', fundPayType: '310100', medType: '11', begins: '2026-01-01', ends: undefined, isEnjoyed: true }
          ]
        })
      },
      undefined
    ],
    [
      'a fund that the person enjoys',
      { known: person({ entitlements: [{ insutype: '310', fundPayType: '310100', medType: undefined, begins: '2026-01-01', ends: undefined, isEnjoyed: true }] }) },
      undefined
    ]
  ])('%s', (_, given, expected) => {
    const { verdict } = settled(given)
    expect(ofRecord(verdict)).toEqual(expected)
  })

  it('are what is booked, and what the terminal stated is kept beside them', () => {
    const { judgement } = settled({ known: person({ insurances: [{ ...insurance, status: '2' }] }) })
    const [booked] = judgement.bookings.settlements
    expect(booked).toMatchObject({ fund_paid: 0, hifp_pay: 0, account: 51_700, cash: 20_300, deductible: 0 })
    expect(JSON.parse(booked?.stated ?? '')).toMatchObject({ amounts: { hifp_pay: '203.00', account: '517.00' }, counters: { act_pay_dedc: '400.00' } })
    expect(judgement.bookings.years).toEqual([])
    // The purse has paid what it was debited.
    expect([...judgement.bookings.balances.values()]).toEqual([-51_700])
  })

  it('a correction takes back what was booked and not what was stated', () => {
    const card = testCard(1)
    const one = till(1, POLICY)
    const sold = one.settle({ card, time: MORNING, visitNo: 'MZ1' })
    one.correct(sold, '20260315093000')
    const { bookings } = judge(knowing(card, person({ insurances: [{ ...insurance, psnType: '12' }] })(card)), standInAuthority, entriesOf(one.batch(MORNING)))
    expect(bookings.settlements.map(({ fund_paid }) => fund_paid)).toEqual([21_750, -21_750])
    expect(bookings.years).toEqual([])
  })

  it('a refund in an earlier batch is taken back by what that booking had moved', () => {
    const card = testCard(1)
    const one = till(1, POLICY)
    const sold = one.settle({ card, time: MORNING, visitNo: 'MZ1' })
    const known = knowing(card, person({ insurances: [{ ...insurance, psnType: '12' }] })(card))
    const first = judge(known, standInAuthority, entriesOf(one.batch(MORNING)))
    const [booked] = first.bookings.settlements
    const posting = first.verdicts[1]
    if (booked === undefined || posting === undefined) throw new Error('nothing was booked')
    one.correct(sold, '20260315093000')
    const later = judge(
      knowing(card, {
        settlements: new Map([[sold.hold.settlementId, booked]]),
        holds: new Map([[1, sold.hold]]),
        facts: new Map([[factKey(terminalName(1), 2), { terminal: terminalName(1), sequence: 2, hash: '', verdict: posting.verdict }]])
      }),
      standInAuthority,
      entriesOf(one.batch(MORNING))
    )
    expect(later.bookings.years.map(({ moved }) => moved['hifp_pay'])).toEqual([-21_750])
    expect(later.bookings.reversals).toEqual([{ setlId: booked.setl_id, by: 'H9999990000101000000000003' }])
  })
})
