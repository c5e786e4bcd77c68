/**
 * Loads as the window meets them: what the card in the reader has yet to get, and getting it. The ledger knows the refunds at
 * once; what the centre has granted is asked when a card comes or is read again, and shown when it is known.
 */

import { refuse, type Result } from '../../../base/result.ts'
import type { CardIdentity } from '../../../card/session/identity.ts'
import type { LoadedCard } from '../../../settlement/case/load-card.ts'
import type { LoadSigner, WaitingCredit } from '../../../settlement/case/load-signer.ts'
import type { Ledger } from '../../../settlement/ledger/ledger.ts'
import { add, formatFen, ZERO } from '../../../settlement/money/fen.ts'
import type { CardPanel, OwedView } from '../../contract/card-view.ts'
import type { Params } from '../../contract/requests.ts'
import type { LoadView } from '../../contract/settlement-view.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { CardDesk } from '../desk/card-desk.ts'
import type { DeskRefusal } from '../desk/desk-refusal.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import type { TillSync } from '../sync/till-sync.ts'
import { loadSigner } from './load-link.ts'
import { loadOnCard, type LoadingCounter } from './load-on-card.ts'
import { dueNamed, owedViews } from './owed-view.ts'

export interface LoadDeskPorts extends LoadingCounter {
  readonly ledger: Ledger
  readonly sync: Pick<TillSync, 'ask' | 'terminal'>
  readonly cards: () => CardDesk
  /** The centre has told of credits: the card is to be shown anew. */
  readonly credited: () => void
  /** The ledger has a load more, or a load in doubt more. */
  readonly written: () => void
}

type Refusal = CounterRefusal | DeskRefusal

export class LoadDesk {
  readonly #ports: LoadDeskPorts
  readonly #signer: LoadSigner
  /** Of the card that lies in the reader. */
  #credits: readonly WaitingCredit[] = []
  #presence: number | undefined

  constructor(ports: LoadDeskPorts) {
    this.#ports = ports
    this.#signer = loadSigner(() => {
      const { ask, terminal } = ports.sync
      return ask === undefined || terminal === undefined ? undefined : { terminal, ask }
    })
  }

  /** What may be loaded onto it: a credit waits for the card that comes after an expired one. */
  owedTo({ identificationCode, expired }: Pick<CardIdentity, 'identificationCode' | 'expired'>): readonly OwedView[] {
    const owed = owedViews(this.#ports.ledger, identificationCode, expired ? [] : this.#credits)
    return owed.ok ? owed.value : []
  }

  /** The card on the left side of the screen, or none. */
  panelShown(panel: CardPanel): void {
    const presence = panel.state === 'ready' ? panel.card.presence : undefined
    if (presence === this.#presence) return
    this.#presence = presence
    this.#credits = []
    void this.askAgain()
  }

  async askAgain(): Promise<void> {
    const cardId = this.#ports.cards().data?.identity.identificationCode
    if (this.#presence !== undefined && cardId !== undefined) await this.#askCredits(this.#presence, cardId)
  }

  async start({ presence, owed }: Params<'load.start'>): Promise<Result<LoadView, Refusal>> {
    const { ledger, sync } = this.#ports
    const cards = this.#ports.cards()
    if (sync.terminal !== undefined && sync.ask === undefined) return refuse({ kind: 'sync', refusal: { kind: 'paused' } })
    // Nobody types a PIN for what no centre can sign.
    if (this.#signer.terminal === undefined) return refuse({ kind: 'load', refusal: { kind: 'signer', refusal: { kind: 'not-connected' } } })
    if (this.#ports.isNeverBooked(owed)) return this.#neverBooked(owed)
    const blocking = cards.blockingLoad(this.#credits.some(({ creditId }) => creditId === owed) ? 'credit' : 'refund')
    if (blocking !== undefined) return refuse(blocking)
    const loaded = await cards.settle<LoadedCard>(
      presence,
      async ({ session }) => {
        const due = dueNamed(ledger, { owed, cardId: session.identity.identificationCode, credits: this.#credits })
        if (!due.ok) return refuse({ kind: 'ledger', refusal: due.error })
        if (due.value === undefined) return refuse({ kind: 'owed-unknown', owed })
        return loadOnCard(this.#ports, this.#signer, session, due.value)
      },
      ({ evidence: { balanceAfter } }) => (balanceAfter === undefined ? { state: 'after-pin' } : { state: 'on-card', balance: balanceAfter })
    )
    this.#forgetCredit(loaded, owed)
    if (loaded.ok || isDurable(loaded.error)) this.#ports.written()
    return loaded.ok ? { ok: true, value: viewOf(loaded.value, owed) } : loaded
  }

  #neverBooked(settlementId: string): Result<never, Refusal> {
    const amount = this.#ports.ledger.owedToCard(settlementId)
    if (!amount.ok) return refuse({ kind: 'ledger', refusal: amount.error })
    return refuse({ kind: 'load', refusal: { kind: 'never-booked', settlementId, owed: amount.value?.owed ?? ZERO } })
  }

  #forgetCredit(loaded: Result<LoadedCard, Refusal>, owed: string): void {
    if (loaded.ok) this.#credits = this.#credits.filter(({ creditId }) => creditId !== owed)
  }

  async #askCredits(presence: number, cardId: string): Promise<void> {
    const credits = await this.#signer.credits(cardId)
    if (!credits.ok || this.#presence !== presence) return
    if (credits.value.length + this.#credits.length === 0) return
    this.#credits = credits.value
    this.#ports.credited()
  }
}

/** What the window must hear of although it was refused. */
const isDurable = (refusal: Refusal): boolean =>
  refusal.kind === 'load' && (refusal.refusal.kind === 'in-doubt' || refusal.refusal.kind === 'not-recorded' || refusal.refusal.kind === 'device')

const viewOf = ({ posting, intent }: LoadedCard, owed: string): LoadView => ({
  loadId: posting.fact.loadId,
  owed,
  amount: formatFen(intent.amount),
  balanceBefore: formatFen(intent.balanceBefore),
  balanceAfter: formatFen(add(intent.balanceBefore, intent.amount)),
  loadedAt: readableTime(posting.fact.postedAt)
})
