/**
 * The people of the fixture cards as the centre's register has them. Which card it is - number, key factor, algorithm - is
 * asked of the card itself, personalised in memory as the issuer would, so that the centre knows exactly the cards that the
 * window's tray issues.
 */

import { join } from 'node:path'
import { invariant } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import { toHex } from '../../card/bytes/hex.ts'
import { Chip } from '../../card/chip/chip.ts'
import { MemoryMedium } from '../../card/chip/memory-medium.ts'
import { personalise } from '../../card/chip/personalisation/personalise.ts'
import type { SocialSecurityCard } from '../../card/chip/personalisation/schema.ts'
import type { IssuerKeys } from '../../card/issuer/issuer-keys.ts'
import type { Entropy } from '../../card/ports.ts'
import { VirtualReader } from '../../card/reader/virtual/virtual-reader.ts'
import type { CardIdentity } from '../../card/session/identity.ts'
import { detectCard } from '../../card/session/open-card-session.ts'
import type { BusinessDate } from '../../settlement/calendar/business-date.ts'
import { FUNDS } from '../../settlement/calculation/settlement-result.ts'
import type { CardRow, EntitlementRow, FilingRow, InsuranceRow, PersonRow } from '../../settlement/centre/store/schema.ts'
import { parseFen } from '../../settlement/money/fen.ts'
import { ACCOUNT_PAY_TYPE, fundPayTypeOf } from '../../settlement/policy/fund-pay-type.ts'
import { alsoInsured, entitlementsTold, filingsOf, fixtureKnown, standingOf } from './fixture-known.ts'
import { badDocument } from '../host/files/document.ts'
import { jsonFiles } from '../host/files/delivered.ts'
import type { FileProblem } from '../host/files/file-problem.ts'
import { insuredPerson } from '../host/insured-person.ts'
import type { KnownPerson, People } from '../host/sale/people-file.ts'
import { readPersonalisation } from '../host/issue-card.ts'

export interface SeededPerson {
  readonly person: PersonRow
  /** Of the card. */
  readonly insurance: InsuranceRow
  readonly otherInsurances: readonly InsuranceRow[]
  readonly entitlements: readonly EntitlementRow[]
  readonly filings: readonly FilingRow[]
  /** undefined: nobody issued that card. */
  readonly card: CardRow | undefined
}

export interface PeopleRequest {
  readonly fixtures: string
  readonly issuer: IssuerKeys
  readonly entropy: Entropy
  readonly today: BusinessDate
}

/** Of an employee, fen: what was not loaded onto the card. Residents have no account. */
const CENTRE_ACCOUNT = 500_00
/** Long before any visit of the fixtures. */
const INSURED_SINCE = '2015-01-01'

export async function fixturePeople(request: PeopleRequest): Promise<Result<readonly SeededPerson[], FileProblem>> {
  const folder = join(request.fixtures, 'cards')
  const known = fixtureKnown(request.fixtures, request.today)
  if (!known.ok) return known
  const people: SeededPerson[] = []
  for (const file of jsonFiles(folder)) {
    const path = join(folder, file)
    const card = readPersonalisation(path)
    if (!card.ok) return card
    if (card.value.kind !== 'social-security') continue
    const person = await seededPerson(card.value, path, request, known.value)
    if (!person.ok) return person
    people.push(person.value)
  }
  return ok(people)
}

async function seededPerson(card: SocialSecurityCard, path: string, request: PeopleRequest, people: People): Promise<Result<SeededPerson, FileProblem>> {
  const { holder, region } = card
  const known = people.get(holder.socialSecurityNumber)
  const identified = await identify(card, path, request)
  if (!identified.ok) return identified
  const identity = identified.value
  // Region and serial tell one card from another, so they tell one person of the fixtures from another.
  const psnNo = `${region}${String(Number.parseInt(card.serial, 16)).padStart(14, '0')}`
  const balance = parseFen(card.purse.balance)
  invariant(balance !== undefined, `${path}: a balance that the schema has let through is no amount`)
  const insurance = { ...insuranceOf(card, identity, { psnNo, today: request.today }), ...standingOf(known) }
  return ok({
    person: {
      psn_no: psnNo,
      certno: holder.socialSecurityNumber,
      psn_cert_type: '01',
      psn_name: holder.name,
      gend: holder.sex,
      naty: holder.ethnicGroup,
      brdy: holder.birthDate
    },
    insurance,
    otherInsurances: alsoInsured(known, insurance),
    entitlements: entitlementsOf(insurance, known),
    filings: filingsOf(known).map((filing) => ({ psn_no: psnNo, ...filing })),
    // A card whose keys are not the issuer's is a counterfeit: the issuer's register has no such card.
    card: Object.keys(card.keys).length > 0 ? undefined : cardRow(card, identity, { psnNo, balance, today: request.today })
  })
}

