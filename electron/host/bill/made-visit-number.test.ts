import { expect, it } from 'vitest'
import { date } from '../../../settlement/calendar/business-date.ts'
import { madeVisitNumber } from './made-visit-number.ts'

const NOW = { cardTime: '20260128085855', today: date('2026-01-28') }
const institution = { fixmedins_code: 'H99999900001', fixmedins_name: '测试第一医院', kind: 'hospital', is_pooling: false, is_dual_channel: false } as const
const PHARMACY = { institution: { ...institution, kind: 'pharmacy' } } as const

it('says what it is of, when it began, and where the ledger stood', () => {
  expect(madeVisitNumber({ institution, terminal: undefined }, NOW, { sequence: 0 })).toBe('SG202601280858550001')
  expect(madeVisitNumber({ ...PHARMACY, terminal: undefined }, NOW, { sequence: 0 })).toBe('YD202601280858550001')
})

it('of one second is another once something is held, and at another terminal of the institution', () => {
  const of = (terminal: string, sequence: number) => madeVisitNumber({ ...PHARMACY, terminal }, NOW, { sequence })
  expect(of('P99999900001-01', 6)).toBe('YD202601280858550107')
  expect(of('P99999900001-01', 8)).toBe('YD202601280858550109')
  expect(of('P99999900001-02', 6)).toBe('YD202601280858550207')
})
