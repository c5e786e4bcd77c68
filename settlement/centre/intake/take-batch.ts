/**
 * One batch, one transaction. The terminal's row is locked first, so two uploads of one terminal come after each other and
 * the second finds what the first has left:
 *
 *   the number that comes next     judged, written, answered
 *   a number known already         the same bytes: the answer that they got; other bytes: a conflict
 *   any other number               told where the centre stands
 *
 * The answer goes out when it is durable. A terminal that does not hear it sends the batch again.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { readBatchAnswer, writeFramesAnswer } from '../../batch/answer.ts'
import { invariant } from '../../../base/invariant.ts'
import { FRAMES_VERSION, type Batch, type BatchAnswer, type Standing } from '../../batch/batch.ts'
import { extend, type Head } from '../../ledger/chain.ts'
import type { CentreMoment, CentrePorts } from '../ports.ts'
import { lockTerminal } from '../record/lock.ts'
import { standingOf } from '../serve/standing.ts'
import type { CentreTransaction } from '../store/centre-database.ts'
import { insertRows } from '../store/insert-rows.ts'
import type { TerminalRow } from '../store/schema.ts'
import { writeOnce } from './clash.ts'
import { gather, mayBeNew } from './gather.ts'
import { judge } from './judge.ts'
import type { Judgement } from './judging.ts'
import type { Booked } from './needed.ts'
import type { CompiledPolicies } from './policies.ts'
import type { ReachedStep } from './steps.ts'
import { verdictText } from './verdict-text.ts'
import { writeBookings } from './write-bookings.ts'

export interface IntakePorts extends Pick<CentrePorts, 'database' | 'authority' | 'clock'> {
  readonly policies: CompiledPolicies
  readonly reached: ReachedStep
}

export interface SignedBatch {
  /** Whose signature the request bore. */
  readonly terminal: string
  readonly batch: Batch
  /** As it came, which is how it is kept: under zstd or not. */
  readonly body: Uint8Array
  /** SHA-256 of the uncompressed bytes in hex. */
  readonly hash: string
  readonly signature: string
  /** 14 digits: when the terminal says it has signed. */
  readonly time: string
}

/** In the order in which they are looked for. Nothing has been written when one is given. */
export type BatchRefusal =
  /** A batch of another terminal, under this one's signature. */
  | { readonly kind: 'terminal-differs'; readonly signedBy: string; readonly inBatch: string }
  /** Enrolled no more. */
  | { readonly kind: 'terminal-unknown'; readonly terminal: string }
  /** The number is known with other content: two ledgers under one name, or one that was restored from a copy. */
  | { readonly kind: 'batch-conflict'; readonly number: number; readonly hash: string }
  | { readonly kind: 'batch-out-of-order'; readonly standing: Standing }
  /** `previous` is not the batch before, or a fact's hash is not the chain's. */
  | { readonly kind: 'chain-broken'; readonly at: 'previous' | number; readonly standing: Standing }

export function takeBatch(ports: IntakePorts, signed: SignedBatch): Promise<Result<BatchAnswer, BatchRefusal>> {
  const { head } = signed.batch
  if (head.terminal !== signed.terminal) {
    return Promise.resolve(refuse({ kind: 'terminal-differs', signedBy: signed.terminal, inBatch: head.terminal }))
  }
  const moment = ports.clock()
  return writeOnce(ports.database, (transaction, isFirst) => take({ ports, signed, transaction, moment, isFirst })).then((answer) => {
    if (answer.ok) ports.reached('intake-committed')
    return answer
  })
}

interface Taking {
  readonly ports: IntakePorts
  readonly signed: SignedBatch
  readonly transaction: CentreTransaction
  readonly moment: CentreMoment
  /** Not judged again after it was not as new as it looked. */
  readonly isFirst: boolean
}

async function take(taking: Taking): Promise<Result<BatchAnswer, BatchRefusal>> {
  const { ports, signed, transaction } = taking
  const { head } = signed.batch
  const terminal = await lockTerminal(transaction, signed.terminal)
  if (terminal === undefined) return refuse({ kind: 'terminal-unknown', terminal: signed.terminal })
  ports.reached('intake-locked')
  if (head.number <= terminal.batch) return answeredBefore(transaction, signed)
  const misplaced = whyNotNext(head, terminal)
  if (misplaced !== undefined) return refuse(misplaced)
  const end = chainEnd(signed.batch, terminal)
  if (!end.ok) return end
  return ok(await write(taking, await judged(taking, terminal), end.value))
}

