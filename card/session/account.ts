/**
 * The personal account. v1.00 has a readable balance item; v2.00 keeps it in the purse when the card is used offline, and
 * not on the card at all when it is used online: the card then only signs.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { getBalance, getYearlyTotal, type GetBalanceRefusal } from '../command/get-balance.ts'
import { stepOf } from '../command/command.ts'
import type { PurseCommands } from '../command/purse.ts'
import { AID } from '../identifier/application.ts'
import { EF } from '../identifier/data-item.ts'
import { enter, readItem, type CardContext } from './access.ts'
import { faultOf, type CardFault, type TalkFault } from './fault.ts'
import { fenOf, V1_ACCOUNT, type DataItem } from './items.ts'
import { openMedicalFile, readUseMode } from './medical.ts'
import { detectPurse } from './purse-commands.ts'

export type AccountRefusal =
  /** Online mode: the account is at the centre. */
  { readonly kind: 'not-on-card' } | CardFault

/** fen. */
export async function readBalance(context: PurseContext): Promise<Result<number, AccountRefusal>> {
  if (context.identity.version === '1.00') return readV1Amount(context, V1_ACCOUNT.balance)
  const purse = await openOfflinePurse(context)
  if (!purse.ok) return purse
  const command = getBalance(purse.value.balance)
  const balance = await context.conversation.send(command)
  return balance.ok ? balance : refuse(accountRefusal(stepOf(command.apdu), balance.error))
}

export interface YearlyTotals {
  /** fen. */
  readonly own: number
  readonly pooled: number
  /** As the card keeps it; undefined on v1.00, which keeps none. */
  readonly year: string | undefined
}

export async function readYearlyTotals(context: PurseContext): Promise<Result<YearlyTotals, AccountRefusal>> {
  if (context.identity.version === '1.00') return readV1Totals(context)
  const purse = await openOfflinePurse(context)
  if (!purse.ok) return purse
  const { yearlyOwnPayment, yearlyPooledPayment } = purse.value
  if (yearlyOwnPayment === undefined || yearlyPooledPayment === undefined) return refuse({ kind: 'not-on-card' })
  const ownCommand = getYearlyTotal(yearlyOwnPayment)
  const own = await context.conversation.send(ownCommand)
  if (!own.ok) return refuse(accountRefusal(stepOf(ownCommand.apdu), own.error))
  const pooled = await context.conversation.send(getYearlyTotal(yearlyPooledPayment))
  if (!pooled.ok) return refuse(accountRefusal(stepOf(ownCommand.apdu), pooled.error))
  return ok({ own: own.value.fen, pooled: pooled.value.fen, year: own.value.year })
}

/** What operations on the purse remember beside the context: which commands it takes, once known. */
export interface PurseContext extends CardContext {
  readonly purse: { commands: PurseCommands | undefined; readonly keyIndex: number }
}

/** Selects DF04 and tells which commands its purse takes. */
export async function enterPurse(context: PurseContext): Promise<Result<PurseCommands, CardFault>> {
  const entered = await enter(context, AID.DF04)
  if (!entered.ok) return entered
  if (context.purse.commands !== undefined) return ok(context.purse.commands)
  const detected = await detectPurse(context.conversation)
  if (detected.ok) context.purse.commands = detected.value
  return detected
}

/** A card that does not say how it is used is taken as online: an account must not be spent on a guess. */
async function openOfflinePurse(context: PurseContext): Promise<Result<PurseCommands, AccountRefusal>> {
  const mode = await readUseMode(context)
  if (!mode.ok) return mode
  return mode.value === 'offline' ? enterPurse(context) : refuse({ kind: 'not-on-card' })
}

const accountRefusal = (step: string, refusal: GetBalanceRefusal | TalkFault): AccountRefusal =>
  refusal.kind === 'no-purse' ? { kind: 'not-on-card' } : faultOf(step, refusal)

async function readV1Amount(context: CardContext, item: DataItem): Promise<Result<number, AccountRefusal>> {
  const opened = await openMedicalFile(context, EF.EF06)
  if (!opened.ok) return opened
  return readAmount(context, item)
}

async function readAmount(context: CardContext, item: DataItem): Promise<Result<number, AccountRefusal>> {
  const value = await readItem(context, item)
  if (!value.ok) return value
  if (value.value === undefined) return refuse({ kind: 'not-on-card' })
  const fen = fenOf(value.value)
  return fen === undefined
    ? refuse({ kind: 'malformed-answer', step: '00B2', length: value.value.length })
    : ok(fen)
}

async function readV1Totals(context: CardContext): Promise<Result<YearlyTotals, AccountRefusal>> {
  const own = await readV1Amount(context, V1_ACCOUNT.yearlyOwnPayment)
  if (!own.ok) return own
  const pooled = await readAmount(context, V1_ACCOUNT.yearlyPooledPayment)
  return pooled.ok ? ok({ own: own.value, pooled: pooled.value, year: undefined }) : pooled
}
