/**
 * The card in the reader, from insertion to removal. It is read at once, with the PSAM's keys and without a try of the PIN;
 * what it left open is resolved before anything else. The PIN, once given, stands until the card leaves, is settled with, or
 * the time is up; no command is under way while a person thinks.
 *
 *   inserted -> reading -> ready -> PIN -> verified -> settled -> ready
 *                      \-> refused
 *   reader broken -> no-reader -> whole again: as inserted
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { SerialQueue } from '../../../card/channel/serial-queue.ts'
import type { Pin } from '../../../card/secret/pin.ts'
import type { CardSession } from '../../../card/session/card-session.ts'
import type { CardPanel } from '../../contract/card-view.ts'
import { accountKnowledge, type AccountKnowledge } from '../bill/account-knowledge.ts'
import type { Payer } from '../bill/bill.ts'
import type { CardRecovery } from '../card-recovery.ts'
import { recover, tryPin } from '../counter.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { CardData } from '../insured-person.ts'
import { refusalView } from '../refusal/refusal-view.ts'
import type { NamedDue } from '../load/load-on-card.ts'
import { balanceOnCard } from '../visit-claim.ts'
import { blockingOn, isIssuedWith, panelWithoutCard, policyFor, readyPanel } from './card-judged.ts'
import type { DeskRefusal } from './desk-refusal.ts'
import { openAtDesk, type CardAtDesk, type DeskCounter } from './open-at-desk.ts'
import { changePinOnPad, hasPad, tryPinOnPad } from './pad-pin.ts'
import { SecondLook } from './second-look.ts'

/** How long a PIN stands while cash is counted. */
export const PIN_VALID_MS = 180_000

type PinAnswer = Result<null, CounterRefusal | DeskRefusal>

export interface CardDeskEvents {
  panel(panel: CardPanel): void
  /** What the card proved about earlier holds and loads; empty when nothing was open. */
  recovered(recoveries: readonly CardRecovery[]): void
}

export class CardDesk {
  readonly #counter: DeskCounter
  readonly #events: CardDeskEvents
  readonly #queue = new SerialQueue()
  #panel: CardPanel = { state: 'no-card' }
  #at: CardAtDesk | undefined
  #account: AccountKnowledge = { state: 'after-pin' }
  #verified = false
  #firstPin = false
  #notOpened: CounterRefusal | undefined
  #cancelExpiry = (): void => {}
  readonly #secondLook: SecondLook

  constructor(counter: DeskCounter, events: CardDeskEvents) {
    this.#counter = counter
    this.#events = events
    this.#secondLook = new SecondLook(counter.later)
  }

  get panel(): CardPanel {
    return this.#panel
  }

  get data(): CardData | undefined {
    return this.#at?.data
  }

  /** Whose rules and whose account a bill is computed with; undefined without a card that could be read. */
  get payer(): Payer | undefined {
    return this.#at && { card: this.#at.data, account: this.#account, today: this.#counter.clock().today }
  }

  get hasPad(): boolean {
    return this.#at !== undefined && hasPad(this.#at.session)
  }

  /** Why the card in the reader could not be opened. */
  get notOpened(): CounterRefusal | undefined {
    return this.#notOpened
  }

  /** The PIN was given, and is still the one that cards are issued with. */
  get firstPin(): boolean {
    return this.#firstPin
  }

  /** Whether `pin` is what this card may have been issued with. */
  isFirstPin(pin: Pin): boolean {
    return this.#at !== undefined && isIssuedWith(this.#counter, this.#at, pin)
  }

  /** The first reason on the card why nothing is settled with it. */
  get blocking(): CounterRefusal | undefined {
    return this.#at && blockingOn(this.#counter, this.#at, this.#firstPin)
  }

  /** The same of a load: an expired card may get back what it paid, and is given nothing new. */
  blockingLoad(of: NamedDue['kind']): CounterRefusal | undefined {
    return this.#at && blockingOn(this.#counter, this.#at, this.#firstPin, of === 'refund' ? 'card-expired' : undefined)
  }

  /** The slot was filled or emptied, or its reader broke or is whole again. */
  slotChanged(): void {
    const { presence } = this.#counter.slot
    this.#secondLook.reset()
    void this.#at?.session.close()
    this.#forget()
    this.#show(presence === undefined ? panelWithoutCard(this.#counter) : { state: 'reading', presence })
    if (presence !== undefined) void this.read()
  }

