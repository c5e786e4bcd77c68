/** Rules that need no world to be broken. */

import { describe, expect, it } from 'vitest'
import type { CardBook } from '../auditor/card-book.ts'
import type { CentreChain } from '../auditor/centre-chains.ts'
import type { CentreData } from '../auditor/centre-rows.ts'
import type { ChipLine, ChipState } from '../auditor/chip-image.ts'
import type { Hold } from '../auditor/fact.ts'
import { AuditFailure, Findings, RULE_NAMES } from '../auditor/failure.ts'
import { LedgerBook } from '../auditor/ledger-book.ts'
import { Caps } from '../auditor/rules/caps.ts'
import { checkCredits } from '../auditor/rules/centre-credits.ts'
import { checkClose } from '../auditor/rules/close.ts'
import { checkRefused } from '../auditor/rules/refused.ts'
import { checkCleared, checkLastClose, checkNamed, checkOpenHolds } from '../auditor/rules/quiet.ts'
import { checkEntered, checkPinTried, pinCommandIn } from '../auditor/rules/pin.ts'
import { SecretSearch } from '../auditor/secrets.ts'
import type { TerminalBooks, WorldBooks } from '../auditor/world-books.ts'

const said = (check: (findings: Findings) => void): readonly string[] => {
  const findings = new Findings('gather')
  check(findings)
  return findings.failures.map(({ detail }) => detail)
}

describe('the PIN counter', () => {
  const PIN = Uint8Array.of(0x24, 0x68, 0x10)
  const state = (pinTriesLeft: number): ChipState => ({ pinTriesLeft, pinTriesMax: 6, pin: PIN }) as unknown as ChipState
  const tried = (pin: number, left: readonly [number, number], status?: number): readonly string[] => {
    const command = pinCommandIn(Uint8Array.of(0x00, 0x20, 0x00, 0x00, 0x03, pin, 0x68, 0x10))
    if (command === undefined) throw new Error('a VERIFY')
    return said((findings) => checkPinTried({ card: { name: 'card-1' } as CardBook, command, before: state(left[0]), after: state(left[1]), status }, findings))
  }

  it('falls by one for a wrong PIN and stands at its limit after a right one', () => {
    expect([tried(0x11, [6, 5], 0x63c5), tried(0x24, [3, 6], 0x9000), tried(0x24, [0, 0], 0x6983)]).toEqual([[], [], []])
  })

  it('may have fallen, or not, when the power went inside', () => {
    expect([tried(0x11, [6, 6]), tried(0x11, [6, 5]), tried(0x24, [3, 2]), tried(0x24, [3, 6])]).toEqual([[], [], [], []])
  })

  it.each([
    ['a wrong PIN that cost nothing', 0x11, [6, 6], 0x63c6, 'after a wrong PIN (63c6) 6 tries are left of 6, lawful are 5'],
    ['a wrong PIN that restored it', 0x11, [2, 6], 0x9000, 'after a wrong PIN (9000) 6 tries are left of 2, lawful are 1'],
    ['a right PIN on a locked card', 0x24, [0, 6], 0x9000, 'after the right PIN (9000) 6 tries are left of 0, lawful are 0'],
    ['a right PIN that cost a try', 0x24, [6, 5], 0x9000, 'after the right PIN (9000) 5 tries are left of 6, lawful are 6']
  ] as const)('%s is found', (_, pin, left, status, detail) => {
    expect(tried(pin, left, status)).toEqual([`card-1: ${detail}`])
  })

  it('a command that nobody entered a PIN for is found', () => {
    expect(said((findings) => checkEntered('till-1', 'card-1', true, findings))).toEqual([])
    expect(said((findings) => checkEntered('till-1', 'card-1', false, findings))).toEqual(['till-1: a PIN went to card-1, and nobody had entered it, or it had been tried already'])
  })

  it('VERIFY without data only asks, CHANGE PIN tries the old one', () => {
    expect(pinCommandIn(Uint8Array.of(0x00, 0x20, 0x00, 0x00, 0x00))).toBeUndefined()
    expect(pinCommandIn(Uint8Array.of(0x80, 0x5e, 0x01, 0x00, 0x07, 0x24, 0x68, 0x10, 0xff, 0x99, 0x99, 0x99))).toEqual({ kind: 'try', pin: PIN })
    expect(pinCommandIn(Uint8Array.of(0xb0, 0x2c, 0x01, 0x00, 0x01, 0x00))).toBeUndefined()
  })
})

