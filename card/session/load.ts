/**
 * Putting money on the card, in the two steps between which the issuer signs and a hold becomes durable:
 *
 *   initialiseLoad   item 01 again -> how the card is used -> INITIALIZE FOR LOAD        changes no balance
 *   creditLoad       CREDIT FOR LOAD, once -> balance again
 *
 * The card checks the issuer's MAC2 over its own random and serial, so that a signature works once, on this card, for this
 * initialisation. After the CREDIT has left, only the card's own word that nothing changed makes `not-loaded`, said twice as for a
 * debit; silence or an answer of the wrong length are `unknown` and wait for `resolveLoad`. The TAC is for the issuer: no terminal
 * has its key.
 */

import { invariant, never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import { fromHex, toHex } from '../bytes/hex.ts'
import { stepOf } from '../command/command.ts'
import { creditForLoad, type CreditRefusal } from '../command/credit-for-load.ts'
import { initializeForLoad, type LoadInitialisation } from '../command/initialize-for-load.ts'
import type { PurseCommands } from '../command/purse.ts'
import { enterPurse, readBalance, type PurseContext } from './account.ts'
import type { Silence } from './conversation.ts'
import { serialAfter } from './debit-intent.ts'
import { faultOf, isBlocked, NO_MODULE } from './fault.ts'
import type { LoadIntent, LoadOffer, LoadOutcome, LoadRefusal } from './load-intent.ts'
import { readUseMode } from './medical.ts'
import { checkSameCard, purseRefusal } from './same-card.ts'

/** An initialised load that waits for its CREDIT. */
export interface PendingLoad {
  readonly offer: LoadOffer
  readonly purse: PurseCommands
}

export async function initialiseLoad(context: PurseContext, amount: number): Promise<Result<PendingLoad, LoadRefusal>> {
  const { psam, identity } = context
  if (psam === undefined) return refuse(NO_MODULE)
  const same = await checkSameCard(context)
  if (!same.ok) return same
  const spent = await isSpentOnCard(context)
  if (!spent.ok) return spent
  if (!spent.value) return refuse({ kind: 'account-not-on-card' })
  const initialised = await askForLoad(context, { amount, terminalNo: psam.terminalNumber })
  if (!initialised.ok) return initialised
  const { purse, answer } = initialised.value
  const offer: LoadOffer = {
    cardId: identity.identificationCode,
    balance: answer.balance,
    amount,
    loadSerial: answer.serial,
    keyVersion: answer.keyVersion,
    random: toHex(answer.random),
    mac1: toHex(answer.mac1),
    terminalNo: psam.terminalNumber
  }
  return ok({ offer, purse })
}

/** v1.00 always holds its account; later cards say how they are used, and one that does not say is taken as online. */
async function isSpentOnCard(context: PurseContext): Promise<Result<boolean, LoadRefusal>> {
  if (context.identity.version === '1.00') return ok(true)
  const mode = await readUseMode(context)
  return mode.ok ? ok(mode.value === 'offline') : refuse(purseRefusal(mode.error))
}

/** Also asked by `resolveLoad`, which wants serial and balance only. Leaves DF04 selected, the purse initialised. */
export async function askForLoad(
  context: PurseContext,
  { amount, terminalNo }: { readonly amount: number; readonly terminalNo: string }
): Promise<Result<{ purse: PurseCommands; answer: LoadInitialisation }, LoadRefusal>> {
  const purse = await enterPurse(context)
  if (!purse.ok) return refuse(purseRefusal(purse.error))
  const { keyIndex } = context.purse
  const command = initializeForLoad({ header: purse.value.initializeForLoad, keyIndex, amountFen: amount, terminalNo })
  const answer = await context.conversation.send(command)
  if (answer.ok) return ok({ purse: purse.value, answer: answer.value })
  const { error } = answer
  if (error.kind === 'key-version-unknown') return refuse({ kind: 'key-version-unknown' })
  return refuse(purseRefusal(faultOf(stepOf(command.apdu), error)))
}

/** Sends the CREDIT of `pending`, exactly once. */
export async function creditLoad(context: PurseContext, pending: PendingLoad, intent: LoadIntent): Promise<LoadOutcome> {
  const { conversation } = context
  const command = creditForLoad({ header: pending.purse.creditForLoad, time: intent.time, mac2: fromHex(intent.mac2) })
  const answer = await conversation.exchange(command.apdu)
  if (!answer.ok) return outcomeOfSilence(context, answer.error)
  const parsed = command.parse(answer.value)
  if (!parsed.ok) return confirmed(context, intent, outcomeOfRefusal(stepOf(command.apdu), parsed.error))
  const balance = await readBalance(context)
  const balanceAfter = balance.ok ? balance.value : undefined
  // Nothing here can check the TAC: a card that says 9000 and does not hold the money has to be asked again.
  if (balanceAfter !== undefined && balanceAfter !== intent.balanceBefore + intent.amount) {
    return { kind: 'unknown', cause: 'balance-does-not-fit' }
  }
  return {
    kind: 'loaded',
    evidence: {
      source: 'credit-answer',
      tac: toHex(parsed.value),
      serialAfter: serialAfter(intent.serialBefore),
      balanceAfter
    }
  }
}

function outcomeOfSilence({ conversation }: PurseContext, { sent, failure }: Silence): LoadOutcome {
  if (sent) return { kind: 'unknown', cause: failure.kind === 'card-reset' ? 'no-answer' : failure.kind }
  return notLoaded(conversation.end('card-reset'))
}

const notLoaded = (refusal: LoadRefusal): LoadOutcome => ({ kind: 'not-loaded', refusal })

/** The load serial has not moved; or the card is blocked, and says so again. Any other word a bad contact may have garbled twice. */
async function confirmed(context: PurseContext, intent: LoadIntent, outcome: LoadOutcome): Promise<LoadOutcome> {
  if (outcome.kind !== 'not-loaded') return outcome
  const now = await askForLoad(context, intent)
  const isUnchanged = now.ok ? now.value.answer.serial === intent.serialBefore : isBlocked(outcome.refusal) && isBlocked(now.error)
  return isUnchanged ? outcome : { kind: 'unknown', cause: 'unclear-answer' }
}

function outcomeOfRefusal(step: string, refusal: CreditRefusal): LoadOutcome {
  switch (refusal.kind) {
    case 'uncertain':
      return { kind: 'unknown', cause: 'unclear-answer' }
    case 'wrong-mac':
      return notLoaded({ kind: 'load-not-authentic' })
    case 'not-authorised':
      return notLoaded({ kind: 'pin-not-verified' })
    case 'key-version-unknown':
      return notLoaded({ kind: 'key-version-unknown' })
    case 'application-blocked':
    case 'card-blocked':
      return notLoaded({ kind: 'card-blocked', statusWord: refusal.statusWord })
    case 'counter-at-maximum':
    case 'refused':
      return notLoaded({ kind: 'card-refused', step, statusWord: refusal.statusWord })
    default:
      return never(refusal)
  }
}

/** The intent must be the offer made last in this session, signed; it is credited at most once. */
export function claimPendingLoad(pending: PendingLoad | undefined, intent: LoadIntent): PendingLoad {
  invariant(pending !== undefined, 'a credit without an initialised load')
  const { offer } = pending
  const same =
    offer.cardId === intent.cardId &&
    offer.loadSerial === intent.serialBefore &&
    offer.balance === intent.balanceBefore &&
    offer.amount === intent.amount &&
    offer.terminalNo === intent.terminalNo
  invariant(same, 'a credit of another load than the one initialised last')
  return pending
}
