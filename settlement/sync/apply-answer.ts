/**
 * Writes down what the centre says of a batch: what it booked becomes confirmations in the ledger, what it did not becomes
 * parked entries, and the batch is answered; all of it in one transaction. The same answer may come any number of times, and
 * late: what is known already is not written again.
 */

import { never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { BatchAnswer, EntryVerdict, Verdict } from '../batch/batch.ts'
import type { Fact } from '../ledger/fact.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { isBooked, subjectOf } from './fact-subject.ts'
import { isWaiting, type ParkedVerdict } from './parked.ts'
import type { StopReason } from './stop-reason.ts'
import type { BatchRow, ParkedRow, SyncStore } from './sync-store.ts'

export interface Books {
  readonly store: SyncStore
  readonly ledger: Pick<Ledger, 'log' | 'confirm'>
}

/** Sequence numbers of the facts. */
export interface Applied {
  readonly accepted: readonly number[]
  /** Those of the accepted that the centre booked with other amounts. */
  readonly adjusted: readonly number[]
  readonly parked: readonly number[]
  readonly noted: number
}

type FinalVerdict = Exclude<Verdict, { readonly kind: 'exists' }>

interface Judged {
  readonly sequence: number
  readonly fact: Fact
  readonly verdict: FinalVerdict
}

/** Facts read at a time. */
const SLICE_FACTS = 500

export function applyAnswer(books: Books, batch: BatchRow, answer: BatchAnswer, now: string): Result<Applied, StopReason> {
  if (answer.number !== batch.number || answer.hash !== batch.hash) {
    return wrong(`asked about batch ${batch.number}, told about batch ${answer.number} with hash ${answer.hash.slice(0, 12)}`)
  }
  const verdicts = verdictsOf(batch, answer.verdicts)
  if (!verdicts.ok) return verdicts
  return books.store.transaction(() => {
    const written = writeVerdicts(books, batch, verdicts.value, now)
    if (written.ok) books.store.answerBatch(batch.number, now)
    return written
  })
}

/** What the centre says of one fact that it had refused: a person had it judged once more. */
export function applyRetry(books: Books, row: ParkedRow, answer: EntryVerdict, now: string): Result<ParkedRow, StopReason> {
  if (answer.sequence !== row.sequence) return wrong(`asked about fact ${row.sequence}, told about fact ${answer.sequence}`)
  return books.store.transaction(() => {
    const facts = books.ledger.log(row.sequence - 1, 1)
    if (!facts.ok) return facts
    const [logged] = facts.value
    if (logged === undefined) return wrong(`fact ${row.sequence} is not in this ledger`)
    const judged = { sequence: row.sequence, fact: logged.fact, verdict: finalOf(answer.verdict) }
    const again = { ...row, retries: row.retries + 1, changedAt: now }
    if (judged.verdict.kind === 'refused' || judged.verdict.kind === 'conflict') {
      const refused = { ...again, verdict: judged.verdict }
      books.store.putParked(refused)
      return ok(refused)
    }
    const written = writeVerdict(books, judged, now)
    if (!written.ok) return written
    if (written.value === 'parked') return ok(books.store.parked(row.sequence) ?? again)
    const resolved: ParkedRow = { ...again, state: 'resolved' }
    books.store.putParked(resolved)
    return ok(resolved)
  })
}

const wrong = (detail: string): { readonly ok: false; readonly error: StopReason } => refuse({ kind: 'answer-wrong', detail })

/** One for each fact of the batch and for no other, in the order of the facts. */
function verdictsOf(batch: BatchRow, verdicts: readonly EntryVerdict[]): Result<readonly FinalVerdict[], StopReason> {
  if (verdicts.length !== batch.count) return wrong(`batch ${batch.number} has ${batch.count} facts, the answer ${verdicts.length} verdicts`)
  const placed: (FinalVerdict | undefined)[] = Array.from({ length: batch.count })
  for (const { sequence, verdict } of verdicts) {
    const place = sequence - batch.first
    if (place < 0 || place >= batch.count) return wrong(`batch ${batch.number} has no fact ${sequence}`)
    if (placed[place] !== undefined) return wrong(`two verdicts for fact ${sequence}`)
    placed[place] = finalOf(verdict)
  }
  return ok(placed.flatMap((verdict) => verdict ?? []))
}

const finalOf = (verdict: Verdict): FinalVerdict => (verdict.kind === 'exists' ? verdict.verdict : verdict)

function writeVerdicts(books: Books, batch: BatchRow, verdicts: readonly FinalVerdict[], now: string): Result<Applied, StopReason> {
  const accepted: number[] = []
  const adjusted: number[] = []
  const parked: number[] = []
  for (let from = 0; from < verdicts.length; from += SLICE_FACTS) {
    const slice = verdicts.slice(from, from + SLICE_FACTS)
    const facts = books.ledger.log(batch.first + from - 1, slice.length)
    if (!facts.ok) return facts
    for (const [index, verdict] of slice.entries()) {
      const logged = facts.value[index]
      const sequence = batch.first + from + index
      if (logged?.sequence !== sequence) return wrong(`fact ${sequence} is not in this ledger`)
      const written = writeVerdict(books, { sequence, fact: logged.fact, verdict }, now)
      if (!written.ok) return written
      if (written.value === 'parked') parked.push(sequence)
      if (written.value === 'accepted') accepted.push(sequence)
      if (written.value === 'accepted' && verdict.kind === 'accepted' && verdict.ofRecord !== undefined) adjusted.push(sequence)
    }
  }
  return ok({ accepted, adjusted, parked, noted: verdicts.length - accepted.length - parked.length })
}

function writeVerdict(books: Books, judged: Judged, now: string): Result<'accepted' | 'parked' | 'noted', StopReason> {
  const { sequence, fact, verdict } = judged
  const booked = isBooked(subjectOf(fact))
  switch (verdict.kind) {
    case 'noted':
      return booked ? wrong(`fact ${sequence} is a ${fact.kind}, which is booked or refused, and the centre only noted it`) : ok('noted')
    case 'accepted':
      return booked ? confirm(books, judged, verdict, now) : wrong(`fact ${sequence} is a ${fact.kind}, and the centre says it booked it`)
    case 'refused':
    case 'conflict':
      park(books, judged, verdict, now)
      return ok('parked')
    default:
      return never(verdict)
  }
}

type Accepted = Extract<Verdict, { readonly kind: 'accepted' }>

function confirm({ store, ledger }: Books, { sequence, fact }: Judged, accepted: Accepted, now: string): Result<'accepted' | 'parked', StopReason> {
  const { setlId, setlTime, ofRecord } = accepted
  const confirmed = ledger.confirm({ id: subjectOf(fact).id, target: sequence, setlId, setlTime, ofRecord, confirmedAt: now })
  if (confirmed.ok) return ok('accepted')
  const { error } = confirmed
  if (error.kind === 'store-failure') return refuse(error)
  if (error.kind !== 'already-confirmed') return refuse({ kind: 'not-recorded', sequence, refusal: error.kind })
  park({ store }, { sequence, fact }, { kind: 'answer-differs', setlId, setlTime, ofRecord }, now)
  return ok('parked')
}

/** A verdict that is known already keeps what people have done about it. */
function park({ store }: Pick<Books, 'store'>, { sequence, fact }: Pick<Judged, 'sequence' | 'fact'>, verdict: ParkedVerdict, now: string): void {
  if (store.parked(sequence) !== undefined) return
  const { kind, id } = subjectOf(fact)
  const row: ParkedRow = { sequence, kind, id, verdict, since: now, state: 'open', retries: 0, changedAt: now, note: '' }
  const settlement = isVoid(row) ? store.parkedOf(id).filter(isWaitingPosting) : []
  store.putParked(settlement.length === 0 ? row : { ...row, state: 'reversed' })
  for (const posting of settlement) store.putParked({ ...posting, state: 'reversed', changedAt: now })
}

/** A correction of what the centre never booked needs no booking: taken back here and unknown there, both sides have nothing. */
const isVoid = ({ kind, verdict }: ParkedRow): boolean =>
  kind === 'correction' && verdict.kind === 'refused' && verdict.refusal.kind === 'target-not-booked'

const isWaitingPosting = ({ kind, state }: ParkedRow): boolean => kind === 'posting' && isWaiting(state)