describe('the caps of a policy', () => {
  const document = {
    insutype: ['310', '390'],
    deductible: { accumulation: 'year', rows: [{ when: { insutype: ['390'] }, amount: '10.00' }, { amount: '600.00' }] },
    bands: [
      { pays: 'hifp_pay', when: { insutype: ['310'] }, limit: { of: 'payment', rows: [{ amount: '4500.00' }, { amount: '5500.00' }] } },
      { pays: 'hifob_pay', limit: { of: 'payment', rows: [{ amount: null }] } }
    ]
  }
  const caps = new Caps([{ region: '999999', version: '1', document: JSON.stringify(document) }], new Set(['999999']))
  const used = (insutype: string, counters: Record<string, number>): readonly string[] =>
    said((findings) => caps.checkYear('till-1', `P1 ${insutype} 2026`, new Map(Object.entries(counters)), findings))

  it('are the highest that any row allows', () => {
    expect(used('310', { act_pay_dedc: 60_000, hifp_pay: 550_000, hifob_pay: 99_999_999 })).toEqual([])
    expect(used('310', { act_pay_dedc: 60_001 })).toEqual(['till-1: year P1 310 2026 has used 60001 fen of act_pay_dedc, 60000 are the most that any row allows'])
    expect(used('310', { hifp_pay: 550_001 })).toHaveLength(1)
  })

  it('nothing below zero is used', () => {
    expect(used('310', { act_pay_dedc: -1 })).toEqual(['till-1: year P1 310 2026 has used -1 fen of act_pay_dedc'])
  })

  it('a visit counts in the year of its day of service', () => {
    const hold = (serviceDay: string, year: number): Hold => ({ policyId: '999999', visitNo: 'V1', serviceDay, year }) as unknown as Hold
    expect(said((findings) => caps.checkYearOf('till-1', hold('2026-01-01', 2026), findings))).toEqual([])
    expect(said((findings) => caps.checkYearOf('till-1', hold('2026-01-01', 2025), findings))).toEqual(['till-1: visit V1 of 2026-01-01 counts in the year 2025'])
  })
})

describe('a close', () => {
  const report = (changes: object, rows: readonly object[] = [], drawer: object = {}): Uint8Array =>
    Buffer.from(JSON.stringify({ period: { after: 0, to: 0, settlements: 0, refunds: 0, loads: 0, ...changes }, cards: { debits: 0, debited: '0.00', loaded: '0.00' }, drawer: { cash_in: '0.00', cash_refunded: '0.00', ...drawer }, rows, items: [] }))
  const closed = (changes: object): readonly string[] => {
    const findings = new Findings('gather')
    checkClose(new LedgerBook('till-1', findings), { kind: 'close', day: '2026-03-15', report: report(changes) }, 1, findings)
    return findings.failures.map(({ detail }) => detail)
  }

  it('that counts what there was is sound, any other is found', () => {
    expect(closed({})).toEqual([])
    expect(closed({ settlements: 1 })).toEqual(['till-1: close of 2026-03-15: settlements comes to 0, 1 is signed'])
    expect(closed({ to: 7 })).toEqual(['till-1: close of 2026-03-15: last fact comes to 0, 7 is signed'])
  })

  it('that signs other money than was paid, handed back or adjusted is found', () => {
    const amounts = (total: number, fund_paid: number, cash: number) => ({ total, fund_paid, hifp_pay: fund_paid, account: 0, mutual_aid: 0, cash })
    const hold = (fen: object) => ({ sequence: 1, fact: { amounts: fen, intent: { account: 0 } } })
    // 100.00 of which the fund has paid 70.00, and of record 65.00; 20.00 of the day before, handed back.
    const paid = { state: 'posted', hold: hold(amounts(10_000, 7_000, 3_000)), posting: { sequence: 4 }, confirmation: { sequence: 5 }, ofRecord: { amounts: amounts(10_000, 6_500, 3_500) } }
    const back = { state: 'corrected', hold: hold(amounts(2_000, 0, 2_000)), posting: { sequence: 2 }, correction: { sequence: 6 } }
    const book = { terminal: 'till-1', closes: [{ sequence: 3 }, { sequence: 7 }], settlings: new Map<number, object>([[1, paid], [2, back]]), loadings: new Map(), owedBy: () => 0, heldFor: () => 0 } as unknown as LedgerBook
    const signed = (ledgerTotal: string, back_: string): readonly string[] => {
      const row = (name: string, till: string, ledger: string): object => ({ row: name, till, ledger })
      const rows = [row('total', '80.00', ledgerTotal), row('fund-paid', '70.00', '65.00'), row('fund:hifp_pay', '70.00', '65.00'), row('cash', '10.00', '15.00')]
      const counted = { settlements: 1, refunds: 1, to: 6, after: 3 }
      const close = { kind: 'close', day: '2026-03-15', report: Buffer.from(JSON.stringify({ ...JSON.parse(report(counted, rows, { cash_in: '30.00', cash_refunded: back_ }).toString()), cards: { debits: 1, debited: '0.00', loaded: '0.00' } })) } as const
      return said((findings) => checkClose(book, close, 7, findings))
    }
    expect(signed('80.00', '20.00')).toEqual([])
    expect(signed('100.00', '20.00')).toEqual(['till-1: close of 2026-03-15: total of the ledger comes to 8000, 10000 is signed'])
    expect(signed('80.00', '0.00')).toEqual(['till-1: close of 2026-03-15: cash handed back comes to 2000, 0 is signed'])
  })
})

