/**
 * What stands of an item on a day, whatever bill it is on: the rows that concern it, what the catalogue says of it, and the
 * verdict of a line against which nothing else is found. Worked out once for the rules of one kind of person and visit and
 * kept, because a pharmacy sells the same drugs all day. Nothing kept refers to what a caller handed in.
 *
 * A pharmacy has ten thousand drugs and a bill touches twenty: what is kept of one drug is small, and what many have in
 * common they share, so that it is still in the processor's cache when the next line asks.
 *
 * A drug also carries what is counted of it on the bill at hand, so that a line is found by one look-up. `begin` starts the
 * next bill; counts of an earlier one are told by its number and never read.
 */

import type { BusinessDate } from '../calendar/business-date.ts'
import type { ResolvedRules } from '../rules/compiled-rules.ts'
import type { ItemPlan } from '../rules/item-plan.ts'
import { BUILT_IN } from './built-in-rules.ts'
import { addCatalogueReasons } from './catalogue-reasons.ts'
import { finding, Findings, type Finding } from './findings.ts'
import type { EarlierSupply, ItemFacts, PrescribedLine } from './question.ts'
import type { ItemVerdict } from './verdict.ts'
import { weigh, type DrawnFund } from './weigh.ts'

const DRUGS_KEPT_MAX = 4096
/** The catalogue may have changed within the day; more than a few faces of one code are a mistake somewhere. */
const FACES_KEPT_MAX = 8

/** What the items have in common that the same rules concern and of which the catalogue says the same. */
export interface StandingItem {
  readonly plan: ItemPlan
  /** In the insurance catalogue on the day, of a class that is paid. */
  readonly isPaid: boolean
  readonly findings: readonly Finding[]
  /** Of a line with these findings and no others; `line` and `tracesWanted` are the line's own. */
  readonly verdict: ItemVerdict
  /** Where the item needs a prescription and there is none. */
  readonly withoutPrescription: Finding | undefined
  /** Where its ATC class is not known, and a rule asks for it. */
  readonly withoutClass: Finding | undefined
}

/** The facts that decide what stands of an item beside its codes. Few differ: drugs share them. */
type Looks = Omit<ItemFacts, 'code' | 'atc' | 'name' | 'generic' | 'unit' | 'unitsPerPack'>

/** One code with one set of facts. */
export interface Face {
  readonly looks: Looks
  readonly atc: string | undefined
  readonly standing: StandingItem
  readonly therapy: Therapy | undefined
}

export interface Prescribed {
  readonly line: PrescribedLine
  /** Ten-thousandths of a unit, of every line of the bill that fills it. */
  handedOver: number
}

