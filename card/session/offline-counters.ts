/**
 * 临时脱网结算信息: DF04 EF06 of a v2.00 card, what temporary offline settlement has used up since the last online one.
 * Reading asks for the PIN and RK1DF04, writing for UK2DF04.
 */

import { invariant } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import { packDecimal } from '../bytes/packed-decimal.ts'
import { updateRecordByTag } from '../command/update-record.ts'
import { AID } from '../identifier/application.ts'
import { EF } from '../identifier/data-item.ts'
import { KEY } from '../identifier/key-reference.ts'
import { enter, openFile, readItems, showKey, type CardContext } from './access.ts'
import type { AccountRefusal } from './account.ts'
import { fenOf, OFFLINE, textOf } from './items.ts'

export interface OfflineCounters {
  /** 准许脱网标识 */
  readonly allowed: boolean
  /** 脱网累计金额, fen; 0 to 99 999 999. */
  readonly amount: number
  /** 脱网累计次数; 0 to 99. */
  readonly count: number
}

export const OFFLINE_AMOUNT_MAX_FEN = 99_999_999
export const OFFLINE_COUNT_MAX = 99

export async function readOfflineCounters(context: CardContext): Promise<Result<OfflineCounters, AccountRefusal>> {
  const opened = await openOfflineFile(context, KEY.RK1DF04)
  if (!opened.ok) return opened
  const items = await readItems(context, OFFLINE)
  if (!items.ok) return items
  const { allowed, amount, count } = items.value
  const fen = fenOf(amount)
  const times = /^\d{1,2}$/.exec(textOf(count) ?? '')?.[0]
  if (fen === undefined || times === undefined) {
    return refuse({ kind: 'malformed-answer', step: '00B2', length: (amount?.length ?? 0) + (count?.length ?? 0) })
  }
  return ok({ allowed: textOf(allowed) === '1', amount: fen, count: Number(times) })
}

/** What is left out stays as it is. Amount before count: a tear between them leaves the stricter limit ahead. */
export async function writeOfflineCounters(
  context: CardContext,
  counters: Partial<OfflineCounters>
): Promise<Result<null, AccountRefusal>> {
  const writes = encode(counters)
  const opened = await openOfflineFile(context, KEY.UK2DF04)
  if (!opened.ok) return opened
  for (const { tag, value } of writes) {
    const written = await context.conversation.ask(updateRecordByTag(tag, value))
    if (!written.ok) return written
  }
  return ok(null)
}

async function openOfflineFile(
  context: CardContext,
  key: typeof KEY.RK1DF04
): Promise<Result<null, AccountRefusal>> {
  // On v1.00 the same tags hold the balance and the yearly totals.
  if (context.identity.version === '1.00') return refuse({ kind: 'not-on-card' })
  const entered = await enter(context, AID.DF04)
  if (!entered.ok) return entered
  const shown = await showKey(context, key)
  return shown.ok ? openFile(context, EF.EF06) : shown
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0))

function encode({ allowed, amount, count }: Partial<OfflineCounters>): { tag: number; value: Uint8Array }[] {
  const writes: { tag: number; value: Uint8Array }[] = []
  if (allowed !== undefined) writes.push({ tag: OFFLINE.allowed.tag, value: ascii(allowed ? '1' : '0') })
  if (amount !== undefined) {
    invariant(Number.isInteger(amount) && amount >= 0 && amount <= OFFLINE_AMOUNT_MAX_FEN, `offline amount ${amount} fen`)
    writes.push({ tag: OFFLINE.amount.tag, value: packDecimal(String(amount), OFFLINE.amount.length) })
  }
  if (count !== undefined) {
    invariant(Number.isInteger(count) && count >= 0 && count <= OFFLINE_COUNT_MAX, `offline count ${count}`)
    writes.push({ tag: OFFLINE.count.tag, value: ascii(String(count).padStart(2, '0')) })
  }
  return writes
}
