import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../policy/parse-policy.ts'
import { calculationFindings } from './try-calculation.ts'

function said(document: object): string[] {
  const policy = parsePolicy({ region: '999999', ...document })
  if (!policy.ok) throw new Error(JSON.stringify(policy.error))
  return calculationFindings({ file: 'p', document: policy.value }).map(({ severity, en }) => `${severity}: ${en}`)
}
const stops = (document: object): string[] => said(document).filter((line) => line.startsWith('stops: '))
const ratios = (...ratio: readonly object[]): object => ({ bands: [{ pays: 'hifp_pay', ratio: ratio.map((row) => ({ ratio: '0.5', ...row })) }] })
const residents = (...ratio: readonly object[]): object => ({ insutype: ['390'], ...ratios(...ratio) })

describe('nobody falls between two rows unseen:', () => {
  it.each<[string, object, string]>([
    ['an age', ratios({ when: { age: { from: 45 } } }, { when: { age: { below: 44 } } }), 'everybody (aged 44): no ratio row (bands[0].ratio)'],
    ['two ages', ratios({ when: { age: { from: 18 } } }, { when: { age: { below: 16 } } }), 'in service (aged 16 to 17): no ratio row (bands[0].ratio)'],
    ['the youngest', residents({ when: { age: { from: 1 } } }), 'resident, minor (below 1): no ratio row (bands[0].ratio)'],
    ['the oldest', ratios({ when: { age: { below: 100 } } }), 'everybody (from 100): no ratio row (bands[0].ratio)'],
    ['an age of one type', ratios({ when: { psn_type: ['11'], age: { below: 50 } } }, { when: { psn_type: ['11'], age: { from: 51 } } }, { when: { psn_type: ['12'] } }), 'in service (aged 50): no ratio row (bands[0].ratio)'],
    ['children of four kinds', residents({ when: { psn_type: ['1403', '15', '16'] } }), 'newborn, preschool child, student, minor, not at school: no ratio row (bands[0].ratio)'],
    ['a type that only another list names', { ...ratios({ when: { psn_type: ['1101', '12'] } }), deductible: { rows: [{ amount: '1.00' }] } }, 'in service: no ratio row (bands[0].ratio)'],
    ['some years of retirement', ratios({ when: { psn_type: ['11'] } }, { when: { psn_type: ['12'], retired_on: { from: '2001-01-01' } } }, { when: { psn_type: ['12'], retired_on: { before: '2000-01-01' } } }), 'retired (retired from 2000-01-01 to 2000-12-31): no ratio row (bands[0].ratio)'],
    ['civil servants', ratios({ when: { cvlserv_flag: '0' } }), 'everybody (civil servants): no ratio row (bands[0].ratio)'],
    ['people of an identity', ratios({ when: { psn_idet_type: ['101'] } }), 'everybody (without identity type): no ratio row (bands[0].ratio)'],
    ['a level', ratios({ when: { level: [0, 1, 3] } }), 'everybody: hospital of level 2: no ratio row (bands[0].ratio)'],
    ['a kind', ratios({ when: { kind: ['hospital', 'pharmacy', 'community'] } }), 'everybody: clinic: no ratio row (bands[0].ratio)'],
    ['a visit of one benefit', { bands: [{ pays: 'hifp_pay', when: { med_type: ['11', '41'] }, ratio: [{ ratio: '0.5' }] }] }, 'everybody: emergency: no ratio (no band is for them) row (bands)'],
    ['rescues among emergencies', ratios({ when: { med_type: ['11', '12', '1302', '14', '18', '2', '41', '5', '71', '99'].filter((type) => type.length !== 1).concat('21', '28', '51', '52') } }), 'everybody: emergency rescue: no ratio row (bands[0].ratio)'],
    ['whom no supplement row is for', { ...ratios({}), supplements: [{ pays: 'maf_pay', rows: [{ when: { psn_idet_type: ['101'] }, tiers: [{ above: '0.00', ratio: '0.5' }] }] }] }, 'everybody (without identity type): no supplement row (supplements[0].rows)'],
    ['a day that people in service cannot state', ratios({ when: { retired_on: { before: '2000-01-01' } } }, {}), 'in service: the ratio rows (bands[0].ratio) ask for the day of retirement, which these people have none of: refused; name the person types in the condition']
  ])('%s', (_, document, words) => {
    expect(stops(document)).toEqual([`stops: ${words}`])
  })

  it('nor people of an insurance that is neither the employees\u2019 nor the residents\u2019', () => {
    expect(stops({ insutype: ['340'], ...ratios({ when: { age: { below: 90 } } }) })).toEqual(['stops: everybody (from 90): no ratio row (bands[0].ratio)'])
    expect(stops({ insutype: ['510'], ...ratios({ when: { psn_type: ['11'], age: { below: 30 } } }, { when: { age: { from: 31 } } }) })).toEqual(['stops: everybody (aged 30): no ratio row (bands[0].ratio)'])
  })

  it('nor filings of care elsewhere that a condition leaves out', () => {
    expect(stops({ ...ratios({}), off_site: [{ filing: ['referral'], when: { level: [3] }, points: '0.1' }] })[0]).toMatch(/^stops: everybody: community centre, hospital of level 1, .*: no off-site row \(off_site\)$/)
  })
})

