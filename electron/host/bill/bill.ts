/**
 * The bill on the screen. Lines come from a visit and are edited one by one; the sums follow the card that is there now.
 * Nothing is charged from here: a settlement composes and calculates the visit once more and compares.
 */

import { invariant } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { BillChange, BillOutcome, BillView, LineView } from '../../contract/bill-view.ts'
import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import { calculate } from '../../../settlement/calculation/calculate.ts'
import type { CalculatedLine, Calculation } from '../../../settlement/calculation/calculation.ts'
import type { ClaimLine } from '../../../settlement/calculation/claim.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import type { Policy } from '../../../settlement/policy/policy-schema.ts'
import type { Catalogue } from '../../../settlement/catalogue/catalogue.ts'
import { ClaimDraft, type NumberedLine } from '../../../settlement/visit/claim-draft.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { CardData } from '../insured-person.ts'
import { patientOf } from '../patient.ts'
import { refusalView } from '../refusal/refusal-view.ts'
import { closedByCentre, NONE_CLOSED, type ClosedFunds } from '../told-person.ts'
import { claimParts, compiledPolicy, type ClaimRules, type InsuredPatient } from '../visit-claim.ts'
import { isUsedElsewhere } from '../year-used.ts'
import type { AccountKnowledge } from './account-knowledge.ts'
import { lineView, sameLine } from './line-view.ts'
import type { DrawnBill, OpenBill } from './open-bill.ts'
import { sumsView } from './sums-view.ts'
import { unpricedDraft } from './unpriced-draft.ts'
import { visitView } from './visit-view.ts'

export interface BillRules {
  readonly ledger: LedgerReader
  readonly catalogue: Catalogue
  readonly policies: readonly Policy[]
  readonly centre?: ClaimRules['centre']
  readonly told?: ClaimRules['told']
}

/** Whose rules apply: the card that is there. */
export interface Payer {
  readonly card: CardData
  readonly account: AccountKnowledge
  readonly today: BusinessDate
}

export interface LineChange {
  readonly quantity?: string | undefined
  readonly price?: string | undefined
  readonly approval?: '0' | '1' | '2' | undefined
}

/** What a sale puts into the head of a claim beside the lines. */
export type BillHead = Partial<Pick<Visit, 'rx' | 'prescriber' | 'off_site' | 'entitlements' | 'fund_closed' | 'med_type' | 'dise_codg' | 'dise_name' | 'acct_used_flag' | 'dr_name' | 'patient'>>

export interface Amendment {
  readonly head?: BillHead
  readonly put?: readonly NumberedLine[]
  readonly remove?: readonly string[]
  /** Lines that may not be handed over: nothing of them is charged, and no sum has them. */
  readonly withheld?: ReadonlySet<string>
}

export class Bill implements OpenBill {
  readonly isFixed = false
  readonly ownPayReasons = undefined
  readonly openLines = []
  readonly source: BillView['source']
  /** Of the queue; undefined for a bill that came otherwise. */
  readonly file: string | undefined
  readonly #rules: BillRules
  #draft: ClaimDraft
  #entitlements: Visit['entitlements']
  #payer: Payer | undefined
  /** The person the rules apply to, or why they do not; undefined while nobody is there. */
  #head: Result<InsuredPatient, CounterRefusal> | undefined
  #outcome: Result<Calculation, CounterRefusal> | undefined
  #shown = new Map<string, CalculatedLine | undefined>()
  #withheld: ReadonlySet<string> = new Set()
  #isUsedElsewhere = false
  #revision = 1

  private constructor(rules: BillRules, draft: ClaimDraft, from: { readonly source: BillView['source']; readonly file?: string | undefined }) {
    this.#rules = rules
    this.#draft = draft
    this.#entitlements = draft.visit.entitlements
    this.source = from.source
    this.file = from.file
    this.#recalculate()
  }

