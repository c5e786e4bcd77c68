import { describe, expect, it } from 'vitest'
import type { AccountRefusal } from '../../../card/session/account.ts'
import type { CardFault } from '../../../card/session/fault.ts'
import type { OpenRefusal } from '../../../card/session/open-card-session.ts'
import type { ReaderTrouble } from '../../../card/reader/pcsc/reader-trouble.ts'
import type { PinOutcomeRefusal } from '../../../card/session/pin.ts'
import type { CalculationRefusal } from '../../../settlement/calculation/refusal.ts'
import { date } from '../../../settlement/calendar/business-date.ts'
import type { LoadRefusal } from '../../../settlement/case/load-card.ts'
import type { SignerFailure } from '../../../settlement/case/load-signer.ts'
import type { SettleRefusal } from '../../../settlement/case/settle-visit.ts'
import type { HoldLoadRefusal, HoldRefusal, PostRefusal, ReleaseRefusal, StoreFailure } from '../../../settlement/ledger/refusal.ts'
import { fen } from '../../../settlement/money/fen.ts'
import type { LoadDeviceRefusal } from '../../../settlement/payment/load-device.ts'
import type { DeviceRefusal } from '../../../settlement/payment/payment-device.ts'
import type { PolicyChoiceRefusal } from '../../../settlement/policy/choose-policy.ts'
import type { ComposeRefusal } from '../../../settlement/visit/compose-claim.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { PsamTrouble } from '../reader/psam-trouble.ts'
import { refusalText } from '../refusal-text.ts'
import { refusalView } from './refusal-view.ts'

/** One instance of every member, or the table does not compile; a list where one member has several faces. */
type EveryMember<Union extends { readonly kind: string }> = {
  readonly [Kind in Union['kind']]: Extract<Union, { readonly kind: Kind }> | readonly Extract<Union, { readonly kind: Kind }>[]
}

const all = <Union extends { readonly kind: string }>(table: EveryMember<Union>): Union[] =>
  Object.values<Union | readonly Union[]>(table).flat() as Union[]

const SETTLEMENT = 'H99999900001202603150930150001'
const CITIZEN_NUMBER = '000000199001010018'
const VISIT = { institution: 'H99999900001', visitNo: 'MZ0001' }

const FAULTS = all<CardFault>({
  'session-ended': (['card-removed', 'card-reset', 'card-swapped'] as const).map((cause) => ({ kind: 'session-ended', cause })),
  'reader-fault': { kind: 'reader-fault', detail: 'SCARD_E_NO_SERVICE' },
  'pin-not-verified': { kind: 'pin-not-verified' },
  'card-blocked': { kind: 'card-blocked', statusWord: '6A81' },
  'psam': ['no-psam', 'psam-key-missing', 'psam-locked', 'psam-counter-exhausted', 'psam-mac2-wrong', 'psam-unreachable', 'other'].map(
    (reason) => ({ kind: 'psam', reason, statusWord: reason === 'no-psam' ? 'none' : '6A88' })
  ),
  'card-refused': { kind: 'card-refused', step: '00B2', statusWord: '6F00' },
  'malformed-answer': { kind: 'malformed-answer', step: '00B2', length: 3 }
})

const OPENINGS: readonly OpenRefusal[] = [
  ...FAULTS,
  ...all<Exclude<OpenRefusal, CardFault>>({
    'no-card': { kind: 'no-card' },
    'mute-card': { kind: 'mute-card' },
    'not-a-social-security-card': { kind: 'not-a-social-security-card', statusWord: '6A82' },
    'blank-card': { kind: 'blank-card' },
    'identification-malformed': { kind: 'identification-malformed' },
    'application-blocked': { kind: 'application-blocked', statusWord: '6283' },
    'unsupported-version': [
      { kind: 'unsupported-version', version: '4.00' },
      { kind: 'unsupported-version', version: undefined }
    ],
    'not-genuine': { kind: 'not-genuine' }
  })
]

