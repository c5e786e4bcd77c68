/**
 * One card in one reader, from the moment it is opened until it leaves. Every operation is whole: it takes its turn on a
 * queue, begins by selecting what it needs, and ends the session when the card has changed under it.
 */

import { invariant } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import { SerialQueue } from '../channel/serial-queue.ts'
import { AMOUNT_MAX_FEN } from '../command/purse.ts'
import type { PinState } from '../command/verify-pin.ts'
import { isCardTime } from '../ports.ts'
import type { CardConnection } from '../reader/card-reader.ts'
import type { Pin } from '../secret/pin.ts'
import { readFileItems, readFileRecord, readWholeFile, writeFileItems, type ItemWrite, type ReadBy, type WriteOutcome } from './addressed.ts'
import { readBalance, readYearlyTotals, type AccountRefusal, type PurseContext, type YearlyTotals } from './account.ts'
import { readFingerprint, readPhoto } from './biometrics.ts'
import { Burst } from './burst.ts'
import { claimPending, debit, initialiseDebit, type DebitRequest, type PendingDebit } from './debit.ts'
import type { DebitIntent, DebitOutcome, DebitRefusal, Resolution } from './debit-intent.ts'
import type { CardFault, EndCause, ReaderFault, TalkFault } from './fault.ts'
import type { CardFile, FileItem } from './file-table.ts'
import { proveGenuine, type GenuineRefusal } from './genuine.ts'
import { readHolder, type Holder } from './holder.ts'
import type { CardIdentity } from './identity.ts'
import { readTransactionLog, readSpecialSettlements, type LoggedTransaction, type SpecialSettlement } from './logs.ts'
import { claimPendingLoad, creditLoad, initialiseLoad, type PendingLoad } from './load.ts'
import type { LoadIntent, LoadOffer, LoadOutcome, LoadRefusal, LoadResolution } from './load-intent.ts'
import { readMedical, type MedicalInsurance } from './medical.ts'
import { readOfflineCounters, writeOfflineCounters, type OfflineCounters } from './offline-counters.ts'
import { changeTyped, verifyTyped, type PadOutcomeRefusal } from './pad-pin.ts'
import { changePin, enterForPin, pinTriesLeft, reloadPin, unblockPin, verifyPin, type PinOutcomeRefusal, type UnblockOutcomeRefusal } from './pin.ts'
import { resolveDebit } from './resolve-debit.ts'
import { resolveLoad } from './resolve-load.ts'

export class CardSession {
  readonly identity: CardIdentity
  readonly #context: PurseContext
  readonly #connection: CardConnection
  readonly #queue = new SerialQueue()
  readonly #burst: Burst
  #pending: PendingDebit | undefined
  #pendingLoad: PendingLoad | undefined

  /** For openCardSession, which has looked at the card first. */
  constructor(context: PurseContext, connection: CardConnection) {
    this.identity = context.identity
    this.#context = context
    this.#connection = connection
    this.#burst = new Burst(connection.hold, context.conversation)
  }

  /** undefined while the card is still the one this session was opened for, as far as anyone has looked. */
  get ended(): EndCause | undefined {
    return this.#context.conversation.ended
  }

  get pinVerified(): boolean {
    return this.#context.access.pinVerified
  }

  /** Which purse the card has, once an operation has found out. */
  get purse(): 'SSC-LB002' | 'PBOC' | undefined {
    return this.#context.purse.commands?.name
  }

  /** Internal authentication: the card is no copy. openCardSession has done it already when it was given a PSAM. */
  proveGenuine(): Promise<Result<null, GenuineRefusal>> {
    return this.#turn(() => proveGenuine(this.#context))
  }

  readHolder(): Promise<Result<Holder, CardFault>> {
    return this.#turn(() => readHolder(this.#context))
  }

  /** Asks for the PSAM's RKSSSE. */
  readPhoto(): Promise<Result<Uint8Array, CardFault>> {
    return this.#turn(() => readPhoto(this.#context))
  }

  readFingerprint(): Promise<Result<Uint8Array, CardFault>> {
    return this.#turn(() => readFingerprint(this.#context))
  }

  readMedical(): Promise<Result<MedicalInsurance, CardFault>> {
    return this.#turn(() => readMedical(this.#context))
  }

  /** Costs no try. 0: locked. 'verified': the PIN was given already. 'unknown': the card does not tell. */
  pinTriesLeft(): Promise<Result<PinState, CardFault>> {
    return this.#turn(() => pinTriesLeft(this.#context))
  }

