/**
 * The national reader functions over the card at the counter: whoever calls works with the card that the window shows, through
 * the same session, one operation at a time.
 */

import { never } from '../../../base/invariant.ts'
import type { Result } from '../../../base/result.ts'
import type { CardSession } from '../../../card/session/card-session.ts'
import type { PinOutcomeRefusal, UnblockOutcomeRefusal } from '../../../card/session/pin.ts'
import type { Pin } from '../../../card/secret/pin.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { DeskRefusal } from '../desk/desk-refusal.ts'
import { contradicts } from './card-info.ts'
import { readCard, readCardBas, readDebitRecord, writeCard } from './card-functions.ts'
import { answeredBefore, doDebit, KEY_REUSED, type DebitPorts } from './debit-function.ts'
import { returned, type FunctionName, type FunctionParams, type Returned } from './functions.ts'
import type { NotEntered, PinQuestion } from './pin-question.ts'
import { codeOfCounter, codeOfPin, codeOfUnblock, RETURN } from './return-code.ts'

/** The card at the counter, as callers may use it. */
export interface CardsForCallers {
  /** Why the card in the reader was not opened; undefined: there is none, or it is open. */
  readonly refusal: CounterRefusal | undefined
  /** Runs `work` with the open card, when nobody else uses it; undefined: no card is open. `changes`: read the card anew behind it. */
  lend<Value>(work: (session: CardSession, terminalNumber: string) => Promise<Value>, changes: boolean): Promise<Value | undefined>
  /** As from the window: what the card left open is proved, the balance is read, the window shows that the PIN stands. */
  verifyPin(pin: Pin): Promise<Result<null, CounterRefusal | DeskRefusal> | undefined>
  /** The reader has keys of its own: PINs are typed there, and the window asks for none. */
  readonly hasPad: boolean
  verifyPinOnPad(): Promise<Result<null, CounterRefusal | DeskRefusal> | undefined>
  changePinOnPad(): Promise<Result<null, CounterRefusal | DeskRefusal> | undefined>
  /** Whether this is the PIN that the card was issued with. */
  isFirstPin(pin: Pin): boolean
  /** The PIN that was given for this card is still the first one. */
  readonly firstPin: boolean
}

export interface DriverPorts extends DebitPorts {
  readonly cards: CardsForCallers
  readonly question: PinQuestion
}

export interface Call<Name extends FunctionName = FunctionName> {
  /** The name that the caller was paired under, and its id. */
  readonly caller: { readonly id: string; readonly name: string }
  readonly name: Name
  readonly params: FunctionParams<Name>
  /** Of iDoDebit; the door refuses a debit without one. */
  readonly key: string | undefined
  /** The caller hung up: nobody is to type a PIN for it. */
  readonly gone?: AbortSignal
}

type Functions = { readonly [Name in FunctionName]: (call: Call, params: FunctionParams<Name>) => Promise<Returned> }

