import { describe, expect, it } from 'vitest'
import type { EntryConflict, EntryRefusal } from '../../../settlement/batch/batch.ts'
import type { LinkFailure } from '../../../settlement/sync/link.ts'
import type { ParkedVerdict } from '../../../settlement/sync/parked.ts'
import type { StopReason } from '../../../settlement/sync/stop-reason.ts'
import { failureText, stopDetail, stopText } from './link-text.ts'
import { parkedWords } from './parked-text.ts'
import { syncRefusalView, type SyncRefusal } from './sync-refusal.ts'
import { progressView } from './sync-view.ts'

type EveryKind<Member extends { readonly kind: string }> = { readonly [Kind in Member['kind']]: Extract<Member, { readonly kind: Kind }> }
const all = <Member extends { readonly kind: string }>(members: EveryKind<Member>): readonly Member[] => Object.values(members)

const REFUSALS = all<EntryRefusal>({
  'claim-malformed': { kind: 'claim-malformed', field: 'lines[0].pric', rule: 'must be an amount' },
  'policy-unknown': { kind: 'policy-unknown', region: '999999', version: '9' },
  'amounts-wrong': { kind: 'amounts-wrong', field: 'cash', stated: '1.00', computed: '1.01' },
  'person-unknown': { kind: 'person-unknown' },
  'card-unknown': { kind: 'card-unknown' },
  'card-of-another': { kind: 'card-of-another' },
  'card-lost': { kind: 'card-lost', since: '20261120080000' },
  'tac-wrong': { kind: 'tac-wrong' },
  'card-cloned': { kind: 'card-cloned', serial: 42, other: 'P3' },
  'time-ahead': { kind: 'time-ahead', time: '20261126120000', centreTime: '20261126100000' },
  'target-not-booked': { kind: 'target-not-booked', settlementId: 'P4' },
  'load-not-signed': { kind: 'load-not-signed', loadId: 'L1' }
})
const CONFLICTS = all<EntryConflict>({ 'visit-settled': { kind: 'visit-settled', settlementId: 'P1' }, 'id-taken': { kind: 'id-taken', id: 'P2' } })
const VERDICTS: readonly ParkedVerdict[] = [
  ...REFUSALS.map((refusal) => ({ kind: 'refused' as const, refusal })),
  ...CONFLICTS.map((conflict) => ({ kind: 'conflict' as const, conflict })),
  { kind: 'answer-differs', setlId: 'S2', setlTime: '20261126101500', ofRecord: undefined }
]
const FAILURES = all<LinkFailure>({
  'network-down': { kind: 'network-down', cause: 'ENOTFOUND' },
  'centre-down': { kind: 'centre-down', status: 503, cause: 'x' },
  'clock-skew': { kind: 'clock-skew', centreTime: '20261126120000' },
  'too-many': { kind: 'too-many', retryAfterMs: 1_000 },
  refused: { kind: 'refused', reason: 'terminal-unknown', message: '' }
})
const STOPS = all<StopReason>({
  'centre-ahead': { kind: 'centre-ahead', centre: 7, here: 3 },
  'histories-differ': { kind: 'histories-differ', batch: 3 },
  refused: { kind: 'refused', reason: 'chain-broken', message: '' },
  'answer-wrong': { kind: 'answer-wrong', detail: 'two verdicts for fact 7' },
  'not-recorded': { kind: 'not-recorded', sequence: 7, refusal: 'of-record-wrong' },
  'fact-too-large': { kind: 'fact-too-large', sequence: 7, bytes: 9_000_000 },
  'store-failure': { kind: 'store-failure', cause: 'full', detail: 'SQLITE_FULL' }
})
const SYNC_REFUSALS: readonly SyncRefusal[] = [
  { kind: 'not-connected' },
  { kind: 'paused' },
  { kind: 'address-malformed', url: 'centre' },
  { kind: 'already-connected', url: 'http://centre', terminal: 'H99999900001-01' },
  { kind: 'institution-differs', here: 'H99999900001' },
  { kind: 'terminal-key', path: 'key.pem', problem: 'it is no key' },
  { kind: 'file', problem: { kind: 'malformed-json', message: 'centre centre.json is not JSON' } },
  { kind: 'not-parked', sequence: 7 },
  { kind: 'no-longer-parked', sequence: 7, state: 'resolved' },
  { kind: 'note-missing' },
  ...FAILURES.map((failure) => ({ kind: 'link' as const, failure })),
  ...STOPS.map((reason) => ({ kind: 'stopped' as const, reason }))
]

const CHINESE = /\p{Script=Han}/u

