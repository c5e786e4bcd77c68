/**
 * Everything that a statement prints, read from the ledger: so it exists only after the durable commit, and years later it
 * is the same. A settlement in doubt has one too, without proof: it says what is open.
 */

import { ok, type Result } from '../../../base/result.ts'
import { dueOf } from '../../../settlement/case/refund-settlement.ts'
import type { FactOf, LedgerLine } from '../../../settlement/ledger/fact.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import type { LoadState } from '../../../settlement/ledger/ledger-views.ts'
import { formatFen, parseFen, sum } from '../../../settlement/money/fen.ts'
import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import { insuranceTypeName, personTypeName, visitTypeName } from '../../../settlement/wire/code-names.ts'
import type { ChargeClass, VisitView } from '../../contract/bill-view.ts'
import type { RefundView, StatementLine, StatementView } from '../../contract/settlement-view.ts'
import { payingFunds } from '../bill/sums-view.ts'
import { confirmationView, plainConfirmation } from './confirmation-view.ts'
import { shortHash } from './fact-hash.ts'
import { invoiceSums, type PersonalAmount } from './invoice-sums.ts'
import { masked } from './masked.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { recordedVisit, stateOf, type RecordedVisit, type RecordRefusal } from './recorded-visit.ts'
import { saleOfRecord, type SaleOfRecord } from './statement-sale.ts'
import { readSettledDocument, type SettledDocument } from './settled-document.ts'

export interface Records {
  readonly ledger: LedgerReader
  /** For the names of regions. */
  readonly policies: readonly Policy[]
}

/** `printed`: prints so far. */
export function statementView(records: Records, settlementId: string, printed: number): Result<StatementView, RecordRefusal> {
  const visit = recordedVisit(records.ledger, settlementId)
  if (!visit.ok) return visit
  const loads = visit.value.correction === undefined ? ok([]) : records.ledger.loadsOf(settlementId)
  return loads.ok ? ok(viewOf(records, { record: visit.value, loads: loads.value, printed })) : loads
}

interface Printing {
  readonly record: RecordedVisit
  readonly loads: readonly LoadState[]
  readonly printed: number
}

function viewOf({ policies }: Records, { record, loads, printed }: Printing): StatementView {
  const { hold, posting, correction } = record
  const { fact } = hold
  const document = readSettledDocument(fact.result)
  const last = correction ?? posting ?? hold
  const { sale, lines: saleLines } = saleOfRecord({ ...fact.visit, claim: fact.claim, ownPay: document?.own_pay ?? {} })
  return {
    settlementId: fact.settlementId,
    state: stateOf(record),
    // The time that the card signed, also where the posting had to wait for the card to come back.
    settledAt: readableTime(fact.heldAt),
    institution: { code: fact.visit.institution, name: document?.fixmedins_name ?? '' },
    terminalNo: fact.intent.terminalNo,
    visit: visitViewOf(fact, document),
    holder: {
      name: document?.psn_name ?? '',
      cardNumber: masked(document?.card_number ?? ''),
      citizenNumber: masked(document?.certno ?? fact.personNo),
      personClass: personTypeName(document?.psn_type ?? ''),
      insutypeName: insuranceTypeName(fact.insuranceType)
    },
    policy: { region: fact.policy.id, name: policyName(policies, fact.policy), version: fact.policy.version },
    lines: linesOf(fact.lines, document, saleLines),
    sums: sumsOf(fact),
    invoice: invoiceSums(fact.amounts, sharesOf(fact, document)),
    balance: balanceOf(record, document),
    proof: proofOf(record),
    ledger: { sequence: last.sequence, hash: shortHash(last.hash) },
    refund: refundOf(record, loads),
    confirmation: confirmationView(record.settled),
    printed,
    sale
  }
}

function policyName(policies: readonly Policy[], { id, version }: FactOf<'hold'>['policy']): Policy['name'] {
  const ofRegion = policies.filter(({ region }) => region === id)
  const known = ofRegion.find((policy) => policy.version === version) ?? ofRegion[0]
  return known?.name ?? { zh: id, en: id }
}

function visitViewOf({ visit, heldAt }: FactOf<'hold'>, document: SettledDocument | undefined): VisitView {
  const stated = document?.visit
  const code = stated?.med_type ?? document?.med_type ?? ''
  return {
    visitNo: visit.visitNo,
    begins: stated?.begntime ?? document?.begntime ?? readableTime(heldAt).slice(0, 10),
    visitType: { code, name: visitTypeName(code) },
    department: stated?.dept_name ?? '',
    doctor: stated?.dr_name ?? '',
    patient: stated?.psn_name ?? '',
    disease: stated?.dise_name ?? ''
  }
}