  /** Sends exactly one VERIFY, or none when the card is gone. */
  verifyPin(pin: Pin): Promise<Result<null, PinOutcomeRefusal>> {
    return this.#turn(() => verifyPin(this.#context, pin))
  }

  /** A wrong `from` costs a try like a wrong VERIFY. */
  changePin(change: { readonly from: Pin; readonly to: Pin }): Promise<Result<null, PinOutcomeRefusal>> {
    return this.#turn(() => changePin(this.#context, change.from, change.to))
  }

  /** What the reader's own pad can do; undefined when it has none. */
  get pinPad(): 'verify' | 'verify-and-modify' | undefined {
    const pad = this.#connection.pinPad
    if (pad === undefined) return undefined
    return pad.modify === undefined ? 'verify' : 'verify-and-modify'
  }

  /** The holder types at the reader: up to half a minute. For a session that has a pad. */
  verifyPinOnPad(): Promise<Result<null, PadOutcomeRefusal>> {
    const pad = this.#connection.pinPad
    invariant(pad !== undefined, 'this reader has no pad')
    return this.#typed(() => verifyTyped(this.#context, pad))
  }

  /** Old PIN, new PIN, new PIN again. For a session whose pad can do it. */
  changePinOnPad(): Promise<Result<null, PadOutcomeRefusal>> {
    const pad = this.#connection.pinPad
    invariant(pad?.modify !== undefined, 'this reader has no pad that changes a PIN')
    const { modify } = pad
    return this.#typed(() => changeTyped(this.#context, modify))
  }

  unblockPin(): Promise<Result<null, UnblockOutcomeRefusal>> {
    return this.#turn(() => unblockPin(this.#context))
  }

  reloadPin(fresh: Pin): Promise<Result<null, UnblockOutcomeRefusal>> {
    return this.#turn(() => reloadPin(this.#context, fresh))
  }

  /** fen. */
  readBalance(): Promise<Result<number, AccountRefusal>> {
    return this.#turn(() => readBalance(this.#context))
  }

  readYearlyTotals(): Promise<Result<YearlyTotals, AccountRefusal>> {
    return this.#turn(() => readYearlyTotals(this.#context))
  }

  /** Newest first, at most 30. */
  readTransactionLog(): Promise<Result<LoggedTransaction[], CardFault>> {
    return this.#turn(() => readTransactionLog(this.#context))
  }

  readSpecialSettlements(): Promise<Result<SpecialSettlement[], CardFault>> {
    return this.#turn(() => readSpecialSettlements(this.#context))
  }

  readOfflineCounters(): Promise<Result<OfflineCounters, AccountRefusal>> {
    return this.#turn(() => readOfflineCounters(this.#context))
  }

  /** Only the members given are written. */
  writeOfflineCounters(counters: Partial<OfflineCounters>): Promise<Result<null, AccountRefusal>> {
    return this.#turn(() => writeOfflineCounters(this.#context, counters))
  }

  readFileItems(file: CardFile, items: readonly FileItem[], by: ReadBy): Promise<Result<(Uint8Array | undefined)[], CardFault>> {
    return this.#turn(() => readFileItems(this.#context, file, items, by))
  }

  readFileRecord(file: CardFile, record: { readonly number: number; readonly length: number }, by: ReadBy): Promise<Result<Uint8Array | undefined, CardFault>> {
    return this.#turn(() => readFileRecord(this.#context, file, record, by))
  }

  readWholeFile(file: CardFile, by: ReadBy): Promise<Result<Uint8Array, CardFault>> {
    return this.#turn(() => readWholeFile(this.#context, file, by))
  }

  /** A refusal says how many items were written before it. */
  writeFileItems(file: CardFile & { readonly write: NonNullable<CardFile['write']> }, writes: readonly ItemWrite[]): Promise<WriteOutcome> {
    return this.#whole(
      () => writeFileItems(this.#context, file, writes),
      (fault) => refuse({ written: 0, fault })
    )
  }

