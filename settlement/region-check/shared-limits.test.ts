import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../policy/parse-policy.ts'
import { sharedLimits } from './shared-limits.ts'

const CHRONIC = { pays: 'hifp_pay', when: { med_type: ['14'] }, ratio: [{ ratio: '0.7' }] }
const ORDINARY = { pays: 'hifp_pay', when: { med_type: ['11', '41'] }, ratio: [{ ratio: '0.6' }] }

function said(...bands: readonly object[]): string[] {
  const policy = parsePolicy({ region: '999999', bands })
  if (!policy.ok) throw new Error(JSON.stringify(policy.error))
  return sharedLimits({ file: 'p', document: policy.value }).map(({ kind, path }) => `${kind} ${path}`)
}

describe('a limit of ordinary visits', () => {
  it('that the chronic ones use up is pointed out', () => {
    expect(said(CHRONIC, { ...ORDINARY, limit: { rows: [{ amount: '3000.00' }] } })).toEqual(['limit-shared bands[1].limit'])
  })

  it('with a counter of its own is nobody else’s', () => {
    expect(said(CHRONIC, { ...ORDINARY, limit: { rows: [{ amount: '3000.00' }], counter: 'ordinary_paid' } })).toEqual([])
  })

  it('is not shared where the chronic visits are counted by the disease, as the manual shows it', () => {
    const rows = [
      { when: { dise_codg: ['M03900'] }, amount: '600.00', counter: 'hypertension_paid' },
      { when: { dise_codg: ['M01600'] }, amount: '800.00', counter: 'diabetes_paid' }
    ]
    expect(said({ ...CHRONIC, limit: { rows } }, { ...ORDINARY, limit: { rows: [{ amount: '3000.00' }], counter: 'ordinary_paid' } })).toEqual([])
  })

  it('is not shared with another fund, nor by bands that follow one another for the same visits', () => {
    expect(said({ ...CHRONIC, pays: 'hifob_pay' }, { ...ORDINARY, limit: { rows: [{ amount: '3000.00' }] } })).toEqual([])
    expect(said({ ...ORDINARY, limit: { rows: [{ amount: '3000.00' }] } }, ORDINARY)).toEqual([])
  })
})