function linesOf(lines: readonly LedgerLine[], document: SettledDocument | undefined, sale: SaleOfRecord['lines']): StatementLine[] {
  const stated = new Map(document?.lines.map((line) => [line.feedetl_sn, line]))
  return lines.map((line) => {
    const charged = stated.get(line.lineNo)
    return {
      line: line.lineNo,
      code: line.itemCode,
      name: line.itemName,
      chargeClass: charged?.chrgitm_lv ?? classBy(line),
      price: charged?.pric ?? '',
      quantity: charged?.cnt ?? '',
      amount: formatFen(line.amount),
      ownPay: formatFen(line.ownPay),
      overCeiling: formatFen(line.overCeiling),
      prePay: formatFen(line.prePay),
      inScope: formatFen(line.inScope),
      sale: sale.get(line.lineNo) ?? null
    }
  })
}

/** Without a document the class is what the amounts show of it. */
function classBy({ amount, ownPay, prePay }: LedgerLine): ChargeClass {
  if (ownPay === amount && amount !== 0) return '03'
  return prePay === 0 ? '01' : '02'
}

function sumsOf({ amounts }: FactOf<'hold'>): StatementView['sums'] {
  const { total, ownPay, overCeiling, prePay, inScope, deductible, fundPaid, personal, account, mutualAid, cash } = amounts
  return {
    total: formatFen(total),
    ownPay: formatFen(ownPay),
    overCeiling: formatFen(overCeiling),
    prePay: formatFen(prePay),
    inScope: formatFen(inScope),
    deductible: formatFen(deductible),
    funds: payingFunds(amounts),
    fundPaid: formatFen(fundPaid),
    personal: formatFen(personal),
    account: formatFen(account),
    mutualAid: formatFen(mutualAid),
    cash: formatFen(cash)
  }
}

/** undefined where the document does not have them all: a record must open whatever stands beside its amounts. */
function sharesOf({ amounts }: FactOf<'hold'>, document: SettledDocument | undefined): PersonalAmount[] | undefined {
  const shares = document?.personal.flatMap(({ part, amount }) => {
    const parsed = parseFen(amount)
    return parsed === undefined ? [] : [{ part, amount: parsed }]
  })
  const total = shares?.reduce((shared, { amount }) => shared + amount, 0)
  return total === amounts.personal ? shares : undefined
}

/** A region that settles online leaves the card's balance alone even where the card has one. */
function balanceOf({ hold, posting }: RecordedVisit, document: SettledDocument | undefined): StatementView['balance'] {
  const { balanceBefore } = hold.fact.intent
  if (balanceBefore === undefined || document?.account_place === 'at-centre') return null
  const after = posting?.fact.evidence.balanceAfter
  return { before: formatFen(balanceBefore), after: after === undefined ? null : formatFen(after) }
}

function proofOf({ hold, posting }: RecordedVisit): StatementView['proof'] {
  if (posting === undefined) return null
  const { tac, mac2, serialAfter } = posting.fact.evidence
  const { serialBefore, terminalSerial } = hold.fact.intent
  return { tac: tac ?? null, mac2: mac2 ?? null, serialBefore, serialAfter, terminalSerial }
}

function refundOf({ settled }: RecordedVisit, loads: readonly LoadState[]): RefundView | null {
  if (settled?.correction === undefined) return null
  const { correctionId, correctedAt, reason } = settled.correction.fact
  const due = dueOf(settled)
  return {
    correctionId,
    at: readableTime(correctedAt),
    reason,
    cash: formatFen(due.cash),
    fund: formatFen(due.fund),
    owedToCard: formatFen(due.owedToCard),
    loaded: loadedOf(loads),
    confirmation: plainConfirmation(settled.correctionConfirmation)
  }
}

/** All that came back to the card, and how the last of it did. */
function loadedOf(loads: readonly LoadState[]): RefundView['loaded'] {
  const done = loads.flatMap(({ hold, closing }) => (closing?.fact.kind === 'load-posting' ? [{ hold: hold.fact, posting: closing.fact }] : []))
  const last = done.at(-1)
  if (last === undefined) return null
  const { postedAt, evidence } = last.posting
  return {
    amount: formatFen(sum(done.map(({ hold }) => hold.intent.amount))),
    at: readableTime(postedAt),
    balanceAfter: evidence.balanceAfter === undefined ? null : formatFen(evidence.balanceAfter)
  }
}