const READER = 'Test Reader 00 00'
const TROUBLES = all<ReaderTrouble>({
  'module-missing': { kind: 'module-missing', detail: 'Cannot find module' },
  'service-absent': { kind: 'service-absent' },
  'service-stopped': { kind: 'service-stopped' },
  'version-mismatch': { kind: 'version-mismatch' },
  'service-refuses': { kind: 'service-refuses' },
  'no-reader': { kind: 'no-reader' },
  'no-such-reader': { kind: 'no-such-reader', asked: 'ACS', there: [READER] },
  'two-match': ['Test', ''].map((asked) => ({ kind: 'two-match', asked, matches: [READER, 'Test SAM 00 01'] })),
  'held-by-other': { kind: 'held-by-other', reader: READER },
  'reader-gone': { kind: 'reader-gone', reader: READER },
  'mute-card': { kind: 'mute-card', reader: READER },
  'protocol-fault': { kind: 'protocol-fault', reader: READER, detail: 'SCARD_W_UNRESPONSIVE_CARD' },
  'process-gone': { kind: 'process-gone', detail: 'ended by SIGKILL' },
  'unlisted': { kind: 'unlisted', call: 'SCardConnect', code: '80100001' }
})

const PSAM_TROUBLES = all<PsamTrouble>({
  'psam-reader': TROUBLES.map((trouble) => ({ kind: 'psam-reader', trouble })),
  'psam-slot-empty': { kind: 'psam-slot-empty', reader: READER },
  'psam-mute': { kind: 'psam-mute', reader: READER },
  'psam-not-opened': { kind: 'psam-not-opened', reader: READER, refusal: { kind: 'no-psam' } }
})

const UNREADABLE: readonly Extract<CounterRefusal, { kind: 'card-unreadable' }>['refusal'][] = [
  ...FAULTS,
  ...all<Exclude<AccountRefusal, CardFault>>({ 'not-on-card': { kind: 'not-on-card' } }),
  ...(['social security number', 'birth date', 'insurance type', 'person class'] as const).map((item) => ({
    kind: 'card-data-missing' as const,
    item
  }))
]

const PINS: readonly PinOutcomeRefusal[] = [
  ...FAULTS,
  ...all<Exclude<PinOutcomeRefusal, CardFault>>({
    'wrong-pin': [5, 1, 0].map((triesLeft) => ({ kind: 'wrong-pin', triesLeft })),
    'pin-locked': { kind: 'pin-locked' },
    'pin-unusable': { kind: 'pin-unusable', statusWord: '6984' },
    'pin-length-refused': { kind: 'pin-length-refused' },
    'pin-perhaps-changed': { kind: 'pin-perhaps-changed', fault: { kind: 'reader-fault', detail: 'no answer' } }
  })
]

const STORE_FAILURES = (['full', 'busy', 'read-only', 'corrupt', 'io'] as const).map(
  (cause): StoreFailure => ({ kind: 'store-failure', cause, detail: 'SQLITE_FULL' })
)

const COUNTER_OUT_OF_RANGE = {
  kind: 'counter-out-of-range',
  key: { personNo: CITIZEN_NUMBER, insuranceType: '310', policyYear: 2026 },
  counter: 'act_pay_dedc'
} as const

const HOLDS = all<HoldRefusal>({
  'visit-already-settled': { kind: 'visit-already-settled', visit: VISIT, settlementId: SETTLEMENT },
  'visit-in-doubt': { kind: 'visit-in-doubt', visit: VISIT, settlementId: SETTLEMENT },
  'id-conflict': { kind: 'id-conflict', id: SETTLEMENT },
  'trace-code-sold': { kind: 'trace-code-sold', code: 'ZSM-0001', settlementId: SETTLEMENT, day: '2026-11-26' },
  'counter-out-of-range': COUNTER_OUT_OF_RANGE,
  'store-failure': STORE_FAILURES
})

