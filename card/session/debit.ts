/**
 * Taking money, in the two steps that let a hold become durable between them:
 *
 *   initialiseDebit   item 01 again -> balance -> INITIALIZE FOR PURCHASE -> PSAM: MAC1        changes no balance
 *   debit             DEBIT FOR PURCHASE, once -> PSAM: MAC2 -> balance again
 *
 * After the DEBIT has left, only the card's own word that nothing changed makes `not-debited`, and it has to say so twice: a status
 * word may have been garbled on the way, so the serial is asked for once more. Silence, an answer of the wrong length or a wrong
 * MAC2 are `unknown` and wait for `resolveDebit`.
 */

import { invariant, never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import { readUint } from '../bytes/bytes.ts'
import { toHex } from '../bytes/hex.ts'
import { stepOf } from '../command/command.ts'
import { debitForPurchase, type DebitRefusal as CommandDebitRefusal } from '../command/debit-for-purchase.ts'
import { initializeForPurchase, type PurchaseInitialisation } from '../command/initialize-for-purchase.ts'
import type { PurseAmounts, PurseCommands } from '../command/purse.ts'
import { enterPurse, readBalance, type PurseContext } from './account.ts'
import type { Silence } from './conversation.ts'
import {
  balanceFits,
  sameIntent,
  serialAfter,
  type DebitIntent,
  type DebitOutcome,
  type DebitRefusal,
  type UnknownCause
} from './debit-intent.ts'
import { faultOf, isBlocked, moduleFault, NO_MODULE } from './fault.ts'
import type { PurchaseModule, PurchaseTerms } from './ports.ts'
import { checkSameCard, purseRefusal } from './same-card.ts'

/** An initialised purchase that waits for its DEBIT. */
export interface PendingDebit {
  readonly intent: DebitIntent
  readonly mac1: Uint8Array
  readonly purse: PurseCommands
}

export interface DebitRequest {
  readonly amounts: PurseAmounts
  /** 14 digits YYYYMMDDhhmmss, the terminal's clock. */
  readonly time: string
}

export async function initialiseDebit(
  context: PurseContext,
  { amounts, time }: DebitRequest
): Promise<Result<PendingDebit, DebitRefusal>> {
  const { psam, identity, factors } = context
  if (psam === undefined) return refuse(NO_MODULE)
  const same = await checkSameCard(context)
  if (!same.ok) return same
  const balance = await spendableBalance(context, amounts.account)
  if (!balance.ok) return balance
  const initialised = await initialise(context, psam.terminalNumber, amounts)
  if (!initialised.ok) return initialised
  const { purse, answer } = initialised.value
  const terms: PurchaseTerms = {
    random4: answer.random,
    serial: answer.serial,
    type: purse.purchaseType,
    date: time.slice(0, 8),
    time: time.slice(8),
    keyVersion: answer.keyVersion,
    algorithm: answer.algorithm,
    factors
  }
  const signed =
    purse.amounts === 'three'
      ? await psam.initialisePurchase({ ...terms, amounts: [amounts.account, amounts.own, amounts.pooled] })
      : await psam.initialisePbocPurchase({ ...terms, amount: amounts.account })
  if (!signed.ok) return refuse(moduleFault(signed.error))
  const intent: DebitIntent = {
    cardId: identity.identificationCode,
    serialBefore: answer.serial,
    balanceBefore: balance.value,
    terminalNo: psam.terminalNumber,
    terminalSerial: readUint(signed.value.terminalSerial, 0, 4),
    time,
    amounts
  }
  return ok({ intent, mac1: signed.value.mac1, purse })
}

/** The balance where the card keeps one; an amount that it cannot pay is refused before the purse is touched. */
async function spendableBalance(context: PurseContext, asked: number): Promise<Result<number | undefined, DebitRefusal>> {
  const balance = await readBalance(context)
  if (!balance.ok) {
    if (balance.error.kind !== 'not-on-card') return refuse(purseRefusal(balance.error))
    return asked === 0 ? ok(undefined) : refuse({ kind: 'insufficient-balance', balance: undefined, asked })
  }
  return asked <= balance.value ? balance : refuse({ kind: 'insufficient-balance', balance: balance.value, asked })
}

/** Also asked by `resolveDebit`, which wants the serial only. Leaves DF04 selected, the purse initialised. */
export async function initialise(
  context: PurseContext,
  terminalNo: string,
  amounts: PurseAmounts
): Promise<Result<{ purse: PurseCommands; answer: PurchaseInitialisation }, DebitRefusal>> {
  const purse = await enterPurse(context)
  if (!purse.ok) return refuse(purseRefusal(purse.error))
  const command = initializeForPurchase({ purse: purse.value, keyIndex: context.purse.keyIndex, amounts, terminalNo })
  const answer = await context.conversation.send(command)
  if (answer.ok) return ok({ purse: purse.value, answer: answer.value })
  const { error } = answer
  if (error.kind === 'key-version-unknown') return refuse({ kind: 'key-version-unknown' })
  if (error.kind === 'insufficient-balance') {
    return refuse({ kind: 'insufficient-balance', balance: undefined, asked: amounts.account })
  }
  return refuse(purseRefusal(faultOf(stepOf(command.apdu), error)))
}

/** Sends the DEBIT of `pending`, exactly once. */
export async function debit(context: PurseContext, pending: PendingDebit): Promise<DebitOutcome> {
  const { intent, purse, mac1 } = pending
  const { psam, conversation } = context
  invariant(psam !== undefined, 'a debit was initialised without a PSAM')
  const { terminalSerial, time } = intent
  const command = debitForPurchase({ header: purse.debitForPurchase, terminalSerial, time, mac1 })
  const answer = await conversation.exchange(command.apdu)
  if (!answer.ok) return outcomeOfSilence(context, answer.error)
  const parsed = command.parse(answer.value)
  if (!parsed.ok) return confirmed(context, intent, outcomeOfRefusal(intent, stepOf(command.apdu), parsed.error))
  const codes = await verifyAnswer(psam, purse, parsed.value)
  if (!codes.ok) return { kind: 'unknown', cause: codes.error }
  // Money has moved and is proved to have: trouble in reading the balance takes nothing back.
  const balance = intent.balanceBefore === undefined ? undefined : await readBalance(context)
  const balanceAfter = balance?.ok === true ? balance.value : undefined
  return {
    kind: 'debited',
    evidence: {
      source: 'debit-answer',
      tac: toHex(codes.value.tac),
      mac2: toHex(codes.value.mac2),
      serialAfter: serialAfter(intent.serialBefore),
      balanceAfter,
      balanceFits: balanceFits(intent, balanceAfter)
    }
  }
}

function outcomeOfSilence({ conversation }: PurseContext, { sent, failure }: Silence): DebitOutcome {
  if (sent) return { kind: 'unknown', cause: failure.kind === 'card-reset' ? 'no-answer' : failure.kind }
  return notDebited(conversation.end('card-reset'))
}

const notDebited = (refusal: DebitRefusal): DebitOutcome => ({ kind: 'not-debited', refusal })

/** The serial has not moved; or the card is blocked, and says so again. Any other word a bad contact may have garbled twice. */
async function confirmed(context: PurseContext, intent: DebitIntent, outcome: DebitOutcome): Promise<DebitOutcome> {
  if (outcome.kind !== 'not-debited') return outcome
  const now = await initialise(context, intent.terminalNo, { account: 0, own: 0, pooled: 0 })
  const isUnchanged = now.ok ? now.value.answer.serial === intent.serialBefore : isBlocked(outcome.refusal) && isBlocked(now.error)
  return isUnchanged ? outcome : { kind: 'unknown', cause: 'unclear-answer' }
}

function outcomeOfRefusal(intent: DebitIntent, step: string, refusal: CommandDebitRefusal): DebitOutcome {
  switch (refusal.kind) {
    case 'uncertain':
      return { kind: 'unknown', cause: 'unclear-answer' }
    case 'wrong-mac':
      return notDebited({ kind: 'terminal-not-authentic' })
    case 'insufficient-balance':
      return notDebited({ kind: 'insufficient-balance', balance: intent.balanceBefore, asked: intent.amounts.account })
    case 'not-authorised':
      return notDebited({ kind: 'pin-not-verified' })
    case 'key-version-unknown':
      return notDebited({ kind: 'key-version-unknown' })
    case 'application-blocked':
    case 'card-blocked':
      return notDebited({ kind: 'card-blocked', statusWord: refusal.statusWord })
    case 'counter-at-maximum':
    case 'refused':
      return notDebited({ kind: 'card-refused', step, statusWord: refusal.statusWord })
    default:
      return never(refusal)
  }
}

/**
 * Which half of the answer is MAC2 is settled by which half verifies as it, the profile's order first: the order of the
 * SSC purse is not public.
 */
async function verifyAnswer(
  psam: PurchaseModule,
  purse: PurseCommands,
  [first, second]: readonly [Uint8Array, Uint8Array]
): Promise<Result<{ mac2: Uint8Array; tac: Uint8Array }, UnknownCause>> {
  const expected = purse.debitAnswerBegins === 'mac2' ? { mac2: first, tac: second } : { mac2: second, tac: first }
  const verified = await psam.verifyMac2(expected.mac2)
  if (verified.ok) return ok(expected)
  if (verified.error.kind !== 'psam-mac2-wrong') return refuse('mac2-unverified')
  const swapped = await psam.verifyMac2(expected.tac)
  return swapped.ok ? ok({ mac2: expected.tac, tac: expected.mac2 }) : refuse('mac2-wrong')
}

/** The intent given back to be debited must be the one initialised last, and is debited at most once. */
export function claimPending(pending: PendingDebit | undefined, intent: DebitIntent): PendingDebit {
  invariant(pending !== undefined, 'a debit without an initialised purchase')
  invariant(sameIntent(pending.intent, intent), 'a debit of another purchase than the one initialised last')
  return pending
}
