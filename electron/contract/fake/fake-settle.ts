/** Settling: hold, debit, post; or a hold that stays in doubt. */

import { ok, refuse } from '../../../base/result.ts'
import type { BillView, SumsView } from '../bill-view.ts'
import type { CardView } from '../card-view.ts'
import type { SettleProgress } from '../events.ts'
import type { FaultKind } from '../reader-view.ts'
import type { RefusalView } from '../refusal-view.ts'
import type { Params } from '../requests.ts'
import type { StatementView } from '../settlement-view.ts'
import type { Answer } from '../terminal.ts'
import { billLines, billView } from './fake-bill.ts'
import { cardView, removeCard, strike } from './fake-chip.ts'
import { askCard } from './fake-doubt.ts'
import { leaveOpen } from './fake-open-holds.ts'
import { BILL_EMPTY, billOfAnother, BILL_STALE, CARD_CHANGED, CARD_PULLED, CASH_DIFFERS, inDoubt, NO_BILL, NO_CARD, PIN_NOT_GIVEN, saleNotReady } from './fake-refusals.ts'
import { addTrace, readyCard, setPanel, setQueue, tell, type OpenBill, type World } from './fake-world.ts'
import { tellSync } from './fake-sync.ts'
import { SETTLED_STATEMENT, statementLine } from './sample-statements.ts'
import { DEBIT, SILENT } from './sample-trace.ts'

const strikesDebit: readonly FaultKind[] = ['remove-before-debit', 'remove-after-debit', 'cut-in-debit', 'lose-debit-answer']

interface Charge {
  readonly bill: OpenBill
  readonly view: BillView
  readonly sums: SumsView
  readonly card: CardView
}

export function settle(world: World, params: Params<'settle'>): Answer<'settle'> {
  const charge = chargeOf(world, params)
  if ('kind' in charge) return refuse(charge)
  const progress = (step: SettleProgress): void => tell(world, { topic: 'progress', step })
  progress('computing')
  progress('holding')
  progress('debiting')
  const fault = strike(world, strikesDebit)
  const statement = statementOf(world, charge)
  if (fault !== null) return leaveInDoubt(world, charge, statement, fault)
  debit(world, charge.sums)
  progress('posting')
  post(world, charge.bill, statement)
  progress('done')
  return ok(statement)
}

function chargeOf(world: World, { presence, revision, cash }: Params<'settle'>): Charge | RefusalView {
  if (world.bill === null) return NO_BILL
  if (world.bill.revision !== revision) return BILL_STALE
  const view = billView(world, world.bill)
  const card = readyCard(world)
  if (view.outcome.state === 'refused') return view.outcome.refusal
  if (view.outcome.state === 'no-card' || card === null) return world.settling === null || world.settling.card === null ? NO_CARD : CARD_PULLED
  if (view.madeFor !== null) return billOfAnother(view.madeFor)
  if (view.sale !== null && view.sale.openLines > 0) return saleNotReady(view.sale.openLines)
  if (view.outcome.state === 'empty') return BILL_EMPTY
  const { sums } = view.outcome
  if (sums.cash !== cash) return CASH_DIFFERS
  if (card.presence !== presence) return CARD_CHANGED
  return card.verified ? { bill: world.bill, view, sums, card } : PIN_NOT_GIVEN
}

function debit(world: World, sums: SumsView): void {
  takeFromChip(world, sums)
  addTrace(world, DEBIT)
  showSettled(world)
}

function takeFromChip(world: World, { accountAfter }: SumsView): void {
  const state = world.inserted === null ? undefined : world.chipStates.get(world.inserted)
  if (state !== undefined && accountAfter !== null) state.balance = accountAfter
}

function showSettled(world: World): void {
  const chip = world.chips.find(({ id }) => id === world.inserted)
  if (chip !== undefined) setPanel(world, { state: 'ready', card: cardView(world, chip, 'settled') })
}

function post(world: World, bill: OpenBill, statement: StatementView): void {
  world.statements = [statement, ...world.statements]
  if (world.inserted !== null) world.debitedCards.set(statement.settlementId, world.inserted)
  world.queue = world.queue.filter(({ file }) => file !== bill.file)
  world.bill = null
  tell(world, { topic: 'bill', bill: null })
  tell(world, { topic: 'queue', queue: world.queue })
  tellSync(world)
}

function leaveInDoubt(world: World, { bill, card, sums }: Charge, statement: StatementView, fault: FaultKind): Answer<'settle'> {
  const { settlementId, visit } = statement
  const refusal = inDoubt(settlementId)
  const wasTaken = fault === 'remove-after-debit' || fault === 'lose-debit-answer'
  addTrace(world, [SILENT])
  if (wasTaken) takeFromChip(world, sums)
  if (wasTaken && world.inserted !== null) world.debitedCards.set(settlementId, world.inserted)
  world.statements = [{ ...statement, state: 'in-doubt', proof: null, balance: statement.balance && { ...statement.balance, after: null } }, ...world.statements]
  setQueue(world, bill.file, 'in-doubt')
  world.bill = null
  tell(world, { topic: 'bill', bill: null })
  const { total, account, cash } = sums
  const of = { name: card.holder.name, maskedCard: card.masked['card-number'] ?? '', visitNo: visit.visitNo }
  leaveOpen(world, { kind: 'settlement', settlementId, since: statement.settledAt, ...of, total, account, cash, refusal, needsPin: false }, { wasTaken, file: bill.file, bill: bill.file === null ? bill : null })
  const { inserted } = world
  if (fault !== 'lose-debit-answer') removeCard(world)
  // Still there, with its PIN.
  else if (inserted !== null) {
    askCard(world, inserted, 'given')
    showSettled(world)
  }
  return refuse(refusal)
}

function saleOf({ sale }: BillView): StatementView['sale'] {
  if (sale === null) return null
  const rx = sale.prescription
  return {
    rx: rx && { number: rx.number, kind: rx.kind, issuedOn: rx.issuedOn, institution: rx.institution },
    replaces: sale.returnOf?.settlementId ?? null
  }
}

function statementOf(world: World, { view, sums, card }: Charge): StatementView {
  world.settlements += 1
  const number = String(world.settlements).padStart(4, '0')
  const { accountBefore, accountAfter } = sums
  return {
    ...SETTLED_STATEMENT,
    settlementId: `H9999990000120260305100000${number}`,
    settledAt: `${world.till.today} 10:00:00`,
    visit: view.visit,
    holder: {
      name: card.holder.name,
      cardNumber: card.masked['card-number'] ?? '',
      citizenNumber: card.masked['citizen-number'] ?? '',
      personClass: card.personClass.name,
      insutypeName: card.insured.insutypeName
    },
    institution: { code: world.till.institution.code, name: world.till.institution.name },
    lines: (world.bill === null ? [] : billLines(world, world.bill)).map(({ line }) => statementLine(line)),
    sale: saleOf(view),
    sums: {
      total: sums.total,
      ownPay: sums.ownPay,
      overCeiling: sums.overCeiling,
      prePay: sums.prePay,
      inScope: sums.inScope,
      deductible: sums.deductible?.paid ?? '0.00',
      funds: sums.funds,
      fundPaid: sums.fundPaid,
      personal: sums.personal,
      account: sums.account,
      mutualAid: '0.00',
      cash: sums.cash
    },
    invoice: sums.invoice,
    balance: accountBefore === null || accountAfter === null ? null : { before: accountBefore, after: accountAfter },
    confirmation: { state: 'provisional' },
    ledger: { sequence: 30 + world.settlements, hash: SETTLED_STATEMENT.ledger.hash }
  }
}
