/**
 * A centre in a few lines, for tests of the terminal's side: keeps the batches of one terminal, answers the same to the same,
 * books what `judge` says. `outages` are what happens to the next questions that they are for.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { NO_BATCH, type Batch, type BatchAnswer, type BatchEntry, type EntryVerdict, type Verdict } from '../../settlement/batch/batch.ts'
import { batchHash } from '../../settlement/batch/encode-batch.ts'
import { decodeBatch } from '../../settlement/batch/decode-batch.ts'
import type { CentreLink, DownloadAnswer, DownloadKind, LinkFailure } from '../../settlement/sync/link.ts'

export interface Outage {
  /** before: the question never arrives. after: it is done, and the answer is lost. */
  readonly kind: 'before' | 'after'
  /** What the question begins with; undefined: the next, whatever it is. */
  readonly on?: string
  readonly failure: LinkFailure
}

export const NETWORK_DOWN: LinkFailure = { kind: 'network-down', cause: 'test' }
export const CENTRE_DOWN: LinkFailure = { kind: 'centre-down', status: 503, cause: 'test' }

interface Kept {
  readonly number: number
  readonly hash: string
  readonly answer: BatchAnswer
  readonly head: Batch['head']
  readonly entries: readonly BatchEntry[]
  /** Plain, as the sync of tests sends it. */
  readonly body: Uint8Array
}

const BOOKED: ReadonlySet<string> = new Set(['posting', 'correction', 'load-posting'])

/** Books everything that is settled under another number than it did before. */
export const UNDER_ANOTHER_NUMBER: ModelCentre['judge'] = ({ fact }) =>
  fact.kind === 'posting' ? { kind: 'accepted', setlId: 'S-NEW', setlTime: '20261127101500' } : { kind: 'noted' }

export class ModelCentre {
  readonly terminal: string
  batches: Kept[] = []
  readonly outages: Outage[] = []
  /** Every question, in order: "standing", "batch 1", "retry 7". */
  readonly asked: string[] = []
  /** What became of facts that were not booked, when they were judged again: in no batch. */
  readonly judgedAgain = new Map<number, Verdict>()
  /** At most so many in one answer of what is not booked. */
  unbookedFacts = 1_000
  /** By hold: when another settlement was booked under its serial. */
  readonly used = new Map<number, string>()
  readonly lists = new Map<DownloadKind, { readonly version: string; readonly document: string }>()
  judge: (entry: BatchEntry) => Verdict = (entry) =>
    BOOKED.has(entry.fact.kind)
      ? { kind: 'accepted', setlId: `S${entry.sequence}`, setlTime: '20261126101500' }
      : { kind: 'noted' }

  constructor(terminal: string) {
    this.terminal = terminal
  }

  get entries(): readonly BatchEntry[] {
    return this.batches.flatMap(({ entries }) => entries)
  }

