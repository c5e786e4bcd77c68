/**
 * The person at one till, and the patients before it: bills, PINs, settlements, prints, refunds, loads, sync, day close; in an
 * order that the dice choose. Whatever was under way when the host died is taken up again at its next start, as a cashier
 * would: the same card, the same visit.
 */

import type { CardView } from '../../../electron/contract/card-view.ts'
import type { StatementView } from '../../../electron/contract/settlement-view.ts'
import type { RunCard } from './cards-of-a-run.ts'
import { closeTheDay } from './close-the-day.ts'
import type { Dice } from './dice.ts'
import type { MortalCentre } from './mortal-centre.ts'
import type { MortalTill } from './mortal-till.ts'
import { ProcessDied } from './mortal-process.ts'
import { packsOf, scanSale, type Pack } from './sell.ts'
import { Refused } from './till-window.ts'
import { fenOf, type Told } from './told.ts'
import type { TorturePorts } from './torture-ports.ts'
import { visitText } from './visit-text.ts'
import type { Wallet } from './wallet.ts'

export interface ClerkPorts extends TorturePorts {
  readonly till: MortalTill
  readonly centre: MortalCentre
  readonly wallet: Wallet
  readonly told: (told: Told) => void
  readonly nextPack: () => number
  /** ms since 1970. */
  readonly epochMs: () => number
}

/** What was begun and is not known to have ended. */
interface Unfinished {
  readonly card: string
  /** A visit document, or packs that lie on the counter: taken up again they are the same. */
  readonly bill: string | readonly Pack[]
}

type Operation = 'visit' | 'refund' | 'load' | 'sync' | 'print' | 'records' | 'close' | 'wrong-pin' | 'pause'

/** Of a hundred. */
const SHARES: readonly (readonly [Operation, number])[] = [
  ['visit', 52], ['refund', 14], ['load', 14], ['sync', 6], ['print', 4], ['records', 3], ['close', 3], ['wrong-pin', 2], ['pause', 2]
]
const SETTLED_KEPT = 40
/** A centre that is down is not waited for. */
const SENT_MS_MAX = 1_500
const EVERYTHING = { from: '2000-01-01', to: '2999-12-31', text: '', state: 'all', after: null, limit: 50 } as const

export class Clerk {
  readonly #ports: ClerkPorts
  readonly #dice: Dice
  /** Of this till, told and not refunded. */
  readonly #settled: { readonly settlementId: string; readonly card: string }[] = []
  #card: RunCard | undefined
  #view: CardView | undefined
  #unfinished: Unfinished | undefined
  #visits = 0

  constructor(ports: ClerkPorts) {
    this.#ports = ports
    this.#dice = ports.dice
  }

  get inReader(): string | undefined {
    return this.#card?.id
  }

