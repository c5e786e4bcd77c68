/** Settling: hold, debit, post; or a hold in doubt that the same card closes when it comes back. */

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
import { BILL_EMPTY, BILL_STALE, CARD_CHANGED, CARD_PULLED, CASH_DIFFERS, inDoubt, NO_BILL, NO_CARD, PIN_NOT_GIVEN, saleNotReady } from './fake-refusals.ts'
import { addTrace, readyCard, setInDoubt, setPanel, setQueue, tell, type OpenBill, type World } from './fake-world.ts'
import { resolveLoad } from './fake-load.ts'
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
  if (fault === 'remove-before-debit') {
    removeCard(world)
    return refuse(CARD_PULLED)
  }
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
  if (view.outcome.state === 'empty') return BILL_EMPTY
  if (view.outcome.state === 'no-card' || card === null) return world.settling === null || world.settling.card === null ? NO_CARD : CARD_PULLED
  if (view.sale !== null && view.sale.openLines > 0) return saleNotReady(view.sale.openLines)
  const { sums } = view.outcome
  if (sums.cash !== cash) return CASH_DIFFERS
  if (card.presence !== presence) return CARD_CHANGED
  return card.verified ? { bill: world.bill, view, sums, card } : PIN_NOT_GIVEN
}

function debit(world: World, { accountAfter }: SumsView): void {
  const state = world.inserted === null ? undefined : world.chipStates.get(world.inserted)
  if (state !== undefined && accountAfter !== null) state.balance = accountAfter
  addTrace(world, DEBIT)
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

function leaveInDoubt(world: World, { bill, card }: Charge, statement: StatementView, fault: FaultKind): Answer<'settle'> {
  const { settlementId, visit, sums } = statement
  const refusal = inDoubt(settlementId)
  addTrace(world, [SILENT])
  if (world.inserted !== null) world.doubtfulCards.set(settlementId, world.inserted)
  if (world.inserted !== null) world.debitedCards.set(settlementId, world.inserted)
  world.statements = [{ ...statement, state: 'in-doubt', proof: null, balance: statement.balance && { ...statement.balance, after: null } }, ...world.statements]
  setQueue(world, bill.file, 'in-doubt')
  world.bill = null
  tell(world, { topic: 'bill', bill: null })
  if (fault !== 'lose-debit-answer') removeCard(world)
  setInDoubt(world, [
    ...world.inDoubt,
    {
      kind: 'settlement',
      settlementId,
      since: statement.settledAt,
      name: card.holder.name,
      maskedCard: card.masked['card-number'] ?? '',
      visitNo: visit.visitNo,
      total: sums.total,
      account: sums.account,
      cash: sums.cash,
      refusal,
      needsPin: true
    }
  ])
  return refuse(refusal)
}

/** The card that was charged is back and its PIN is known: its log proves the debit. */
export function resolveWith(world: World, card: string): void {
  const mine = world.inDoubt.filter(({ settlementId }) => world.doubtfulCards.get(settlementId) === card)
  if (mine.length === 0) return
  const ids = new Set(mine.map(({ settlementId }) => settlementId))
  for (const { kind, settlementId } of mine) if (kind === 'load') resolveLoad(world, card, settlementId)
  world.statements = world.statements.map((statement) =>
    ids.has(statement.settlementId) && statement.state === 'in-doubt' ? { ...statement, state: 'settled', proof: SETTLED_STATEMENT.proof } : statement
  )
  for (const { visitNo } of mine) setQueue(world, world.queue.find(({ visit }) => visit?.visitNo === visitNo)?.file ?? null, 'settled')
  setInDoubt(world, world.inDoubt.filter(({ settlementId }) => !ids.has(settlementId)))
  tellSync(world)
  tell(world, {
    topic: 'resolved',
    resolutions: mine.map(({ kind, settlementId, visitNo }) => ({
      kind,
      settlementId,
      visitNo,
      outcome: 'posted',
      text:
        kind === 'load'
          ? { zh: `${settlementId}的圈存已由卡证实,已入账`, en: `${settlementId}: the card proves the load, and it is posted` }
          : { zh: `${settlementId}已由卡证实扣款,已入账`, en: `${settlementId}: the card proves the debit, and it is posted` }
    }))
  })
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
