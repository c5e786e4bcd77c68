/**
 * The settlements of a till's ledger as the peer would keep them: one document each, 40 columns under the names of the
 * national interface, the lines of the bill, the entries of the journal, and the chain's hash. The content of what goes in a
 * batch; amounts in fen.
 */

import { hexOf } from '../../../settlement/sync/batch-maker.ts'
import { entriesOf } from '../../../settlement/ledger/journal.ts'
import type { FactOf, LedgerLine } from '../../../settlement/ledger/fact.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import { must } from '../commit-settlement.ts'

const PAGE = 500

export function documentsOf(ledger: Pick<LedgerReader, 'log'>): object[] {
  const holds = new Map<string, FactOf<'hold'>>()
  const documents: object[] = []
  let after = 0
  for (;;) {
    const links = must(ledger.log(after, PAGE))
    for (const { sequence, hash, fact } of links) {
      after = sequence
      if (fact.kind === 'hold') holds.set(fact.settlementId, fact)
      const hold = fact.kind === 'posting' ? holds.get(fact.settlementId) : undefined
      if (fact.kind === 'posting' && hold !== undefined) documents.push(documentOf(hold, fact, { sequence, hash: hexOf(hash) }))
    }
    if (links.length === 0) return documents
  }
}

function documentOf(hold: FactOf<'hold'>, posting: FactOf<'posting'>, { sequence, hash }: { readonly sequence: number; readonly hash: string }): object {
  const { amounts, intent } = hold
  return {
    _id: hold.settlementId,
    seq: sequence,
    hash,
    fixmedins_code: hold.visit.institution,
    ipt_otp_no: hold.visit.visitNo,
    psn_no: hold.personNo,
    insutype: hold.insuranceType,
    year: hold.policyYear,
    med_type: hold.medType,
    psn_type: hold.personType,
    policy: hold.policy.id,
    policy_version: hold.policy.version,
    held_at: hold.heldAt,
    setl_time: posting.postedAt,
    medfee_sumamt: amounts.total,
    fulamt_ownpay_amt: amounts.ownPay,
    overlmt_selfpay: amounts.overCeiling,
    preselfpay_amt: amounts.prePay,
    inscp_scp_amt: amounts.inScope,
    act_pay_dedc: amounts.deductible,
    ...amounts.funds,
    fund_pay_sumamt: amounts.fundPaid,
    psn_part_amt: amounts.personal,
    acct_pay: amounts.account,
    acct_mulaid_pay: amounts.mutualAid,
    psn_cash_pay: amounts.cash,
    hosp_part_amt: amounts.hospital,
    card_id: intent.cardId,
    card_serial: posting.evidence.serialAfter,
    balance_before: intent.balanceBefore,
    balance_after: posting.evidence.balanceAfter,
    terminal_no: intent.terminalNo,
    terminal_serial: intent.terminalSerial,
    tac: posting.evidence.tac,
    lines: hold.lines.map(lineOf),
    entries: entriesOf(amounts),
    counters: hold.counters
  }
}

const lineOf = ({ lineNo, itemCode, itemName, amount, ownPay, overCeiling, prePay, inScope }: LedgerLine): object => ({
  no: lineNo,
  code: itemCode,
  name: itemName,
  amt: amount,
  ownpay: ownPay,
  over: overCeiling,
  prepay: prePay,
  inscp: inScope
})