const RECORDINGS = all<PostRefusal | ReleaseRefusal>({
  'hold-unknown': { kind: 'hold-unknown', settlementId: SETTLEMENT },
  'hold-not-open': [
    { kind: 'hold-not-open', settlementId: SETTLEMENT, closedBy: 'posting' },
    { kind: 'hold-not-open', settlementId: SETTLEMENT, closedBy: 'release' }
  ],
  'evidence-contradicts': {
    kind: 'evidence-contradicts',
    settlementId: SETTLEMENT,
    balanceExpected: fen(203_863),
    balanceFound: fen(276_000)
  },
  'id-conflict': { kind: 'id-conflict', id: SETTLEMENT },
  'counter-out-of-range': COUNTER_OUT_OF_RANGE,
  'store-failure': STORE_FAILURES
})

const DEVICES = all<DeviceRefusal>({
  'insufficient-balance': [fen(100), undefined].map((balance) => ({ kind: 'insufficient-balance', balance, asked: fen(72_137) })),
  'amount-too-large': { kind: 'amount-too-large', amount: fen(5_000_000_000), max: fen(4_294_967_295) },
  'pin-not-verified': { kind: 'pin-not-verified' },
  'key-version-unknown': { kind: 'key-version-unknown' },
  'terminal-not-authentic': { kind: 'terminal-not-authentic' },
  'psam': { kind: 'psam', statusWord: '9302' },
  'card-blocked': { kind: 'card-blocked', statusWord: '6A81' },
  'session-ended': { kind: 'session-ended', cause: 'card-removed' },
  'card-refused': { kind: 'card-refused', step: '8054', statusWord: '6985' },
  'reader-fault': { kind: 'reader-fault', detail: 'unplugged' }
})

const DOUBT_CAUSES = ['no-answer', 'card-removed', 'reader-fault', 'unclear-answer', 'mac2-wrong', 'mac2-unverified', 'a new one']

const SETTLES: readonly SettleRefusal[] = [
  ...DEVICES.map((refusal) => ({ kind: 'device' as const, refusal })),
  ...HOLDS.map((refusal) => ({ kind: 'ledger' as const, refusal })),
  ...DOUBT_CAUSES.map((cause) => ({ kind: 'in-doubt' as const, settlementId: SETTLEMENT, cause })),
  ...RECORDINGS.map((refusal) => ({ kind: 'not-recorded' as const, settlementId: SETTLEMENT, refusal }))
]

const CLAIMS = all<ComposeRefusal>({
  'other-person': (['psn_no', 'certno', 'psn_name'] as const).map((field) => ({ kind: 'other-person', field })),
  'bad-input': {
    kind: 'bad-input',
    problems: [
      { path: 'lines[2].pric', value: '-3.00', rule: 'must be a unit price in yuan as a decimal string from "0" to "1"' },
      { path: 'patient.certno', value: CITIZEN_NUMBER, rule: 'must have at most 10 characters' },
      { path: 'insured', value: { certno: CITIZEN_NUMBER }, rule: 'must be of type string' },
      { path: 'begntime', value: undefined, rule: 'this field is required' }
    ]
  }
})

const RULES = all<CalculationRefusal | PolicyChoiceRefusal>({
  'other-region': { kind: 'other-region', region: '321000', claimed: '370900' },
  'insurance-type-not-covered': [
    { kind: 'insurance-type-not-covered', insutype: '390', covered: ['310'] },
    { kind: 'insurance-type-not-covered', region: '321000', insutype: '390' }
  ],
  'not-in-force': [
    { kind: 'not-in-force', date: '2022-12-31', period: '2023-01-01 to further notice' },
    { kind: 'not-in-force', date: date('2022-12-31'), periods: ['2023-01-01 to 2023-12-31', '2024-01-01 to further notice'] }
  ],
  'fact-missing': [
    { kind: 'fact-missing', parameter: 'deductible.rows', field: 'retired_on' },
    { kind: 'fact-missing', parameter: 'bands[0].ratio', field: 'brdy' }
  ],
  'no-parameter': { kind: 'no-parameter', parameter: 'bands', facts: 'psn_type 11, level 2' },
  'pre-pay-ratio-missing': { kind: 'pre-pay-ratio-missing', lineNo: '3', chrgitmLv: '02' },
  'negative-sum': { kind: 'negative-sum', path: 'lines[2].cnt', quantity: '-1', lineNo: '3', field: 'inscp_scp_amt', amount: '-12.00' },
  'bill-over-limit': { kind: 'bill-over-limit', amount: '5200.00', limit: '5000.00' },
  'region-unknown': { kind: 'region-unknown', region: '654200', known: ['321000', '999999'] },
  'ambiguous': { kind: 'ambiguous', versions: ['2023.1', '2023.2'] }
})

