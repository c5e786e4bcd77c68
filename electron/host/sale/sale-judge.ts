/**
 * What is known of a sale when it is judged, and the verdict: the case, the prescription, what each line is beside the bill. Items
 * and sold packs are looked up once.
 */

import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import type { ClaimLine } from '../../../settlement/calculation/claim.ts'
import { judge } from '../../../settlement/eligibility/judge.ts'
import type { AskedItem, Question, SoldCode } from '../../../settlement/eligibility/question.ts'
import { settlingWaitsFor } from '../../../settlement/eligibility/settling.ts'
import { UNKNOWN_ITEM } from '../../../settlement/eligibility/unknown-item.ts'
import type { ItemVerdict, Verdict } from '../../../settlement/eligibility/verdict.ts'
import { parsePrice, priceTimesQuantity } from '../../../settlement/money/price.ts'
import type { CompiledRules } from '../../../settlement/rules/compiled-rules.ts'
import type { CardData } from '../insured-person.ts'
import type { SalePrescription } from './prescription.ts'
import { questionOf, saleCase, visitKind, type CaseSources, type SaleCase } from './sale-case.ts'
import { askedItem, knownItem, NEW_LINE, type KnownItem, type SaleLine } from './sale-line.ts'
import { payablePacks } from './split-line.ts'

export interface JudgePorts extends CaseSources {
  readonly rules: CompiledRules
  readonly on: BusinessDate
}

const CANDIDATES_MAX = 20

export class SaleJudge {
  readonly lines = new Map<string, SaleLine>()
  prescription: SalePrescription | undefined
  readonly #ports: JudgePorts
  readonly #items = new Map<string, KnownItem | undefined>()
  #sold = new Map<string, SoldCode | undefined>()
  #case: SaleCase
  #question: Question
  #verdict: Verdict
  #byLine = new Map<string, ItemVerdict>()
  #substitutes = new Map<string, boolean>()

  constructor(ports: JudgePorts) {
    this.#ports = ports
    this.#case = saleCase(ports, undefined, ports.on)
    this.#question = questionOf(this.#case, { prescription: undefined, items: [], soldCodes: new Map() })
    this.#verdict = judge(ports.rules, this.#question)
  }

  get rules(): CompiledRules {
    return this.#ports.rules
  }

  get case(): SaleCase {
    return this.#case
  }

  get question(): Question {
    return this.#question
  }

  get verdict(): Verdict {
    return this.#verdict
  }

  get visitKind(): Question['visit'] {
    return visitKind(this.prescription, this.#case.known, this.#case.on)
  }

  /** What the ledger knows of packs may have changed too. */
  setPerson(card: CardData | undefined): void {
    this.#case = saleCase(this.#ports, card, this.#ports.on)
    this.#sold = new Map()
  }

  judge(lines: readonly ClaimLine[]): void {
    const items = lines.map((line) => askedItem(line, this.line(line.lineNo), this.factsOf(line)))
    this.#question = questionOf(this.#case, { prescription: this.prescription, items, soldCodes: this.#soldAmong(items) })
    this.#verdict = judge(this.#ports.rules, this.#question)
    this.#byLine = new Map(this.#verdict.items.map((verdict) => [verdict.line, verdict]))
    this.#substitutes = new Map()
  }

  /** As the prescription wants it to be taken, where the line says nothing itself. */
  prescribed(code: string, line: SaleLine): SaleLine {
    const doses = this.prescription?.doses
    const dose = doses?.get(code) ?? doses?.get(this.itemOf(code)?.facts.generic ?? '')
    const approval = this.prescription?.asked.lines.find((prescribed) => prescribed.code === code)?.approval ?? '0'
    if (line.dose !== undefined || line.frequency !== undefined || line.days !== undefined) return { ...line, approval }
    return { ...line, approval, dose: dose?.dose, frequency: dose?.frequency }
  }

  line(number: string): SaleLine {
    return this.lines.get(number) ?? NEW_LINE
  }

  verdictOf(number: string): ItemVerdict | undefined {
    return this.#byLine.get(number)
  }

  /** Settling waits for it: may not be handed over, wants a code, or goes beyond what a fund pays and is not split. */
  isOpen(line: ClaimLine): boolean {
    const verdict = this.#byLine.get(line.lineNo)
    return verdict !== undefined && (verdict.reasons.some(settlingWaitsFor) || payablePacks(verdict, line) !== undefined)
  }

  /** May not be handed over, so nobody pays for it. */
  get withheld(): ReadonlySet<string> {
    return new Set(this.#verdict.items.flatMap(({ line, cover }) => (cover === 'forbidden' ? [line] : [])))
  }

  itemOf(code: string): KnownItem | undefined {
    if (!this.#items.has(code)) this.#items.set(code, knownItem(this.#ports.catalogue, code, this.#ports.on))
    return this.#items.get(code)
  }

  factsOf({ medListCodg = '', name }: ClaimLine): AskedItem['item'] {
    return this.itemOf(medListCodg)?.facts ?? { ...UNKNOWN_ITEM, code: medListCodg, name: name ?? medListCodg }
  }

  hasSubstitute(line: ClaimLine): boolean {
    if (this.#byLine.get(line.lineNo)?.cover !== 'own-money' || this.line(line.lineNo).ownPay) return false
    const code = line.medListCodg ?? ''
    const known = this.#substitutes.get(code)
    if (known !== undefined) return known
    const found = this.candidates(line).some((candidate) => this.#isPaidAlone(candidate))
    this.#substitutes.set(code, found)
    return found
  }

  /** Whether it is worth asking; what the rest of the bill has to do with it says the answer. */
  #isPaidAlone(candidate: AskedItem): boolean {
    const [verdict] = judge(this.#ports.rules, { ...this.#question, items: [candidate] }).items
    return verdict?.funds.some(({ cover }) => cover === 'covered' || cover === 'limited') === true
  }

  /** Drugs of the same substance, as they would stand in the line. */
  candidates(line: ClaimLine): readonly AskedItem[] {
    const { catalogue, on } = this.#ports
    return catalogue.sameSubstance(line.medListCodg ?? '', CANDIDATES_MAX, on).flatMap((item) => {
      const known = this.itemOf(item.med_list_codg)
      const price = item.pric === undefined ? undefined : parsePrice(item.pric)
      if (known === undefined || price === undefined) return []
      const priced = { ...line, price, amount: priceTimesQuantity(price, line.quantity) }
      return [askedItem(priced, { ...this.line(line.lineNo), ownPay: false, packs: [] }, known.facts)]
    })
  }

  /** Asked of the ledger once a code. */
  #soldAmong(items: readonly AskedItem[]): ReadonlyMap<string, SoldCode> {
    const codes = items.flatMap(({ packs }) => packs.map(({ traceCode }) => traceCode))
    const fresh = codes.filter((code) => !this.#sold.has(code))
    if (fresh.length > 0) {
      const sold = this.#ports.ledger.soldCodes(fresh)
      for (const code of fresh) this.#sold.set(code, sold.ok ? sold.value.get(code) : undefined)
    }
    const found = new Map<string, SoldCode>()
    for (const code of codes) {
      const sold = this.#sold.get(code)
      if (sold !== undefined) found.set(code, sold)
    }
    return found
  }
}
