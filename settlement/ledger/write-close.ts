/**
 * A day is closed by what was counted, not by the clock: the close says up to which fact its report goes, and is refused when
 * the ledger has gone on meanwhile. Only the last close that counts can be reopened, so that periods never overlap.
 */

import { invariant } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import { append, sameContent } from './append-fact.ts'
import { checkTime } from './check-hold.ts'
import type { FactOf, Reopen } from './fact.ts'
import { factAt, optional } from './find-facts.ts'
import type { CloseRequest, Receipt } from './ledger.ts'
import type { WritableStore } from './ledger-store.ts'
import type { CloseRefusal, ReopenRefusal } from './refusal.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/

export function writeClose(store: WritableStore, { upTo, ...request }: CloseRequest): Result<Receipt<'close'>, CloseRefusal> {
  checkTime('closedAt', request.closedAt)
  invariant(DAY.test(request.day), `day "${request.day}" is not YYYY-MM-DD`)
  const { day } = request
  const fact: FactOf<'close'> = { kind: 'close', ...request }
  const last = optional(store.lastClose(), (sequence) => factAt(store, sequence, 'close'))
  // Repeated after a failure of the store: what was counted then ended just before it.
  const isRepeated = last !== undefined && upTo === last.sequence - 1 && sameContent({ ...last.fact, closedAt: request.closedAt }, fact)
  if (isRepeated) return ok({ outcome: 'exists', recorded: last })
  const head = store.head().sequence
  if (upTo !== head) return refuse({ kind: 'counted-elsewhere', upTo, head })
  if (last !== undefined && day < last.fact.day) return refuse({ kind: 'day-before-last-close', day, lastDay: last.fact.day })
  if (last !== undefined && day === last.fact.day && last.sequence === head) {
    return refuse({ kind: 'nothing-to-close', day, close: last.sequence })
  }
  return ok({ outcome: 'written', recorded: append(store, fact, {}) })
}

export function writeReopen(store: WritableStore, request: Reopen): Result<Receipt<'reopen'>, ReopenRefusal> {
  checkTime('reopenedAt', request.reopenedAt)
  const { day, close } = request
  if (!isCloseOf(store, close, day)) return refuse({ kind: 'close-unknown', day, close })
  const earlier = optional(store.reopenOf(close), (sequence) => factAt(store, sequence, 'reopen'))
  if (earlier !== undefined) {
    const { reason } = earlier.fact
    return reason === request.reason
      ? ok({ outcome: 'exists', recorded: earlier })
      : refuse({ kind: 'already-reopened', day, close, reason })
  }
  const last = store.lastClose() ?? 0
  if (last !== close) return refuse({ kind: 'not-the-last', close, last })
  if (request.reason.trim() === '') return refuse({ kind: 'reason-missing' })
  return ok({ outcome: 'written', recorded: append(store, { kind: 'reopen', ...request }, {}) })
}

const isCloseOf = (store: WritableStore, close: number, day: string): boolean =>
  store.isClose(close) && factAt(store, close, 'close').fact.day === day
