/**
 * Whether an interrupted debit happened, asked of the card that lies in the reader now. Never debits; says `debited` or
 * `not-debited` only on proof.
 *
 *   same card? (item 01, genuine)
 *   GET TRANSACTION PROVE of the serial and of the serial + 1      which of the two a card keeps its codes under is open
 *   serial from a fresh INITIALIZE FOR PURCHASE
 *      unchanged     -> not debited, whatever PROVE says: its codes are the transaction's before
 *      moved         -> the log decides, and the PIN is needed to read it: ours, or another's that has taken the serial
 *
 * PROVE alone decides nothing: a debit that never left leaves its serial to the next terminal, whose codes then answer to it.
 * It goes first all the same, for an INITIALIZE may throw away the codes that a posting wants beside the log's line.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
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

/**
 * The session behind `context` has proved its card genuine when it was opened with a PSAM; without one nothing is believed. `proved`:
 * debits of this card that are known to have happened, from whose lines in its log follows how it numbers them; read only where
 * a line under our serial is not ours.
 */
export async function resolveDebit(context: PurseContext, intent: DebitIntent, proved: () => readonly DebitIntent[]): Promise<Resolution> {
  if (context.identity.identificationCode !== intent.cardId) return unresolved('other-card')
  if (context.psam === undefined) return unresolved('psam-needed')
  const purse = await enterPurse(context)
  if (!purse.ok) return unresolved(reasonOf(purse.error))
  const proofs = await askProofs(context, purse.value, intent)
  if (!proofs.ok) return unresolved(proofs.error)
  const now = await initialise(context, intent.terminalNo, NO_AMOUNTS)
  if (!now.ok) return unresolved(reasonOf(now.error))
  const { serial } = now.value.answer
  if (serial === intent.serialBefore) return { kind: 'not-debited', proof: 'serial-unchanged' }
  if (!context.access.pinVerified) return unresolved('pin-needed')
  const isLast = serial === serialAfter(intent.serialBefore)
  return resolveByLog(context, { intent, proved, purse: purse.value, proofs: proofs.value, isLast })
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
  readonly proved: () => readonly DebitIntent[]
  readonly purse: PurseCommands
  readonly proofs: Proofs
  /** Exactly one transaction has happened since the intent was made. */
  readonly isLast: boolean
}

/** Terminal, time and amounts in the card's own log are the mark by which a transaction is ours. */
async function resolveByLog(context: PurseContext, findings: Findings): Promise<Resolution> {
  const { intent, purse, proofs, isLast } = findings
  const log = await readTransactionLog(context)
  if (!log.ok) return unresolved(reasonOf(log.error))
  const settlements = log.value.filter(({ type }) => type === 'settlement')
  const ours = settlements.find((entry) => isOurs(entry, intent, purse))
  if (ours !== undefined) return debited(context, intent, ours.serial === intent.serialBefore ? proofs.before : proofs.after)
  const claims = settlements.filter((entry) => isSerialOf(entry, intent))
  if (claims.length > 0) return resolveClaimed(context, findings, settlements, claims)
  return isLast ? resolveTorn(context, findings) : unresolved('log-does-not-show-it')
}

/**
 * Lines under our serial, and none is ours. Ours would have been the very next transaction, so the serial is another's as soon
 * as that one is seen: under the number that this card gives it, where a line of a proved debit tells which; under both numbers,
 * whichever of them a card writes; under the later one, while there was only one since; or by a balance that is less exactly what
 * the other took. Else the line may be older than ours, and ours be the torn one.
 */
async function resolveClaimed(
  context: PurseContext,
  findings: Findings,
  log: readonly LoggedTransaction[],
  claims: readonly LoggedTransaction[]
): Promise<Resolution> {
  const { intent, proved, isLast } = findings
  const another: Resolution = { kind: 'not-debited', proof: 'serial-taken-by-another' }
  const next = numberOfNext(intent, log, proved())
  if (claims.some(({ serial }) => serial === next) || new Set(claims.map(({ serial }) => serial)).size === 2) return another
  if (next !== undefined && isLast) return resolveTorn(context, findings)
  const [claim] = claims
  if (claim === undefined || !isLast) return unresolved('log-shows-another-transaction')
  if (claim.serial === serialAfter(intent.serialBefore)) return another
  const taken = claim.amounts.account
  const balance = intent.balanceBefore === undefined || taken === intent.amounts.account ? undefined : await readBalance(context)
  const isTaken = balance?.ok === true && intent.balanceBefore !== undefined && balance.value === intent.balanceBefore - taken
  return isTaken ? another : unresolved('log-shows-another-transaction')
}

/** The number under which this card's log has the transaction right after the intent; undefined where nothing tells. */
function numberOfNext({ serialBefore }: DebitIntent, log: readonly LoggedTransaction[], proved: readonly DebitIntent[]): number | undefined {
  for (const debit of proved) {
    const line = log.find((entry) => entry.terminalNo === debit.terminalNo && entry.time === debit.time && isSerialOf(entry, debit))
    if (line !== undefined) return line.serial === debit.serialBefore ? serialBefore : serialAfter(serialBefore)
  }
  return undefined
}

/**
 * The log is written after amounts and serial: a tear between them leaves codes without a line. They may be those of another
 * terminal's torn debit, so the balance has to say that it was our amount; without an amount nothing can.
 */
async function resolveTorn(context: PurseContext, { intent, proofs }: Findings): Promise<Resolution> {
  const proof = proofs.after ?? proofs.before
  if (proof === undefined || intent.amounts.account === 0) return unresolved('log-does-not-show-it')
  const resolution = await debited(context, intent, proof)
  if (resolution.kind !== 'debited' || resolution.evidence.balanceFits === true) return resolution
  return unresolved(resolution.evidence.balanceFits === false ? 'balance-does-not-fit' : 'log-does-not-show-it')
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
