/**
 * Closing a day. Nothing is closed that was not seen: what is signed is computed from the ledger once more at that moment,
 * with the centre's answer that the comparison was made with, and a ledger that has gone on refuses it.
 *
 *   ask the centre -> compare -> count the drawer -> decide about every open item -> sign -> close (a fact in the chain)
 *                                                                                             \-> reopen, with a reason
 *
 * A close that was reopened stays where it is in the chain. The next one covers its facts again, and says what is another
 * than it was.
 */

import { never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import { encodeReport } from '../close/canonical-report.ts'
import { askCentre, type CentreAnswer } from '../close/centre-answer.ts'
import { readDay, type Day, type DayItem, type DayPorts, type Hindrance } from '../close/day.ts'
import type { DrawerCount } from '../close/drawer.ts'
import { readPeriod } from '../close/period.ts'
import type { CentreBooks, CloseNotes, ReportKey } from '../close/ports.ts'
import { reportOf, type ReportHead } from '../close/report.ts'
import { checkDecision, type Decision, type DecisionRefusal } from '../close/resolution.ts'
import type { PostingOfRecord, RecordRow } from '../close/rows.ts'
import { extend } from '../ledger/chain.ts'
import { encodeFact } from '../ledger/fact-encoding.ts'
import type { Ledger, LedgerReader, Recorded } from '../ledger/ledger.ts'
import type { CloseRefusal, PostRefusal, ReopenRefusal, StoreFailure } from '../ledger/refusal.ts'

export interface ClosePorts extends DayPorts {
  readonly ledger: Ledger
  readonly notes: CloseNotes
  /** undefined: no centre is connected. */
  readonly centre: CentreBooks | undefined
  readonly actions: CloseActions
}

/** What a decision sets going. The words are the link's, for people: why it came to nothing. */
export interface CloseActions {
  /** Everything that waits is sent now; what becomes of it shows in the ledger. */
  upload(): void
  /** The centre judges a parked fact once more. */
  retry(sequence: number): Promise<Result<undefined, string>>
  /** The centre takes back what it has booked under this message number. */
  reverse(row: RecordRow, reason: string): Promise<Result<undefined, string>>
}

export interface AskPorts extends Pick<ClosePorts, 'centre'> {
  readonly ledger: LedgerReader
}

/** `today`: YYYY-MM-DD. */
export async function askAboutDay({ ledger, centre }: AskPorts, today: string): Promise<Result<CentreAnswer, StoreFailure>> {
  const period = readPeriod(ledger)
  return period.ok ? ok(await askCentre(centre, period.value, today)) : period
}

export type CountRefusal = { readonly kind: 'amount-negative'; readonly field: 'float' | 'counted' } | StoreFailure

/** `at`: 14 digits, like every time here. */
export function countDrawer({ ledger, notes }: Pick<ClosePorts, 'ledger' | 'notes'>, count: DrawerCount, at: string): Result<undefined, CountRefusal> {
  if (count.float < 0) return refuse({ kind: 'amount-negative', field: 'float' })
  if (count.counted < 0) return refuse({ kind: 'amount-negative', field: 'counted' })
  const period = ledger.openPeriod()
  return period.ok ? notes.add(period.value.after, { kind: 'count', count, at }) : period
}

export type DecideRefusal =
  | DecisionRefusal
  /** The ledger went on behind the settlement that the centre has: what would be written is not what the centre holds. */
  | { readonly kind: 'chain-went-on'; readonly settlementId: string; readonly sequence: number; readonly head: number }
  | { readonly kind: 'not-booked'; readonly settlementId: string; readonly refusal: PostRefusal }
  /** The centre was asked and did not do it. */
  | { readonly kind: 'centre-refused'; readonly reason: string }
  | StoreFailure

/** Does what was decided, and keeps that it was. What could not be done was not decided. */
export async function decide(ports: ClosePorts, day: Day, decision: Decision): Promise<Result<undefined, DecideRefusal>> {
  const item = day.items.find((candidate) => candidate.item === decision.item)
  if (item === undefined) return refuse({ kind: 'item-unknown', item: decision.item })
  const wrong = checkDecision(decision, item.offer)
  if (wrong !== undefined) return refuse(wrong)
  const done = await execute(ports, item, decision)
  return done.ok ? ports.notes.add(day.period.after, { kind: 'decision', decision }) : done
}

async function execute({ ledger, actions }: ClosePorts, { content }: DayItem, { resolution, note }: Decision): Promise<Result<undefined, DecideRefusal>> {
  switch (resolution) {
    case 'upload-again': {
      if (content.kind === 'parked') return byCentre(await actions.retry(content.entry.sequence))
      actions.upload()
      return ok(undefined)
    }
    case 'take-centre-amount':
      // Its confirmation brings them; an adjustment has come in already.
      if (content.kind === 'unmatched') actions.upload()
      return ok(undefined)
    case 'book-locally':
      return content.kind === 'unmatched' && content.row.kind === 'centre-only' ? bookLocally(ledger, content.row.record) : ok(undefined)
    case 'reverse-at-centre':
      return content.kind === 'unmatched' && content.row.kind === 'centre-only' ? byCentre(await actions.reverse(content.row.record, note)) : ok(undefined)
    case 'carry-over':
    case 'hand-to-person':
    case 'book-difference':
      return ok(undefined)
    default:
      return never(resolution)
  }
}

const byCentre = (done: Result<undefined, string>): Result<undefined, DecideRefusal> =>
  done.ok ? done : refuse({ kind: 'centre-refused', reason: done.error })

/**
 * Writes the posting that the centre holds of this very ledger. It must be the next link of the chain, byte for byte: the
 * hash that the centre computed is what proves it.
 */
function bookLocally(ledger: Ledger, { id, posting }: RecordRow): Result<undefined, DecideRefusal> {
  const held = ledger.holdState(id)
  if (!held.ok) return held
  const head = ledger.head()
  if (!head.ok) return head
  if (posting === undefined || held.value === undefined || !isNextLink(posting, id, held.value.hold.sequence, head.value)) {
    return refuse({ kind: 'chain-went-on', settlementId: id, sequence: posting?.sequence ?? 0, head: head.value.sequence })
  }
  const posted = ledger.post({ settlementId: id, evidence: posting.evidence, postedAt: posting.postedAt })
  return posted.ok ? ok(undefined) : refuse({ kind: 'not-booked', settlementId: id, refusal: posted.error })
}

function isNextLink({ sequence, hash, evidence, postedAt }: PostingOfRecord, settlementId: string, hold: number, head: Parameters<typeof extend>[0]): boolean {
  const next = extend(head, encodeFact({ kind: 'posting', settlementId, hold, evidence, postedAt }))
  return next.sequence === sequence && hexOf(next.hash) === hash
}

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

export type SignRefusal =
  /** Looked at again at the moment of signing. */
  | { readonly kind: 'hindered'; readonly hindrances: readonly Hindrance[] }
  /** The ledger or a decision has changed since it was looked at. */
  | { readonly kind: 'day-changed'; readonly seen: number; readonly now: number }
  | { readonly kind: 'not-closed'; readonly refusal: CloseRefusal }
  | StoreFailure

export interface SignRequest {
  readonly head: Omit<ReportHead, 'signer'>
  /** What the centre said when the day was compared. */
  readonly answer: CentreAnswer
  /** Revision of the day that was seen; undefined: whoever signs looks at it now. */
  readonly seen: number | undefined
  readonly key: ReportKey
}

export function signDay(ports: ClosePorts, { head, answer, seen, key }: SignRequest): Result<Recorded<'close'>, SignRefusal> {
  const day = readDay(ports, answer)
  if (!day.ok) return day
  if (seen !== undefined && seen !== day.value.revision) return refuse({ kind: 'day-changed', seen, now: day.value.revision })
  if (day.value.hindrances.length > 0) return refuse({ kind: 'hindered', hindrances: day.value.hindrances })
  const signer = { algorithm: 'Ed25519', key: key.source, public_key: key.publicKey } as const
  const report = encodeReport(reportOf(day.value, { ...head, signer }))
  const closed = ports.ledger.closeDay({
    day: head.day,
    report,
    signature: key.sign(report),
    closedAt: head.closedAt,
    upTo: day.value.period.to
  })
  return closed.ok ? ok(closed.value.recorded) : refuse({ kind: 'not-closed', refusal: closed.error })
}

export const REOPEN_REASON_LENGTH_MAX = 200

export type ReopenDayRefusal =
  | { readonly kind: 'reason-invalid'; readonly length: number; readonly lengthMax: number }
  | { readonly kind: 'close-unknown'; readonly close: number }
  | ReopenRefusal

/** `close`: its number, or undefined for the last that counts. */
export function reopenDay(ledger: Ledger, close: number | undefined, reason: string, at: string): Result<Recorded<'reopen'>, ReopenDayRefusal> {
  const words = reason.trim()
  if (words === '' || words.length > REOPEN_REASON_LENGTH_MAX || /\p{Cc}/u.test(words)) {
    return refuse({ kind: 'reason-invalid', length: words.length, lengthMax: REOPEN_REASON_LENGTH_MAX })
  }
  const last = ledger.lastClose()
  if (!last.ok) return last
  if (last.value === undefined || (close !== undefined && close !== last.value.sequence)) return notTheLast(ledger, close, last.value?.sequence)
  const { sequence, fact } = last.value
  const reopened = ledger.reopenDay({ day: fact.day, close: sequence, reason: words, reopenedAt: at })
  return reopened.ok ? ok(reopened.value.recorded) : reopened
}

/** Closes that can be told apart in a message. */
const CLOSES_MAX = 1_000

function notTheLast(ledger: Ledger, close: number | undefined, last: number | undefined): Result<never, ReopenDayRefusal> {
  if (close === undefined) return refuse({ kind: 'close-unknown', close: 0 })
  const closes = ledger.closes(CLOSES_MAX)
  if (!closes.ok) return closes
  const found = closes.value.find((state) => state.close.sequence === close)
  if (found === undefined) return refuse({ kind: 'close-unknown', close })
  const { day } = found.close.fact
  if (found.reopen !== undefined) return refuse({ kind: 'already-reopened', day, close, reason: found.reopen.fact.reason })
  return refuse({ kind: 'not-the-last', close, last: last ?? 0 })
}
