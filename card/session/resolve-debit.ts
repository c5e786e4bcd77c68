/**
 * Whether an interrupted debit happened, asked of the card that lies in the reader now. Never debits; says `debited` or
 * `not-debited` only on proof.
 *
 *   same card? (item 01, genuine)
 *   GET TRANSACTION PROVE of the serial and of the serial + 1      which of the two a card keeps its codes under is open
 *   serial from a fresh INITIALIZE FOR PURCHASE
 *      unchanged     -> not debited, whatever PROVE says: its codes are the transaction's before
 *      moved         -> the log decides where the PIN lets it be read; else PROVE, when ours is the last transaction
 *      PIN asked for -> the same codes under both serials are this transaction's and no other's; else the PIN is needed
 *
 * PROVE goes first, for an INITIALIZE may throw its codes away.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { bytesEqual } from '../bytes/bytes.ts'
import { toHex } from '../bytes/hex.ts'
import { getTransactionProve, type TransactionProof } from '../command/get-transaction-prove.ts'
import type { PurseCommands } from '../command/purse.ts'
import { enterPurse, readBalance, type PurseContext } from './account.ts'
import {
  balanceFits,
  serialAfter,
  type DebitEvidence,
  type DebitIntent,
  type Resolution,
  type UnresolvedReason
} from './debit-intent.ts'
import { initialise } from './debit.ts'
import type { CardFault } from './fault.ts'
import { readTransactionLog, type LoggedTransaction } from './logs.ts'

const NO_AMOUNTS = { account: 0, own: 0, pooled: 0 } as const

const unresolved = (reason: UnresolvedReason): Resolution => ({ kind: 'unresolved', reason })

/** The session behind `context` has proved its card genuine when it was opened with a PSAM; without one nothing is believed. */
export async function resolveDebit(context: PurseContext, intent: DebitIntent): Promise<Resolution> {
  if (context.identity.identificationCode !== intent.cardId) return unresolved('other-card')
  if (context.psam === undefined) return unresolved('psam-needed')
  const purse = await enterPurse(context)
  if (!purse.ok) return unresolved(reasonOf(purse.error))
  const proofs = await askProofs(context, purse.value, intent)
  if (!proofs.ok) return unresolved(proofs.error)
  const now = await initialise(context, intent.terminalNo, NO_AMOUNTS)
  if (!now.ok) {
    const sure = now.error.kind === 'pin-not-verified' && agree(proofs.value)
    return sure ? debited(context, intent, proofs.value.before) : unresolved(reasonOf(now.error))
  }
  const { serial } = now.value.answer
  if (serial === intent.serialBefore) return { kind: 'not-debited', proof: 'serial-unchanged' }
  const isLast = serial === serialAfter(intent.serialBefore)
  return context.access.pinVerified
    ? resolveByLog(context, { intent, purse: purse.value, proofs: proofs.value, isLast })
    : resolveByProof(context, { intent, proofs: proofs.value, isLast })
}

interface Proofs {
  readonly before: TransactionProof | undefined
  readonly after: TransactionProof | undefined
}

/** A card without the command has no proofs; that is no fault. */
async function askProofs(
  context: PurseContext,
  purse: PurseCommands,
  intent: DebitIntent
): Promise<Result<Proofs, UnresolvedReason>> {
  const before = await askProof(context, purse, intent.serialBefore)
  if (!before.ok) return before
  const after = await askProof(context, purse, serialAfter(intent.serialBefore))
  return after.ok ? ok({ before: before.value, after: after.value }) : after
}

async function askProof(
  { conversation }: PurseContext,
  purse: PurseCommands,
  serial: number
): Promise<Result<TransactionProof | undefined, UnresolvedReason>> {
  const proof = await conversation.send(getTransactionProve({ purse, of: 'purchase', serial }))
  if (proof.ok) return proof
  if (proof.error.kind === 'session-ended') return refuse('session-ended')
  return proof.error.kind === 'reader-fault' ? refuse('card-does-not-answer') : ok(undefined)
}

interface Findings {
  readonly intent: DebitIntent
  readonly proofs: Proofs
  /** Exactly one transaction has happened since the intent was made. */
  readonly isLast: boolean
}

