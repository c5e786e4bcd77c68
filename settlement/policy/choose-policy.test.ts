import { describe, expect, it } from 'vitest'
import { parsedPolicy, region } from '../../test/worked-examples/bill.ts'
import { date } from '../calendar/business-date.ts'
import { choosePolicy } from './choose-policy.ts'

const policies = ['310000-shanghai-2022', '310000-shanghai-2023', '321000-yangzhou-2023'].map((name) =>
  parsedPolicy(region(name))
)
const choose = (on: string, place = '310000', insutype = '310') =>
  choosePolicy(policies, { region: place, insutype, date: date(on) })

describe('the rules of a day', () => {
  it('change in Shanghai from 30 June to 1 July', () => {
    const versions = ['2023-06-30', '2023-07-01'].map((on) => {
      const chosen = choose(on)
      return chosen.ok ? chosen.value.version : chosen.error.kind
    })
    expect(versions).toEqual(['2022.7', '2023.7'])
  })

  it('are refused by name when there are none', () => {
    expect(choose('2024-07-01')).toMatchObject({
      ok: false,
      error: { kind: 'not-in-force', periods: ['2022-07-01 to 2023-06-30', '2023-07-01 to 2024-06-30'] }
    })
    expect(choose('2023-07-01', '320000')).toMatchObject({
      ok: false,
      error: { kind: 'region-unknown', known: ['310000', '321000'] }
    })
    expect(choose('2023-07-01', '310000', '390')).toMatchObject({ ok: false, error: { kind: 'insurance-type-not-covered' } })
  })

  it('are ambiguous when two documents claim the day', () => {
    const twice = [...policies, ...policies]
    expect(choosePolicy(twice, { region: '321000', insutype: '310', date: date('2023-07-01') })).toMatchObject({
      ok: false,
      error: { kind: 'ambiguous' }
    })
  })
})
