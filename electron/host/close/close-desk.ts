/**
 * Closing the day as the window meets it. The centre is asked when a day is opened, and again when the ledger has gone on
 * since: what sync brought in meanwhile is compared with what the centre says now, and not with what it said before. What is
 * signed is what was seen, because the revision says so.
 */

import { join } from 'node:path'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { askAboutDay, countDrawer, decide, reopenDay, signDay, type ClosePorts } from '../../../settlement/case/close-day.ts'
import { decodeReport } from '../../../settlement/close/canonical-report.ts'
import type { CentreAnswer } from '../../../settlement/close/centre-answer.ts'
import { readDay, type Day } from '../../../settlement/close/day.ts'
import type { ReportKey } from '../../../settlement/close/ports.ts'
import { reportOf, type ReportHead } from '../../../settlement/close/report.ts'
import { reportCsv } from '../../../settlement/close/report-csv.ts'
import type { CloseReport as Report } from '../../../settlement/close/report-schema.ts'
import type { CloseState } from '../../../settlement/ledger/ledger-views.ts'
import type { StoreFailure } from '../../../settlement/ledger/refusal.ts'
import { parseFen, ZERO, type Fen } from '../../../settlement/money/fen.ts'
import { isDifference, type ClosedView, type CloseReport, type CloseView } from '../../contract/close-view.ts'
import type { Params } from '../../contract/requests.ts'
import { writeWhole, type FileSteps } from '../files/file-steps.ts'
import { shownOr } from '../refusal/done-not-shown.ts'
import { shortHash } from '../records/fact-hash.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import type { Clock } from '../system.ts'
import type { KeyRefusal } from '../sync/terminal-key.ts'
import type { CloseDeskRefusal } from './close-refusal.ts'
import { closeContent, type ContentPorts } from './close-view.ts'
import { hindranceTexts } from './hindrance-text.ts'
import { handOverWords } from './hand-over-words.ts'
import { itemRecord } from './item-record.ts'
import { lineNames } from './report-text.ts'

export interface CloseDeskPorts {
  /** As it is now: a centre may be connected meanwhile. */
  readonly close: () => ClosePorts
  readonly institution: ReportHead['institution']
  /** What the window is called. */
  readonly counter: string
  /** As enrolled, or the window's own name. */
  readonly terminal: () => string
  readonly key: () => Result<ReportKey, KeyRefusal>
  readonly clock: Clock
  readonly files: FileSteps
  /** Where CSV files go; made when it is not there. */
  readonly folder: string
  /** A close or a reopening is in the ledger, or what was decided has written to it. */
  readonly ledgerGrew: () => void
}

/** How often the centre is asked while the ledger goes on under the question. */
const ASKED_MAX = 3
/** Closes that the screen lists. */
const CLOSES_SHOWN_MAX = 60

export class CloseDesk {
  readonly #ports: CloseDeskPorts
  #asked: { readonly answer: CentreAnswer; readonly head: number } | undefined

  constructor(ports: CloseDeskPorts) {
    this.#ports = ports
  }

  async open(): Promise<Result<CloseView, CloseDeskRefusal>> {
    this.#asked = undefined
    return this.#shown()
  }