  /** The card that lies in the reader when the host is started again; a patient may have pulled it meanwhile. */
  cardAtStart(): string | undefined {
    const { wallet } = this.#ports
    if (this.#card === undefined) return undefined
    if (this.#dice.chance(60)) return this.#card.id
    wallet.giveBack(this.#card.id)
    this.#card = undefined
    return undefined
  }

  /** The host has just started: the card in it is looked at, and what was under way is tried again. */
  async begin(): Promise<void> {
    const unfinished = this.#unfinished
    this.#view = this.#card === undefined ? undefined : await this.#doing('recover', () => this.#window.present())
    if (this.#card !== undefined && this.#view === undefined) await this.#takeOut()
    if (unfinished === undefined || this.#dice.chance(20)) return
    if (await this.#has(unfinished.card)) await this.#finish(unfinished)
  }

  /** One thing more. Throws ProcessDied when it was the last. */
  async work(): Promise<void> {
    const operation = this.#chosen()
    switch (operation) {
      case 'visit':
        return this.#visit()
      case 'refund':
        return this.#refund()
      case 'load':
        return this.#load()
      case 'print':
        return this.#print()
      case 'sync':
        return this.#sent()
      case 'records':
        await this.#doing('records', () => this.#window.value('records.search', EVERYTHING))
        return
      case 'close':
        await this.#asking('close', () => closeTheDay(this.#window))
        return
      case 'wrong-pin':
        return this.#wrongPin()
      case 'pause':
        await this.#doing('pause', () => this.#pauseAndResume())
        return
    }
  }

  /** Every card once more, with its PIN: whatever can be proved is proved now. */
  async proveEverything(): Promise<void> {
    if (this.#card !== undefined) await this.#takeOut()
    for (const { id } of this.#ports.wallet.cards) {
      if (!(await this.#has(id))) continue
      await this.#pin()
      await this.#takeOut()
    }
  }

  async letGo(): Promise<void> {
    if (this.#card !== undefined) await this.#takeOut()
  }

  #chosen(): Operation {
    let left = this.#dice.below(100)
    for (const [operation, share] of SHARES) {
      left -= share
      if (left < 0) return operation
    }
    return 'visit'
  }

  async #visit(): Promise<void> {
    if (!(await this.#hasAny()) || this.#card === undefined) return
    this.#visits += 1
    const { place } = this.#ports.till
    const visitNo = `${place.name.toUpperCase()}-${this.#visits}`
    const bill = place.kind === 'hospital' ? visitText(visitNo, place.institution, this.#ports.epochMs(), this.#dice) : packsOf(this.#dice, this.#ports.nextPack)
    this.#unfinished = { card: this.#card.id, bill }
    await this.#finish(this.#unfinished)
    if (this.#dice.chance(40)) await this.#takeOut()
  }

  async #finish(unfinished: Unfinished): Promise<void> {
    if (!(await this.#open(unfinished.bill)) || !(await this.#pin())) return
    const { bill } = await this.#window.state()
    if (bill === null || this.#view === undefined) return
    if (bill.outcome.state !== 'computed') return this.#count('settle', bill.outcome.state === 'refused' ? `refused: ${bill.outcome.refusal.kind}` : bill.outcome.state)
    const { presence } = this.#view
    const { revision, outcome } = bill
    const statement = await this.#asking('settle', () => this.#window.value('settle', { presence, revision, cash: outcome.sums.cash }))
    this.#unfinished = undefined
    if (statement === undefined) return
    this.#toldSettled(statement)
    if (this.#dice.chance(30)) await this.#printed(statement.settlementId)
  }

  /** The answer is of no interest, only that there was one. */
  async #open(bill: Unfinished['bill']): Promise<boolean> {
    const { till } = this.#ports
    const opened =
      typeof bill === 'string'
        ? await this.#doing('open bill', () => this.#window.value('bill.open-text', { text: bill }).then(() => true))
        : await this.#doing('scan', () => scanSale(till.window, bill).then(() => true))
    return opened ?? false
  }

  async #refund(): Promise<void> {
    if (this.#settled.length === 0) return
    const settled = this.#dice.pick(this.#settled)
    const { settlementId, card } = settled
    const row = await this.#doing('refund', () => this.#window.value('records.refund', { settlementId, reason: '测试退费' }))
    if (row === undefined) return
    this.#settled.splice(this.#settled.indexOf(settled), 1)
    this.#ports.told({ till: this.#ports.till.place.name, kind: 'refunded', id: settlementId, account: fenOf(row.account), total: fenOf(row.total) })
    // The patient stands there and wants it back on the card.
    if (this.#dice.chance(70) && (await this.#has(card))) await this.#putBack()
  }

  async #load(): Promise<void> {
    if (await this.#hasAny()) await this.#putBack()
  }

  /** Whatever the card in the reader is owed first. The centre signs only for what it knows. */
  async #putBack(): Promise<void> {
    await this.#sent()
    const [owed] = (await this.#window.present())?.owed ?? []
    if (owed === undefined || !(await this.#pin()) || this.#view === undefined) return
    const { presence } = this.#view
    const loaded = await this.#asking('load', () => this.#window.value('load.start', { presence, owed: owed.owed }))
    if (loaded === undefined) return
    this.#ports.told({ till: this.#ports.till.place.name, kind: 'loaded', id: loaded.loadId, account: fenOf(loaded.amount), total: fenOf(loaded.amount) })
  }

  async #sent(): Promise<void> {
    await this.#asking('sync', async () => {
      const from = this.#window.heard
      const { unconfirmed } = await this.#window.value('sync.now', {})
      if (unconfirmed.count === 0) return
      await this.#window.hear((event) => (event.topic === 'sync' && event.sync.unconfirmed.count === 0 ? true : undefined), from, SENT_MS_MAX)
    })
  }

  async #print(): Promise<void> {
    if (this.#settled.length > 0) await this.#printed(this.#dice.pick(this.#settled).settlementId)
  }

  async #printed(settlementId: string): Promise<void> {
    await this.#doing('print', () => this.#window.value('statement.print', { settlementId, format: 'a5' }))
  }

  async #wrongPin(): Promise<void> {
    if (!(await this.#hasAny()) || this.#view === undefined) return
    const { presence } = this.#view
    await this.#doing('wrong PIN', () => this.#window.value('card.verify-pin', { presence, pin: '000000', lastTry: false }))
    await this.#pin()
  }

  async #pauseAndResume(): Promise<void> {
    await this.#window.value('sync.pause', {})
    await this.#window.value('sync.resume', {})
  }

  async #pin(): Promise<boolean> {
    const { card, view } = { card: this.#card, view: this.#view }
    if (card === undefined || view === undefined) return false
    const verified = await this.#doing('PIN', () => this.#window.value('card.verify-pin', { presence: view.presence, pin: card.pin, lastTry: true }))
    return verified !== undefined
  }

  async #hasAny(): Promise<boolean> {
    if (this.#card !== undefined && this.#view !== undefined && this.#dice.chance(70)) return true
    if (this.#card !== undefined) await this.#takeOut()
    return this.#putIn(this.#ports.wallet.takeAny(this.#ports.till.place.name, this.#dice))
  }

  async #has(id: string): Promise<boolean> {
    if (this.#card?.id === id && this.#view !== undefined) return true
    if (this.#card !== undefined) await this.#takeOut()
    return this.#putIn(this.#ports.wallet.take(this.#ports.till.place.name, id))
  }

  async #putIn(card: RunCard | undefined): Promise<boolean> {
    if (card === undefined) return false
    this.#card = card
    this.#view = await this.#doing('insert', () => this.#window.insert(card.id))
    if (this.#view === undefined) await this.#takeOut()
    return this.#view !== undefined
  }

  async #takeOut(): Promise<void> {
    await this.#doing('remove', () => this.#window.value('reader.remove', {}))
    if (this.#card !== undefined) this.#ports.wallet.giveBack(this.#card.id)
    this.#card = undefined
    this.#view = undefined
  }

  #toldSettled({ settlementId, sums }: StatementView): void {
    this.#ports.told({ till: this.#ports.till.place.name, kind: 'settled', id: settlementId, account: fenOf(sums.account), total: fenOf(sums.total) })
    if (this.#card !== undefined) this.#settled.push({ settlementId, card: this.#card.id })
    if (this.#settled.length > SETTLED_KEPT) this.#settled.shift()
  }

  get #window() {
    return this.#ports.till.window
  }

  /** The centre is asked by it, so the centre may die of it as well. */
  #asking<Value>(name: string, work: () => Promise<Value>): Promise<Value | undefined> {
    this.#ports.centre.begins(name)
    return this.#doing(name, work)
  }

  /** undefined: refused. */
  async #doing<Value>(name: string, work: () => Promise<Value>): Promise<Value | undefined> {
    const { till, events } = this.#ports
    try {
      const value = await till.during(name, work)
      this.#count(name, 'ok')
      events.say(till.place.name, `${name} ok`)
      return value
    } catch (cause) {
      if (cause instanceof ProcessDied) this.#count(name, 'died')
      if (!(cause instanceof Refused)) throw cause
      this.#count(name, `refused: ${cause.kind}`)
      events.say(till.place.name, `${name} refused: ${cause.message}`)
      return undefined
    }
  }

  #count(name: string, ending: string): void {
    this.#ports.operations.add(`${name} ${ending}`)
  }
}
