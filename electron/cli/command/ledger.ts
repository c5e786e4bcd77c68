import { ok, type Result } from '../../../base/result.ts'
import type { Amounts } from '../../../settlement/calculation/settlement-result.ts'
import { isAdjusted } from '../../../settlement/ledger/effective.ts'
import { entriesOf } from '../../../settlement/ledger/journal.ts'
import type { LedgerReader, SettlementState } from '../../../settlement/ledger/ledger.ts'
import type { Unconfirmed } from '../../../settlement/ledger/ledger-views.ts'
import type { Hold, LoadHold } from '../../../settlement/ledger/fact.ts'
import type { StoreFailure } from '../../../settlement/ledger/refusal.ts'
import { add, formatFen } from '../../../settlement/money/fen.ts'
import { openLedgerForReading } from '../../../settlement/store/sqlite/open-ledger.ts'
import { describeFinding } from '../../../settlement/verifier/finding.ts'
import { verifyLedger, type HeadElsewhere, type VerifyReport } from '../../../settlement/verifier/verify-ledger.ts'
import type { Command } from '../command.ts'
import { badInput, refused, type Failure, type Output } from '../failure.ts'
import { hexOf, shortHash } from '../../host/records/fact-hash.ts'
import { masked } from '../../host/records/masked.ts'
import { table } from '../print/columns.ts'
import { ledgerFailure } from '../refusal-failure.ts'

const SETTLEMENTS_SHOWN_MAX = 1000

export const ledgerShowCommand: Command = {
  name: 'ledger show',
  synopsis: 'DB',
  summary: 'the settlements of a ledger, newest first, and the holds in doubt (账簿)',
  options: {},
  positionals: ['DB'],
  run: ({ positionals: [path = ''] }) => {
    const ledger = openLedgerForReading(path)
    if (!ledger.ok) return ledgerFailure(ledger.error)
    try {
      const shown = show(ledger.value)
      return shown.ok ? shown : ledgerFailure(shown.error)
    } finally {
      ledger.value.close()
    }
  }
}

function show(ledger: LedgerReader): Result<Output, StoreFailure> {
  const settlements = ledger.settlements({ limit: SETTLEMENTS_SHOWN_MAX })
  if (!settlements.ok) return settlements
  const open = ledger.openHolds()
  if (!open.ok) return open
  const loading = ledger.openLoads()
  if (!loading.ok) return loading
  const unconfirmed = ledger.unconfirmed()
  if (!unconfirmed.ok) return unconfirmed
  const holds = open.value.map(({ fact }) => fact)
  const loads = loading.value.map(({ hold }) => hold.fact)
  return ok({
    text: [
      settlements.value.length === 0 ? 'no settlements (无结算记录)' : settlementsText(settlements.value),
      ...holds.map(holdText),
      ...loads.map(loadText),
      ...unconfirmedText(unconfirmed.value)
    ].join('\n'),
    json: {
      settlements: settlements.value.map(settlementJson),
      in_doubt: holds.map(holdJson),
      loads_in_doubt: loads.map(loadJson),
      unconfirmed: { count: unconfirmed.value.count, since: unconfirmed.value.since ?? null }
    }
  })
}

const settlementsText = (settlements: readonly SettlementState[]): string =>
  table(
    [
      ['结算号 settlement', '就诊号 visit', '总额 total', '基金 funds', '账户 account', '现金 cash', '状态 state'],
      ...settlements.map((settlement) => [
        settlement.hold.fact.settlementId,
        settlement.hold.fact.visit.visitNo,
        formatFen(settlement.effective.amounts.total),
        formatFen(settlement.effective.amounts.fundPaid),
        formatFen(settlement.effective.amounts.account),
        formatFen(settlement.effective.amounts.cash),
        stateText(settlement)
      ])
    ],
    ['left', 'left', 'right', 'right', 'right', 'right', 'left']
  ).join('\n')

function stateText(settlement: SettlementState): string {
  const { confirmation, correction } = settlement
  const adjusted = isAdjusted(settlement) ? '，金额已按中心调整 adjusted' : ''
  const told = confirmation === undefined ? '待中心确认 provisional' : `已确认 confirmed ${confirmation.fact.setlId}${adjusted}`
  return correction === undefined ? told : `已冲正 corrected; ${told}`
}

const unconfirmedText = ({ count, since }: Unconfirmed): string[] =>
  since === undefined ? [] : [`待中心确认 not yet confirmed: ${count}, the oldest of ${since}`]

const loadText = ({ loadId, intent, heldAt }: LoadHold): string =>
  `圈存存疑 load in doubt: ${loadId}, ${formatFen(intent.amount)} onto card ${masked(intent.cardId)} since ${heldAt}: put the same card back (recover --pin-stdin)`