describe('everything that can go wrong with a centre is said in both languages', () => {
  it.each(VERDICTS)('parked: %j says why, whose turn it is, and what to do', (verdict) => {
    const { what, owner, next, actions } = parkedWords(verdict)
    for (const { zh, en } of [what, owner, next]) {
      expect(zh).toMatch(CHINESE)
      expect(en).toMatch(/[a-z]/)
      expect(en).not.toMatch(CHINESE)
    }
    expect(actions.toSorted()).toEqual(['hand-over', 'retry', 'reverse'])
  })

  it('the rule that a claim breaks is said in the language of the sentence', () => {
    const refusal = { kind: 'claim-malformed', field: 'institution', rule: "must be the terminal's own institution, H99999900001" } as const
    expect(parkedWords({ kind: 'refused', refusal }).what).toEqual({
      zh: '中心读不懂这笔结算的明细：institution（须为本终端所属机构H99999900001）',
      en: "the centre cannot read the claim: institution: must be the terminal's own institution, H99999900001"
    })
  })

  it('the first action is the step that is proposed', () => {
    const first = (refusal: EntryRefusal) => parkedWords({ kind: 'refused', refusal }).actions[0]
    expect(first({ kind: 'time-ahead', time: '20261126120000', centreTime: '20261126100000' })).toBe('retry')
    expect(first({ kind: 'card-lost', since: '20261120080000' })).toBe('reverse')
    expect(first({ kind: 'tac-wrong' })).toBe('hand-over')
  })

  it.each([...FAILURES.map(failureText), ...STOPS.map(stopText)])('$en', ({ zh, en }) => {
    expect(zh).toMatch(CHINESE)
    expect(en).toMatch(/[a-z]/)
    expect([zh, en].join()).not.toMatch(/SQLITE|\bE[A-Z]{4,}\b|two verdicts|of-record-wrong/)
  })

  it.each<[LinkFailure, string, string]>([
    [{ kind: 'network-down', cause: 'ENOTFOUND' }, '连不上中心（查不到中心的地址：本机没有网络，或地址有误）', 'the centre cannot be reached (its address is not found: this machine has no network, or the address is wrong)'],
    [{ kind: 'network-down', cause: 'ENETUNREACH' }, '连不上中心（本机没有网络）', 'the centre cannot be reached (this machine has no network)'],
    [{ kind: 'network-down', cause: 'timeout' }, '连不上中心（中心的机器没有及时应答）', "the centre cannot be reached (the centre's machine does not answer in time)"],
    [{ kind: 'network-down', cause: 'E_OF_TOMORROW' }, '连不上中心', 'the centre cannot be reached'],
    [
      { kind: 'centre-down', status: undefined, cause: 'ECONNREFUSED' },
      '中心没有正常应答（中心的机器在，但中心的程序没有运行）',
      'the centre does not answer as a centre does (its machine is there, but no centre runs on it)'
    ],
    [
      { kind: 'centre-down', status: undefined, cause: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
      '中心没有正常应答（本机不信任中心的证书）',
      'the centre does not answer as a centre does (this machine does not trust its certificate)'
    ],
    [{ kind: 'centre-down', status: 503, cause: 'answered with status 503' }, '中心没有正常应答', 'the centre does not answer as a centre does']
  ])('a link that failed says what it means at the counter, and its code to support: %j', (failure, zh, en) => {
    const view = syncRefusalView({ kind: 'link', failure })
    expect([view.what, view.detail]).toEqual([{ zh, en }, 'cause' in failure ? failure.cause : undefined])
    expect(view.mend?.zh).toMatch(failure.kind === 'network-down' ? /信息科.*；地址填错的请更正$/ : /医保中心.*；地址填错的请更正$/)
  })

  it('a stop leaves to support what the answer had, and why the ledger did not take it', () => {
    expect(STOPS.map(stopDetail)).toEqual([undefined, undefined, undefined, 'two verdicts for fact 7', 'of-record-wrong', undefined, 'SQLITE_FULL'])
  })

  it.each(SYNC_REFUSALS)('refused: %j has a kind and says what is wrong', (refusal) => {
    const view = syncRefusalView(refusal)
    expect(view.kind).toMatch(/^[a-z-]+$/)
    expect(view.what.zh.length).toBeGreaterThan(3)
    expect(view.what.en).toMatch(/[a-z]/)
  })

  it('a ledger that failed is named in the database\'s own words to support alone', () => {
    expect(syncRefusalView({ kind: 'stopped', reason: { kind: 'store-failure', cause: 'full', detail: 'SQLITE_FULL' } })).toMatchObject({
      what: { zh: '账簿无法读写：磁盘已满' },
      detail: 'SQLITE_FULL'
    })
  })

  it('a code that is used, too old or not known is one thing to who typed it', () => {
    for (const reason of ['code-unknown', 'code-expired', 'code-used']) {
      expect(syncRefusalView({ kind: 'link', failure: { kind: 'refused', reason, message: '' } }).kind).toBe('code-refused')
    }
  })
})

describe('the progress of an upload', () => {
  it('has a rate and a time left once there is something to measure', () => {
    expect(progressView({ sent: 0, total: 100, elapsedMs: 0 })).toEqual({ sent: 0, total: 100, secondsLeft: null })
    expect(progressView({ sent: 300, total: 1_000, elapsedMs: 2_000 })).toEqual({ sent: 300, total: 1_000, secondsLeft: 5 })
    expect(progressView({ sent: 1, total: 2, elapsedMs: 10_000 })).toEqual({ sent: 1, total: 2, secondsLeft: 10 })
  })
})