interface Seeded {
  readonly psnNo: string
  readonly balance: number
  readonly today: BusinessDate
}

function insuranceOf(card: SocialSecurityCard, identity: CardIdentity, { psnNo, today }: Omit<Seeded, 'balance'>): InsuranceRow {
  const { medical, holder, region } = card
  const insured = insuredPerson(
    {
      identity,
      holder: {
        socialSecurityNumber: holder.socialSecurityNumber,
        name: holder.name,
        sex: undefined,
        ethnicGroup: undefined,
        birthplace: undefined,
        birthDate: holder.birthDate
      },
      medical: {
        insuranceType: medical.insuranceType,
        flags: {
          treatmentElsewhere: medical.treatmentElsewhere,
          outpatientPooling: medical.outpatientPooling,
          outpatientChronic: medical.chronicDisease,
          medicalAssistance: medical.medicalAssistance,
          specialCareSubsidy: medical.specialCare
        },
        insuredRegion: medical.insuredRegion,
        healthRecord: undefined,
        personClass: medical.personClass,
        accountOpened: undefined,
        accountNumber: undefined,
        medicalCertificate: undefined,
        useMode: undefined
      }
    },
    today
  )
  invariant(insured.ok, 'a personalisation says who its holder is')
  const { person } = insured.value
  return {
    psn_no: psnNo,
    insutype: person.insutype ?? medical.insuranceType,
    insuplc_admdvs: medical.insuredRegion ?? region,
    psn_type: person.psn_type ?? '99',
    psn_insu_stas: '1',
    psn_insu_date: INSURED_SINCE,
    paus_insu_date: null,
    cvlserv_flag: '0',
    emp_name: person.insutype === '310' ? '测试用人单位' : '',
    balc: person.insutype === '310' ? CENTRE_ACCOUNT : 0
  }
}

/** Pools of outpatients, which a policy may name instead of the general one. */
const OUTPATIENT_POOLS: Readonly<Record<string, string>> = { '310': '310102', '390': '390102' }
/** Funds that are there for some people only, and what is said to the others. */
const FOR_SOME: Readonly<Record<string, string>> = {
  '320100': '非公务员 not a civil servant',
  '350100': '非伤残军人 not a disabled soldier',
  '610100': '非医疗救助对象 not a recipient of medical aid'
}

function entitlementsOf({ psn_no, insutype }: InsuranceRow, known: KnownPerson | undefined): EntitlementRow[] {
  const told = entitlementsTold(known, INSURED_SINCE)
  const general = FUNDS.map((fund) => fundPayTypeOf(fund, insutype))
  const types = new Set([...general, OUTPATIENT_POOLS[insutype] ?? [], ACCOUNT_PAY_TYPE].flat())
  const others = [...types].filter((type) => told.every(({ fund_pay_type }) => fund_pay_type !== type))
  return [...others.map((type): EntitlementRow => ({
    psn_no,
    insutype,
    fund_pay_type: type,
    med_type: null,
    begndate: INSURED_SINCE,
    enddate: null,
    trt_enjymnt_flag: FOR_SOME[type] === undefined ? '1' : '0',
    trt_chk_rslt: FOR_SOME[type] ?? ''
  })), ...told.map((row) => ({ psn_no, insutype, ...row }))]
}

function cardRow({ purse, region, backOffice }: SocialSecurityCard, identity: CardIdentity, { psnNo, balance, today }: Seeded): CardRow {
  const { algorithm } = identity
  invariant(algorithm !== 'SSF33', 'nobody issues cards of the old cipher')
  return {
    card_id: identity.identificationCode,
    psn_no: psnNo,
    region,
    card_factor: toHex(identity.cardFactor),
    algorithm,
    purse: purse.profile,
    issued_balance: balance,
    issued_serial: purse.purchaseSerial,
    activated: backOffice.activated ? 1 : 0,
    lost: backOffice.lost ?? null,
    lost_since: backOffice.lost === undefined ? null : `${today.replaceAll('-', '')}000000`,
    balance,
    load_serial: purse.loadSerial
  }
}

async function identify(card: SocialSecurityCard, path: string, { issuer, entropy, today }: PeopleRequest): Promise<Result<CardIdentity, FileProblem>> {
  const image = personalise(card, issuer)
  if (!image.ok) return badDocument(path, 'personalisation', image.error.problems)
  const reader = new VirtualReader('card issuing')
  reader.insert(new Chip(new MemoryMedium(image.value), entropy))
  const identity = await detectCard({ reader, entropy, today })
  reader.remove()
  return identity.ok ? identity : refuse({ kind: 'card-not-opened', message: `${path}: ${identity.error.kind}` })
}