/**
 * Nearly every batch is new. It is judged without looking for what is booked of it, and when it would all be booked, it is written:
 * what was booked after all meets a unique index, and the batch is judged again. Anything else but booked has a reason, and of
 * several reasons the first counts: so then it is looked for.
 */
async function judged({ ports, signed, transaction, moment, isFirst }: Taking, terminal: TerminalRow): Promise<Judgement> {
  const { authority, policies, reached } = ports
  const { entries } = signed.batch
  const judgedWith = async (booked: Booked): Promise<Judgement> => {
    const known = await gather(transaction, { terminal, moment, entries, policies, authority, booked })
    reached('intake-gathered')
    return judge(known, authority, entries)
  }
  const asNew = isFirst && mayBeNew(entries) ? await judgedWith('left') : undefined
  const judgement = asNew !== undefined && isAllBooked(asNew) ? asNew : await judgedWith('asked')
  reached('intake-judged')
  return judgement
}

const isAllBooked = ({ verdicts }: Judgement): boolean => verdicts.every(({ verdict }) => verdict.kind === 'accepted' || verdict.kind === 'noted')

async function answeredBefore(transaction: CentreTransaction, { terminal, batch, hash }: SignedBatch): Promise<Result<BatchAnswer, BatchRefusal>> {
  const { number } = batch.head
  const known = await transaction
    .selectFrom('batch')
    .select(['hash', 'answer'])
    .where('terminal', '=', terminal)
    .where('number', '=', number)
    .executeTakeFirst()
  invariant(known !== undefined, `batch ${number} of ${terminal} was taken and is not there`)
  if (known.hash !== hash) return refuse({ kind: 'batch-conflict', number, hash: known.hash })
  const answer = readBatchAnswer(JSON.parse(known.answer))
  invariant(answer.ok, `the answer to batch ${number} of ${terminal} cannot be read`)
  return answer
}

function whyNotNext(head: Batch['head'], terminal: TerminalRow): BatchRefusal | undefined {
  const standing = standingOf(terminal)
  if (head.number !== terminal.batch + 1) return { kind: 'batch-out-of-order', standing }
  if (head.previous !== terminal.batch_hash) return { kind: 'chain-broken', at: 'previous', standing }
  return head.first === terminal.sequence + 1 ? undefined : { kind: 'batch-out-of-order', standing }
}

/**
 * The hash of the chain after this batch. Every line's is made again from what was read of it, so a fact that was read wrongly is
 * none of this chain; the hashes of frames were made when they were read, and only need to begin where the chain stands.
 */
function chainEnd({ head, entries }: Batch, terminal: TerminalRow): Result<string, BatchRefusal> {
  const brokenAt = (at: number) => refuse<BatchRefusal>({ kind: 'chain-broken', at, standing: standingOf(terminal) })
  if (head.version === FRAMES_VERSION) {
    const [before, end] = head.chain
    return before === terminal.chain_hash ? ok(end) : brokenAt(head.first)
  }
  let stands: Head = { sequence: terminal.sequence, hash: new Uint8Array(Buffer.from(terminal.chain_hash, 'hex')) }
  for (const { sequence, hash, content } of entries) {
    stands = extend(stands, content)
    if (hexOf(stands.hash) !== hash) return brokenAt(sequence)
  }
  return ok(hexOf(stands.hash))
}

async function write({ ports, signed, transaction, moment }: Taking, judgement: Judgement, chainHash: string): Promise<BatchAnswer> {
  const { terminal, batch, body, hash, signature, time } = signed
  const { number, first, count } = batch.head
  const answer: BatchAnswer = { number, hash, verdicts: judgement.verdicts }
  await insertRows(
    transaction,
    'unbooked',
    judgement.verdicts.flatMap(({ sequence, verdict }, index) =>
      verdict.kind === 'refused' || verdict.kind === 'conflict'
        ? [{ terminal, sequence, kind: batch.entries[index]?.fact.kind ?? '', verdict: verdictText(verdict) }]
        : []
    )
  )
  ports.reached('intake-unbooked')
  await writeBookings(transaction, judgement.bookings, ports.reached)
  await insertRows(transaction, 'batch', [
    { terminal, number, hash, first, count, received_at: moment.time, answer: JSON.stringify(writeFramesAnswer(answer)), signature, time, body }
  ])
  ports.reached('intake-batch')
  await transaction
    .updateTable('terminal')
    .set({ batch: number, batch_hash: hash, sequence: first + count - 1, chain_hash: chainHash })
    .where('terminal', '=', terminal)
    .execute()
  ports.reached('intake-terminal')
  return answer
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
