/**
 * The PIN, which lives at the SSSE and serves every application below it. One call sends at most one VERIFY or CHANGE,
 * never a second: the counter is the card's, and every try is a person's.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { changePin as changeCommand } from '../command/change-pin.ts'
import { getChallenge } from '../command/get-challenge.ts'
import { stepOf, type Command } from '../command/command.ts'
import type { PinRefusal } from '../command/pin-outcome.ts'
import {
  reloadMacInput,
  reloadPin as reloadCommand,
  unblockMacInput,
  unblockPin as unblockCommand,
  type UnblockRefusal
} from '../command/unblock-pin.ts'
import { queryPin, verifyPin as verifyCommand, type PinState } from '../command/verify-pin.ts'
import { AID_SSSE } from '../identifier/application.ts'
import { KEY } from '../identifier/key-reference.ts'
import type { Pin } from '../secret/pin.ts'
import { blockLength, enter, showKey, type CardContext } from './access.ts'
import { faultOf, moduleFault, NO_MODULE, type CardFault, type TalkFault } from './fault.ts'
import type { KeyedChallenge } from './ports.ts'

export type PinOutcomeRefusal =
  | { readonly kind: 'wrong-pin'; readonly triesLeft: number }
  /** Only the issuer's service window can free it. */
  | { readonly kind: 'pin-locked' }
  /** The card has no PIN, or none that works. */
  | { readonly kind: 'pin-unusable'; readonly statusWord: string }
  | { readonly kind: 'pin-length-refused' }
  /** CHANGE PIN was under way when the card fell silent: either PIN may be the card's. */
  | { readonly kind: 'pin-perhaps-changed'; readonly fault: CardFault }
  | CardFault

export async function pinTriesLeft(context: CardContext): Promise<Result<PinState, CardFault>> {
  const entered = await enter(context, AID_SSSE)
  return entered.ok ? context.conversation.send(queryPin()) : entered
}

export const verifyPin = (context: CardContext, pin: Pin): Promise<Result<null, PinOutcomeRefusal>> =>
  tryPin(context, { build: () => verifyCommand(pin), outcome: pinOutcome, verifies: true })

/** A changed PIN is not a verified one: cards differ in it, so the next step asks. */
export const changePin = (context: CardContext, from: Pin, to: Pin): Promise<Result<null, PinOutcomeRefusal>> =>
  tryPin(context, { build: () => changeCommand({ from, to }), outcome: changeOutcome, verifies: false })

/** Where the PIN lives. */
export const enterForPin = (context: CardContext): Promise<Result<null, CardFault>> => enter(context, AID_SSSE)

interface PinTry {
  readonly build: () => Command<null, PinRefusal>
  readonly outcome: (step: string, refusal: PinRefusal | TalkFault) => PinOutcomeRefusal
  readonly verifies: boolean
}

async function tryPin(context: CardContext, { build, outcome, verifies }: PinTry): Promise<Result<null, PinOutcomeRefusal>> {
  const entered = await enter(context, AID_SSSE)
  if (!entered.ok) return entered
  // A wrong try takes back what an earlier right one gave.
  context.access.pinVerified = false
  const command = build()
  const step = stepOf(command.apdu)
  const tried = await context.conversation.send(command)
  command.apdu.fill(0)
  if (!tried.ok) return refuse(outcome(step, tried.error))
  context.access.pinVerified = verifies
  return tried
}

export function pinOutcome(step: string, refusal: PinRefusal | TalkFault): PinOutcomeRefusal {
  const { kind } = refusal
  if (kind === 'wrong-pin') return refusal
  if (kind === 'pin-locked' || kind === 'pin-length-refused') return { kind }
  return kind === 'pin-unusable' ? { kind, statusWord: refusal.statusWord } : faultOf(step, refusal)
}

/** Of a command whose answer nobody heard, nobody knows whether the card has done it. */
export function changeOutcome(step: string, refusal: PinRefusal | TalkFault): PinOutcomeRefusal {
  const outcome = pinOutcome(step, refusal)
  return outcome.kind === 'session-ended' || outcome.kind === 'reader-fault' || outcome.kind === 'malformed-answer'
    ? { kind: 'pin-perhaps-changed', fault: outcome }
    : outcome
}

export type UnblockOutcomeRefusal =
  /** 6985: there is nothing to free. */
  { readonly kind: 'pin-not-locked' } | CardFault

/**
 * Sets the try counter back. The key PUK is shown on one challenge, the command's MAC is made on a second: a challenge
 * serves one command only (P1 6.2.7). The steps are WAPP's.
 */
export async function unblockPin(context: CardContext): Promise<Result<null, UnblockOutcomeRefusal>> {
  const keyed = await prepareUnblock(context)
  if (!keyed.ok) return keyed
  const { psam, challenge } = keyed.value
  const mac = await psam.commandMac({ ...challenge, message: unblockMacInput() })
  if (!mac.ok) return refuse(moduleFault(mac.error))
  return sendUnblock(context, unblockCommand(mac.value))
}

/** Stores a new PIN, enciphered under the same session key as its MAC. */
export async function reloadPin(context: CardContext, fresh: Pin): Promise<Result<null, UnblockOutcomeRefusal>> {
  const keyed = await prepareUnblock(context)
  if (!keyed.ok) return keyed
  const { psam, challenge } = keyed.value
  const enciphered = await psam.encryptPinBlock({ ...challenge, pin: fresh })
  if (!enciphered.ok) return refuse(moduleFault(enciphered.error))
  const mac = await psam.commandMac({ ...challenge, message: reloadMacInput(enciphered.value) })
  if (!mac.ok) return refuse(moduleFault(mac.error))
  return sendUnblock(context, reloadCommand({ encipheredPin: enciphered.value, mac: mac.value }))
}

async function prepareUnblock(
  context: CardContext
): Promise<Result<{ psam: NonNullable<CardContext['psam']>; challenge: KeyedChallenge }, CardFault>> {
  const { psam, factors, identity, conversation } = context
  if (psam === undefined) return refuse(NO_MODULE)
  const entered = await enter(context, AID_SSSE)
  if (!entered.ok) return entered
  const shown = await showKey(context, KEY.PUK)
  if (!shown.ok) return shown
  const fresh = await conversation.ask(getChallenge(blockLength(identity.algorithm)))
  return fresh.ok ? ok({ psam, challenge: { key: KEY.STK, factors, challenge: fresh.value } }) : fresh
}

async function sendUnblock(
  { conversation, access }: CardContext,
  command: Command<null, UnblockRefusal>
): Promise<Result<null, UnblockOutcomeRefusal>> {
  access.pinVerified = false
  const done = await conversation.send(command)
  if (done.ok) return done
  const { error } = done
  return refuse(error.kind === 'pin-not-locked' ? { kind: 'pin-not-locked' } : faultOf(stepOf(command.apdu), error))
}