/** One code, and what is counted of it on the bill at hand. */
export interface Drug {
  readonly code: string
  face: Face | undefined
  otherFaces: readonly Face[]
  bill: number
  /** Ten-thousandths of a unit, of the lines that ask the insurance. */
  quantity: number
  /** Days of the same lines; undefined: one of them is not known. */
  days: number | undefined
  /** Days of all lines, own pay too. */
  allDays: number | undefined
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
  readonly #items = new Map<ItemPlan, Map<string, StandingItem>>()
  readonly #looks = new Map<string, Looks>()
  readonly #refused = new Map<string | undefined, Finding>()
  readonly #missing = new Map<string | undefined, Finding>()
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
    for (const kept of [this.#drugs, this.#therapies, this.#items, this.#looks, this.#refused, this.#missing]) kept.clear()
  }

  /** The drug of a code, with nothing counted yet when it is the first of the bill. */
  drug(code: string): Drug {
    let drug = this.#drugs.get(code)
    if (drug === undefined) {
      drug = { code, face: undefined, otherFaces: NO_FACES, bill: this.#bill, quantity: 0, days: 0, allDays: 0, prescribed: undefined, supplies: undefined }
      this.#drugs.set(code, drug)
    } else if (drug.bill !== this.#bill) {
      drug.bill = this.#bill
      drug.quantity = 0
      drug.days = 0
      drug.allDays = 0
      drug.prescribed = undefined
      drug.supplies = undefined
    }
    return drug
  }

  /** undefined: neither the bill nor its prescription has a line of it. */
  drugOnBill(code: string): Drug | undefined {
    const drug = this.#drugs.get(code)
    return drug === undefined || drug.bill !== this.#bill ? undefined : drug
  }

  faceOf(drug: Drug, facts: ItemFacts): Face {
    const { face } = drug
    if (face !== undefined && face.atc === facts.atc && isAlike(face.looks, facts)) return face
    const other = drug.otherFaces.find((kept) => kept.atc === facts.atc && isAlike(kept.looks, facts))
    if (other !== undefined) return other
    const fresh = this.#work(facts)
    if (face === undefined) drug.face = fresh
    else drug.otherFaces = drug.otherFaces.length < FACES_KEPT_MAX ? [...drug.otherFaces, fresh] : [fresh]
    return fresh
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

  /** The approval of the item was refused. */
  refused({ restriction }: ItemFacts): Finding {
    return this.#kept(this.#refused, 'approval-refused', restriction)
  }

  /** It is restricted, and there is no approval. */
  missing({ restriction }: ItemFacts): Finding {
    return this.#kept(this.#missing, 'restricted-not-approved', restriction)
  }

  #kept(all: Map<string | undefined, Finding>, kind: 'approval-refused' | 'restricted-not-approved', restriction: string | undefined): Finding {
    let found = all.get(restriction)
    if (found === undefined) {
      found = finding({ kind, effect: 'own-money', rule: BUILT_IN.approval, values: restriction === undefined ? {} : { restriction } }, this.#rules)
      all.set(restriction, found)
    }
    return found
  }

  #work(facts: ItemFacts): Face {
    const plan = this.#rules.planOf(facts)
    const { atc } = facts
    return { looks: this.#looksOf(facts), atc, standing: this.#standingOf(facts, plan), therapy: this.#therapyOf(atc, plan) }
  }

  #looksOf(facts: ItemFacts): Looks {
    const looks = {
      chargeClass: facts.chargeClass,
      needsPrescription: facts.needsPrescription,
      isRestricted: facts.isRestricted,
      paidTo: facts.paidTo,
      paidFrom: facts.paidFrom,
      kind: facts.kind,
      isValid: facts.isValid,
      restriction: facts.restriction,
      isNegotiated: facts.isNegotiated,
      isDualChannel: facts.isDualChannel,
      isForChildren: facts.isForChildren
    }
    const key = JSON.stringify(Object.values(looks).map((value) => value ?? null))
    const known = this.#looks.get(key)
    if (known !== undefined) return known
    this.#looks.set(key, looks)
    return looks
  }

  #standingOf(facts: ItemFacts, plan: ItemPlan): StandingItem {
    const found = new Findings(this.#rules)
    addCatalogueReasons(facts, this.on, found)
    const isPaid = isPaidOn(facts, this.on)
    const lacksClass = plan.byClass !== undefined && !hasClass(facts)
    const key = `${isPaid} ${lacksClass} ${JSON.stringify(found.reasons())}`
    const ofPlan = this.#items.get(plan) ?? new Map<string, StandingItem>()
    const known = ofPlan.get(key)
    if (known !== undefined) return known
    const { required } = plan
    const standing = {
      plan,
      isPaid,
      findings: found.list(),
      verdict: weigh('', 0, found, this.funds),
      withoutPrescription: required && finding({ kind: 'prescription-missing', effect: required.row.effect, funds: required.row.funds, rule: required.rule }, this.#rules),
      withoutClass: plan.byClass !== undefined && lacksClass ? finding({ kind: 'atc-unknown', ...plan.byClass }, this.#rules) : undefined
    }
    this.#items.set(plan, ofPlan.set(key, standing))
    return standing
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

const NO_FACES: readonly Face[] = []

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

const isAlike = (left: Looks, right: Looks): boolean =>
  left.chargeClass === right.chargeClass &&
  left.needsPrescription === right.needsPrescription &&
  left.isRestricted === right.isRestricted &&
  left.paidTo === right.paidTo &&
  left.paidFrom === right.paidFrom &&
  left.kind === right.kind &&
  left.isValid === right.isValid &&
  left.restriction === right.restriction &&
  left.isNegotiated === right.isNegotiated &&
  left.isDualChannel === right.isDualChannel &&
  left.isForChildren === right.isForChildren