  async count({ float, counted }: Params<'close.count'>): Promise<Result<CloseView, CloseDeskRefusal>> {
    const [floatFen, countedFen] = [amountOf(float), amountOf(counted)]
    if (floatFen === undefined) return refuse({ kind: 'amount-malformed', field: 'float', value: float })
    if (countedFen === undefined) return refuse({ kind: 'amount-malformed', field: 'counted', value: counted })
    const done = countDrawer(this.#ports.close(), { float: floatFen, counted: countedFen, collected: ZERO }, this.#ports.clock().cardTime)
    return done.ok ? this.#shown() : done
  }

  async resolve({ item, resolution, note }: Params<'close.resolve'>): Promise<Result<CloseView, CloseDeskRefusal>> {
    const day = await this.#day()
    if (!day.ok) return day
    const words = resolution === 'hand-to-person' ? handOverWords(note) : { person: '', note: note.trim() }
    const decision = { item, resolution, by: this.#ports.counter, ...words, at: this.#ports.clock().cardTime }
    const done = await decide(this.#ports.close(), day.value, decision)
    if (!done.ok) return done
    // The centre has another row now.
    if (resolution === 'reverse-at-centre') this.#asked = undefined
    this.#ports.ledgerGrew()
    return this.#shown()
  }

  async sign({ revision }: Params<'close.sign'>): Promise<Result<CloseView, CloseDeskRefusal>> {
    const answer = await this.#answer()
    if (!answer.ok) return answer
    const key = this.#ports.key()
    if (!key.ok) return key
    const signed = signDay(this.#ports.close(), { head: this.#head(), answer: answer.value, seen: revision, key: key.value })
    if (!signed.ok) return signed
    this.#ports.ledgerGrew()
    return shownOr(await this.#shown(), { done: 'close' })
  }

  async reopen({ sequence, reason }: Params<'close.reopen'>): Promise<Result<CloseView, CloseDeskRefusal>> {
    const reopened = reopenDay(this.#ports.close().ledger, sequence, reason, this.#ports.clock().cardTime)
    if (!reopened.ok) return reopened
    this.#ports.ledgerGrew()
    // Its facts are open again: the centre is asked about their days.
    return shownOr(await this.open(), { done: 'reopening' })
  }

  async report({ sequence }: Params<'close.report'>): Promise<Result<CloseReport, CloseDeskRefusal>> {
    if (sequence !== null) {
      const found = this.#closed(sequence)
      return found.ok ? ok(signedView(found.value, this.#unoffered())) : found
    }
    const draft = await this.#draft()
    if (!draft.ok) return draft
    const { institution, terminal } = draft.value
    return ok({ ...closeContent(draft.value, this.#unoffered()), institution, terminal, signed: null, reopened: null })
  }

  async csv({ sequence }: Params<'close.csv'>): Promise<Result<{ readonly saved: string }, CloseDeskRefusal>> {
    const closed = sequence === null ? undefined : this.#closed(sequence)
    if (closed !== undefined && !closed.ok) return closed
    const report = closed === undefined ? await this.#draft() : ok(closed.value.report)
    if (!report.ok) return report
    const path = join(this.#ports.folder, `close-${report.value.day}-${sequence === null ? 'draft' : String(sequence)}.csv`)
    try {
      this.#ports.files.makeFolder(this.#ports.folder)
      writeWhole(this.#ports.files, path, reportCsv(report.value, lineNames(report.value)))
      return ok({ saved: path })
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause)) throw cause
      return refuse({ kind: 'csv-not-written', path, code: String(cause.code) })
    }
  }

  async #answer(): Promise<Result<CentreAnswer, StoreFailure>> {
    for (let asked = 1; ; asked += 1) {
      const ports = this.#ports.close()
      const head = ports.ledger.head()
      if (!head.ok) return head
      const { sequence } = head.value
      if (this.#asked !== undefined && (this.#asked.head === sequence || asked > ASKED_MAX)) return ok(this.#asked.answer)
      const answer = await askAboutDay(ports, this.#ports.clock().today)
      if (!answer.ok) return answer
      this.#asked = { answer: answer.value, head: sequence }
    }
  }

  async #day(): Promise<Result<Day, StoreFailure>> {
    const answer = await this.#answer()
    return answer.ok ? readDay(this.#ports.close(), answer.value) : answer
  }

  async #draft(): Promise<Result<Report, StoreFailure>> {
    const day = await this.#day()
    return day.ok ? ok(reportOf(day.value, { ...this.#head(), signer: null })) : day
  }

  async #shown(): Promise<Result<CloseView, CloseDeskRefusal>> {
    const answer = await this.#answer()
    return answer.ok ? this.#view(answer.value) : answer
  }

  #view(answer: CentreAnswer): Result<CloseView, CloseDeskRefusal> {
    const ports = this.#ports.close()
    const day = readDay(ports, answer)
    if (!day.ok) return day
    const closes = ports.ledger.closes(CLOSES_SHOWN_MAX)
    if (!closes.ok) return closes
    const last = ports.ledger.lastClose()
    if (!last.ok) return last
    const { period, items, drawer, hindrances, revision } = day.value
    const shown = { ...this.#unoffered(), offers: new Map(items.map(({ item, offer }) => [item, offer])) }
    const isOpen = (kinds: readonly string[]): boolean => items.some(({ content, chosen }) => kinds.includes(content.kind) && chosen === undefined)
    return ok({
      ...closeContent(reportOf(day.value, { ...this.#head(), signer: null }), shown),
      state: period.isEmpty ? 'nothing' : 'open',
      revision,
      steps: {
        synced: !isOpen(['unsynced', 'centre-not-asked', 'parked']),
        counted: drawer !== undefined,
        resolved: items.every(({ chosen }) => chosen !== undefined)
      },
      whyNot: hindranceTexts(hindrances),
      closes: closes.value.map((state) => closedView(state, last.value?.sequence))
    })
  }

  #head(): Omit<ReportHead, 'signer'> {
    const { institution, terminal, clock } = this.#ports
    const { today, cardTime } = clock()
    return { institution, terminal: terminal(), day: today, closedAt: cardTime }
  }

  /** Reports have no names: a screen and a paper find them in the ledger. */
  #unoffered(): ContentPorts {
    const books = this.#ports.close()
    return { offers: new Map(), recordOf: (id) => itemRecord(books, id) }
  }

  #closed(sequence: number): Result<CloseState & { readonly report: Report }, CloseDeskRefusal> {
    const closes = this.#ports.close().ledger.closes(Number.MAX_SAFE_INTEGER)
    if (!closes.ok) return closes
    const state = closes.value.find(({ close }) => close.sequence === sequence)
    if (state === undefined) return refuse({ kind: 'close-unknown', close: sequence })
    const report = decodeReport(state.close.fact.report)
    return report === undefined ? refuse({ kind: 'report-unreadable', close: sequence }) : ok({ ...state, report })
  }
}

/** Amounts that a person types have no sign. */
const amountOf = (text: string): Fen | undefined => {
  const amount = parseFen(text.trim())
  return amount === undefined || amount < 0 ? undefined : amount
}

const reopenedView = ({ reopen }: CloseState): ClosedView['reopened'] =>
  reopen === undefined ? null : { at: readableTime(reopen.fact.reopenedAt), reason: reopen.fact.reason }

function closedView(state: CloseState, last: number | undefined): ClosedView {
  const { close } = state
  const report = decodeReport(close.fact.report)
  const value = (row: string): string => {
    const ledger = report?.rows.find((one) => one.row === row)?.ledger
    return typeof ledger === 'string' ? ledger : '0.00'
  }
  return {
    sequence: close.sequence,
    day: close.fact.day,
    closedAt: readableTime(close.fact.closedAt),
    settlements: report?.period.settlements ?? 0,
    total: value('total'),
    cash: value('cash'),
    differences: report?.items.filter(isDifference).length ?? 0,
    reopened: reopenedView(state),
    canReopen: close.sequence === last
  }
}

function signedView(state: CloseState & { readonly report: Report }, ports: ContentPorts): CloseReport {
  const { close, report } = state
  return {
    ...closeContent(report, ports),
    institution: report.institution,
    terminal: report.terminal,
    signed: { sequence: close.sequence, hash: shortHash(close.hash), signature: close.fact.signature, closedAt: readableTime(close.fact.closedAt) },
    reopened: reopenedView(state)
  }
}
