/** The prescription of a sale, typed from paper or opened from the platform's document, in the terms of a question. */

import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import { parseDate } from '../../../settlement/calendar/business-date.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { PrescribedLine, Prescription } from '../../../settlement/eligibility/question.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import { parseQuantity, type Quantity } from '../../../settlement/money/price.ts'
import { institutionCodeField } from '../../../settlement/wire/fields.ts'
import type { Params } from '../../contract/requests.ts'
import { rxDay, type Rx, type RxLine } from './rx-document.ts'
import type { SaleRefusal } from './sale-refusal.ts'

export interface SalePrescription {
  readonly asked: Prescription
  /** Of an electronic one: whom it is for. */
  readonly patient: { readonly certno: string; readonly psn_name: string } | undefined
  /** How the doctor wants a drug to be taken, by code and by substance. */
  readonly doses: ReadonlyMap<string, PrescribedDose>
}

export interface PrescribedDose {
  readonly dose: string
  readonly frequency: string
}

type Paper = Params<'sale.prescribe'>['prescription']

export function paperPrescription(paper: Paper, today: BusinessDate): Result<SalePrescription, SaleRefusal> {
  const issuedOn = parseDate(paper.issuedOn)
  if (issuedOn === undefined || issuedOn > today) {
    return refuse({ kind: 'bad-field', field: 'issuedOn', value: paper.issuedOn, rule: { zh: '应为不晚于今天的日期', en: 'a day that is not after today' } })
  }
  const doctor = paper.doctor.trim()
  if (doctor === '') return refuse({ kind: 'bad-field', field: 'doctor', value: paper.doctor, rule: { zh: '须填写开方医师', en: 'the doctor who wrote it' } })
  const code = paper.institutionCode.trim()
  const isDesignated = institutionCodeField.safeParse(code).success
  if (code !== '' && !isDesignated) {
    return refuse({ kind: 'bad-field', field: 'institutionCode', value: code, rule: { zh: '应为H或P加11位数字，没有则留空', en: 'H or P and 11 digits, or nothing' } })
  }
  return ok({
    patient: undefined,
    doses: new Map(),
    asked: {
      kind: 'paper',
      number: paper.number.trim(),
      issuedOn,
      validUntil: undefined,
      prescriber: {
        name: doctor,
        code: undefined,
        institution: { code, name: paper.institution.trim(), level: paper.level, kind: 'hospital', isDesignated }
      },
      diagnoses: paper.diagnoses.filter((name) => name.trim() !== '').map((name) => ({ code: '', name: name.trim() })),
      visit: paper.visit,
      review: paper.review === 'open' ? undefined : paper.review,
      electronic: undefined,
      lines: []
    }
  })
}

const STATES = { '1': 'valid', '2': 'expired', '3': 'withdrawn' } as const
const SCOPES = { '01': 'dual-channel', '02': 'pooling', '99': 'other' } as const

/** `dispensed`: codes that the ledger has handed over on this number already. */
export function electronicPrescription(rx: Rx, dispensed: ReadonlySet<string>): SalePrescription {
  const until = parseDate(rxDay(rx.valiEndTime))
  return {
    patient: { certno: rx.certno, psn_name: rx.patnName },
    doses: new Map(rx.rxdrugdetail.flatMap(dosesOf)),
    asked: {
      kind: 'electronic',
      number: rx.hiRxno,
      issuedOn: rxDay(rx.prscTime) as BusinessDate,
      validUntil: until,
      prescriber: {
        name: rx.drName,
        code: rx.drCode,
        institution: { code: rx.fixmedinsCode, name: rx.fixmedinsName, level: rx.hospLv, kind: rx.fixmedinsKind, isDesignated: true }
      },
      diagnoses: rx.diseinfo.map(({ diagCode, diagName }) => ({ code: diagCode, name: diagName })),
      visit: rx.longRxFlag === '1' ? 'long-term' : rx.visit,
      review: undefined,
      electronic: {
        status: STATES[rx.rxStasCodg],
        isUsed: rx.rxUsedStasCodg === '2',
        signatureVerified: true,
        scope: SCOPES[rx.rxExraAttrCode]
      },
      lines: rx.rxdrugdetail.map((line) => prescribedLine(line, dispensed))
    }
  }
}

function dosesOf({ medListCodg, drugGenname, sinDoscnt, usedFrquCodg }: RxLine): [string, PrescribedDose][] {
  if (sinDoscnt === undefined || usedFrquCodg === undefined) return []
  const dose = { dose: sinDoscnt, frequency: usedFrquCodg }
  return [[drugGenname, dose], ...(medListCodg === undefined ? [] : [[medListCodg, dose] as [string, PrescribedDose]])]
}

function prescribedLine(line: RxLine, dispensed: ReadonlySet<string>): PrescribedLine {
  const { medListCodg, drugGenname, drugCnt, drugDosunt, useDayNum, takeDrugFlag, hospApprFlag } = line
  return {
    code: medListCodg,
    generic: drugGenname,
    quantity: parseQuantity(drugCnt) ?? (0 as Quantity),
    unit: drugDosunt,
    days: useDayNum,
    isTaken: takeDrugFlag === '1' || (medListCodg !== undefined && dispensed.has(medListCodg)) || dispensed.has(drugGenname),
    approval: hospApprFlag
  }
}

/** Codes that were handed over on a prescription at this terminal and did not come back. */
export function dispensedOn(ledger: LedgerReader, { personNo, number, since }: { readonly personNo: string; readonly number: string; readonly since: BusinessDate }): ReadonlySet<string> {
  const supplies = ledger.suppliesOf(personNo, since)
  if (!supplies.ok) return new Set()
  const ofRx = new Map<string, boolean>()
  const codes = supplies.value.filter(({ settlementId }) => {
    const known = ofRx.get(settlementId) ?? isOnRx(ledger, settlementId, number)
    ofRx.set(settlementId, known)
    return known
  })
  return new Set(codes.map(({ code }) => code))
}

function isOnRx(ledger: LedgerReader, settlementId: string, number: string): boolean {
  const settled = ledger.settlement(settlementId)
  if (!settled.ok || settled.value === undefined) return false
  return claimRxNumber(settled.value.hold.fact.claim) === number
}

/** undefined: the claim names no prescription, or is none of ours. */
export function claimRxNumber(claim: Uint8Array): string | undefined {
  try {
    const { rx } = JSON.parse(new TextDecoder().decode(claim)) as { readonly rx?: { readonly rxno?: unknown } }
    return typeof rx?.rxno === 'string' ? rx.rxno : undefined
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}