describe('what need not be ruled is not taken for a hole:', () => {
  it('pupils of sixty, retired people of twenty', () => {
    expect(stops(residents({ when: { psn_type: ['1401', '1402', '1403', '1405'], age: { below: 25 } } }, { when: { psn_type: ['1404', '15', '16'] } }))).toEqual([])
    expect(stops(ratios({ when: { psn_type: ['11'] } }, { when: { psn_type: ['12'], age: { from: 35 } } }))).toEqual([])
  })

  it('ordinary visits beside a chronic benefit, which are named', () => {
    const chronic = { bands: [{ pays: 'hifp_pay', when: { med_type: ['14'] }, ratio: [{ ratio: '0.5' }] }] }
    expect(said(chronic)).toEqual([
      'missing: visits that are not ruled: outpatient, registration, emergency, special drug, inpatient, day surgery, pharmacy, maternity, outpatient, maternity, inpatient, home bed, other: a claim is refused'
    ])
  })

  it('diseases beside those that a benefit is for, and claims without the tag that it asks for', () => {
    expect(said(ratios({ when: { dise_codg: ['M03900', 'M01600'] } }))).toEqual(['missing: a claim that states none of these tags or diseases is refused: M03900, M01600'])
    expect(said(ratios({ when: { tags: ['tier-1'] } }, { when: { tags: ['tier-2', 'doctor'] } }))).toEqual(['missing: a claim that states none of these tags or diseases is refused: tier-1, tier-2, doctor'])
  })

  it('but a tag that takes an answer away is a hole', () => {
    const bands = [
      { pays: 'hifp_pay', when: { tags: ['special'] }, ratio: [{ when: { level: [1] }, ratio: '0.7' }] },
      { pays: 'hifp_pay', ratio: [{ ratio: '0.5' }] }
    ]
    expect(stops({ bands })).toEqual(['stops: everybody: hospital of level 2, hospital of level 3, pharmacy: no ratio row (bands[0].ratio)'])
  })

  it('people of another insurance and places without a level', () => {
    expect(said(ratios({ when: { psn_type: ['11', '12'], level: [1, 2, 3] } }, { when: { psn_type: ['11', '12'], kind: ['pharmacy'] } }))).toEqual([
      'missing: people that are not ruled: retired cadre, other: a claim is refused',
      'missing: places that are not ruled: community centre without a level, hospital without a level, clinic without a level, other place without a level: a claim is refused'
    ])
  })
})

it('a list with more combinations than can be tried is named', () => {
  const rows = Array.from({ length: 300 }, (_, index) => ({ when: { dise_codg: [`M${1000 + index}`], psn_idet_type: [String(100 + index)] } }))
  expect(said(ratios(...rows, {}))).toEqual(['doubtful: bands[0].ratio: its conditions have too many combinations; not all of them were tried'])
})
