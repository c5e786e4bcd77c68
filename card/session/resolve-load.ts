/**
 * Whether an interrupted load happened, asked of the card that lies in the reader now. Never credits; says `loaded` or
 * `not-loaded` only on proof.
 *
 *   same card? (item 01, genuine)
 *   GET TRANSACTION PROVE of the load serial and of the serial + 1     codes count only with our own MAC2 beside them
 *   serial from a fresh INITIALIZE FOR LOAD, which needs the PIN
 *      unchanged  -> not loaded: a card counts every load
 *      moved      -> PROVE with our MAC2, else the log line with our terminal, time and amount
 *
 * The issuer's MAC2 covers amount, terminal and time under a key of this card's random and serial, so that no other load
 * has it: unlike a debit's codes it names the transaction. PROVE goes first, for an INITIALIZE may throw its codes away.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { toHex } from '../bytes/hex.ts'
import { getTransactionProve, type TransactionProof } from '../command/get-transaction-prove.ts'
import type { PurseCommands } from '../command/purse.ts'
import { enterPurse, readBalance, type PurseContext } from './account.ts'
import { serialAfter } from './debit-intent.ts'
import { askForLoad } from './load.ts'
import type { LoadEvidence, LoadIntent, LoadResolution, LoadUnresolvedReason } from './load-intent.ts'
import { readTransactionLog, type LoggedTransaction } from './logs.ts'

const unresolved = (reason: LoadUnresolvedReason): LoadResolution => ({ kind: 'unresolved', reason })

/** The session behind `context` has proved its card genuine when it was opened with a PSAM; without one nothing is believed. */
export async function resolveLoad(context: PurseContext, intent: LoadIntent): Promise<LoadResolution> {
  if (context.identity.identificationCode !== intent.cardId) return unresolved('other-card')
  if (context.psam === undefined) return unresolved('psam-needed')
  const purse = await enterPurse(context)
  if (!purse.ok) return unresolved(reasonOf(purse.error))
  const proof = await findProof(context, purse.value, intent)
  if (!proof.ok) return unresolved(proof.error)
  const now = await askForLoad(context, { amount: 0, terminalNo: intent.terminalNo })
  if (!now.ok) {
    if (now.error.kind === 'session-ended' || proof.value === undefined) return unresolved(reasonOf(now.error))
    return loaded(context, intent, proof.value)
  }
  if (now.value.answer.serial === intent.serialBefore) {
    // A card that proves a load it has not counted contradicts itself.
    return proof.value === undefined
      ? { kind: 'not-loaded', proof: 'load-serial-unchanged' }
      : unresolved('serial-does-not-fit')
  }
  return proof.value === undefined ? resolveByLog(context, intent) : loaded(context, intent, proof.value)
}

/** Which of the two serials a card keeps its codes under is open; a card without the command has no codes, and that is no fault. */
async function findProof(
  { conversation }: PurseContext,
  purse: PurseCommands,
  intent: LoadIntent
): Promise<Result<TransactionProof | undefined, LoadUnresolvedReason>> {
  for (const serial of [intent.serialBefore, serialAfter(intent.serialBefore)]) {
    const proof = await conversation.send(getTransactionProve({ purse, of: 'load', serial }))
    if (proof.ok) {
      if (toHex(proof.value.mac) === intent.mac2.toUpperCase()) return ok(proof.value)
      continue
    }
    if (proof.error.kind === 'session-ended') return refuse('session-ended')
    if (proof.error.kind === 'reader-fault') return refuse('card-does-not-answer')
  }
  return ok(undefined)
}

async function resolveByLog(context: PurseContext, intent: LoadIntent): Promise<LoadResolution> {
  const log = await readTransactionLog(context)
  if (!log.ok) return unresolved(reasonOf(log.error))
  const loads = log.value.filter(({ type }) => type === 'load')
  if (loads.some((entry) => isOurs(entry, intent))) return loaded(context, intent, undefined)
  const newest = loads[0]
  const claimed = newest !== undefined && isSerialOf(newest, intent)
  return unresolved(claimed ? 'log-shows-another-transaction' : 'log-does-not-show-it')
}

async function loaded(
  context: PurseContext,
  intent: LoadIntent,
  proof: TransactionProof | undefined
): Promise<LoadResolution> {
  const balance = await readBalance(context)
  const fits = balance.ok && balance.value === intent.balanceBefore + intent.amount
  const evidence: LoadEvidence = {
    source: proof === undefined ? 'transaction-log' : 'transaction-prove',
    tac: proof === undefined ? undefined : toHex(proof.tac),
    serialAfter: serialAfter(intent.serialBefore),
    // The balance of now is that after the load only while nothing followed: a settlement moves it on.
    balanceAfter: fits ? balance.value : undefined
  }
  return { kind: 'loaded', evidence }
}

/** Whether the log shows the serial before or after the increment is open: both are ours. */
const isSerialOf = ({ serial }: LoggedTransaction, { serialBefore }: LoadIntent): boolean =>
  serial === serialBefore || serial === serialAfter(serialBefore)

const isOurs = (entry: LoggedTransaction, intent: LoadIntent): boolean =>
  isSerialOf(entry, intent) &&
  entry.terminalNo === intent.terminalNo &&
  entry.time === intent.time &&
  entry.amounts.account === intent.amount

function reasonOf({ kind }: { readonly kind: string }): LoadUnresolvedReason {
  if (kind === 'session-ended') return 'session-ended'
  return kind === 'pin-not-verified' ? 'pin-needed' : 'card-does-not-answer'
}
