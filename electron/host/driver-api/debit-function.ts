/**
 * iDoDebit: the card signs amounts of another program's bill, at most once a key. What an earlier call left open on this card
 * is proved first, and without a proof nothing new is signed.
 *
 *   key known? -> its answer     else: open debits of the card -> proof -> initialise -> written down -> DEBIT -> written down
 */

import { never } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CardSession } from '../../../card/session/card-session.ts'
import type { DebitEvidence, DebitIntent } from '../../../card/session/debit-intent.ts'
import type { FaultPoint } from '../fault-point.ts'
import { contradicts } from './card-info.ts'
import type { DebitJournal, DebitKey, DebitRow } from './debit-journal.ts'
import { returned, type FunctionParams, type Returned } from './functions.ts'
import { yuanOf } from './item-text.ts'
import { parsePayInfo, type PayInfo } from './pay-info.ts'
import { codeOfDebit, RETURN } from './return-code.ts'

export interface DebitPorts {
  readonly journal: DebitJournal
  /** A settlement or load of the till's own that this card left open: it comes first. */
  readonly isInDoubt: (cardId: string) => boolean
  readonly faultPoint: FaultPoint
  /** YYYYMMDDhhmmss. */
  readonly now: () => string
}

export const KEY_REUSED = 'Idempotency-Key: stands for another debit already; every debit needs a key of its own'

/** What the key stands for already; undefined: nothing yet, or a debit that did not happen. */
export function answeredBefore(journal: DebitJournal, key: DebitKey, request: string): Result<Returned | undefined, 'other-request'> {
  const row = journal.find(key)
  if (row === undefined) return ok(undefined)
  if (row.request !== request) return refuse('other-request')
  return ok(row.state === 'debited' && row.evidence !== undefined ? debitedAnswer(row.intent, row.evidence) : undefined)
}

export async function doDebit(ports: DebitPorts, session: CardSession, key: DebitKey, request: string, { pCardInfo, pPayInfo }: FunctionParams<'iDoDebit'>): Promise<Returned> {
  const other = contradicts(pCardInfo, session.identity)
  if (other !== undefined) return other
  const pay = parsePayInfo(pPayInfo)
  if (!pay.ok) return returned(RETURN.wrongData, { problem: pay.error })
  const { identificationCode } = session.identity
  if (!(await proveOpen(ports.journal, session)) || ports.isInDoubt(identificationCode)) return returned(RETURN.proofUnavailable)
  // The proof may just have told what became of this very key.
  const answered = answeredBefore(ports.journal, key, request)
  if (!answered.ok) return returned(RETURN.wrongData, { problem: KEY_REUSED })
  if (answered.value !== undefined) return answered.value
  return sign(ports, session, key, request, pay.value)
}

/** Asks the card what became of its open debits; false: of one of them it cannot tell. */
export async function proveOpen(journal: DebitJournal, session: CardSession): Promise<boolean> {
  let isProved = true
  for (const row of journal.openOf(session.identity.identificationCode)) isProved = (await prove(journal, session, row)) && isProved
  return isProved
}

async function prove(journal: DebitJournal, session: CardSession, row: DebitRow): Promise<boolean> {
  const resolution = await session.resolveDebit(row.intent)
  if (resolution.kind === 'unresolved') return false
  journal.close(row, resolution.kind === 'debited' ? resolution.evidence : undefined)
  return true
}

async function sign({ journal, faultPoint, now }: DebitPorts, session: CardSession, key: DebitKey, request: string, { amounts, time }: PayInfo): Promise<Returned> {
  const intent = await session.initialiseDebit({ amounts, time })
  if (!intent.ok) return returned(codeOfDebit(intent.error))
  journal.open(key, request, intent.value, now())
  faultPoint('driver-debit-written')
  const outcome = await session.debit(intent.value)
  faultPoint('driver-debited')
  switch (outcome.kind) {
    case 'debited':
      journal.close(key, outcome.evidence)
      return debitedAnswer(intent.value, outcome.evidence)
    case 'not-debited':
      journal.close(key, undefined)
      return returned(codeOfDebit(outcome.refusal))
    case 'unknown':
      return returned(RETURN.cardMute, { problem: 'it is not known whether the card was debited: put the same card back, let its holder give the PIN, then ask again with the same Idempotency-Key' })
    default:
      return never(outcome)
  }
}

/**
 * terminal number | time | account | own | pooled | serial | terminal serial | TAC | : what a centre needs to check the TAC. The
 * order is ours, no source shows one. The TAC is empty where only the card's log proves the debit.
 */
function debitedAnswer({ terminalNo, time, amounts, serialBefore, terminalSerial }: DebitIntent, { tac }: DebitEvidence): Returned {
  const fields = [terminalNo, time, yuanOf(amounts.account), yuanOf(amounts.own), yuanOf(amounts.pooled), serialBefore, terminalSerial, tac ?? '']
  return returned(RETURN.done, { pOutInfo: fields.map((field) => `${field}|`).join('') })
}