  /** Lines that nobody could charge for are refused here, so that an open bill always adds up. */
  static open(
    rules: BillRules,
    visit: Visit,
    from: { readonly source: BillView['source']; readonly file?: string | undefined }
  ): Result<Bill, CounterRefusal> {
    const draft = unpricedDraft(rules.catalogue, visit)
    return draft.ok ? ok(new Bill(rules, draft.value, from)) : draft
  }

  get revision(): number {
    return this.#revision
  }

  /** As it was stated: what the centre says of the funds of whoever pays goes into the claim, and not into the visit, which the next card may pay. */
  get visit(): Visit & { readonly lines: readonly NumberedLine[] } {
    return { ...this.#draft.visit, entitlements: this.#entitlements }
  }

  get patient(): InsuredPatient | undefined {
    return this.#head?.ok === true ? this.#head.value : undefined
  }

  /** undefined while the bill is not computed: nobody there, no line, or refused. */
  get calculation(): Calculation | undefined {
    return this.#outcome?.ok === true ? this.#outcome.value : undefined
  }

  get refusal(): CounterRefusal | undefined {
    return this.#outcome?.ok === false ? this.#outcome.error : undefined
  }

  /** The card came, left, or told its balance: the head of the claim is made anew. */
  setPayer(payer: Payer | undefined): void {
    this.#payer = payer
    const opened = this.#reopen(this.visit)
    invariant(payer !== undefined || opened.ok, 'lines that were checked one by one are no bill')
    this.#recalculate()
    this.#revision += 1
  }

  stays(revision: number): void {
    this.#revision = revision
  }

  /** A refusal of the payer is the head's; only lines that are no bill are refused here. */
  #reopen(visit: Visit): Result<null, CounterRefusal> {
    this.#entitlements = visit.entitlements
    if (this.#payer !== undefined) {
      this.#head = this.#open(this.#payer, visit)
      if (this.#head.ok) return ok(null)
    } else {
      this.#head = undefined
    }
    const draft = unpricedDraft(this.#rules.catalogue, visit)
    if (!draft.ok) return draft
    this.#draft = draft.value
    return ok(null)
  }

  get lines(): readonly NumberedLine[] {
    return this.#draft.visit.lines
  }

  /** The same lines, priced. */
  get claimLines(): readonly ClaimLine[] {
    return this.#draft.claim.lines
  }

  line(number: string): NumberedLine | undefined {
    return this.#draft.line(number)
  }

  nextNumber(): string {
    return this.#draft.nextNumber()
  }

  calculated(number: string): CalculatedLine | undefined {
    return this.#shown.get(number)
  }

  addLine(code: string, quantity: string): Result<BillChange, CounterRefusal> {
    return this.#put({ med_list_codg: code, cnt: quantity, hosp_appr_flag: '0', feedetl_sn: this.#draft.nextNumber() })
  }

  /** Several lines and the head at once, computed once. Refused, what came before the refused line stands. */
  amend({ head, put = [], remove = [], withheld = this.#withheld }: Amendment): Result<null, CounterRefusal> {
    if (head !== undefined) {
      const opened = this.#reopen({ ...this.visit, ...head })
      if (!opened.ok) return opened
    }
    for (const number of remove) this.#draft.remove(number)
    for (const line of put) {
      const done = this.#draft.put(line)
      if (!done.ok) return refuse({ kind: 'claim', refusal: done.error, isTyped: true })
    }
    this.#withheld = withheld
    this.#recalculate()
    this.#revision += 1
    return ok(null)
  }

  /** undefined: the bill has no such line. */
  setLine(number: string, { quantity, price, approval }: LineChange): Result<BillChange, CounterRefusal> | undefined {
    const line = this.#draft.line(number)
    if (line === undefined) return undefined
    // What the hospital stated was the amount of its own quantity and price.
    const { det_item_fee_sumamt, ...rest } = line
    const isRepriced = quantity !== undefined || price !== undefined
    return this.#put({
      ...(isRepriced || det_item_fee_sumamt === undefined ? rest : { ...rest, det_item_fee_sumamt }),
      cnt: quantity ?? line.cnt,
      ...(price === undefined ? {} : { pric: price }),
      hosp_appr_flag: approval ?? line.hosp_appr_flag
    })
  }

  removeLine(number: string): BillChange | undefined {
    if (this.#draft.line(number) === undefined) return undefined
    this.#draft.remove(number)
    return this.#changed([number])
  }

  useAccount(flag: Visit['acct_used_flag']): BillChange {
    this.#draft.useAccount(flag)
    return this.#changed()
  }

  view(): DrawnBill {
    const lines = this.#draft.claim.lines.map((line) => lineView(line, this.#shown.get(line.lineNo)))
    const { source } = this
    const useAccount = this.visit.acct_used_flag
    return { revision: this.#revision, source, visit: visitView(this.visit), lines, useAccount, outcome: this.outcomeView(), sale: null }
  }

  #put(line: NumberedLine): Result<BillChange, CounterRefusal> {
    const put = this.#draft.put(line)
    return put.ok ? ok(this.#changed([], line.feedetl_sn)) : refuse({ kind: 'claim', refusal: put.error, isTyped: true })
  }

  #changed(removed: readonly string[] = [], edited?: string): BillChange {
    const before = this.#shown
    this.#recalculate()
    this.#revision += 1
    const changed: LineView[] = []
    for (const line of this.#draft.claim.lines) {
      const now = this.#shown.get(line.lineNo)
      if (line.lineNo === edited || !sameLine(before.get(line.lineNo), now)) changed.push(lineView(line, now))
    }
    return { revision: this.#revision, changed, removed, useAccount: this.visit.acct_used_flag, outcome: this.outcomeView(), sale: null }
  }

  #open({ card, account, today }: Payer, visit: Visit): Result<InsuredPatient, CounterRefusal> {
    const patient = patientOf(this.#rules.policies, card, visit, today)
    if (!patient.ok) return patient
    const parts = claimParts(this.#rules, patient.value, visit, account.state === 'on-card' ? account.balance : undefined)
    if (!parts.ok) return parts
    const draft = ClaimDraft.open(parts.value)
    if (!draft.ok) return refuse({ kind: 'claim', refusal: draft.error })
    this.#draft = draft.value
    this.#isUsedElsewhere = isUsedElsewhere(parts.value)
    return patient
  }

  get #closedByCentre(): ClosedFunds {
    return this.patient === undefined ? NONE_CLOSED : closedByCentre(this.#rules.told, this.patient, this.visit)
  }

  #recalculate(): void {
    this.#outcome = this.#calculate()
    const calculated = this.calculation?.lines ?? []
    this.#shown = new Map(calculated.map((line) => [line.lineNo, line]))
  }

  #calculate(): Result<Calculation, CounterRefusal> | undefined {
    if (this.#head === undefined || !this.#head.ok) return this.#head
    const { claim } = this.#draft
    const charged = this.#withheld.size === 0 ? claim : { ...claim, lines: claim.lines.filter(({ lineNo }) => !this.#withheld.has(lineNo)) }
    if (charged.lines.length === 0) return undefined
    const calculation = calculate(compiledPolicy(this.#head.value.policy), charged)
    return calculation.ok ? calculation : refuse({ kind: 'calculation', refusal: calculation.error })
  }

  outcomeView(): BillOutcome {
    if (this.#outcome?.ok === false) return { state: 'refused', refusal: refusalView(this.#outcome.error) }
    if (this.#payer === undefined) return { state: 'no-card' }
    if (this.#outcome === undefined) return { state: 'empty' }
    return { state: 'computed', sums: sumsView(this.#outcome.value, this.#payer.account, { closed: this.#closedByCentre, isUsedElsewhere: this.#isUsedElsewhere }), provisional: true }
  }
}
