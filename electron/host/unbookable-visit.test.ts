import { describe, expect, it } from 'vitest'
import { unbookableVisit } from './unbookable-visit.ts'

const CENTRE = { institution: 'H99999900001', now: '20260315093000', answeredAt: '20260315090000' }
const refused = (begntime: string, fixmedins_code = 'H99999900001'): unknown => unbookableVisit({ fixmedins_code, begntime }, CENTRE)

describe('a visit that a till’s centre would not book', () => {
  it('is one of another institution', () => {
    expect(refused('2026-03-15 09:00:00', 'H99999900003')).toEqual({
      kind: 'visit-contradicts',
      field: 'fixmedins_code',
      stated: 'H99999900003',
      rule: "must be this terminal's own institution, H99999900001"
    })
  })

  it('is one that begins more than half an hour after now; a day stands for its first second', () => {
    expect(refused('2026-03-15 10:00:00')).toBeUndefined()
    expect(refused('2026-03-15')).toBeUndefined()
    expect(refused('2026-03-15 10:00:01')).toEqual({
      kind: 'visit-contradicts',
      field: 'begntime',
      stated: '2026-03-15 10:00:01',
      rule: 'must lie at most 30 minutes after now, 2026-03-15 09:30:00 by the clock of this machine'
    })
    expect(refused('2026-03-15 23:00:00')).toMatchObject({ field: 'begntime' })
  })
})