  /** A PSAM is there again: a card that could not be asked without it, or was asked with the one before, is asked anew. */
  psamCame(): void {
    const { state } = this.#panel
    if (state === 'refused' || (state === 'ready' && !this.#verified)) void this.read()
  }

  /** Another day, other rules: what stands against the card is judged again. Asks nothing of it. */
  judgeAgain(): void {
    if (this.#at !== undefined) this.#showReady(this.#at)
  }

  /** Reads the card anew, as pulling and putting it back would. */
  async read(): Promise<void> {
    await this.#queue.run(() => this.#read())
  }

  async verifyPin(presence: number, pin: Pin, lastTry: boolean): Promise<PinAnswer> {
    return this.#withCard(presence, async (at) => {
      if (hasPad(at.session)) return refuse({ kind: 'pin-on-pad' })
      return this.#verify(at, lastTry, () => tryPin(at.session, pin), pin)
    })
  }

  /** Waits until the holder has typed at the reader, or the reader gives up. Nobody here knows whether it was the first PIN. */
  async verifyPinOnPad(presence: number, lastTry: boolean): Promise<PinAnswer> {
    return this.#withCard(presence, async (at) => {
      if (!hasPad(at.session)) return refuse({ kind: 'no-pad' })
      return this.#verify(at, lastTry, () => tryPinOnPad(at.session), undefined)
    })
  }

  /** The holder's own doing. A changed PIN is not a verified one. */
  async changePin(presence: number, change: { readonly from: Pin; readonly to: Pin }, lastTry: boolean): Promise<PinAnswer> {
    return this.#withCard(presence, async (at) => {
      if (hasPad(at.session)) return refuse({ kind: 'pin-on-pad' })
      if (change.from.equals(change.to)) return refuse({ kind: 'pin-unchanged' })
      if (isIssuedWith(this.#counter, at, change.to)) return refuse({ kind: 'first-pin-refused' })
      return this.#change(at, lastTry, async () => {
        const changed = await at.session.changePin(change)
        if (changed.ok) return changed
        return refuse(changed.error.kind === 'pin-locked' ? { kind: 'pin-locked' } : { kind: 'pin', refusal: changed.error })
      })
    })
  }

  async changePinOnPad(presence: number, lastTry: boolean): Promise<PinAnswer> {
    return this.#withCard(presence, async (at) => {
      if (!hasPad(at.session)) return refuse({ kind: 'no-pad' })
      return this.#change(at, lastTry, () => changePinOnPad(at.session))
    })
  }

  /**
   * `work` takes the money, or gives it. Afterwards the PIN has served, whatever the outcome, and the card is read again behind the
   * answer; `accountAfter` is what the settlement itself has told of the account.
   */
  async settle<Value>(
    presence: number,
    work: (card: CardAtDesk) => Promise<Result<Value, CounterRefusal | DeskRefusal>>,
    accountAfter: (value: Value) => AccountKnowledge
  ): Promise<Result<Value, CounterRefusal | DeskRefusal>> {
    const settled = await this.#withCard(presence, async (at) => {
      if (!this.#verified) return refuse({ kind: 'pin-not-given' })
      this.#verified = false
      const worked = await work(at)
      // Still there, with its PIN: what is unknown its log tells now, and nobody has to type again.
      if (!worked.ok && at.session.ended === undefined) this.#events.recovered(await this.#recover(at))
      if (this.#at === at) {
        this.#account = worked.ok ? accountAfter(worked.value) : { state: 'after-pin' }
        // Behind the answer, for which the cashier waits.
        this.#counter.later(0, () => {
          if (this.#at === at) this.#showReady(at)
        })
      }
      return worked
    })
    if (this.#at?.presence === presence) void this.#queue.run(() => this.#read(this.#account))
    return settled
  }

  /**
   * The card for another program's doing, in its turn; undefined: none is open. `changes`: something on the card may be another
   * afterwards, so the PIN has served and the card is read again behind the answer.
   */
  async lend<Value>(work: (session: CardSession) => Promise<Value>, changes: boolean): Promise<Value | undefined> {
    return this.forCaller(async (presence) => {
      const lent = await this.#withCard(presence, async ({ session }) => ok(await work(session)))
      if (changes && this.#at?.presence === presence) void this.#queue.run(() => this.#read())
      return lent.ok ? lent.value : undefined
    })
  }

  /** With whichever card is open, for a person who saw in the window how many tries are left. */
  async forCaller<Answer>(work: (presence: number) => Promise<Answer>): Promise<Answer | undefined> {
    // A card that is just being read will be open.
    await this.#queue.run(() => Promise.resolve())
    return this.#at === undefined ? undefined : work(this.#at.presence)
  }

  /** One operation on the card at a time; and only on the card that the screen shows. */
  async #withCard<Value>(
    presence: number,
    work: (at: CardAtDesk) => Promise<Result<Value, CounterRefusal | DeskRefusal>>
  ): Promise<Result<Value, CounterRefusal | DeskRefusal>> {
    const turn = await this.#queue.run(async () => {
      const at = this.#at
      const isThere = this.#counter.slot.presence === presence
      if (at === undefined) return refuse<CounterRefusal | DeskRefusal>((isThere ? this.#notOpened : undefined) ?? { kind: 'no-card' })
      if (at.presence !== presence || !isThere) return refuse<DeskRefusal>({ kind: 'card-changed' })
      const worked = await work(at)
      // Another program reset the card under this session; the card itself is still there.
      if (this.#at === at && at.session.ended !== undefined) await this.#read()
      return worked
    })
    return turn.ok ? turn.value : refuse({ kind: 'settling' })
  }

  /** `pin`: what was typed; undefined where only the reader knows. */
  async #verify(at: CardAtDesk, lastTry: boolean, attempt: () => Promise<PinAnswer>, pin: Pin | undefined): Promise<PinAnswer> {
    if (at.triesLeft === 1 && !lastTry) return refuse({ kind: 'last-try-unconfirmed' })
    const verified = await attempt()
    if (!verified.ok) return this.#pinRefused(at, verified)
    this.#firstPin = pin !== undefined && isIssuedWith(this.#counter, at, pin)
    this.#events.recovered(await this.#recover(at))
    const policy = policyFor(this.#counter, at)
    const balance = policy === undefined ? undefined : await balanceOnCard({ session: at.session, policy })
    if (balance?.ok === false) return balance
    await this.#refresh(at)
    // It left while it was asked.
    if (this.#at !== at) return refuse({ kind: 'card-changed' })
    this.#account = accountKnowledge(balance?.value)
    this.#verified = true
    this.#expireLater(at.presence)
    this.#showReady(at)
    return ok(null)
  }

  async #change(at: CardAtDesk, lastTry: boolean, attempt: () => Promise<PinAnswer>): Promise<PinAnswer> {
    if (at.triesLeft === 1 && !lastTry) return refuse({ kind: 'last-try-unconfirmed' })
    const changed = await attempt()
    if (!changed.ok) return this.#pinRefused(at, changed)
    this.#firstPin = false
    this.#verified = false
    this.#account = { state: 'after-pin' }
    await this.#refresh(at)
    if (this.#at === at) this.#showReady(at)
    return ok(null)
  }

  async #read(account: AccountKnowledge = { state: 'after-pin' }): Promise<void> {
    const { presence } = this.#counter.slot
    if (presence === undefined) return
    await this.#at?.session.close()
    this.#forget()
    const opened = await openAtDesk(this.#counter, presence)
    // Pulled out while it was read: what was read is nobody's.
    if (this.#counter.slot.presence !== presence) {
      if (opened.ok) await opened.value.session.close()
      return
    }
    if (!opened.ok) {
      this.#notOpened = opened.error
      this.#show({ state: 'refused', presence, refusal: refusalView(opened.error) })
      if (this.#counter.slot.isShared) this.#secondLook.after(opened.error, () => this.#counter.slot.presence === presence && void this.read())
      return
    }
    this.#secondLook.reset()
    this.#at = opened.value
    this.#account = account
    this.#events.recovered(await this.#recover(opened.value))
    if (this.#counter.slot.presence === presence) this.#showReady(opened.value)
  }

  /** Without anything open the card is not asked; nor of what an older ledger only takes for open. */
  async #recover({ session }: CardAtDesk): Promise<readonly CardRecovery[]> {
    const { ledger, proveForOthers, lostBatches } = this.#counter
    await proveForOthers(session)
    if (lostBatches() !== undefined) return []
    const [holds, loads] = [ledger.openHolds(), ledger.openLoads()]
    if (!holds.ok || !loads.ok || holds.value.length + loads.value.length === 0) return []
    const recovered = await recover(this.#counter, session)
    return recovered.ok ? recovered.value : []
  }

  async #pinRefused(at: CardAtDesk, refused: PinAnswer): Promise<PinAnswer> {
    this.#verified = false
    await this.#refresh(at)
    if (this.#at === at) this.#showReady(at)
    return refused
  }

  async #refresh(at: CardAtDesk): Promise<void> {
    const left = await at.session.pinTriesLeft()
    // Once verified it says only that; the counter stands at its limit again, which no command tells.
    if (left.ok) at.triesLeft = typeof left.value === 'number' ? left.value : null
  }

  #expireLater(presence: number): void {
    this.#cancelExpiry()
    this.#cancelExpiry = this.#counter.later(PIN_VALID_MS, () => {
      if (this.#verified && this.#counter.slot.presence === presence) void this.read()
    })
  }

  #forget(): void {
    this.#cancelExpiry()
    this.#at = undefined
    this.#account = { state: 'after-pin' }
    this.#verified = false
    this.#firstPin = false
    this.#notOpened = undefined
  }

  #showReady(at: CardAtDesk): void {
    this.#show(readyPanel(this.#counter, at, { account: this.#account, verified: this.#verified, firstPin: this.#firstPin }))
  }

  #show(panel: CardPanel): void {
    this.#panel = panel
    this.#events.panel(panel)
  }
}
