/** A holder at the counter: puts the card in, gives the PIN as is his habit, and sometimes takes the card away too soon. */

import { invariant } from '../../../base/invariant.ts'
import { ok, refuse } from '../../../base/result.ts'
import type { CardPanel, CardView } from '../../../electron/contract/card-view.ts'
import type { InDoubtView } from '../../../electron/contract/settlement-view.ts'
import type { Outcome } from '../operation.ts'
import type { SimCard } from '../world/faces.ts'
import type { CardPlan, Hands } from './plan.ts'
import type { Undertaking, Went } from './undertaking.ts'

export type AtCounter = Undertaking<CardPlan>

/** Reading a card, whatever its reader does meanwhile. */
const SHOWN_MS_MAX = 60_000
const REST_MS_MAX = 5_000
const SHOWN_TRIES = 4
const PIN_TRIES = 6
/** What a person needs to type it. */
const TYPING_MS = 4_000

export const cardOf = ({ card }: AtCounter): SimCard => {
  invariant(card !== undefined, 'who comes to the counter brings a card')
  return card
}

const CODE_END = 4

/** Whose it is, as the screen says it: by name, or by the end of the card's code where only the card is known, as of a credit. */
export const isOfCard = ({ name, maskedCard }: InDoubtView, { holder, cardId }: SimCard): boolean =>
  name === '' ? maskedCard.slice(-CODE_END) === cardId.slice(-CODE_END) : name === holder.name

/** The card lies in the reader and was read; put in once more where it was taken out, or could not be read. */
export async function showCard(op: AtCounter): Promise<Went<CardView>> {
  const { window } = op
  const { hands } = window.till
  let last: Outcome = { kind: 'left', why: 'card-not-shown' }
  for (let attempt = 0; attempt < SHOWN_TRIES; attempt += 1) {
    if (hands.card !== cardOf(op)) {
      if (op.handsMoved && op.plan.afterwards === 'comes-another-day') return refuse(last)
      await emptied(op)
      if (!hands.insert(cardOf(op))) return refuse({ kind: 'left', why: 'card-not-shown' })
      moveHands(op, 'reading')
    }
    const panel = await shownPanel(op)
    if (panel?.state === 'ready') return ok(panel.card)
    if (panel !== undefined) last = op.refused('card', panel.refusal)
    // Whoever is told that it is no card, or that its fund application is locked, does not try for ever; one wipes it and tries again.
    hands.remove()
    await op.sleep(REST_MS_MAX)
  }
  return refuse(last)
}

type SettledPanel = Exclude<CardPanel, { state: 'no-card' | 'reading' }>

async function shownPanel(op: AtCounter): Promise<SettledPanel | undefined> {
  const told = await op.window.until(() => settledPanel(op.window.panel), SHOWN_MS_MAX)
  if (told !== undefined) return told
  // The host may have begun anew without a word.
  const state = await op.ask('terminal.state', {})
  if (!state.ok) return undefined
  op.window.panel = state.value.panel
  return settledPanel(state.value.panel)
}

const settledPanel = (panel: CardPanel | undefined): SettledPanel | undefined =>
  panel === undefined || panel.state === 'no-card' || panel.state === 'reading' ? undefined : panel

/** The slot is empty, and the window has seen it. */
export async function emptied(op: AtCounter): Promise<void> {
  const { window } = op
  if (window.till.hands.card !== undefined) window.till.hands.remove()
  await window.until(() => (window.panel === undefined || window.panel.state === 'no-card' ? true : undefined), REST_MS_MAX)
}

/** From now on the plan's hands may move: once in an operation. */
export function moveHands(op: AtCounter, during: Extract<Hands, { during: unknown }>['during']): void {
  const { hands } = op.plan
  if (op.handsMoved || hands.kind === 'waits' || hands.during !== during) return
  op.handsMoved = true
  const { world } = op.people
  world.scheduler.after(hands.afterMs, `${op.id} hands`, () => {
    const { till } = op.window
    if (op.isOver || till.hands.card !== op.card) return
    till.hands.remove()
    op.people.hit(`state:card-${hands.kind === 'pulls' ? 'pulled' : 'swapped'}-${during}`)
    world.log.say(till.name, `${op.id} ${hands.kind} the card`, during)
    if (hands.kind === 'swaps') putAnotherIn(op)
  })
}

function putAnotherIn(op: AtCounter): void {
  const free = op.people.world.cards.filter((card) => card !== op.card && card.place === undefined && !op.people.of(card).isBusy)
  if (free.length > 0) op.window.till.hands.insert(op.draw.fork('other card').pick(free))
}