describe('a secret', () => {
  const search = new SecretSearch([{ name: 'master', bytes: Buffer.from('00112233445566778899aabbccddeeff', 'hex') }])
  const known = { pins: new Set(['789123']), cardNumbers: new Set(['999999D15600000500000002ABCDEF01']) }
  const inText = (text: string): string | undefined => search.inText(text, known)

  it.each([
    ['a PIN that stands alone', 'pin=789123;', 'a PIN'],
    ['a PIN in a VERIFY', '> 0020000003789123', 'a PIN'],
    ['a PIN in a VERIFY with spaces', '> 00 20 00 00 03 78 91 23', 'a PIN'],
    ['a new PIN in a CHANGE PIN', '805E010007111111FF789123', 'a PIN'],
    ['a key in hex', 'key 00112233445566778899AABBCCDDEEFF', 'key master'],
    ['a key in base64', 'ABEiM0RVZneImaq7zN3u/w==', 'key master'],
    ['a whole card number', 'card 999999D15600000500000002ABCDEF01', 'the whole number of card ..EF01']
  ])('%s is found', (_, text, found) => {
    expect(inText(text)).toBe(found)
  })

  it.each([['part of a longer number', '20260315789123'], ['part of a hash', 'a789123f'], ['the last digits of a card', '*****EF01'], ['an amount', '789123.00']])('%s is none', (_, text) => {
    expect(inText(text)).toBeUndefined()
  })

  it('is found among bytes', () => {
    expect(search.inBytes(Buffer.from('..pin 789123 ..'), known.pins)).toBe('a PIN')
    expect(search.inBytes(Buffer.from('ff00112233445566778899aabbccddeeff', 'hex'), known.pins)).toBe('key master')
    expect(search.inBytes(Buffer.from('0020000003789123', 'hex'), known.pins)).toBe('a PIN')
    expect(search.inBytes(Buffer.from('000789123456', 'hex'), known.pins)).toBeUndefined()
  })
})

describe('a hold that is open after a quiet time', () => {
  type Line = { readonly kind: 'debit' | 'load'; readonly serial: number }
  const OURS = { terminalNo: '999999000004', time: '20260105090450', account: 12_900, own: 3762, pooled: 0 }
  const AMOUNTS = { account: 12_900, own: 3762, pooled: 0 }
  const hold = { fact: { visitNo: 'V1', intent: { ...AMOUNTS, cardId: 'aa', serialBefore: 13, terminalNo: '999999000004', time: '20260105090450' } } }
  const loadHold = { fact: { loadId: 'L1', cardId: 'aa', serialBefore: 13, amount: 500 } }

  /** `log`: what the card's log still holds; the line of serial 13 was seen when it was written. */
  const open = (kind: 'debit' | 'load', log: readonly Line[], seen: object | null = { kind, serial: 13, ...OURS }): readonly string[] => {
    const card = { name: 'card-1', debits: new Map(), loads: new Map(), state: { log, pinTriesLeft: 6, balance: 0 }, opening: undefined } as unknown as CardBook
    const lines = kind === 'debit' ? card.debits : card.loads
    if (seen !== null) lines.set(13, seen as ChipLine)
    const book = {
      settlings: new Map(kind === 'debit' ? [['S1', { state: 'open', hold }]] : []),
      loadings: new Map(kind === 'load' ? [['L1', { state: 'open', hold: loadHold }]] : [])
    }
    return said((findings) => checkOpenHolds({ terminals: new Map([['till-1', { name: 'till-1', book }]]), cardOfId: new Map([['AA', card]]), findings } as unknown as WorldBooks, new Set()))
  }
  const later = (kind: 'debit' | 'load'): readonly Line[] => [16, 15, 14].map((serial) => ({ kind, serial }))

  it('is found where the card still has its line', () => {
    expect(open('debit', [...later('debit'), { kind: 'debit', serial: 13 }])).toEqual(['till-1: visit V1 of 12900 fen is still in doubt, and card-1 was shown'])
    expect(open('load', [...later('load'), { kind: 'load', serial: 13 }])).toEqual(['till-1: load L1 of 500 fen is still in doubt, and card-1 was shown'])
  })

  it('is found where nothing has ever taken its number', () => {
    expect(open('debit', [], null)).toHaveLength(1)
    expect(open('load', [], null)).toHaveLength(1)
  })

  it('is none where later transactions have pushed its line out of the log', () => {
    expect([open('debit', later('debit')), open('load', later('debit'))]).toEqual([[], []])
  })
})

