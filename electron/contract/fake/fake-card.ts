/** Cards come, are read, and tell their balance to whoever has the PIN. Tries live on the chip and outlast a removal. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { FaultKind } from '../reader-view.ts'
import type { RefusalView } from '../refusal-view.ts'
import type { Params } from '../requests.ts'
import type { Answer } from '../terminal.ts'
import { tellBill } from './fake-bill.ts'
import { cardView, chipOf, removeCard, stateOf, strike } from './fake-chip.ts'
import { askCard } from './fake-doubt.ts'
import { CARD_CHANGED, FIRST_PIN_REFUSED, LAST_TRY, MUTE_CARD, NO_CARD, NO_PAD, noFixturePin, notInTray, PIN_ON_PAD, PIN_LOCKED, pinMalformed, PIN_UNCHANGED, READER_FAULT, wrongPin } from './fake-refusals.ts'
import { addTrace, readyCard, setPanel, setReader, type World } from './fake-world.ts'
import { FIRST_PIN, type FakeChip } from './sample-cards.ts'
import { RESET, VERIFY_OK, verifyRefused } from './sample-trace.ts'

const strikesReading: readonly FaultKind[] = ['mute', 'lose-answer', 'truncate', 'foreign-reset']

export function insertCard(world: World, id: string): Answer<'reader.insert'> {
  const chip = chipOf(world, id)
  if (chip === undefined) return refuse(notInTray(id))
  if (world.inserted !== null) removeCard(world)
  world.inserted = id
  world.presence += 1
  setReader(world, {})
  readCard(world)
  return ok(null)
}

export function readCard(world: World): Answer<'card.read'> {
  const chip = chipOf(world, world.inserted)
  if (chip === undefined) return ok(null)
  const { presence } = world
  setPanel(world, { state: 'reading', presence })
  const refusal = readingRefusal(world, chip)
  if (refusal !== null) {
    setPanel(world, { state: 'refused', presence, refusal })
  } else {
    addTrace(world, RESET)
    askCard(world, chip.id, 'not-given')
    setPanel(world, { state: 'ready', card: cardView(world, chip, 'not-verified') })
  }
  tellBill(world)
  return ok(null)
}

function readingRefusal(world: World, chip: FakeChip): RefusalView | null {
  const fault = strike(world, strikesReading)
  if (fault === 'mute') return MUTE_CARD
  if (fault === 'foreign-reset') return READER_FAULT
  // One lost answer is asked for again.
  return chip.unreadable
}

export function verifyPin(world: World, { presence, pin, lastTry }: Params<'card.verify-pin'>): Answer<'card.verify-pin'> {
  return readyCard(world)?.pinOn === 'pad' ? refuse(PIN_ON_PAD) : verified(world, withPin(world, presence, pin, lastTry))
}

/** The holder types the right PIN, unless the test has said otherwise. */
export function verifyPinOnPad(world: World, { presence, lastTry }: Params<'card.verify-pin-on-pad'>): Answer<'card.verify-pin-on-pad'> {
  const refusal = padRefusal(world)
  return refusal === null ? verified(world, withPin(world, presence, pinOnChip(world), lastTry)) : refuse(refusal)
}

/** The new PIN is typed at the pad too: nobody here learns it, and the chip keeps the one that tests know. */
export function changePinOnPad(world: World, { presence, lastTry }: Params<'card.change-pin-on-pad'>): Answer<'card.change-pin-on-pad'> {
  const refusal = padRefusal(world)
  if (refusal !== null) return refuse(refusal)
  const tried = withPin(world, presence, pinOnChip(world), lastTry)
  if (!tried.ok) return tried
  const view = cardView(world, tried.value, 'not-verified')
  setPanel(world, { state: 'ready', card: view })
  return ok(view)
}

const pinOnChip = (world: World): string => (world.inserted === null ? FIRST_PIN : stateOf(world, world.inserted).pin)

function padRefusal(world: World): RefusalView | null {
  const { pad } = world
  if (readyCard(world) === null) return NO_CARD
  if (pad === null || readyCard(world)?.pinOn !== 'pad') return NO_PAD
  const { next } = pad
  pad.next = null
  return next
}

function verified(world: World, tried: Result<FakeChip, RefusalView>): Answer<'card.verify-pin'> {
  if (!tried.ok) return tried
  askCard(world, tried.value.id, 'given')
  const view = cardView(world, tried.value, 'verified')
  setPanel(world, { state: 'ready', card: view })
  tellBill(world)
  return ok(view)
}

function withPin(world: World, presence: number, pin: string, lastTry: boolean): Result<FakeChip, RefusalView> {
  if (!isPin(pin)) return refuse(pinMalformed(pin))
  const chip = chipOf(world, world.inserted)
  if (readyCard(world) === null || chip === undefined) return refuse(NO_CARD)
  if (world.presence !== presence) return refuse(CARD_CHANGED)
  const refusal = tryPin(world, chip, pin, lastTry)
  if (refusal === null) return ok(chip)
  setPanel(world, { state: 'ready', card: cardView(world, chip, 'not-verified') })
  return refuse(refusal)
}

const isPin = (pin: string): boolean => /^\d{4,12}$/.test(pin)

function tryPin(world: World, chip: FakeChip, pin: string, lastTry: boolean): RefusalView | null {
  const state = stateOf(world, chip.id)
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

/** A changed PIN is not a verified one. */
export function changePin(world: World, { presence, from, to, lastTry }: Params<'card.change-pin'>): Answer<'card.change-pin'> {
  if (readyCard(world)?.pinOn === 'pad') return refuse(PIN_ON_PAD)
  if (!isPin(to)) return refuse(pinMalformed(to))
  if (from === to) return refuse(PIN_UNCHANGED)
  if (to === FIRST_PIN) return refuse(FIRST_PIN_REFUSED)
  const tried = withPin(world, presence, from, lastTry)
  if (!tried.ok) return tried
  stateOf(world, tried.value.id).pin = to
  const view = cardView(world, tried.value, 'not-verified')
  setPanel(world, { state: 'ready', card: view })
  return ok(view)
}

export function reveal(world: World, { presence, item }: Params<'card.reveal'>): Answer<'card.reveal'> {
  const chip = chipOf(world, world.inserted)
  return readyCard(world) === null || chip === undefined || presence !== world.presence ? refuse(CARD_CHANGED) : ok({ value: chip.numbers[item] })
}

export function fixturePin(world: World, { card }: Params<'reader.fixture-pin'>): Answer<'reader.fixture-pin'> {
  const chip = chipOf(world, card)
  return chip?.kind === 'social-security' ? ok({ pin: chip.pin }) : refuse(noFixturePin(card))
}