const LOAD_STORE_FAILURE = { kind: 'store-failure', cause: 'full', detail: 'SQLITE_FULL' } as const

const LOADS = all<LoadRefusal>({
  'settlement-unknown': { kind: 'settlement-unknown', settlementId: SETTLEMENT },
  'card-differs': { kind: 'card-differs', settlementId: SETTLEMENT },
  'load-in-doubt': { kind: 'load-in-doubt', loadId: `${SETTLEMENT}-L1` },
  'nothing-owed': { kind: 'nothing-owed', settlementId: SETTLEMENT },
  'correction-not-confirmed': { kind: 'correction-not-confirmed', settlementId: SETTLEMENT },
  'never-booked': { kind: 'never-booked', settlementId: SETTLEMENT, owed: fen(72_137) },
  'credit-loaded': { kind: 'credit-loaded', creditId: 'C1' },
  'credit-unknown': { kind: 'credit-unknown', creditId: 'C9' },
  'device': all<LoadDeviceRefusal>({
    'account-not-on-card': { kind: 'account-not-on-card' },
    'load-not-authentic': { kind: 'load-not-authentic' },
    'insufficient-balance': { kind: 'insufficient-balance', balance: undefined, asked: fen(100) },
    'amount-too-large': { kind: 'amount-too-large', amount: fen(5_000_000_000), max: fen(4_294_967_295) },
    'pin-not-verified': { kind: 'pin-not-verified' },
    'key-version-unknown': { kind: 'key-version-unknown' },
    'terminal-not-authentic': { kind: 'terminal-not-authentic' },
    'psam': { kind: 'psam', statusWord: 'none' },
    'card-blocked': { kind: 'card-blocked', statusWord: '6985' },
    'session-ended': { kind: 'session-ended', cause: 'card-removed' },
    'card-refused': { kind: 'card-refused', step: 'B02A', statusWord: '6901' },
    'reader-fault': { kind: 'reader-fault', detail: 'SCARD_E_NO_SERVICE' }
  }).map((refusal) => ({ kind: 'device', refusal })),
  'signer': [
    ...all<SignerFailure>({
      'not-connected': { kind: 'not-connected' },
      'network-down': { kind: 'network-down', cause: 'ENOTFOUND' },
      'centre-down': { kind: 'centre-down', status: 503, cause: 'answered with status 503' },
      'clock-skew': { kind: 'clock-skew', centreTime: '20260315093015' },
      'too-many': { kind: 'too-many', retryAfterMs: 5000 },
      'refused': ['load-open', 'load-serial-differs', 'correction-not-confirmed', 'a-newer-reason'].map((reason) => ({ kind: 'refused', reason, message: 'no' }))
    })
  ].map((refusal) => ({ kind: 'signer', refusal })),
  'ledger': all<HoldLoadRefusal>({
    'load-in-doubt': { kind: 'load-in-doubt', cardId: 'A1', loadId: `${SETTLEMENT}-L1` },
    'id-conflict': { kind: 'id-conflict', id: `${SETTLEMENT}-L1` },
    'settlement-unknown': { kind: 'settlement-unknown', settlementId: SETTLEMENT },
    'card-differs': { kind: 'card-differs', settlementId: SETTLEMENT },
    'nothing-owed': { kind: 'nothing-owed', settlementId: SETTLEMENT },
    'more-than-owed': { kind: 'more-than-owed', settlementId: SETTLEMENT, owed: fen(100), asked: fen(101) },
    'credit-loaded': { kind: 'credit-loaded', creditId: 'C1', loadId: 'C1-L1' },
    'store-failure': LOAD_STORE_FAILURE
  }).map((refusal) => ({ kind: 'ledger', refusal })),
  'in-doubt': ['no-answer', 'card-removed', 'reader-fault', 'unclear-answer', 'balance-does-not-fit'].map((cause) => ({ kind: 'in-doubt', loadId: `${SETTLEMENT}-L1`, cause })),
  'not-recorded': [
    LOAD_STORE_FAILURE,
    { kind: 'evidence-contradicts', loadId: `${SETTLEMENT}-L1`, balanceExpected: fen(100), balanceFound: fen(200) } as const
  ].map((refusal) => ({ kind: 'not-recorded', loadId: `${SETTLEMENT}-L1`, refusal }))
})