describe('a hold of which the centre knows', () => {
  const hold = { fact: { settlementId: 'S1', visitNo: 'V1', intent: { cardId: 'aa', serialBefore: 13 } } }
  const open = (serial: number, settlement_id: string, state = 'open', lostFrom?: number): readonly string[] => {
    const till = { name: 'till-1', book: { settlings: new Map([['S1', { state, hold }]]) }, lostFrom } as unknown as TerminalBooks
    return said((findings) => checkCleared(till, { serials: [{ card_id: 'AA', serial, settlement_id }] }, { findings } as unknown as WorldBooks))
  }

  it('is found open after a quiet time when another settlement is booked under its serial', () => {
    expect(open(14, 'S2')).toEqual(['till-1: visit V1 is still in doubt, and the centre has settlement S2 under its serial'])
  })

  it('may be open when only its own is, when the serial is another, or when its till tells another story; and closed it is none', () => {
    expect([open(14, 'S1'), open(13, 'S2'), open(15, 'S2'), open(14, 'S2', 'open', 7), open(14, 'S2', 'released')]).toEqual([[], [], [], [], []])
  })
})

describe('what the centre has not booked', () => {
  const hold = { kind: 'hold', settlementId: 'S1', institution: 'H1', visitNo: 'V1', heldAt: '20260105090450', intent: { cardId: 'aa', time: '20260105090450' } }
  const chain = { terminal: 'T1', facts: [undefined, hold, { kind: 'posting', hold: 1 }] } as unknown as CentreChain
  const refused = (verdict: object): readonly string[] => {
    const data = {
      unbooked: [{ terminal: 'T1', sequence: 2, verdict: JSON.stringify(verdict) }],
      settlements: [{ medins_setl_id: 'S2', institution: 'H1', visit_no: 'V1' }, { medins_setl_id: 'S3', institution: 'H1', visit_no: 'V2' }],
      serials: [{ card_id: 'AA', serial: 14, settlement_id: 'S2' }, { card_id: 'BB', serial: 14, settlement_id: 'S3' }]
    } as unknown as CentreData
    return said((findings) => checkRefused([chain], data, findings))
  }
  const lost = (since: string) => refused({ kind: 'refused', refusal: { kind: 'card-lost', since } })
  const settled = (settlementId: string) => refused({ kind: 'conflict', conflict: { kind: 'visit-settled', settlementId } })
  const cloned = (other: string) => refused({ kind: 'refused', refusal: { kind: 'card-cloned', serial: 14, other } })

  it('has a reason that is so', () => {
    expect([lost('20260105090450'), settled('S2'), cloned('S2'), refused({ kind: 'refused', refusal: { kind: 'person-unknown' } })]).toEqual([[], [], [], []])
    expect(refused({ kind: 'refused', refusal: { kind: 'time-ahead', time: '20260105090450', centreTime: '20260105080000' } })).toEqual([])
  })

  it.each([
    ['a card that was reported lost after it had paid', () => lost('20260105090451')],
    ['a visit that only this one has settled', () => settled('S1')],
    ['another visit', () => settled('S3')],
    ['a settlement of another card', () => cloned('S3')],
    ['a time that is not ahead', () => refused({ kind: 'refused', refusal: { kind: 'time-ahead', time: '20260105080000', centreTime: '20260105090450' } })]
  ])('is found when the reason is %s', (_, of) => {
    expect(of()).toEqual([expect.stringMatching(/^centre: fact 2 of T1 is not booked: .*, and that is not so$/)])
  })
})

