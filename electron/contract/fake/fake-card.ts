/** Cards come, are read, and tell their balance to whoever has the PIN. Tries live on the chip and outlast a removal. */

import { ok, refuse } from '../../../base/result.ts'
import type { FaultKind } from '../reader-view.ts'
import type { RefusalView } from '../refusal-view.ts'
import type { Params } from '../requests.ts'
import type { Answer } from '../terminal.ts'
import { tellBill } from './fake-bill.ts'
import { cardView, chipOf, removeCard, stateOf, strike } from './fake-chip.ts'
import { badInput, CARD_CHANGED, LAST_TRY, MUTE_CARD, NO_CARD, PIN_LOCKED, READER_FAULT, wrongPin } from './fake-refusals.ts'
import { resolveWith } from './fake-settle.ts'
import { addTrace, readyCard, setPanel, setReader, type World } from './fake-world.ts'
import type { FakeChip } from './sample-cards.ts'
import { RESET, VERIFY_OK, verifyRefused } from './sample-trace.ts'

const strikesReading: readonly FaultKind[] = ['mute', 'lose-answer', 'truncate', 'foreign-reset']

export function insertCard(world: World, id: string): Answer<'reader.insert'> {
  const chip = chipOf(world, id)
  if (chip === undefined) return refuse(badInput('unknown-card', `托盘里没有卡${id}`, `card "${id}" is refused: it is not in the tray`))
  if (world.inserted !== null) removeCard(world)
  world.inserted = id
  world.presence += 1
  setReader(world, {})
  readCard(world)
  return ok(null)
}

export function readCard(world: World): Answer<'card.read'> {
  const chip = chipOf(world, world.inserted)
  if (chip === undefined) return refuse(NO_CARD)
  const { presence } = world
  setPanel(world, { state: 'reading', presence })
  const refusal = readingRefusal(world, chip)
  if (refusal !== null) {
    setPanel(world, { state: 'refused', presence, refusal })
  } else {
    addTrace(world, RESET)
    setPanel(world, { state: 'ready', card: cardView(world, chip, false) })
  }
  tellBill(world)
  return ok(null)
}

function readingRefusal(world: World, chip: FakeChip): RefusalView | null {
  const fault = strike(world, strikesReading)
  if (fault !== null) return fault === 'mute' ? MUTE_CARD : READER_FAULT
  return chip.unreadable
}

export function verifyPin(world: World, { presence, pin, lastTry }: Params<'card.verify-pin'>): Answer<'card.verify-pin'> {
  const card = readyCard(world)
  const chip = chipOf(world, world.inserted)
  if (card === null || chip === undefined) return refuse(NO_CARD)
  if (card.presence !== presence) return refuse(CARD_CHANGED)
  const refusal = tryPin(world, chip, pin, lastTry)
  const view = cardView(world, chip, refusal === null)
  setPanel(world, { state: 'ready', card: view })
  if (refusal !== null) return refuse(refusal)
  resolveWith(world, chip.id)
  tellBill(world)
  return ok(view)
}

function tryPin(world: World, chip: FakeChip, pin: string, lastTry: boolean): RefusalView | null {
  const state = stateOf(world, chip.id)
  if (!/^\d{4,12}$/.test(pin)) return badInput('pin-format', '密码应为4至12位数字', 'the PIN is refused: 4 to 12 digits')
  if (state.triesLeft === 0) return PIN_LOCKED
  if (state.triesLeft === 1 && !lastTry) return LAST_TRY
  if (pin === state.pin) {
    state.triesLeft = chip.triesLeft === 1 ? 3 : chip.triesLeft
    addTrace(world, [VERIFY_OK])
    return null
  }
  state.triesLeft -= 1
  addTrace(world, [verifyRefused(state.triesLeft)])
  return wrongPin(state.triesLeft)
}

export function changePin(world: World, { presence, from, to, lastTry }: Params<'card.change-pin'>): Answer<'card.change-pin'> {
  const verified = verifyPin(world, { presence, pin: from, lastTry })
  if (!verified.ok || world.inserted === null) return verified
  if (!/^\d{4,12}$/.test(to)) return refuse(badInput('pin-format', '新密码应为4至12位数字', 'the new PIN is refused: 4 to 12 digits'))
  stateOf(world, world.inserted).pin = to
  return verified
}

export function reveal(world: World, { presence, item }: Params<'card.reveal'>): Answer<'card.reveal'> {
  const chip = chipOf(world, world.inserted)
  if (readyCard(world) === null || chip === undefined) return refuse(NO_CARD)
  return presence === world.presence ? ok({ value: chip.numbers[item] }) : refuse(CARD_CHANGED)
}

export function fixturePin(world: World, { card }: Params<'reader.fixture-pin'>): Answer<'reader.fixture-pin'> {
  const state = world.chipStates.get(card)
  return state === undefined ? refuse(badInput('unknown-card', `托盘里没有卡${card}`, `card "${card}" is refused: it is not in the tray`)) : ok({ pin: state.pin })
}