/** The PIN stands, or why it does not. */
export async function givePin(op: AtCounter): Promise<Went<CardView>> {
  const { plan } = op
  const right = op.holder?.pin ?? ''
  await op.sleep(TYPING_MS)
  if (plan.pin === 'malformed') await typePin(op, '12a')
  if (plan.pin === 'wrong-once' || plan.pin === 'forgot') {
    const wrong = await typePin(op, wrongPin(right), 'not-at-the-last-try')
    if (plan.pin === 'forgot') return wrong.ok ? wrong : refuse({ kind: 'left', why: 'forgot-pin' })
  }
  if (plan.pin === 'wrong-until-locked') return lockIt(op, right)
  moveHands(op, 'pin')
  return typeUntilHeard(op, right)
}

async function lockIt(op: AtCounter, right: string): Promise<Went<CardView>> {
  let last = await typePin(op, wrongPin(right), 'at-any-try')
  for (let tries = 1; tries < PIN_TRIES && !last.ok && isRefused(last.error, 'wrong-pin'); tries += 1) {
    await op.sleep(TYPING_MS)
    last = await typePin(op, wrongPin(right), 'at-any-try')
  }
  return last
}

/** Contacts that fail are tried again, a PIN that was refused is not. */
async function typeUntilHeard(op: AtCounter, right: string): Promise<Went<CardView>> {
  const maybe = await typeMaybe(op)
  if (maybe?.ok === true) return maybe
  let last = await typePin(op, right, 'at-any-try')
  for (let tries = 1; tries < SHOWN_TRIES && !last.ok && isWorthAnother(last.error); tries += 1) {
    await op.sleep(REST_MS_MAX)
    const shown = await showCard(op)
    if (!shown.ok) return shown
    last = await typePin(op, right, 'at-any-try')
  }
  return last
}

/** The PIN that a broken off change may have left. */
async function typeMaybe(op: AtCounter): Promise<Went<CardView> | undefined> {
  const { holder } = op
  const pin = holder?.pinMaybe
  if (holder === undefined || pin === undefined) return undefined
  const typed = await typePin(op, pin, 'not-at-the-last-try')
  if (typed.ok) holder.pin = pin
  if (typed.ok || isRefused(typed.error, 'wrong-pin')) holder.pinMaybe = undefined
  return typed
}

type Courage = 'at-any-try' | 'not-at-the-last-try'

/** One try of the card at most. */
async function typePin(op: AtCounter, pin: string, courage: Courage = 'at-any-try'): Promise<Went<CardView>> {
  const presence = presenceOf(op)
  const isRight = pin === op.holder?.pin
  let typed = await op.ask('card.verify-pin', { presence, pin, lastTry: false })
  if (!typed.ok && isRefused(typed.error, 'last-try-unconfirmed') && courage === 'at-any-try') {
    await op.sleep(TYPING_MS)
    typed = await op.ask('card.verify-pin', { presence, pin, lastTry: true })
  }
  remember(op, typed, isRight)
  return typed
}

function remember(op: AtCounter, typed: Went<CardView>, isRight: boolean): void {
  const { holder } = op
  // Another than its holder gave, when two were exchanged unseen: the tries are its own.
  const card = op.window.till.hands.card
  const tried = card === undefined || card === op.card ? holder : op.people.of(card)
  if (holder === undefined || tried === undefined) return
  if (typed.ok) {
    holder.triesSpent = false
    const { account } = typed.value
    if (account.state === 'on-card') op.toldBalance(account.balance)
    return
  }
  // A try counts before the card compares: one that was cut off may have been spent.
  if (!isRight || typed.error.kind !== 'refused' || typed.error.refusal !== 'last-try-unconfirmed') {
    holder.triesSpent = true
    tried.triesSpent = true
  }
  if (isRefused(typed.error, 'pin-locked')) {
    tried.isLocked = true
    op.people.hit('operation:pin-locked')
  }
}

export function presenceOf({ window }: Pick<AtCounter, 'window'>): number {
  const { panel } = window
  return panel !== undefined && 'presence' in panel ? panel.presence : panel?.state === 'ready' ? panel.card.presence : 0
}

export const isRefused = (outcome: Outcome, ...kinds: readonly string[]): boolean => outcome.kind === 'refused' && kinds.includes(outcome.refusal)

/** Nothing was done, and nothing stands against it but the moment, or a contact. */
const ONCE_MORE: ReadonlySet<string> = new Set([
  'bill-stale', 'settling', 'amounts-changed', 'amount-malformed', 'pin-not-given', 'pin-not-verified', 'no-bill',
  'no-card', 'card-changed', 'session-ended', 'mute-card', 'reader-fault', 'malformed-answer', 'card-refused', 'protocol-fault', 'held-by-other',
  'card-unreadable', 'psam', 'psam-unreachable', 'terminal-not-authentic', 'store-failure', 'not-genuine', 'close-stale'
])

export const isWorthAnother = (outcome: Outcome): boolean => outcome.kind === 'refused' && ONCE_MORE.has(outcome.refusal)

/** As long as the right one, and another. */
const wrongPin = (right: string): string => right.replace(/^./, (digit) => String((Number.parseInt(digit, 10) + 1) % 10))