  /** Asks card and PSAM for what a hold must record. Changes no balance; a later operation before `debit` cancels it. */
  initialiseDebit(request: DebitRequest): Promise<Result<DebitIntent, DebitRefusal>> {
    invariant(isCardTime(request.time), `"${request.time}" is not 14 digits YYYYMMDDhhmmss`)
    const initialise = async (): Promise<Result<DebitIntent, DebitRefusal>> => {
      this.#pending = undefined
      this.#pendingLoad = undefined
      const initialised = await initialiseDebit(this.#context, request)
      if (!initialised.ok) return initialised
      this.#pending = initialised.value
      return ok(initialised.value.intent)
    }
    // Another program's command in between would undo it.
    return this.#whole(initialise, refuse, ({ ok: isInitialised }) => isInitialised)
  }

  /** The intent must be the one initialised last in this session, and is debited at most once: else the caller is broken. */
  debit(intent: DebitIntent): Promise<DebitOutcome> {
    return this.#whole(
      async () => {
        const pending = claimPending(this.#pending, intent)
        this.#pending = undefined
        return debit(this.#context, pending)
      },
      (refusal) => ({ kind: 'not-debited', refusal })
    )
  }

  /** Whether the intent's debit, of this session or an earlier one, happened on this card. `proved`: others of it that have. */
  resolveDebit(intent: DebitIntent, proved: () => readonly DebitIntent[] = () => []): Promise<Resolution> {
    return this.#whole(
      () => resolveDebit(this.#context, intent, proved),
      ({ kind }) => ({ kind: 'unresolved', reason: unresolvedBy(kind) })
    )
  }

  /** Asks the card for what its issuer has to sign. Changes no balance; a later operation before `creditLoad` cancels it. */
  initialiseLoad(amountFen: number): Promise<Result<LoadOffer, LoadRefusal>> {
    invariant(Number.isSafeInteger(amountFen) && amountFen > 0 && amountFen <= AMOUNT_MAX_FEN, `${amountFen} fen are no load`)
    return this.#turn(async () => {
      this.#pending = undefined
      this.#pendingLoad = undefined
      const initialised = await initialiseLoad(this.#context, amountFen)
      if (!initialised.ok) return initialised
      this.#pendingLoad = initialised.value
      return { ok: true, value: initialised.value.offer }
    })
  }

  /** The intent must be the offer made last in this session, signed, and is credited at most once: else the caller is broken. */
  creditLoad(intent: LoadIntent): Promise<LoadOutcome> {
    return this.#whole(
      async () => {
        const pending = claimPendingLoad(this.#pendingLoad, intent)
        this.#pendingLoad = undefined
        return creditLoad(this.#context, pending, intent)
      },
      (refusal) => ({ kind: 'not-loaded', refusal })
    )
  }

  /** Whether the intent's load, of this session or an earlier one, happened on this card. */
  resolveLoad(intent: LoadIntent): Promise<LoadResolution> {
    return this.#whole(
      () => resolveLoad(this.#context, intent),
      ({ kind }) => ({ kind: 'unresolved', reason: unresolvedBy(kind) })
    )
  }

  /** Lets go of the card; the connection's reader takes back what the PIN opened. */
  async close(): Promise<void> {
    await this.#queue.run(() => this.#connection.disconnect())
  }

  #turn<Value, Refusal>(operation: () => Promise<Result<Value, Refusal>>): Promise<Result<Value, Refusal | TalkFault>> {
    return this.#whole<Result<Value, Refusal | TalkFault>>(operation, refuse)
  }

  /** One operation: in its turn, and with other programs kept off the card. `refused` when not a byte of it was sent. */
  async #whole<Outcome>(
    operation: () => Promise<Outcome>,
    refused: (fault: TalkFault) => Outcome,
    keepsAfter?: (outcome: Outcome) => boolean
  ): Promise<Outcome> {
    const turn = await this.#queue.run(() => this.#burst.run(operation, refused, keepsAfter))
    return turn.ok ? turn.value : refused(queueFull(turn.error.waiting))
  }

  /** In its turn too, but the card is anybody's while the holder types. */
  async #typed(type: () => Promise<Result<null, PadOutcomeRefusal>>): Promise<Result<null, PadOutcomeRefusal>> {
    const turn = await this.#queue.run(async () => {
      const entered = await this.#burst.run<Result<null, CardFault>>(() => enterForPin(this.#context), refuse)
      return entered.ok ? type() : entered
    })
    return turn.ok ? turn.value : refuse(queueFull(turn.error.waiting))
  }
}

const unresolvedBy = (kind: TalkFault['kind']) => (kind === 'session-ended' ? 'session-ended' : 'card-does-not-answer')

const queueFull = (waiting: number): ReaderFault => ({
  kind: 'reader-fault',
  detail: `${waiting} operations wait for this card already`
})
