/**
 * Who sits at the counter: the card is genuine, in date, not lost and of this place, its holder and the rules for them are
 * known. All of that before a PIN is tried.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { Entropy } from '../../card/ports.ts'
import type { PsamSession } from '../../card/psam/psam-session.ts'
import type { CardReader } from '../../card/reader/card-reader.ts'
import type { CardSession } from '../../card/session/card-session.ts'
import type { CardIdentity } from '../../card/session/identity.ts'
import { openCardSession } from '../../card/session/open-card-session.ts'
import { date, type BusinessDate } from '../../settlement/calendar/business-date.ts'
import type { Ledger } from '../../settlement/ledger/ledger.ts'
import { choosePolicy } from '../../settlement/policy/choose-policy.ts'
import type { Policy } from '../../settlement/policy/policy-schema.ts'
import type { Catalogue } from '../../settlement/catalogue/catalogue.ts'
import type { Visit } from '../../settlement/visit/visit-schema.ts'
import type { CounterRefusal } from './counter-refusal.ts'
import type { FaultPoint } from './fault-point.ts'
import type { CentreAge } from './visit-claim.ts'
import type { CardRegister } from './card-register.ts'
import type { JudgedVisit } from './sale/judged-visit.ts'
import { insuredPerson, samePoolingArea, type CardData, type CardPerson } from './insured-person.ts'
import type { Clock } from './system.ts'
import type { Told } from './told-person.ts'

/** What stands on the counter: enough to ask a card what became of an earlier debit. */
export interface Till {
  readonly reader: CardReader
  readonly psam: PsamSession
  readonly ledger: Ledger
  readonly clock: Clock
  readonly entropy: Entropy
  readonly faultPoint: FaultPoint
}

/** What is known at the counter: enough, with a till, to serve a visit. */
export interface Rules {
  readonly policies: readonly Policy[]
  readonly catalogue: Catalogue
  readonly register: CardRegister
  /** How old what is known of the centre is; undefined for a till that is connected to none. */
  readonly centre?: (() => CentreAge | undefined) | undefined
  /** What the centre told of a person; left out for a till that is connected to none. */
  readonly told?: Told | undefined
  /** Asks the centre about whoever the card names, before `told` is; false: it answered that it has nobody of that number. */
  readonly learn?: ((citizenNumber: string) => Promise<boolean>) | undefined
  /** Of a pharmacy's visit: what eligibility makes of it, before the PIN is tried. */
  readonly judge?: ((card: CardData, visit: Visit) => Result<JudgedVisit, CounterRefusal>) | undefined
  /** As enrolled with a centre: its digits go into the numbers that are made here. */
  readonly terminal?: (() => string | undefined) | undefined
}

export type Counter = Till & Rules

/** A card whose holder is known, before any PIN. */
export interface Patient extends CardPerson {
  readonly session: CardSession
  readonly policy: Policy
}

/** The card is genuine (the session proved it), in date and not lost. */
export async function openCard({ reader, psam, entropy, clock, register }: Counter): Promise<Result<CardSession, CounterRefusal>> {
  const opened = await openCardSession({ reader, psam, entropy, today: clock().today })
  if (!opened.ok) return refuse({ kind: 'card-not-opened', refusal: opened.error })
  const unfit = unfitCard(opened.value.identity, register)
  if (unfit === undefined) return opened
  await opened.value.close()
  return refuse(unfit)
}

export function unfitCard({ identificationCode, expired, expiryDate }: CardIdentity, register: CardRegister): CounterRefusal | undefined {
  const registered = register.get(identificationCode)
  if (registered?.lost !== undefined) return { kind: 'card-lost', reported: registered.lost }
  if (registered?.activated === false) return { kind: 'card-not-activated' }
  return expired ? { kind: 'card-expired', expiryDate: expiryDate ?? '' } : undefined
}

/** What a visit says that decides whose rules hold: where, when, and what the register adds. */
export type VisitFacts = Pick<Visit, 'fixmedins_code' | 'begntime' | 'insured'>

export async function identifyPatient(
  { policies, clock }: Counter,
  session: CardSession,
  visit: VisitFacts
): Promise<Result<Patient, CounterRefusal>> {
  const card = await readCard(session)
  if (!card.ok) return card
  const patient = patientOf(policies, card.value, visit, clock().today)
  return patient.ok ? ok({ ...patient.value, session }) : patient
}

/** Holder and insurance, with the keys of the PSAM: costs no try of the PIN. */
export async function readCard(session: CardSession): Promise<Result<CardData, CounterRefusal>> {
  const holder = await session.readHolder()
  if (!holder.ok) return refuse({ kind: 'card-unreadable', refusal: holder.error })
  const medical = await session.readMedical()
  if (!medical.ok) return refuse({ kind: 'card-unreadable', refusal: medical.error })
  return ok({ identity: session.identity, holder: holder.value, medical: medical.value })
}

/** The card's holder at this visit, and the rules of that day. Asks nothing of the card. */
export function patientOf(
  policies: readonly Policy[],
  card: CardData,
  visit: VisitFacts,
  today: BusinessDate
): Result<Omit<Patient, 'session'>, CounterRefusal> {
  const on = dayOfService(visit)
  const read = insuredPerson(card, on)
  if (!read.ok) return refuse({ kind: 'card-unreadable', refusal: read.error })
  const { insuredRegion, person } = read.value
  const region = institutionDivision(visit.fixmedins_code)
  if (!samePoolingArea(insuredRegion, region)) return refuse({ kind: 'other-region', insuredRegion, region })
  const contradiction = contradictionOf(visit, read.value, today)
  if (contradiction !== undefined) return refuse(contradiction)
  const policy = choosePolicy(policies, {
    region: poolingRegion(policies, insuredRegion),
    insutype: person.insutype ?? '',
    date: on
  })
  if (!policy.ok) return refuse({ kind: 'policy', refusal: policy.error })
  return ok({ ...read.value, policy: policy.value })
}

/** What the register adds to the card is believed, what it says against the card is not. */
function contradictionOf({ begntime, insured }: VisitFacts, { person, insuredRegion }: CardPerson, today: BusinessDate): CounterRefusal | undefined {
  const day = begntime.slice(0, 10)
  if (day > today) return { kind: 'visit-contradicts', field: 'begntime', stated: begntime, rule: `must not lie after today, ${today}` }
  const insutype = insured?.insutype
  if (insutype !== undefined && insutype !== person.insutype) {
    return { kind: 'visit-contradicts', field: 'insured.insutype', stated: insutype, rule: `the card says ${person.insutype ?? ''}` }
  }
  const region = insured?.insuplc_admdvs
  if (region !== undefined && !samePoolingArea(region, insuredRegion)) {
    return { kind: 'visit-contradicts', field: 'insured.insuplc_admdvs', stated: region, rule: `the card says ${insuredRegion}` }
  }
  return undefined
}

export const dayOfService = (visit: Pick<Visit, 'begntime'>): BusinessDate => date(visit.begntime.slice(0, 10))

/** A pharmacy's code begins with P, any other institution's with H. */
export const isPharmacyCode = (institutionCode: string): boolean => institutionCode.startsWith('P')

/** An institution's code is a letter, its division and a number. */
export const institutionDivision = (institutionCode: string): string => institutionCode.slice(1, 7)

/** The region whose rules a district shares: itself, else its city, else its province, whichever has rules. */
export function poolingRegion(policies: readonly Policy[], division: string): string {
  const candidates = [division, `${division.slice(0, 4)}00`, `${division.slice(0, 2)}0000`]
  return candidates.find((region) => policies.some((policy) => policy.region === region)) ?? division
}

