/**
 * What stands of an item on a day, whatever bill it is on: the rows that concern it, what the catalogue says of it, and the
 * verdict of a line against which nothing else is found. Worked out once for the rules of one kind of person and visit and
 * kept, because a pharmacy sells the same drugs all day. Nothing kept refers to what a caller handed in.
 *
 * A drug also carries what is counted of it on the bill at hand, so that a line is found by one look-up. `begin` starts the
 * next bill; counts of an earlier one are told by its number and never read.
 */

import type { BusinessDate } from '../calendar/business-date.ts'
import type { ResolvedRules } from '../rules/compiled-rules.ts'
import type { ItemPlan } from '../rules/item-plan.ts'
import { BUILT_IN } from './built-in-rules.ts'
import { catalogueFindings } from './catalogue-reasons.ts'
import { finding, type Finding } from './findings.ts'
import type { EarlierSupply, ItemFacts, PrescribedLine } from './question.ts'
import { weigh, type DrawnFund, type Weighed } from './weigh.ts'

const DRUGS_KEPT_MAX = 4096
/** The catalogue may have changed within the day; more than a few faces of one code are a mistake somewhere. */
const FACES_KEPT_MAX = 8

/** One code with one set of facts. */
export interface StandingItem {
  readonly facts: ItemFacts
  readonly plan: ItemPlan
  /** In the insurance catalogue on the day, of a class that is paid. */
  readonly isPaid: boolean
  readonly therapy: Therapy | undefined
  readonly findings: readonly Finding[]
  /** Of a line with these findings and no others. */
  readonly weighed: Weighed
  /** Found when first needed: the approval was refused, or there is none. */
  readonly approval: { refused?: Finding; missing?: Finding }
  /** Where the item needs a prescription and there is none. */
  readonly withoutPrescription: Finding | undefined
  /** Where its ATC class is not known, and a rule asks for it. */
  readonly withoutClass: Finding | undefined
}

export interface DrugTotal {
  /** Ten-thousandths of a unit, of the lines that ask the insurance. */
  quantity: number
  /** Days of the same lines; undefined: one of them is not known. */
  days: number | undefined
  /** Days of all lines, own pay too. */
  allDays: number | undefined
}

export interface Prescribed {
  readonly line: PrescribedLine
  /** Ten-thousandths of a unit, of every line of the bill that fills it. */
  handedOver: number
}

/** One code, and what is counted of it on the bill at hand. */
export interface Drug {
  readonly code: string
  faces: StandingItem[]
  bill: number
  readonly total: DrugTotal
  prescribed: Prescribed | undefined
  supplies: EarlierSupply[] | undefined
}

/** The drugs of one therapy, and which of them are on the bill at hand. */
export interface Therapy {
  bill: number
  code: string
  name: string
  /** Once a second drug has come. */
  names: Set<string> | undefined
  shown: string | undefined
}

export class Standing {
  readonly on: BusinessDate
  readonly funds: readonly DrawnFund[]
  readonly ownPay: Finding
  readonly #rules: ResolvedRules
  readonly #drugs = new Map<string, Drug>()
  readonly #therapies = new Map<string, Therapy>()
  readonly #verdicts = new Map<string, Weighed>()
  #bill = 0

  constructor(rules: ResolvedRules, on: BusinessDate, funds: readonly DrawnFund[]) {
    this.#rules = rules
    this.on = on
    this.funds = funds
    this.ownPay = finding({ kind: 'own-pay-chosen', effect: 'own-money', rule: BUILT_IN.ownPay }, rules)
  }

