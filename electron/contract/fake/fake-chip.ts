/** The chips of the tray: what each holds now, its removal from the slot, and the faults that are armed against it. */

import { invariant } from '../../../base/invariant.ts'
import { ok } from '../../../base/result.ts'
import type { AccountView, CardView, CardWarning } from '../card-view.ts'
import type { FaultKind } from '../reader-view.ts'
import type { Answer } from '../terminal.ts'
import { tellBill } from './fake-bill.ts'
import { isInDoubt } from './fake-open-holds.ts'
import { owedTo } from './fake-owed.ts'
import { LEDGER_OLDER } from './fake-centre-refusals.ts'
import { CARD_IN_DOUBT } from './fake-refusals.ts'
import { setPanel, setReader, type ChipState, type World } from './fake-world.ts'
import type { FakeChip } from './sample-cards.ts'

export const chipOf = (world: World, id: string | null): FakeChip | undefined => world.chips.find((chip) => chip.id === id)

export function stateOf(world: World, id: string): ChipState {
  const state = world.chipStates.get(id)
  invariant(state !== undefined, `the fake has no chip ${id}`)
  return state
}

const IN_DOUBT_WARNING: CardWarning = { kind: 'in-doubt', blocks: false, refusal: CARD_IN_DOUBT }
const OLDER_WARNING: CardWarning = { kind: 'ledger-older', blocks: true, refusal: LEDGER_OLDER }

const warningsOf = (world: World, chip: FakeChip): readonly CardWarning[] => [
  ...(world.sync.lostBatches === null ? [] : [OLDER_WARNING]),
  ...chip.view.warnings,
  ...(isInDoubt(world, chip.id) ? [IN_DOUBT_WARNING] : [])
]

/** What stands against the card in the slot may be something else now. */
export function judgeAgain(world: World): void {
  const chip = chipOf(world, world.inserted)
  if (chip === undefined || world.panel.state !== 'ready') return
  setPanel(world, { state: 'ready', card: cardView(world, chip, world.panel.card.verified ? 'verified' : 'not-verified') })
  tellBill(world)
}

/** Takes the first armed fault of these kinds. */
export function strike(world: World, kinds: readonly FaultKind[]): FaultKind | null {
  const struck = world.reader.faults.find(({ kind }) => kinds.includes(kind))
  if (struck === undefined) return null
  setReader(world, { faults: world.reader.faults.filter((fault) => fault !== struck) })
  return struck.kind
}

/** settled: the PIN has served, and what the debit left is known. */
export function cardView(world: World, chip: FakeChip, pin: 'not-verified' | 'verified' | 'settled'): CardView {
  const { balance, triesLeft } = stateOf(world, chip.id)
  const known: AccountView = balance === null ? { state: 'at-centre' } : { state: 'on-card', balance }
  const account: AccountView = pin !== 'not-verified' || balance === null ? known : { state: 'after-pin' }
  const pinOn = world.pad !== null && world.reader.kind === 'pcsc' ? 'pad' : 'window'
  return { ...chip.view, presence: world.presence, account, triesLeft, pinOn, verified: pin === 'verified', warnings: warningsOf(world, chip), owed: owedTo(world, chip.id) }
}

export function removeCard(world: World): Answer<'reader.remove'> {
  if (world.inserted === null) return ok(null)
  world.inserted = null
  setReader(world, {})
  setPanel(world, { state: 'no-card' })
  tellBill(world)
  return ok(null)
}