const holdText = (hold: Hold): string =>
  `存疑 in doubt: ${hold.settlementId} visit ${hold.visit.visitNo}, ${formatFen(hold.intent.amounts.account)} from card ` +
  `${masked(hold.intent.cardId)} since ${hold.heldAt}: put the same card back (recover --pin-stdin)`

const settlementJson = (settlement: SettlementState): unknown => {
  const { hold: { fact }, posting, correction, confirmation, provisional, effective, owed } = settlement
  const { evidence } = posting.fact
  return {
    medins_setl_id: fact.settlementId,
    ipt_otp_no: fact.visit.visitNo,
    fixmedins_code: fact.visit.institution,
    psn_no: fact.personNo,
    ...splitJson(fact.amounts),
    policy: fact.policy,
    provisional,
    setl_id: confirmation?.fact.setlId ?? null,
    setl_time: confirmation?.fact.setlTime ?? null,
    of_record: isAdjusted(settlement) ? splitJson(effective.amounts) : null,
    corrected: correction !== undefined,
    owed_to_card: formatFen(add(owed.owed, owed.held)),
    loaded_to_card: formatFen(owed.loaded),
    entries: entriesOf(fact.amounts).map(({ account, amount }) => ({ account, amount: formatFen(amount) })),
    serial_after: evidence.serialAfter,
    tac: evidence.tac ?? null,
    sequence: posting.sequence,
    hash: hexOf(posting.hash)
  }
}

const splitJson = (amounts: Amounts) => ({
  medfee_sumamt: formatFen(amounts.total),
  fund_pay_sumamt: formatFen(amounts.fundPaid),
  acct_pay: formatFen(amounts.account),
  psn_cash_pay: formatFen(amounts.cash)
})

const loadJson = ({ loadId, purpose, intent, heldAt }: LoadHold): unknown => ({
  load_id: loadId,
  purpose,
  card_id: intent.cardId,
  amount: formatFen(intent.amount),
  held_at: heldAt
})

const holdJson = (hold: Hold): unknown => ({
  medins_setl_id: hold.settlementId,
  ipt_otp_no: hold.visit.visitNo,
  card_id: hold.intent.cardId,
  account: formatFen(hold.intent.amounts.account),
  held_at: hold.heldAt
})

const FINDINGS_IN_MESSAGE_MAX = 3

export const ledgerVerifyCommand: Command = {
  name: 'ledger verify',
  synopsis: 'DB [--head NUMBER:HASH]',
  summary: 'recompute everything in a ledger, or in a copy of one, and name what does not hold (账簿核验)',
  options: { head: { type: 'string' } },
  positionals: ['DB'],
  run: (input) => {
    const [path = ''] = input.positionals
    const head = parseHead(input.text('head'))
    if (!head.ok) return head
    const verified = verifyLedger(path, head.value === undefined ? {} : { headElsewhere: head.value })
    if (!verified.ok) return ledgerFailure(verified.error)
    return verified.value.sound ? ok({ text: soundText(verified.value), json: reportJson(verified.value) }) : unsound(path, verified.value)
  }
}

const HEAD = /^(?<sequence>[1-9]\d{0,14}):(?<hash>(?:[0-9a-f]{2}){8,32})$/i

/** As a statement prints it: number of a fact and the first 8 bytes of its hash, or more of them. */
function parseHead(text: string | undefined): Result<HeadElsewhere | undefined, Failure> {
  if (text === undefined) return ok(text)
  const { sequence, hash } = HEAD.exec(text)?.groups ?? {}
  return sequence === undefined || hash === undefined
    ? badInput('bad-option', `--head "${text}" is not NUMBER:HASH with 16 to 64 hex digits, as a statement prints them`)
    : ok({ sequence: Number(sequence), hash: new Uint8Array(Buffer.from(hash, 'hex')) })
}

const soundText = ({ postings, corrections, openHolds, awaiting, resultsLost, head }: VerifyReport): string =>
  `sound: ${postings} settlements, ${corrections} corrections, ${openHolds} in doubt, ${awaiting} not yet confirmed; ` +
  `${resultsLost === 0 ? '' : `${resultsLost} restored without their results; `}chain of ${head.sequence} facts ends in ${shortHash(head.hash)} (账簿完好)`

function unsound(path: string, report: VerifyReport): { readonly ok: false; readonly error: Failure } {
  const shown = report.findings.slice(0, FINDINGS_IN_MESSAGE_MAX).map(describeFinding)
  const more = report.findingCount > shown.length ? `; and ${report.findingCount - shown.length} more findings` : ''
  return refused('ledger-unsound', `ledger ${path} does not hold: ${shown.join('; ')}${more}`, { report: reportJson(report) })
}

const reportJson = (report: VerifyReport): unknown => ({
  ...report,
  head: { ...report.head, hash: hexOf(report.head.hash) },
  findings: report.findings.map((finding) => ({ ...finding, text: describeFinding(finding) }))
})
