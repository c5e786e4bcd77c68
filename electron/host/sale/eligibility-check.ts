/** Is this drug covered for this person, here, today? Without a sale: the card that is there, or the general rules of the place. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { classOn } from '../../../settlement/catalogue/item-on-day.ts'
import type { CatalogueItem } from '../../../settlement/catalogue/item-schema.ts'
import { itemFacts } from '../../../settlement/catalogue/item-facts.ts'
import { judge } from '../../../settlement/eligibility/judge.ts'
import type { AskedItem, Question } from '../../../settlement/eligibility/question.ts'
import { sayVerdict } from '../../../settlement/eligibility/say-reason.ts'
import { substitutes } from '../../../settlement/eligibility/substitutes.ts'
import type { ItemVerdict, Verdict } from '../../../settlement/eligibility/verdict.ts'
import { formatPrice, formatQuantity, parsePrice, parseQuantity, priceTimesQuantity, type Price, type Quantity } from '../../../settlement/money/price.ts'
import { insuranceTypeName } from '../../../settlement/wire/code-names.ts'
import type { EligibilityView } from '../../contract/sale-view.ts'
import type { CardData } from '../insured-person.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import type { Moment } from '../system.ts'
import { questionOf, saleCase } from './sale-case.ts'
import type { SalePorts } from './sale.ts'
import type { SaleRefusal } from './sale-refusal.ts'
import { rulesView } from './sale-views.ts'
import { payableText, reasonView, verdictView } from './verdict-view.ts'

export type CheckPorts = Omit<SalePorts, 'billRules'>

export interface EligibilityRequest {
  readonly ports: CheckPorts
  readonly card: CardData | undefined
  readonly moment: Moment
  readonly code: string
  /** Decimal strings. */
  readonly quantity: string
  readonly days: string | null
}

export interface EligibilityAnswer {
  readonly view: EligibilityView
  readonly verdict: Verdict
  readonly question: Question
}

const CANDIDATES_MAX = 20
const LINE = '1'
const OUTPATIENT = '11'

export function checkEligibility({ ports, card, moment, code, quantity, days }: EligibilityRequest): Result<EligibilityAnswer, SaleRefusal> {
  const { catalogue, rules, on } = ports
  const item = catalogue.get(code, on)
  if (item === undefined) return refuse({ kind: 'item-unknown', code })
  const asked = askedOf({ quantity, days })
  if (!asked.ok) return asked
  const known = saleCase(ports, card, on)
  const asking = (of: CatalogueItem): AskedItem => itemAsked(of, ports, asked.value)
  const place = ports.place.kind === 'pharmacy' ? {} : { visit: { medType: OUTPATIENT, disease: undefined } }
  const question: Question = { ...questionOf(known, { prescription: undefined, items: [asking(item)], soldCodes: new Map() }), ...place }
  const whole = judge(rules, question)
  const verdict: Verdict = { ...whole, items: whole.items.map(withoutPacks) }
  const [judged] = verdict.items
  if (judged === undefined) return refuse({ kind: 'item-unknown', code })
  const candidates = catalogue.sameSubstance(code, CANDIDATES_MAX, on)
  const view: EligibilityView = {
    askedAt: readableTime(moment.cardTime),
    place: ports.placeName,
    holder: card?.holder.name ?? '',
    insured: card === undefined ? NOBODY : insuranceTypeName(known.person.insutype),
    item: { code, name: item.name, spec: item.spec ?? '', chargeClass: classOn(item, on) ?? '', price: item.pric ?? null },
    on,
    quantity: formatQuantity(asked.value.quantity),
    days,
    verdict: verdictView(judged, payableText(judged, asking(item))),
    isWithinDeductible: false,
    person: verdict.person.map((reason) => reasonView(reason, judged)),
    substitutes: substitutes(rules, question, LINE, candidates.map(asking)).map(({ item: { code: other, item: facts, price }, verdict: theirs }) => ({
      code: other,
      name: facts.name,
      spec: catalogue.get(other, on)?.spec ?? '',
      price: formatPrice(price),
      light: theirs.cover,
      sentence: sayVerdict(withoutPacks(theirs))
    })),
    rules: rulesView(rules)
  }
  return ok({ view, verdict, question })
}

const NOBODY = { zh: '未插卡：一般规则', en: 'no card: the general rules' }

/** Nothing is sold yet: no pack wants its code. */
const withoutPacks = (verdict: ItemVerdict): ItemVerdict => ({ ...verdict, reasons: verdict.reasons.filter(({ kind }) => !OF_PACKS.has(kind)) })
const OF_PACKS: ReadonlySet<string> = new Set(['trace-code-missing', 'trace-code-not-required'])

interface Asked {
  readonly quantity: Quantity
  readonly days: number | undefined
}

function askedOf({ quantity, days }: Pick<EligibilityRequest, 'quantity' | 'days'>): Result<Asked, SaleRefusal> {
  const parsed = parseQuantity(quantity.trim())
  if (parsed === undefined || parsed <= 0) {
    return refuse({ kind: 'bad-field', field: 'quantity', value: quantity, rule: { zh: '应为最多4位小数的正数', en: 'a positive number with up to 4 places' } })
  }
  if (days !== null && !/^[1-9]\d{0,2}$/.test(days.trim())) {
    return refuse({ kind: 'bad-field', field: 'days', value: days, rule: { zh: '应为1至999的整数', en: 'a whole number from 1 to 999' } })
  }
  return ok({ quantity: parsed, days: days === null ? undefined : Number.parseInt(days, 10) })
}

function itemAsked(item: CatalogueItem, { on }: Pick<SalePorts, 'on'>, { quantity, days }: Asked): AskedItem {
  const price = (item.pric === undefined ? undefined : parsePrice(item.pric)) ?? (0 as Price)
  return {
    line: LINE,
    code: item.med_list_codg,
    quantity,
    price,
    amount: priceTimesQuantity(price, quantity),
    days,
    packs: [],
    approval: '0',
    asOwnPay: false,
    item: itemFacts(item, on)
  }
}