const wrap = <Kind extends string, Refusal>(kind: Kind, refusals: readonly Refusal[]) =>
  refusals.map((refusal) => ({ kind, refusal }))

const EVERY_REFUSAL = all<CounterRefusal>({
  'card-not-opened': [...wrap('card-not-opened', OPENINGS), ...TROUBLES.map((trouble) => ({ kind: 'card-not-opened', refusal: { kind: 'reader-fault', detail: trouble.kind, trouble } }) as const)],
  'psam-not-ready': PSAM_TROUBLES.map((trouble) => ({ kind: 'psam-not-ready', trouble })),
  'ledger-older': { kind: 'ledger-older', batches: 2 },
  'card-lost': (['temporary', 'formal'] as const).map((reported) => ({ kind: 'card-lost', reported })),
  'card-not-activated': { kind: 'card-not-activated' },
  'person-unknown': { kind: 'person-unknown' },
  'card-expired': ['2024-12-31', ''].map((expiryDate) => ({ kind: 'card-expired', expiryDate })),
  'card-unreadable': wrap('card-unreadable', UNREADABLE),
  'other-region': { kind: 'other-region', insuredRegion: '370900', region: '999999' },
  'visit-contradicts': [
    { kind: 'visit-contradicts', field: 'begntime', stated: '2099-01-01', rule: 'must not lie after today, 2026-03-15' },
    { kind: 'visit-contradicts', field: 'insured.insutype', stated: '390', rule: 'the card says 310' }
  ],
  'policy': RULES.flatMap((refusal) => ('known' in refusal || 'versions' in refusal ? [{ kind: 'policy', refusal }] : [])),
  'pin-locked': { kind: 'pin-locked' },
  'pin': wrap('pin', PINS),
  'first-pin-unchanged': { kind: 'first-pin-unchanged' },
  'claim': wrap('claim', CLAIMS),
  'centre-stale': { kind: 'centre-stale', answeredAt: '20260301080000', days: 12, daysMax: 7 },
  'calculation': RULES.map((refusal) => ({ kind: 'calculation', refusal }) as Extract<CounterRefusal, { kind: 'calculation' }>),
  'amounts-changed': { kind: 'amounts-changed', field: 'cash', agreed: fen(5_200), now: fen(6_000) },
  'not-eligible': {
    kind: 'not-eligible',
    line: '2',
    item: '缬沙坦片',
    reason: { kind: 'prescription-missing', effect: 'forbids', funds: 'every', values: {}, rule: { pack: 'national 2026.1', path: 'prescription_required[0]', source: { zh: '药品法规', en: 'drug law' }, certainty: 'published' } }
  },
  'eligibility-rules': { kind: 'eligibility-rules', refusal: { kind: 'region-unknown', region: '999999', known: ['000000'] } },
  'settle': wrap('settle', SETTLES),
  'load': wrap('load', LOADS),
  'ledger': wrap('ledger', STORE_FAILURES)
})

const named = EVERY_REFUSAL.map((refusal): [string, RefusalView, CounterRefusal] => {
  const view = refusalView(refusal)
  return [`${refusal.kind}: ${view.what.en}`, view, refusal]
})

const textsOf = ({ what, mend, today }: RefusalView) => [what, mend, today].filter((text) => text !== null)

const CODE = /SQLITE|SCARD|\bE[A-Z]{4,}\b/

