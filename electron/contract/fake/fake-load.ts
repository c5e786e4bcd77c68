/** Putting back what is owed to a card: the centre signs, the card adds. */

import { ok, refuse } from '../../../base/result.ts'
import type { OwedView } from '../card-view.ts'
import type { Params } from '../requests.ts'
import type { StatementView } from '../settlement-view.ts'
import type { Answer } from '../terminal.ts'
import { LOAD_NOT_DONE, loadInDoubt, NOT_CONNECTED, OUTAGES, OWED_UNKNOWN } from './fake-centre-refusals.ts'
import { cardView, chipOf, removeCard, stateOf, strike } from './fake-chip.ts'
import { CARD_CHANGED, NO_CARD, PIN_NOT_GIVEN } from './fake-refusals.ts'
import { fen, yuan } from './fake-sums.ts'
import { tellSync } from './fake-sync.ts'
import { leaveOpen } from './fake-open-holds.ts'
import { owedTo } from './fake-owed.ts'
import { addTrace, readyCard, setPanel, type World } from './fake-world.ts'
import { LOAD, SILENT } from './sample-trace.ts'

export function startLoad(world: World, { presence, owed }: Params<'load.start'>): Answer<'load.start'> {
  const card = readyCard(world)
  const chip = chipOf(world, world.inserted)
  if (card === null || chip === undefined) return refuse(NO_CARD)
  if (card.presence !== presence) return refuse(CARD_CHANGED)
  const row = owedTo(world, chip.id).find((candidate) => candidate.owed === owed)
  if (row === undefined) return refuse(OWED_UNKNOWN)
  if (world.sync.centre === null) return refuse(NOT_CONNECTED)
  if (world.outage !== null) return refuse(OUTAGES[world.outage])
  if (!card.verified) return refuse(PIN_NOT_GIVEN)
  const fault = strike(world, ['remove-before-debit', 'remove-after-debit', 'cut-in-debit', 'lose-debit-answer'])
  if (fault === 'remove-before-debit') {
    removeCard(world)
    return refuse(LOAD_NOT_DONE)
  }
  if (fault !== null) return leaveInDoubt(world, row)
  const state = stateOf(world, chip.id)
  const before = state.balance ?? '0.00'
  state.balance = yuan(fen(before) + fen(row.amount))
  addTrace(world, LOAD)
  world.loadsWaiting += 1
  const loadedAt = `${world.till.today} 11:05:00`
  setLoaded(world, owed, { amount: row.amount, at: loadedAt, balanceAfter: state.balance })
  setPanel(world, { state: 'ready', card: cardView(world, chip, 'settled') })
  tellSync(world)
  return ok({ loadId: `L${owed}`, owed, amount: row.amount, balanceBefore: before, balanceAfter: state.balance, loadedAt })
}

function setLoaded(world: World, settlementId: string, loaded: NonNullable<StatementView['refund']>['loaded']): void {
  world.statements = world.statements.map((statement) =>
    statement.settlementId === settlementId && statement.refund !== null
      ? { ...statement, refund: { ...statement.refund, owedToCard: '0.00', loaded } }
      : statement
  )
}

function leaveInDoubt(world: World, { owed, amount }: OwedView): Answer<'load.start'> {
  const refusal = loadInDoubt(owed)
  const statement = world.statements.find(({ settlementId }) => settlementId === owed)
  addTrace(world, [SILENT])
  leaveOpen(
    world,
    {
      kind: 'load',
      settlementId: owed,
      since: `${world.till.today} 11:05:00`,
      name: statement?.holder.name ?? '',
      maskedCard: statement?.holder.cardNumber ?? '',
      visitNo: statement?.visit.visitNo ?? '',
      total: amount,
      account: amount,
      cash: '0.00',
      refusal,
      needsPin: false
    },
    { wasTaken: true, file: null, bill: null }
  )
  removeCard(world)
  return refuse(refusal)
}

/** The card that is back has the money: its own answer proves it. */
export function resolveLoad(world: World, card: string, owed: string): void {
  const state = stateOf(world, card)
  const row = owedTo(world, card).find((candidate) => candidate.owed === owed)
  if (row === undefined) return
  state.balance = yuan(fen(state.balance ?? '0.00') + fen(row.amount))
  world.loadsWaiting += 1
  setLoaded(world, owed, { amount: row.amount, at: `${world.till.today} 11:10:00`, balanceAfter: state.balance })
}
