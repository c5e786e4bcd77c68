/**
 * Writes down what the centre says of a batch: what it booked becomes confirmations in the ledger, what it did not becomes
 * parked entries, and with the last of them the batch is answered. First the whole answer is held against the facts, then it
 * is written slice by slice, so that a settlement waits for a slice at most. The same answer may come any number of times,
 * and late: what is known already is not written again, so an answer that was written by half is written to its end.
 */

import { never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { BatchAnswer, EntryVerdict, Verdict } from '../batch/batch.ts'
import type { Fact } from '../ledger/fact.ts'
import { decodeFact } from '../ledger/fact-decoding.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { isBookedKind, subjectOf } from './fact-subject.ts'
import { isWaiting, type ParkedVerdict } from './parked.ts'
import type { Breath, SyncClock } from './ports.ts'
import type { StopReason } from './stop-reason.ts'
import type { BatchRow, ParkedRow, SyncStore } from './sync-store.ts'

export interface Books {
  readonly store: SyncStore
  readonly ledger: Pick<Ledger, 'links' | 'kinds' | 'confirm'>
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
  readonly verdict: FinalVerdict
}

/** Verdicts that are written in one transaction: a millisecond and its flush. */
const WRITTEN_FACTS = 32
/** No more of them when the clock has gone on so far: on a slow machine, or one that does something else. */
const WRITTEN_MS = 2

export interface Pace {
  readonly clock: SyncClock
  /** Between two slices; without it the next follows at once. */
  readonly breath?: Breath | undefined
}

export async function applyAnswer(books: Books, batch: BatchRow, answer: BatchAnswer, { clock, breath }: Pace): Promise<Result<Applied, StopReason>> {
  if (answer.number !== batch.number || answer.hash !== batch.hash) {
    return wrong(`asked about batch ${batch.number}, told about batch ${answer.number} with hash ${answer.hash.slice(0, 12)}`)
  }
  const verdicts = verdictsOf(batch, answer.verdicts)
  if (!verdicts.ok) return verdicts
  const judged = judgedFacts(books, batch, verdicts.value)
  if (!judged.ok) return judged
  const now = clock().time
  let applied: Applied = { accepted: [], adjusted: [], parked: [], noted: verdicts.value.length - judged.value.length }
  let from = 0
  do {
    await breath?.()
    const written = books.store.transaction(() => {
      const slice = writeSlice(books, judged.value.slice(from, from + WRITTEN_FACTS), now, soon(clock))
      if (slice.ok && from + slice.value.count >= judged.value.length) books.store.answerBatch(batch.number, now)
      return slice
    })
    if (!written.ok) return written
    applied = together(applied, written.value.applied)
    from += written.value.count
  } while (from < judged.value.length)
  return ok(applied)
}

/** Whether a slice that begins now has lasted long enough. */
function soon(clock: SyncClock): () => boolean {
  const began = clock().epochMs
  return () => clock().epochMs - began >= WRITTEN_MS
}

const together = (one: Applied, other: Applied): Applied => ({
  accepted: [...one.accepted, ...other.accepted],
  adjusted: [...one.adjusted, ...other.adjusted],
  parked: [...one.parked, ...other.parked],
  noted: one.noted + other.noted
})

/** What the centre says of one fact that it had refused: a person had it judged once more. */
export function applyRetry(books: Books, row: ParkedRow, answer: EntryVerdict, now: string): Result<ParkedRow, StopReason> {
  if (answer.sequence !== row.sequence) return wrong(`asked about fact ${row.sequence}, told about fact ${answer.sequence}`)
  return books.store.transaction(() => {
    const fact = factAt(books, row.sequence)
    if (!fact.ok) return fact
    const judged = { sequence: row.sequence, verdict: finalOf(answer.verdict) }
    const misfit = misfitOf(row.sequence, fact.value.kind, judged.verdict)
    if (misfit !== undefined) return wrong(misfit)
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

/** Those that are more than noted, once every verdict is one that its fact can have. No fact is read for it, only what kind it is. */
function judgedFacts({ ledger }: Books, batch: BatchRow, verdicts: readonly FinalVerdict[]): Result<readonly Judged[], StopReason> {
  const kinds = ledger.kinds(batch.first - 1, batch.count)
  if (!kinds.ok) return kinds
  const judged: Judged[] = []
  for (const [index, verdict] of verdicts.entries()) {
    const sequence = batch.first + index
    const kind = kinds.value[index]
    if (kind === undefined) return wrong(`fact ${sequence} is not in this ledger`)
    const misfit = misfitOf(sequence, kind, verdict)
    if (misfit !== undefined) return wrong(misfit)
    if (verdict.kind !== 'noted') judged.push({ sequence, verdict })
  }
  return ok(judged)
}

function factAt({ ledger }: Books, sequence: number): Result<Fact, StopReason> {
  const links = ledger.links(sequence - 1, 1)
  if (!links.ok) return links
  const [link] = links.value
  return link?.sequence === sequence ? ok(decodeFact(link.content)) : wrong(`fact ${sequence} is not in this ledger`)
}

/** Only what is booked or refused can be accepted, and it is never only noted. */
function misfitOf(sequence: number, kind: string, verdict: FinalVerdict): string | undefined {
  if (verdict.kind === 'noted' && isBookedKind(kind)) {
    return `fact ${sequence} is a ${kind}, which is booked or refused, and the centre only noted it`
  }
  return verdict.kind === 'accepted' && !isBookedKind(kind) ? `fact ${sequence} is a ${kind}, and the centre says it booked it` : undefined
}

interface Slice {
  readonly applied: Applied
  /** How many of the facts are written: at least one. */
  readonly count: number
}

function writeSlice(books: Books, judged: readonly Judged[], now: string, isEnough: () => boolean): Result<Slice, StopReason> {
  const accepted: number[] = []
  const adjusted: number[] = []
  const parked: number[] = []
  let count = 0
  for (const one of judged) {
    if (count > 0 && isEnough()) break
    const written = writeVerdict(books, one, now)
    if (!written.ok) return written
    count += 1
    if (written.value === 'parked') parked.push(one.sequence)
    if (written.value === 'accepted') accepted.push(one.sequence)
    if (written.value === 'accepted' && one.verdict.kind === 'accepted' && one.verdict.ofRecord !== undefined) adjusted.push(one.sequence)
  }
  return ok({ applied: { accepted, adjusted, parked, noted: 0 }, count })
}

function writeVerdict(books: Books, judged: Judged, now: string): Result<'accepted' | 'parked' | 'noted', StopReason> {
  const { verdict } = judged
  switch (verdict.kind) {
    case 'noted':
      return ok('noted')
    case 'accepted':
      return confirm(books, judged, verdict, now)
    case 'refused':
    case 'conflict':
      return park(books, judged.sequence, verdict, now)
    default:
      return never(verdict)
  }
}

type Accepted = Extract<Verdict, { readonly kind: 'accepted' }>

function confirm(books: Books, { sequence }: Judged, accepted: Accepted, now: string): Result<'accepted' | 'parked', StopReason> {
  const { setlId, setlTime, ofRecord } = accepted
  const confirmed = books.ledger.confirm({ target: sequence, setlId, setlTime, ofRecord, confirmedAt: now })
  if (confirmed.ok) return ok('accepted')
  const { error } = confirmed
  if (error.kind === 'store-failure') return refuse(error)
  if (error.kind !== 'already-confirmed') return refuse({ kind: 'not-recorded', sequence, refusal: error.kind })
  return park(books, sequence, { kind: 'answer-differs', setlId, setlTime, ofRecord }, now)
}

/** A verdict that is known already keeps what people have done about it. */
function park(books: Books, sequence: number, verdict: ParkedVerdict, now: string): Result<'parked', StopReason> {
  const { store } = books
  if (store.parked(sequence) !== undefined) return ok('parked')
  const fact = factAt(books, sequence)
  if (!fact.ok) return fact
  const { kind, id } = subjectOf(fact.value)
  const row: ParkedRow = { sequence, kind, id, verdict, since: now, state: 'open', retries: 0, changedAt: now, note: '' }
  const settlement = isVoid(row) ? store.parkedOf(id).filter(isWaitingPosting) : []
  store.putParked(settlement.length === 0 ? row : { ...row, state: 'reversed' })
  for (const posting of settlement) store.putParked({ ...posting, state: 'reversed', changedAt: now })
  return ok('parked')
}

/** A correction of what the centre never booked needs no booking: taken back here and unknown there, both sides have nothing. */
const isVoid = ({ kind, verdict }: ParkedRow): boolean =>
  kind === 'correction' && verdict.kind === 'refused' && verdict.refusal.kind === 'target-not-booked'

const isWaitingPosting = ({ kind, state }: ParkedRow): boolean => kind === 'posting' && isWaiting(state)