  begin(): void {
    this.#bill += 1
    if (this.#drugs.size <= DRUGS_KEPT_MAX) return
    this.#drugs.clear()
    this.#therapies.clear()
    this.#verdicts.clear()
  }

  /** The drug of a code, with nothing counted yet when it is the first of the bill. */
  drug(code: string): Drug {
    let drug = this.#drugs.get(code)
    if (drug === undefined) {
      drug = { code, faces: [], bill: this.#bill, total: { quantity: 0, days: 0, allDays: 0 }, prescribed: undefined, supplies: undefined }
      this.#drugs.set(code, drug)
    } else if (drug.bill !== this.#bill) {
      drug.bill = this.#bill
      drug.total.quantity = 0
      drug.total.days = 0
      drug.total.allDays = 0
      drug.prescribed = undefined
      drug.supplies = undefined
    }
    return drug
  }

  /** undefined: the bill has no line of it. */
  drugOnBill(code: string): Drug | undefined {
    const drug = this.#drugs.get(code)
    return drug === undefined || drug.bill !== this.#bill ? undefined : drug
  }

  itemOf(drug: Drug, facts: ItemFacts): StandingItem {
    for (const face of drug.faces) if (isAlike(face.facts, facts)) return face
    const item = this.#work(facts)
    if (drug.faces.length >= FACES_KEPT_MAX) drug.faces = []
    drug.faces.push(item)
    return item
  }

  count(therapy: Therapy, { code, name }: ItemFacts): void {
    if (therapy.bill !== this.#bill) {
      therapy.bill = this.#bill
      therapy.code = code
      therapy.name = name
      therapy.names = undefined
      therapy.shown = undefined
    } else if (therapy.names !== undefined) therapy.names.add(name)
    else if (therapy.code !== code) therapy.names = new Set([therapy.name, name])
  }

  #work(given: ItemFacts): StandingItem {
    const facts = { ...given }
    const plan = this.#rules.planOf(facts)
    const findings = catalogueFindings(facts, this.on, this.#rules)
    const { required } = plan
    return {
      facts,
      plan,
      isPaid: isPaidOn(facts, this.on),
      therapy: this.#therapyOf(facts.atc, plan),
      findings,
      weighed: this.#weighed(findings),
      approval: {},
      withoutPrescription:
        required === undefined
          ? undefined
          : finding({ kind: 'prescription-missing', effect: required.row.effect, funds: required.row.funds, rule: required.rule }, this.#rules),
      withoutClass: plan.byClass === undefined || hasClass(facts) ? undefined : finding({ kind: 'atc-unknown', ...plan.byClass }, this.#rules)
    }
  }

  /** Verdicts without the words of a day are few, and the same objects are read for every line. */
  #weighed(findings: readonly Finding[]): Weighed {
    const key = findings.map(({ reason: { kind, effect, values } }) => `${kind} ${effect} ${JSON.stringify(values)}`).join('|')
    const known = this.#verdicts.get(key)
    if (known !== undefined) return known
    const weighed = weigh(findings, this.funds)
    this.#verdicts.set(key, weighed)
    return weighed
  }

  /** undefined: it may be doubled, or has not so many characters. */
  #therapyOf(code: string | undefined, { duplicates }: ItemPlan): Therapy | undefined {
    if (code === undefined || duplicates === undefined || code.length < duplicates.row.atc_characters) return undefined
    const atc = code.slice(0, duplicates.row.atc_characters)
    const known = this.#therapies.get(atc)
    if (known !== undefined) return known
    const therapy = { bill: 0, code: '', name: '', names: undefined, shown: undefined }
    this.#therapies.set(atc, therapy)
    return therapy
  }
}

/** In the insurance catalogue on the day, of a class that is paid. */
const isPaidOn = ({ chargeClass, isValid, paidFrom, paidTo }: ItemFacts, on: BusinessDate): boolean =>
  isValid &&
  chargeClass !== undefined &&
  chargeClass !== '03' &&
  (paidFrom === undefined || paidFrom <= on) &&
  (paidTo === undefined || on <= paidTo)

/** Characters of ATC that name a class by which drugs are controlled and doubled. */
const CLASS_LENGTH = 5

/** Drugs of other kinds have none, and no rule by class is about them. */
const hasClass = ({ kind, atc }: ItemFacts): boolean => kind !== 'western' || (atc !== undefined && atc.length >= CLASS_LENGTH)

/** Every fact; the code is the same. */
const isAlike = (left: ItemFacts, right: ItemFacts): boolean =>
  left.chargeClass === right.chargeClass &&
  left.needsPrescription === right.needsPrescription &&
  left.isRestricted === right.isRestricted &&
  left.paidTo === right.paidTo &&
  left.paidFrom === right.paidFrom &&
  left.name === right.name &&
  left.atc === right.atc &&
  left.generic === right.generic &&
  left.kind === right.kind &&
  left.isValid === right.isValid &&
  left.restriction === right.restriction &&
  left.isNegotiated === right.isNegotiated &&
  left.isDualChannel === right.isDualChannel &&
  left.isForChildren === right.isForChildren &&
  left.unitsPerPack === right.unitsPerPack &&
  left.unit === right.unit