/** A patient only waits a moment: the card is put in, put back or asked for its PIN, the new amounts are looked at. */
const DONE_IN_A_MOMENT = new Set(['no-card', 'session-ended', 'pin-not-verified', 'amounts-changed'])

describe('every refusal of the counter', () => {
  it.each(named)('%s', (_, view, refusal) => {
    expect(view.mend, 'who can mend it').not.toBeNull()
    expect(view.today !== null || DONE_IN_A_MOMENT.has(view.kind), 'what the patient can do today').toBe(true)
    for (const { zh, en } of textsOf(view)) {
      expect(zh).toMatch(/\p{Script=Han}/u)
      expect(en).toMatch(/[a-z]/)
      expect(en).not.toMatch(/\p{Script=Han}/u)
      expect(zh).not.toBe(en)
      // Chinese beside a half-width mark was written in a hurry.
      expect(zh).not.toMatch(/\p{Script=Han}[,;:()!?]|[,;:()!?]\p{Script=Han}/u)
      expect([zh, en].join(), 'a code of database, network or reader in a sentence').not.toMatch(CODE)
    }
    if (JSON.stringify(refusal).includes('SQLITE_FULL')) expect(view.detail, 'what support looks for').toBe('SQLITE_FULL')
    const everything = JSON.stringify([view, refusalText(refusal)])
    expect(everything.replaceAll(SETTLEMENT, '')).not.toMatch(/\d{12}/)
    expect(everything).not.toContain('undefined')
  })
})

