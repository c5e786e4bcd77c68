import { describe, expect, it } from 'vitest'
import { ageDays, centreAnswers, isStale } from './age.ts'
import type { DownloadRow } from './sync-store.ts'

const list = (kind: DownloadRow['kind'], checkedAt: string): DownloadRow => ({ kind, version: '1', etag: '"1"', fetchedAt: '20260101000000', checkedAt })
const ENROLLED = '20260301080000'

describe('how old an offline answer is', () => {
  it('is the age of the oldest list that a settlement asks for', () => {
    const lists = [list('policies', '20260310080000'), list('lost-cards', '20260312080000'), list('entitlements', '20260305080000')]
    expect(centreAnswers(lists, ENROLLED)).toEqual({ answeredAt: '20260305080000' })
  })

  it('does not ask for the catalogue', () => {
    const lists = [list('policies', '20260310080000'), list('lost-cards', '20260310080000'), list('entitlements', '20260310080000'), list('catalogue', '20260302080000')]
    expect(centreAnswers(lists, ENROLLED)).toEqual({ answeredAt: '20260310080000' })
  })

  it('counts from the enrolment for what has never come', () => {
    expect(centreAnswers([list('policies', '20260310080000')], ENROLLED)).toEqual({ answeredAt: ENROLLED })
  })

  it('is told in whole days', () => {
    expect(ageDays('20260301080000', '20260308075959')).toBe(6)
    expect(ageDays('20260301080000', '20260308080000')).toBe(7)
    expect(ageDays('20260308080000', '20260301080000')).toBe(0)
  })

  it('is too old a second after the last day of the limit', () => {
    expect(isStale('20260301080000', '20260308080000', 7)).toBe(false)
    expect(isStale('20260301080000', '20260308080001', 7)).toBe(true)
    expect(isStale('20240228120000', '20240306120000', 7)).toBe(false)
  })
})
