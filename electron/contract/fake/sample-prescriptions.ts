/** Electronic prescriptions that wait at the fake's platform: one in order, one for each thing that can be wrong. */

import type { PrescribedLineView, PrescriptionView, WaitingPrescriptionView } from '../sale-view.ts'
import type { Text } from '../text.ts'
import { AMOXICILLIN, VALSARTAN } from './sample-drugs.ts'

type PrescribedLine = Omit<PrescribedLineView, 'filledBy'>

export interface FakePrescription extends Omit<PrescriptionView, 'lines' | 'reasons' | 'state'> {
  readonly state: 'none' | 'valid' | 'expired' | 'withdrawn' | 'used'
  readonly lines: readonly PrescribedLine[]
}

export interface WaitingPrescription {
  readonly prescription: FakePrescription
  readonly note: Text
  readonly isForged: boolean
}

const line = ({ code, name }: { readonly code: string; readonly name: string }, quantity: string, days: string, isTaken = false): PrescribedLine => ({
  name,
  code,
  quantity,
  unit: '盒',
  days,
  isTaken
})

const VALID: FakePrescription = {
  kind: 'electronic',
  number: 'RX2026030500001',
  issuedOn: '2026-03-05',
  validUntil: '2026-03-07',
  doctor: '测试医生',
  institution: '测试第一医院',
  institutionCode: 'H99999900001',
  level: 2,
  visit: 'chronic',
  diagnoses: ['原发性高血压(测试)'],
  review: 'open',
  state: 'valid',
  lines: [line(VALSARTAN, '2', '56'), line(AMOXICILLIN, '1', '6')]
}

const waits = (number: string, note: Text, change: Partial<FakePrescription>, isForged = false): WaitingPrescription => ({
  prescription: { ...VALID, number, ...change },
  note,
  isForged
})

export const SAMPLE_PRESCRIPTIONS: readonly WaitingPrescription[] = [
  waits('RX2026030500001', { zh: '正常', en: 'in order' }, {}),
  waits('RX2026030500002', { zh: '一种药已取', en: 'one drug taken already' }, { lines: [line(VALSARTAN, '2', '56', true), line(AMOXICILLIN, '1', '6')] }),
  waits('RX2026022000003', { zh: '已过期', en: 'expired' }, { issuedOn: '2026-02-20', validUntil: '2026-02-22', state: 'expired' }),
  waits('RX2026030500004', { zh: '已撤销', en: 'withdrawn' }, { state: 'withdrawn' }),
  waits('RX2026030500005', { zh: '已使用', en: 'used' }, { state: 'used' }),
  waits('RX2026030500006', { zh: '签名不符', en: 'forged' }, {}, true)
]

/** The QR code's text; the real one carries the platform's signature beside it. */
export const prescriptionText = ({ prescription: { number }, isForged }: WaitingPrescription): string =>
  JSON.stringify({ hiRxno: number, signature: isForged ? 'forged' : 'test' })

export const waitingView = (of: WaitingPrescription): WaitingPrescriptionView => ({
  number: of.prescription.number,
  patient: '测试一',
  doctor: of.prescription.doctor,
  issuedOn: of.prescription.issuedOn,
  note: of.note,
  text: prescriptionText(of)
})