describe('what a notice at the window says', () => {
  const view = (refusal: CounterRefusal): RefusalView => refusalView(refusal)

  it('a pack that was sold before says where, so that the records can be opened there', () => {
    const sold = { kind: 'trace-code-sold', code: 'ZSM-0001', settlementId: SETTLEMENT, day: '2026-11-26' } as const
    const { kind, settlementId, what } = view({ kind: 'settle', refusal: { kind: 'ledger', refusal: sold } })
    expect([kind, settlementId, what.zh]).toEqual(['trace-code-sold', SETTLEMENT, `追溯码ZSM-0001对应的药品已于2026-11-26售出（结算号${SETTLEMENT}）`])
  })

  it('a wrong PIN says how many tries the card has left', () => {
    const wrong = view({ kind: 'pin', refusal: { kind: 'wrong-pin', triesLeft: 5 } })
    expect([wrong.kind, wrong.triesLeft, wrong.what.zh]).toEqual(['wrong-pin', 5, '密码错误，还可输入5次'])
  })

  it('a locked PIN is freed at the service window, in some places at the bank, and is not paid twice', () => {
    const locked = view({ kind: 'pin-locked' })
    expect(locked.triesLeft).toBe(0)
    expect(locked.mend?.zh).toBe('请持卡人带社保卡和身份证到社保服务窗口办理（有的地方在发卡银行办理）')
    expect(locked.today?.zh).toContain('先全额自费')
  })

  it('knowledge of the centre that is a day old is in the English of one day', () => {
    const stale = (days: number): string => view({ kind: 'centre-stale', answeredAt: '20260301080000', days, daysMax: 1 }).what.en
    expect(stale(1)).toMatch(/ on 2026-03-01 08:00:00, a day ago; the limit here is 1, /)
    expect(stale(2)).toMatch(/, 2 days ago; /)
  })

  it('a lost card is 12333 first, then the window with an ID', () => {
    expect(view({ kind: 'card-lost', reported: 'temporary' }).mend?.zh).toMatch(/^请核对持卡人本人；本人请拨打12333，/)
  })

  it('what differs by place is said to', () => {
    expect(view({ kind: 'card-expired', expiryDate: '2024-12-31' }).mend?.zh).toContain('有的地方为五个工作日')
    expect(view({ kind: 'card-expired', expiryDate: '2024-12-31' }).today?.zh).toContain('期限以当地规定为准')
  })

  it('what only an engineer reads stands beside the sentence, not in it', () => {
    const said = (refusal: CounterRefusal) => [view(refusal).what.zh, view(refusal).what.en, view(refusal).detail]
    expect(said({ kind: 'card-unreadable', refusal: { kind: 'reader-fault', detail: 'no answer to 00A4' } })).toEqual(['读卡器没有完成与卡的通信', 'the reader could not finish talking with the card', 'no answer to 00A4'])
    expect(said({ kind: 'card-unreadable', refusal: { kind: 'card-refused', step: '00B2', statusWord: '6A82' } })).toEqual(['卡拒绝了本机的查询', 'the card refused what this terminal asks', '00B2: 6A82'])
    expect(said({ kind: 'calculation', refusal: { kind: 'no-parameter', parameter: 'deductible.rows', facts: 'med_type 41' } })).toEqual([
      '参保地的医保政策没有适用于此人本次就诊的规定',
      'the policy of the insured place says nothing of this person at this visit',
      'deductible.rows: med_type 41'
    ])
    expect(refusalText({ kind: 'card-unreadable', refusal: { kind: 'reader-fault', detail: 'no answer to 00A4' } }).zh).toContain('读卡器没有完成与卡的通信（no answer to 00A4）；')
  })

  it('a failed disk is a fault outside, and the patient goes to another window or gets the stamped slip', () => {
    const failed = view({ kind: 'ledger', refusal: { kind: 'store-failure', cause: 'full', detail: 'SQLITE_FULL' } })
    expect([failed.blame, failed.kind]).toEqual(['outside', 'store-failure'])
    expect([failed.what.zh, failed.what.en]).toEqual(['账簿无法读写：磁盘已满', 'the ledger cannot be read or written: the disk is full'])
    expect(failed.today?.zh).toContain('盖章')
  })

  it('an account that does not cover the amount says both amounts', () => {
    const refusal = { kind: 'insufficient-balance', balance: fen(100), asked: fen(72_137) } as const
    expect(view({ kind: 'settle', refusal: { kind: 'device', refusal } }).what.zh).toBe('账户余额1.00元，不足以支付721.37元；本次未扣款')
  })

  it('a problem in a visit is said with its place, its value and its rule', () => {
    const problem = { path: 'lines[2].pric', value: '-3.00', rule: 'must be a unit price in yuan as a decimal string from "0"' }
    const { what, blame } = view({ kind: 'claim', refusal: { kind: 'bad-input', problems: [problem] } })
    expect(blame).toBe('bad-input')
    expect(what.zh).toBe('就诊单有误：第3项单价"-3.00"不符合要求：单价须在0至1000000000元之间，最多六位小数')
    expect(what.en).toContain('lines[2].pric: "-3.00" is refused: must be a unit price')
  })

  it('what was typed at this counter is mended there, and sent to no department', () => {
    const typed = (path: string, value: string) => view({ kind: 'claim', refusal: { kind: 'bad-input', problems: [{ path, value, rule: 'must be a quantity as a decimal string' }] }, isTyped: true })
    expect(typed('lines[0].cnt', '0').what).toEqual({ zh: '数量“0”无效：不能为 0，最多 4 位小数', en: 'quantity "0" is refused: other than 0, with up to 4 places' })
    expect(typed('lines[0].cnt', '').what).toEqual({ zh: '没有填写数量', en: 'no quantity was typed' })
    expect(typed('lines[0].cnt', '0').mend?.zh).toBe('请重新输入，按 Esc 保留原来的；不要这一项的，按 Delete 删除')
    expect(typed('lines[0].pric', '-1').what.zh).toBe('单价“-1”无效：不能为负数，最多 6 位小数')
  })

  it('the identity number of a visit is not repeated', () => {
    const problem = { path: 'patient.certno', value: CITIZEN_NUMBER, rule: 'must have at most 10 characters' }
    const { what } = view({ kind: 'claim', refusal: { kind: 'bad-input', problems: [problem] } })
    expect(what.zh).toBe('就诊单有误：就诊人的证件号码的值不符合要求：最多10个字符')
    expect(what.en).toBe('visit: patient.certno: the value is refused: must have at most 10 characters')
  })
})
