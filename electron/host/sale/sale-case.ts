/**
 * Who buys, where, and what was handed over before: everything of a question that does not lie on the bill. Made anew when a card
 * comes or leaves; the lines of the bill are put in at every change.
 */

import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import { plusDays } from '../../../settlement/calendar/day-number.ts'
import type { Catalogue } from '../../../settlement/catalogue/catalogue.ts'
import { atcOf } from '../../../settlement/catalogue/item-facts.ts'
import type { AskedItem, EarlierSupply, EligiblePerson, Place, PlaceUse, Question, SoldCode } from '../../../settlement/eligibility/question.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import { ZERO } from '../../../settlement/money/fen.ts'
import { parseQuantity, type Quantity } from '../../../settlement/money/price.ts'
import type { CardData } from '../insured-person.ts'
import { askedPerson, somebody } from './asked-person.ts'
import type { Told } from '../told-person.ts'
import type { KnownPerson } from './people-file.ts'
import type { RegisteredCard } from '../card-register.ts'
import type { SalePrescription } from './prescription.ts'

/** Second-line drugs look back six months, courses a year. */
const HISTORY_DAYS = 400

export interface CaseSources {
  readonly ledger: LedgerReader
  readonly catalogue: Catalogue
  readonly place: Place
  /** What the back office, the file of people and the centre know. */
  readonly registered: (cardId: string) => RegisteredCard | undefined
  readonly known: (citizenNumber: string) => KnownPerson | undefined
  readonly told: Told
}

export interface SaleCase {
  readonly person: EligiblePerson
  /** undefined: nobody is there. */
  readonly personNo: string | undefined
  readonly known: KnownPerson | undefined
  readonly history: readonly EarlierSupply[] | undefined
  readonly used: PlaceUse
  readonly place: Place
  readonly on: BusinessDate
}

const NOTHING_USED: PlaceUse = { today: ZERO, thisMonth: ZERO, salesToday: 0 }

export function saleCase(sources: CaseSources, card: CardData | undefined, on: BusinessDate): SaleCase {
  const { place, ledger } = sources
  // Nobody's history: what needs one says so, and judges nobody by it.
  if (card === undefined) return { person: somebody(place.region), personNo: undefined, known: undefined, history: [], used: NOTHING_USED, place, on }
  const personNo = card.holder.socialSecurityNumber
  const known = personNo === undefined ? undefined : sources.known(personNo)
  const registered = sources.registered(card.identity.identificationCode)
  const told = personNo === undefined ? undefined : sources.told(personNo, card.medical.insuranceType ?? '310')
  const person = askedPerson({ card, registered, known, told, on })
  const used = personNo === undefined ? undefined : ledger.placeUse(personNo, place.code, on)
  return {
    person,
    personNo,
    known,
    history: personNo === undefined ? undefined : historyOf(sources, { personNo, known, on }),
    used: used?.ok === true ? used.value : NOTHING_USED,
    place,
    on
  }
}

/** undefined: the ledger cannot be read. */
function historyOf(
  { ledger, catalogue }: CaseSources,
  { personNo, known, on }: { readonly personNo: string; readonly known: KnownPerson | undefined; readonly on: BusinessDate }
): readonly EarlierSupply[] | undefined {
  const own = ledger.suppliesOf(personNo, plusDays(on, -HISTORY_DAYS))
  if (!own.ok) return undefined
  const named = (code: string, day: BusinessDate): Pick<EarlierSupply, 'code' | 'atc' | 'generic'> => {
    const item = catalogue.get(code, day)
    return { code, atc: item === undefined ? atcOf({ med_list_codg: code }) : atcOf(item), generic: item?.generic }
  }
  const elsewhere = known?.supplies ?? []
  return [
    ...own.value.map(({ code, on: day, quantity, days, where, fundPaid }) => ({ ...named(code, day), on: day, quantity, days, where, fundPaid })),
    ...elsewhere.map(({ med_list_codg, fee_ocur_day, cnt, prd_days, fixmedins_name, fund_paid }) => ({
      ...named(med_list_codg, fee_ocur_day as BusinessDate),
      on: fee_ocur_day as BusinessDate,
      quantity: parseQuantity(cnt) ?? (0 as Quantity),
      days: prd_days,
      where: fixmedins_name,
      fundPaid: fund_paid
    }))
  ]
}

export interface AskedBill {
  readonly prescription: SalePrescription | undefined
  readonly items: readonly AskedItem[]
  readonly soldCodes: ReadonlyMap<string, SoldCode>
}

export const questionOf = ({ person, place, on, history, used, known }: SaleCase, { prescription, items, soldCodes }: AskedBill): Question => ({
  person,
  place,
  visit: visitKind(prescription, known, on),
  on,
  prescription: prescription?.asked,
  items,
  history,
  used,
  soldCodes
})

const PHARMACY = '41'
const CHRONIC = '14'
const SPECIAL_DRUG = '18'

/** 41 at a pharmacy, unless the prescription is one of a benefit that the person has filed for. */
export function visitKind(prescription: SalePrescription | undefined, known: KnownPerson | undefined, on: BusinessDate): Question['visit'] {
  const filings = (known?.filings ?? []).filter(({ begndate, enddate }) => begndate <= on && (enddate === undefined || on <= enddate))
  const asked = prescription?.asked
  if (asked === undefined) return { medType: PHARMACY, disease: undefined }
  if (asked.electronic?.scope === 'dual-channel' && filings.some(({ biz_appy_type }) => biz_appy_type === '10' || biz_appy_type === '32')) {
    return { medType: SPECIAL_DRUG, disease: undefined }
  }
  const filed = filings.find(
    ({ biz_appy_type, dise_codg, dise_name }) =>
      biz_appy_type === '01' && asked.diagnoses.some(({ code, name }) => (code !== '' && code === dise_codg) || (dise_name !== undefined && name.includes(dise_name)))
  )
  return filed === undefined ? { medType: PHARMACY, disease: undefined } : { medType: CHRONIC, disease: filed.dise_codg }
}
