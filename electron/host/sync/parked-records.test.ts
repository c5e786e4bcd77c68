import { describe, expect, it } from 'vitest'
import type { ParkedRow } from '../../../settlement/sync/sync-store.ts'
import type { RecordRow, StatementView } from '../../contract/settlement-view.ts'
import { rowWithParked, withParked } from './parked-records.ts'

const parked = (changes: Partial<ParkedRow> = {}): ParkedRow => ({
  sequence: 2,
  kind: 'posting',
  id: 'P1',
  verdict: { kind: 'refused', refusal: { kind: 'person-unknown' } },
  since: '20260315090000',
  state: 'open',
  retries: 0,
  changedAt: '20260315090000',
  note: '',
  ...changes
})
const storeOf = (...rows: readonly ParkedRow[]) => ({ parkedOf: (id: string) => rows.filter((row) => row.id === id) })
const statement = { settlementId: 'P1', confirmation: { state: 'provisional' }, refund: null } as StatementView
const row = { settlementId: 'P1', confirmation: 'provisional' } as RecordRow

describe('the record of a settlement that the centre refused', () => {
  it('says so, and why', () => {
    expect(withParked(storeOf(parked()), statement).confirmation).toEqual({
      state: 'parked',
      sequence: 2,
      what: { zh: '中心没有该参保人的登记', en: 'the centre does not know this person' }
    })
    expect(rowWithParked(storeOf(parked()), row).confirmation).toBe('parked')
  })

  it('tells the refund apart from the settlement', () => {
    const refunded = { ...statement, refund: { confirmation: { state: 'provisional' } } } as StatementView
    const shown = withParked(storeOf(parked({ sequence: 5, kind: 'correction' })), refunded)
    expect(shown.confirmation).toEqual({ state: 'provisional' })
    expect(shown.refund?.confirmation).toMatchObject({ state: 'parked', sequence: 5 })
  })

  it('says nothing of what was booked after all', () => {
    expect(withParked(storeOf(parked({ state: 'resolved' })), statement).confirmation).toEqual({ state: 'provisional' })
    expect(rowWithParked(storeOf(parked({ state: 'resolved' })), row).confirmation).toBe('provisional')
  })

  it('that was taken back here waits for no confirmation, and neither does its refund: the centre knows of neither', () => {
    const store = storeOf(parked({ state: 'reversed' }), parked({ sequence: 5, kind: 'correction', verdict: { kind: 'refused', refusal: { kind: 'target-not-booked', settlementId: 'P1' } }, state: 'reversed' }))
    const refunded = { ...statement, refund: { confirmation: { state: 'provisional' } } } as StatementView
    const never = { state: 'never-booked', what: { zh: '中心没有该参保人的登记', en: 'the centre does not know this person' } }
    expect(withParked(store, refunded)).toMatchObject({ confirmation: never, refund: { confirmation: never } })
    expect(rowWithParked(store, row).confirmation).toBe('never-booked')
  })

  it('says of what was confirmed once, and a centre that was put back does not book again, that it is not booked', () => {
    const confirmed = { ...statement, confirmation: { state: 'confirmed', setlId: 'S1', setlTime: '' } } as StatementView
    const back = storeOf(parked({ verdict: { kind: 'refused', refusal: { kind: 'person-unknown' }, wasConfirmed: true } }))
    expect(withParked(back, confirmed).confirmation).toEqual({
      state: 'parked',
      sequence: 2,
      what: {
        zh: '中心先前已确认，恢复旧数据后不再承认：中心没有该参保人的登记',
        en: 'the centre had confirmed it, was put back from an older copy and does not book it again: the centre does not know this person'
      }
    })
    expect(rowWithParked(storeOf(parked()), { ...row, confirmation: 'confirmed' }).confirmation).toBe('parked')
  })

  it('keeps the first word where the centre has booked it and now says something else', () => {
    const confirmed = { ...statement, confirmation: { state: 'confirmed', setlId: 'S1', setlTime: '' } } as StatementView
    const differs = parked({ verdict: { kind: 'answer-differs', setlId: 'S2', setlTime: '20260315090000', ofRecord: undefined } })
    expect(withParked(storeOf(differs), confirmed)).toEqual(confirmed)
    expect(rowWithParked(storeOf(differs), { ...row, confirmation: 'confirmed' }).confirmation).toBe('confirmed')
  })
})