  get link(): CentreLink {
    return {
      standing: () =>
        this.#answer('standing', () => {
          const last = this.batches.at(-1)
          const end = last?.entries.at(-1)
          return ok({
            terminal: this.terminal,
            batch: last?.number ?? 0,
            batchHash: last?.hash ?? NO_BATCH,
            sequence: end?.sequence ?? 0,
            chainHash: end?.hash ?? NO_BATCH
          })
        }),
      kept: (number) =>
        this.#answer(`kept ${number}`, () => {
          const known = this.batches.find((batch) => batch.number === number)
          return known === undefined ? refuse({ kind: 'refused', reason: 'batch-unknown', message: '' }) : ok({ hash: known.hash, head: known.head })
        }),
      copy: (number) =>
        this.#answer(`copy ${number}`, () => {
          const known = this.batches.find((batch) => batch.number === number)
          if (known === undefined) return refuse({ kind: 'refused', reason: 'batch-unknown', message: '' })
          const { hash, body } = known
          return ok({ hash, signature: `signed ${hash}`, time: known.head.madeAt, body })
        }),
      upload: ({ number, body }, sent) => {
        sent()
        return this.#answer(`batch ${number}`, () => this.#intake(body))
      },
      unbooked: (after) =>
        this.#answer(`unbooked ${after}`, () => {
          const facts = this.entries.map(({ sequence }) => sequence).filter((sequence) => sequence > after && !this.#isTaken(sequence))
          const page = facts.slice(0, this.unbookedFacts)
          return ok({ facts: page, next: page.length < this.unbookedFacts ? undefined : page.at(-1) })
        }),
      retry: (sequence) => this.#answer(`retry ${sequence}`, () => this.#retry(sequence)),
      heldSerial: (sequence) =>
        this.#answer(`hold ${sequence}`, () =>
          this.entries.some((entry) => entry.sequence === sequence && entry.fact.kind === 'hold')
            ? ok({ sequence, usedAt: this.used.get(sequence) })
            : refuse({ kind: 'refused', reason: 'hold-unknown', message: '' })
        ),
      download: (kind, etag) => this.#answer(kind, () => this.#list(kind, etag))
    }
  }

  #intake(body: Uint8Array): Result<BatchAnswer, LinkFailure> {
    const batch = decodeBatch(body)
    if (!batch.ok) return refuse({ kind: 'refused', reason: 'body-malformed', message: JSON.stringify(batch.error) })
    const { head, entries } = batch.value
    const hash = batchHash(body)
    const known = this.batches.find(({ number }) => number === head.number)
    if (known !== undefined) return known.hash === hash ? ok(known.answer) : refuse({ kind: 'refused', reason: 'batch-conflict', message: '' })
    const last = this.batches.at(-1)
    if (head.number !== (last?.number ?? 0) + 1 || head.previous !== (last?.hash ?? NO_BATCH)) {
      return refuse({ kind: 'refused', reason: 'batch-out-of-order', message: '' })
    }
    const verdicts: EntryVerdict[] = entries.map((entry) => ({ sequence: entry.sequence, verdict: this.judge(entry) }))
    const answer = { number: head.number, hash, verdicts }
    this.batches.push({ number: head.number, hash, answer, head, entries, body })
    return ok(answer)
  }

  #retry(sequence: number): Result<EntryVerdict, LinkFailure> {
    const entry = this.entries.find((candidate) => candidate.sequence === sequence)
    if (entry === undefined) return refuse({ kind: 'refused', reason: 'fact-unknown', message: '' })
    const known = this.#verdictOf(sequence)
    if (known !== undefined && known.kind !== 'exists' && this.#isTaken(sequence)) return ok({ sequence, verdict: { kind: 'exists', verdict: known } })
    const verdict = this.judge(entry)
    this.judgedAgain.set(sequence, verdict)
    return ok({ sequence, verdict })
  }

  #verdictOf(sequence: number): Verdict | undefined {
    const told = this.batches.flatMap(({ answer }) => answer.verdicts).find((entry) => entry.sequence === sequence)
    return this.judgedAgain.get(sequence) ?? told?.verdict
  }

  #isTaken(sequence: number): boolean {
    const kind = this.#verdictOf(sequence)?.kind
    return kind !== 'refused' && kind !== 'conflict'
  }

  #list(kind: DownloadKind, etag: string | undefined): Result<DownloadAnswer, LinkFailure> {
    const list = this.lists.get(kind)
    if (list === undefined) return refuse({ kind: 'refused', reason: 'not-published', message: '' })
    const tag = `"${list.version}"`
    return ok(etag === tag ? { kind: 'unchanged' } : { kind: 'fresh', version: list.version, etag: tag, document: list.document })
  }

  async #answer<Value>(question: string, work: () => Result<Value, LinkFailure>): Promise<Result<Value, LinkFailure>> {
    this.asked.push(question)
    const place = this.outages.findIndex(({ on = '' }) => question.startsWith(on))
    const [outage] = place === -1 ? [] : this.outages.splice(place, 1)
    if (outage?.kind === 'before') return refuse(outage.failure)
    const answer = work()
    return outage === undefined ? answer : refuse(outage.failure)
  }
}