/** Terminal, time and amounts in the card's own log are the strongest mark a transaction has. */
async function resolveByLog(
  context: PurseContext,
  findings: Findings & { readonly purse: PurseCommands }
): Promise<Resolution> {
  const { intent, purse, proofs, isLast } = findings
  const log = await readTransactionLog(context)
  if (!log.ok) return unresolved(reasonOf(log.error))
  const ours = log.value.find((entry) => isOurs(entry, intent, purse))
  if (ours !== undefined) {
    const proof = ours.serial === intent.serialBefore ? proofs.before : proofs.after
    return debited(context, intent, proof)
  }
  const newest = log.value[0]
  const claimed = newest !== undefined && isSerialOf(newest, intent)
  // The log is written after amounts and serial: a tear between them leaves codes without a line.
  if (!claimed && isLast && hasProof(proofs)) return resolveByProof(context, findings)
  return unresolved(claimed ? 'log-shows-another-transaction' : 'log-does-not-show-it')
}

/**
 * Without the log, codes count only when ours is the only transaction since. The codes under the later serial are then
 * ours; those under the earlier one are ours when there are no others.
 */
async function resolveByProof(context: PurseContext, { intent, proofs, isLast }: Findings): Promise<Resolution> {
  const proof = proofs.after ?? proofs.before
  if (!isLast || proof === undefined) return unresolved(context.access.pinVerified ? 'serial-does-not-fit' : 'pin-needed')
  const resolution = await debited(context, intent, proof)
  if (resolution.kind === 'debited' && resolution.evidence.balanceFits === false) return unresolved('balance-does-not-fit')
  return resolution
}

async function debited(
  context: PurseContext,
  intent: DebitIntent,
  proof: TransactionProof | undefined
): Promise<Resolution> {
  const balance = intent.balanceBefore === undefined ? undefined : await readBalance(context)
  const balanceNow = balance?.ok === true ? balance.value : undefined
  const fits = balanceFits(intent, balanceNow)
  const evidence: DebitEvidence = {
    source: proof === undefined ? 'transaction-log' : 'transaction-prove',
    tac: proof === undefined ? undefined : toHex(proof.tac),
    mac2: proof === undefined ? undefined : toHex(proof.mac),
    serialAfter: serialAfter(intent.serialBefore),
    // The balance of now is that after the debit only while nothing followed: a load or another till's debit moves it on.
    balanceAfter: fits === false ? undefined : balanceNow,
    balanceFits: fits
  }
  return { kind: 'debited', evidence }
}

const hasProof = ({ before, after }: Proofs): boolean => before !== undefined || after !== undefined

/**
 * A card that serves its last codes under the serial before and after: both of ours give the same ones only when ours is
 * that transaction. One answer alone could be a neighbour's, for which of the two serials a card goes by is open.
 */
const agree = ({ before, after }: Proofs): boolean =>
  before !== undefined && after !== undefined && bytesEqual(before.mac, after.mac) && bytesEqual(before.tac, after.tac)

/** Whether the log shows the serial before or after the increment is open: both are ours. */
const isSerialOf = ({ serial }: LoggedTransaction, { serialBefore }: DebitIntent): boolean =>
  serial === serialBefore || serial === serialAfter(serialBefore)

function isOurs(entry: LoggedTransaction, intent: DebitIntent, purse: PurseCommands): boolean {
  const { account, own, pooled } = intent.amounts
  const sameParts = purse.amounts === 'account-only' || (entry.amounts.own === own && entry.amounts.pooled === pooled)
  return (
    isSerialOf(entry, intent) &&
    entry.type === 'settlement' &&
    entry.terminalNo === intent.terminalNo &&
    entry.time === intent.time &&
    entry.amounts.account === account &&
    sameParts
  )
}

function reasonOf({ kind }: Pick<CardFault, 'kind'> | { readonly kind: string }): UnresolvedReason {
  if (kind === 'session-ended') return 'session-ended'
  return kind === 'pin-not-verified' ? 'pin-needed' : 'card-does-not-answer'
}
