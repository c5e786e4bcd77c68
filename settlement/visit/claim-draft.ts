/**
 * The claim of a bill while it is being edited. A changed line is parsed alone and the rest is kept: five hundred lines cost
 * a key press no more than one. What comes out is the claim that `composeClaim` makes of the same visit.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { Claim, ClaimLine } from '../calculation/claim.ts'
import { formatFen, type Fen } from '../money/fen.ts'
import { LINES_MAX } from '../wire/claim-schema.ts'
import { AMOUNT_MAX } from '../wire/fields.ts'
import type { InputProblem } from '../wire/input-problem.ts'
import { composeClaim, type ClaimParts, type ComposeRefusal } from './compose-claim.ts'
import type { Visit, VisitLine } from './visit-schema.ts'

/** A line with the number by which it is known as long as the bill is open. */
export type NumberedLine = Omit<VisitLine, 'feedetl_sn'> & { readonly feedetl_sn: string }

export type DraftVisit = Omit<Visit, 'lines'> & { readonly lines: NumberedLine[] }

export class ClaimDraft {
  readonly #parts: ClaimParts
  #visit: DraftVisit
  #claim: Claim

  private constructor(parts: ClaimParts, visit: DraftVisit, claim: Claim) {
    this.#parts = parts
    this.#visit = visit
    this.#claim = claim
  }

  /** A visit without lines is a bill that begins; with lines it goes through every check of a claim. */
  static open(parts: ClaimParts): Result<ClaimDraft, ComposeRefusal> {
    const lines = numbered(parts.visit.lines)
    const visit = { ...parts.visit, lines }
    if (lines.length > 0) {
      const claim = composeClaim({ ...parts, visit })
      return claim.ok ? ok(new ClaimDraft(parts, visit, claim.value)) : claim
    }
    // The head alone is checked with a line that is thrown away.
    const head = composeClaim({ ...parts, visit: { ...visit, medfee_sumamt: undefined, lines: [PROBE] } })
    return head.ok ? ok(new ClaimDraft(parts, visit, { ...head.value, lines: [] })) : head
  }

  /** The visit as it stands, for the settlement, which composes and checks it whole once more. */
  get visit(): DraftVisit {
    return this.#visit
  }

  get claim(): Claim {
    return this.#claim
  }

  line(number: string): NumberedLine | undefined {
    return this.#visit.lines.find(({ feedetl_sn }) => feedetl_sn === number)
  }

  /** The number that the next line gets: one above the largest there is. */
  nextNumber(): string {
    const numbers = this.#visit.lines.map(({ feedetl_sn }) => (/^\d{1,9}$/.test(feedetl_sn) ? Number.parseInt(feedetl_sn, 10) : 0))
    return String(Math.max(0, ...numbers) + 1)
  }

  /** Adds a line, or puts it in the place of the one with its number. Refused, nothing has changed. */
  put(line: NumberedLine): Result<null, ComposeRefusal> {
    const index = this.#visit.lines.findIndex(({ feedetl_sn }) => feedetl_sn === line.feedetl_sn)
    if (index < 0 && this.#visit.lines.length >= LINES_MAX) return badLine('lines', line.feedetl_sn, `must have at most ${LINES_MAX} lines`)
    const composed = this.#composeLine(line, index < 0 ? this.#visit.lines.length : index)
    if (!composed.ok) return composed
    return this.#replace(placed(this.#visit.lines, index, line), placed(this.#claim.lines, index, composed.value))
  }

  remove(number: string): void {
    const kept = this.#visit.lines.map(({ feedetl_sn }) => feedetl_sn !== number)
    this.#replace(
      this.#visit.lines.filter((_, index) => kept[index]),
      this.#claim.lines.filter((_, index) => kept[index])
    )
  }

  useAccount(flag: Visit['acct_used_flag']): void {
    this.#visit = { ...this.#visit, acct_used_flag: flag }
    this.#claim = { ...this.#claim, acctUsedFlag: flag }
  }

  #composeLine(line: NumberedLine, index: number): Result<ClaimLine, ComposeRefusal> {
    // A return is nothing without the line that sold.
    const sold = line.return_of === undefined ? undefined : this.line(line.return_of)
    const lines = sold === undefined ? [line] : [line, sold]
    const claim = composeClaim({ ...this.#parts, visit: { ...this.#visit, medfee_sumamt: undefined, lines } })
    if (!claim.ok) return refuse(atIndex(claim.error, index))
    const [composed] = claim.value.lines
    return composed === undefined ? badLine('lines', line.feedetl_sn, 'must be a line') : ok(composed)
  }

  #replace(lines: NumberedLine[], claimLines: readonly ClaimLine[]): Result<null, ComposeRefusal> {
    const turnover = claimLines.reduce((sum, { amount }) => sum + Math.abs(amount), 0)
    if (turnover > AMOUNT_MAX) {
      return badLine('lines', `${lines.length} lines`, `must add up to at most ${formatFen(AMOUNT_MAX as Fen)}`)
    }
    // The sum that the hospital stated was the sum of its own lines.
    const { medfee_sumamt: _stated, ...head } = this.#visit
    this.#visit = { ...head, lines }
    this.#claim = { ...this.#claim, lines: claimLines }
    return ok(null)
  }
}

const PROBE: VisitLine = { med_list_codg: '-', chrgitm_lv: '01', pric: '0', cnt: '1', hosp_appr_flag: '0' }

function numbered(lines: readonly VisitLine[]): NumberedLine[] {
  return lines.map((line, index) => ({ ...line, feedetl_sn: line.feedetl_sn ?? String(index + 1) }))
}

/** Parsed alone the line was the first; a problem names its place in the bill. */
function atIndex(refusal: ComposeRefusal, index: number): ComposeRefusal {
  if (refusal.kind !== 'bad-input') return refusal
  const problems = refusal.problems.map((problem) => ({ ...problem, path: problem.path.replace(/^lines\[0\]/, `lines[${index}]`) }))
  return { kind: 'bad-input', problems }
}

const placed = <Item>(items: readonly Item[], index: number, item: Item): Item[] =>
  index < 0 ? [...items, item] : items.with(index, item)

function badLine(path: string, value: string, rule: string): { readonly ok: false; readonly error: ComposeRefusal } {
  const problem: InputProblem = { path, value, rule }
  return refuse({ kind: 'bad-input', problems: [problem] })
}
