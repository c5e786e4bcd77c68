/**
 * Writes down what the centre says of a batch: what it booked becomes confirmations in the ledger, what it did not becomes
 * parked entries, and with the last of them the batch is answered. First the whole answer is held against the facts, then it
 * is written slice by slice, so that a settlement waits for a slice at most. The same answer may come any number of times,
 * and late: what is known already is not written again, so an answer that was written by half is written to its end.
 */

import { invariant, never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { BatchAnswer, EntryVerdict, Verdict } from '../batch/batch.ts'
import type { Fact } from '../ledger/fact.ts'
import { decodeFact } from '../ledger/fact-decoding.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { StoreFailure } from '../ledger/refusal.ts'
import { isBookedKind, subjectOf } from './fact-subject.ts'
import { isWaiting, wasConfirmed, type ParkedVerdict } from './parked.ts'
import type { Breath, SyncClock } from './ports.ts'
import type { StopReason } from './stop-reason.ts'
import type { BatchRow, ParkedRow, SyncStore } from './sync-store.ts'

export interface Books {
  readonly store: SyncStore
  readonly ledger: Pick<Ledger, 'links' | 'kinds' | 'confirmAll' | 'awaiting'>
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

/** More than noted. */
interface Judged {
  readonly sequence: number
  readonly verdict: Exclude<FinalVerdict, { readonly kind: 'noted' }>
}

/** Verdicts that are written in one transaction: a millisecond and its flush. Half as many cost three microseconds more each. */
const WRITTEN_FACTS = 64
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

/** What the centre says of one fact that it had refused and was had to judge once more. */
export function applyRetry(books: Books, row: ParkedRow, answer: EntryVerdict, now: string): Result<ParkedRow, StopReason> {
  if (answer.sequence !== row.sequence) return wrong(`asked about fact ${row.sequence}, told about fact ${answer.sequence}`)
  return books.store.transaction(() => {
    const fact = factAt(books, row.sequence)
    if (!fact.ok) return fact
    const verdict = finalOf(answer.verdict)
    const misfit = misfitOf(row.sequence, fact.value.kind, verdict)
    if (misfit !== undefined) return wrong(misfit)
    const again = { ...row, retries: row.retries + 1, changedAt: now }
    if (verdict.kind === 'refused' || verdict.kind === 'conflict') {
      const heard = asHeard(books.ledger, row, verdict)
      if (!heard.ok) return heard
      const refused: ParkedRow = { ...again, verdict: heard.value, state: row.state === 'resolved' ? 'open' : row.state }
      books.store.putParked(refused)
      return ok(refused)
    }
    const written = verdict.kind === 'noted' ? ok([]) : writeRun(books, [{ sequence: row.sequence, verdict }], now, () => true)
    if (!written.ok) return written
    if (written.value[0] === 'parked') return ok(books.store.parked(row.sequence) ?? again)
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
  while (count < judged.length && (count === 0 || !isEnough())) {
    const written = writeRun(books, judged.slice(count), now, isEnough)
    if (!written.ok) return written
    for (const [index, outcome] of written.value.entries()) {
      const one = judged[count + index]
      if (one === undefined) continue
      if (outcome === 'parked') parked.push(one.sequence)
      else accepted.push(one.sequence)
      if (outcome === 'accepted' && one.verdict.kind === 'accepted' && one.verdict.ofRecord !== undefined) adjusted.push(one.sequence)
    }
    count += written.value.length
  }
  return ok({ applied: { accepted, adjusted, parked, noted: 0 }, count })
}

type Written = 'accepted' | 'parked'

/** What the centre has booked in a row is confirmed together; what it has not is parked by itself. */
function writeRun(books: Books, judged: readonly Judged[], now: string, isEnough: () => boolean): Result<readonly Written[], StopReason> {
  const [first] = judged
  invariant(first !== undefined, 'nothing is to be written')
  const { sequence, verdict } = first
  switch (verdict.kind) {
    case 'accepted':
      return confirm(books, acceptedOf(judged), now, isEnough)
    case 'refused':
    case 'conflict': {
      const parked = park(books, sequence, verdict, now)
      return parked.ok ? ok([parked.value]) : parked
    }
    default:
      return never(verdict)
  }
}

interface AcceptedFact {
  readonly sequence: number
  readonly verdict: Accepted
}

/** Those before the first that is not. */
function acceptedOf(judged: readonly Judged[]): AcceptedFact[] {
  const accepted: AcceptedFact[] = []
  for (const { sequence, verdict } of judged) {
    if (verdict.kind !== 'accepted') break
    accepted.push({ sequence, verdict })
  }
  return accepted
}

type Accepted = Extract<Verdict, { readonly kind: 'accepted' }>

function confirm(books: Books, accepted: readonly AcceptedFact[], now: string, isEnough: () => boolean): Result<readonly Written[], StopReason> {
  const requests = accepted.map(({ sequence, verdict: { setlId, setlTime, ofRecord } }) => ({ target: sequence, setlId, setlTime, ofRecord, confirmedAt: now }))
  const confirmed = books.ledger.confirmAll(requests, isEnough)
  if (!confirmed.ok) return confirmed
  const written: Written[] = []
  const mayBeParked = books.store.hasParked()
  for (const [index, outcome] of confirmed.value.entries()) {
    const request = requests[index]
    if (outcome.ok || request === undefined) {
      written.push('accepted')
      if (mayBeParked && request !== undefined) resolve(books.store, request.target, now)
      continue
    }
    const { target: sequence, setlId, setlTime, ofRecord } = request
    const { error } = outcome
    if (error.kind === 'store-failure') return refuse(error)
    if (error.kind !== 'already-confirmed') return refuse({ kind: 'not-recorded', sequence, refusal: error.kind })
    const parked = park(books, sequence, { kind: 'answer-differs', setlId, setlTime, ofRecord }, now)
    if (!parked.ok) return parked
    written.push('parked')
  }
  return ok(written)
}

/** Booked after all, or with the first word again, by a centre that was put back: nothing is left to do about it. */
function resolve(store: SyncStore, sequence: number, now: string): void {
  const row = store.parked(sequence)
  if (row !== undefined && row.state !== 'resolved') store.putParked({ ...row, state: 'resolved', changedAt: now })
}

/** A verdict that is known already keeps what people have done about it; a new word of what is booked does not. */
function park(books: Books, sequence: number, verdict: ParkedVerdict, now: string): Result<'parked', StopReason> {
  const { store } = books
  const known = store.parked(sequence)
  if (known !== undefined && !isNewWord(verdict, known.verdict)) return ok('parked')
  const fact = factAt(books, sequence)
  if (!fact.ok) return fact
  const { kind, id } = subjectOf(fact.value)
  const heard = asHeard(books.ledger, { sequence, kind }, verdict)
  if (!heard.ok) return heard
  const row: ParkedRow = { sequence, kind, id, verdict: heard.value, since: now, state: 'open', retries: 0, changedAt: now, note: '' }
  const settlement = isVoid(row) ? store.parkedOf(id).filter(isWaitingPosting) : []
  store.putParked(settlement.length === 0 ? row : { ...row, state: 'reversed' })
  for (const posting of settlement) store.putParked({ ...posting, state: 'reversed', changedAt: now })
  return ok('parked')
}

/** With what the ledger knows of it: a centre that was put back may not book again what it had confirmed. */
function asHeard(ledger: Books['ledger'], { sequence, kind }: Pick<ParkedRow, 'sequence' | 'kind'>, verdict: ParkedVerdict): Result<ParkedVerdict, StoreFailure> {
  if (kind === 'other' || verdict.kind === 'answer-differs') return ok(verdict)
  const next = ledger.awaiting(1, sequence - 1)
  if (!next.ok) return next
  return ok(next.value[0]?.sequence === sequence ? verdict : { ...verdict, wasConfirmed: true })
}

const isNewWord = (verdict: ParkedVerdict, known: ParkedVerdict): boolean =>
  verdict.kind === 'answer-differs' && JSON.stringify(verdict) !== JSON.stringify(known)

/**
 * A correction of what the centre never booked needs no booking: taken back here and unknown there, both sides have nothing. What was
 * confirmed once a centre that was put back has to book anew.
 */
const isVoid = ({ kind, verdict }: ParkedRow): boolean =>
  kind === 'correction' && verdict.kind === 'refused' && verdict.refusal.kind === 'target-not-booked' && !wasConfirmed(verdict)

const isWaitingPosting = ({ kind, state, verdict }: ParkedRow): boolean => kind === 'posting' && isWaiting(state) && !wasConfirmed(verdict)