describe('an entry that was not booked at first', () => {
  const REFUSED = { kind: 'refused', refusal: { kind: 'time-ahead' } }
  const named = (state: string, there: object | undefined, here: object = REFUSED): readonly string[] => {
    const rows = { rows: () => [{ sequence: 2, state, verdict: JSON.stringify(here) }] }
    const terminal = { name: 'till-1', rows, book: { awaiting: new Map(), hashes: ['0', 'a', 'b'] } } as unknown as TerminalBooks
    const centre = { chains: new Map([['T1', { terminal: 'T1', hashes: ['0', 'a', 'b'] }]]) }
    const data = { unbooked: there === undefined ? [] : [{ terminal: 'T1', sequence: 2, verdict: JSON.stringify(there) }] } as unknown as CentreData
    return said((findings) => checkNamed(terminal, data, { findings, centre, terminals: new Map([['till-1', terminal]]) } as unknown as WorldBooks))
  }

  it('is resolved and booked, or waits and is not; of one that is booked with other amounts both sides have their own word', () => {
    expect([named('resolved', { kind: 'accepted' }), named('open', REFUSED), named('handed-over', REFUSED), named('reversed', REFUSED)]).toEqual([[], [], [], []])
    expect(named('open', undefined, { kind: 'answer-differs' })).toEqual([])
  })

  it('is found when it is resolved here and not booked there, or waits here and is booked there', () => {
    expect(named('resolved', REFUSED)).toEqual(['till-1: fact 2 is resolved, and the centre has not booked it'])
    expect(named('handed-over', { kind: 'accepted' })).toEqual(['till-1: fact 2 waits for somebody, and the centre has booked it'])
    expect(named('open', undefined)).toEqual(['till-1: fact 2 waits for somebody, and the centre has booked it'])
  })
})

describe('a credit of the centre', () => {
  const load = (state: string, changes: object = {}) => ({ purpose: '{"kind":"credit","creditId":"C1"}', state, amount: 500, card_id: 'AA', ...changes })
  const checked = (state: string, ...loads: readonly object[]): readonly string[] =>
    said((findings) => checkCredits({ credits: [{ credit_id: 'C1', card_id: 'AA', amount: 500, state }], loads } as unknown as CentreData, findings))

  it('is loaded by one load, and waits or is on its way while none is closed', () => {
    expect([checked('loaded', load('closed')), checked('waiting'), checked('signed', load('signed')), checked('waiting', load('void')), checked('loaded', load('void'), load('closed'))]).toEqual([[], [], [], [], []])
  })

  it.each([
    ['it stands as loaded and no load of it is closed', () => checked('loaded', load('void'))],
    ['it was loaded twice', () => checked('loaded', load('closed'), load('closed'))],
    ['it waits and was loaded', () => checked('waiting', load('closed'))],
    ['another amount was loaded', () => checked('loaded', load('closed', { amount: 501 }))],
    ['another card was loaded', () => checked('loaded', load('closed', { card_id: 'BB' }))]
  ])('is found when %s', (_, of) => {
    expect(of()).toHaveLength(1)
  })
})

describe('the last close', () => {
  const closed = (...centres: readonly object[]): readonly string[] => {
    const closes = centres.map((centre, index) => ({ sequence: index + 1, fact: { kind: 'close', day: '2026-03-15', report: Buffer.from(JSON.stringify({ centre })) } }))
    return said((findings) => checkLastClose({ name: 'till-1', book: { closes } } as unknown as TerminalBooks, { findings } as unknown as WorldBooks))
  }
  const differs = { kind: 'not-reached', reason: 'details-differ' }

  it('was compared with a centre that agrees with itself; what an earlier one met is over', () => {
    expect([closed(), closed({ kind: 'answered' }), closed(differs, { kind: 'answered' }), closed({ kind: 'not-reached', reason: 'network-down' })]).toEqual([[], [], [], []])
    expect(closed({ kind: 'answered' }, differs)).toEqual(["till-1: close of 2026-03-15: the centre's totals are not what its details come to"])
  })
})

describe('a failure', () => {
  it('names its rule, and the first one may end everything', () => {
    expect(() => new Findings('throw').broken('visit-once', 'till-1: visit V1')).toThrow(new AuditFailure('visit-once', 'till-1: visit V1'))
    expect(RULE_NAMES).toHaveLength(39)
  })
})