export class DriverApi {
  readonly #ports: DriverPorts
  readonly #functions: Functions = {
    iReadCardBas: (_, { iType }) => this.#onCard(iType, (session, terminal) => readCardBas(session, terminal)),
    iReadCard: (_, params) => this.#onCard(params.iType, (session) => readCard(session, params)),
    iWriteCard: (_, params) => this.#onCard(params.iType, (session) => writeCard(session, params), true),
    iReadDebitRecord: (_, { iType }) => this.#onCard(iType, readDebitRecord),
    iVerifyPIN: (call, { iType }) => this.#verifyPin(call, iType),
    iChangePIN: (call, { iType }) => this.#changePin(call, iType),
    iReloadPIN: (call, params) => this.#reloadPin(call, params),
    iUnblockPIN: (_, params) => this.#freePin(params, (session) => session.unblockPin()),
    iDoDebit: (call, params) => this.#doDebit(call, params)
  }

  /** Whom the PIN that stands was typed for. */
  #pinFor: { readonly caller: string; readonly session: CardSession } | undefined

  constructor(ports: DriverPorts) {
    this.#ports = ports
  }

  /** Never throws for what a caller, a card or a person does. */
  call<Name extends FunctionName>(call: Call<Name>): Promise<Returned> {
    return this.#functions[call.name](call, call.params)
  }

  async #onCard(iType: number, work: (session: CardSession, terminal: string) => Promise<Returned>, changes = false): Promise<Returned> {
    const { cards } = this.#ports
    const done = await cards.lend(async (session, terminal) => (isOfType(session, iType) ? work(session, terminal) : returned(RETURN.wrongCardType)), changes)
    return done ?? returned(cards.refusal === undefined ? RETURN.noCard : codeOfCounter(cards.refusal))
  }

  async #verifyPin(call: Call, iType: number): Promise<Returned> {
    const usable = await this.#onCard(iType, () => Promise.resolve(returned(RETURN.done)))
    if (usable.return !== RETURN.done) return usable
    const verified = await this.#verified(call)
    // A PIN serves whoever it was typed for.
    if (verified.return === RETURN.done) await this.#ports.cards.lend((session) => Promise.resolve((this.#pinFor = { caller: call.caller.id, session })), false)
    return verified
  }

  async #verified({ caller, gone }: Call): Promise<Returned> {
    const { cards, question } = this.#ports
    if (cards.hasPad) return pinOutcome(await cards.verifyPinOnPad())
    const entered = await question.ask(caller, 'verify', gone)
    if (!entered.ok) return notEntered(entered.error)
    const { from } = entered.value
    if (from === undefined) return returned(RETURN.pinCancelled)
    try {
      return pinOutcome(await cards.verifyPin(from))
    } finally {
      from.wipe()
    }
  }

  async #changePin({ caller, gone }: Call, iType: number): Promise<Returned> {
    const usable = await this.#onCard(iType, () => Promise.resolve(returned(RETURN.done)))
    if (usable.return !== RETURN.done) return usable
    const { cards, question } = this.#ports
    if (cards.hasPad) return pinOutcome(await cards.changePinOnPad())
    const entered = await question.ask(caller, 'change', gone)
    if (!entered.ok) return notEntered(entered.error)
    const { from, to } = entered.value
    if (from === undefined || to === undefined) return returned(RETURN.pinCancelled)
    try {
      if (cards.isFirstPin(to)) return returned(RETURN.firstPinRefused)
      return await this.#onCard(iType, async (session) => pinReturned(await session.changePin({ from, to })), true)
    } finally {
      from.wipe()
      to.wipe()
    }
  }

  async #reloadPin({ caller, gone }: Call, params: FunctionParams<'iReloadPIN'>): Promise<Returned> {
    const meant = await this.#onCard(params.iType, (session) => Promise.resolve(contradicts(params.pCardInfo, session.identity) ?? returned(RETURN.done)))
    if (meant.return !== RETURN.done) return meant
    const entered = await this.#ports.question.ask(caller, 'reload', gone)
    if (!entered.ok) return notEntered(entered.error)
    const { to } = entered.value
    if (to === undefined) return returned(RETURN.pinCancelled)
    try {
      return await this.#freePin(params, (session) => session.reloadPin(to))
    } finally {
      to.wipe()
    }
  }

  #freePin({ iType, pCardInfo }: FunctionParams<'iUnblockPIN'>, free: (session: CardSession) => Promise<Result<null, UnblockOutcomeRefusal>>): Promise<Returned> {
    return this.#onCard(
      iType,
      async (session) => {
        const other = contradicts(pCardInfo, session.identity)
        if (other !== undefined) return other
        const freed = await free(session)
        return returned(freed.ok ? RETURN.done : codeOfUnblock(freed.error))
      },
      true
    )
  }

  async #doDebit({ caller, key = '' }: Call, params: FunctionParams<'iDoDebit'>): Promise<Returned> {
    // By name: a caller that lost its token and is paired anew asks for the same debit with the same key.
    const named = { caller: caller.name, key }
    const request = JSON.stringify([params.pCardInfo, params.pPayInfo])
    const answered = answeredBefore(this.#ports.journal, named, request)
    if (!answered.ok) return returned(RETURN.wrongData, { problem: KEY_REUSED })
    if (answered.value !== undefined) return answered.value
    if (this.#ports.cards.firstPin) return returned(RETURN.firstPin)
    return this.#onCard(
      params.iType,
      (session) => {
        const isForAnother = session.pinVerified && (this.#pinFor?.session !== session || this.#pinFor.caller !== caller.id)
        return isForAnother ? Promise.resolve(returned(PIN_WANTED)) : doDebit(this.#ports, session, named, request, params)
      },
      true
    )
  }
}

/** A contactless card's answer to reset is built by the reader: 3B 8x 80 01 (PC/SC part 3). */
function isOfType({ identity: { atr } }: CardSession, iType: number): boolean {
  if (iType > 2) return true
  const isContactless = ((atr[1] ?? 0) & 0xf0) === 0x80 && atr[2] === 0x80 && atr[3] === 0x01
  return isContactless === (iType === 2)
}

/** 6982: as the card itself says it. */
const PIN_WANTED = -0x6982

function notEntered(cause: NotEntered): Returned {
  switch (cause) {
    case 'cancelled':
    case 'caller-gone':
      return returned(RETURN.pinCancelled)
    case 'timed-out':
      return returned(RETURN.pinTimedOut)
    case 'busy':
      return returned(RETURN.pinTimedOut, { problem: 'the holder is being asked for a PIN by another program; ask again' })
    case 'card-left':
      return returned(RETURN.noCard)
    default:
      return never(cause)
  }
}

const pinReturned = (outcome: Result<null, PinOutcomeRefusal>): Returned =>
  outcome.ok ? returned(RETURN.done) : { ...returned(codeOfPin(outcome.error)), ...triesOf(outcome.error) }

const triesOf = (refusal: PinOutcomeRefusal): Pick<Returned, 'triesLeft'> => (refusal.kind === 'wrong-pin' ? { triesLeft: refusal.triesLeft } : {})

function pinOutcome(outcome: Result<null, CounterRefusal | DeskRefusal> | undefined): Returned {
  if (outcome === undefined) return returned(RETURN.noCard)
  return outcome.ok ? returned(RETURN.done) : { ...returned(codeOfCounter(outcome.error)), ...triesIn(outcome.error) }
}

const triesIn = (refusal: CounterRefusal | DeskRefusal): Pick<Returned, 'triesLeft'> => (refusal.kind === 'pin' ? triesOf(refusal.refusal) : {})
