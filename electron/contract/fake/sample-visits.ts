/** Till, visits and queue of the fake. */

import type { QueueEntry, VisitView } from '../bill-view.ts'
import type { TillView } from '../till-view.ts'
import { UNREADABLE_VISIT } from './fake-refusals.ts'

export const SAMPLE_TILL: TillView = {
  institution: { code: 'H99999900001', name: '测试第一医院', level: 2, kind: 'hospital' },
  terminalName: '测试一号窗口',
  region: { code: '999999', name: { zh: '测试区', en: 'test region' } },
  today: '2026-03-05',
  shufflePin: false,
  queueFolder: '/tmp/caresettle-test/queue',
  version: '0.1.0'
}

export const SAMPLE_PHARMACY: TillView = {
  ...SAMPLE_TILL,
  institution: { code: 'P99999900001', name: '测试大药房', level: null, kind: 'pharmacy' },
  terminalName: '测试收银台'
}

const OUTPATIENT = { code: '11', name: { zh: '普通门诊', en: 'outpatient' } }
const CHRONIC = { code: '14', name: { zh: '门诊慢特病', en: 'chronic disease' } }

const visit = (visitNo: string, begins: string, patient: string, department = '内科'): VisitView => ({
  visitNo,
  begins,
  visitType: OUTPATIENT,
  department,
  doctor: '测试医生',
  patient,
  disease: ''
})

export const VISIT_ONE = visit('MZ2026030500001', '2026-03-05 09:20:00', '测试一')
export const VISIT_TWO: VisitView = {
  ...visit('MZ2026030500002', '2026-03-05 09:32:00', '测试二', '老年病科'),
  visitType: CHRONIC,
  disease: '高血压(测试)'
}
export const VISIT_THREE = visit('MZ2026030500003', '2026-03-05 09:41:00', '')
export const TYPED_VISIT: VisitView = { ...visit('CS2026030500001', '2026-03-05 10:00:00', ''), department: '', doctor: '' }

export const SALE_VISIT: VisitView = {
  ...visit('YD2026030500001', '2026-03-05 10:00:00', '', ''),
  visitType: { code: '41', name: { zh: '药店购药', en: 'pharmacy' } },
  doctor: ''
}

export const SAMPLE_QUEUE: readonly QueueEntry[] = [
  { file: 'MZ2026030500001.json', visit: VISIT_ONE, total: '818.47', lines: 12, state: 'waiting', refusal: null },
  { file: 'MZ2026030500002.json', visit: VISIT_TWO, total: '66.60', lines: 3, state: 'waiting', refusal: null },
  { file: 'MZ2026030500003.json', visit: VISIT_THREE, total: '66.60', lines: 3, state: 'waiting', refusal: null },
  { file: 'broken.json', visit: null, total: null, lines: 0, state: 'unreadable', refusal: UNREADABLE_VISIT }
]
