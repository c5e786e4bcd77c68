import { describe, expect, it } from 'vitest'
import { describeProblem } from '../wire/input-problem.ts'
import { parsePolicy } from './parse-policy.ts'

const problems = (policy: unknown): string[] => {
  const parsed = parsePolicy(policy)
  return parsed.ok ? [] : parsed.error.map(describeProblem)
}
const band = (change: object) => ({ region: '999999', bands: [{ pays: 'hifp_pay', ratio: [{ ratio: '0.65' }], ...change }] })

describe('a policy is refused, naming place, value and rule, for', () => {
  it.each([
    [
      'an unknown field',
      { region: '999999', deductable: {} },
      'deductable: {} is refused: unknown field; allowed here: $schema, region'
    ],
    [
      'a ratio as a number',
      band({ ratio: [{ ratio: 0.65 }] }),
      'bands[0].ratio[0].ratio: 0.65 is refused: must be a decimal string in quotes, such as "1500.00"'
    ],
    ['a ratio in percent', band({ ratio: [{ ratio: '65' }] }), 'bands[0].ratio[0].ratio: "65" is refused: must be a share'],
    [
      'a negative deductible',
      { region: '999999', deductible: { rows: [{ amount: '-1.00' }] } },
      'deductible.rows[0].amount: "-1.00" is refused: must be an amount'
    ],
    ['an unknown fund', band({ pays: 'hifp' }), 'bands[0].pays: "hifp" is refused: must be one of "hifp_pay"'],
    [
      'an unknown fact',
      band({ ratio: [{ when: { levels: [1] }, ratio: '0.65' }] }),
      'bands[0].ratio[0].when.levels: [1] is refused: unknown field; allowed here: psn_type'
    ],
    [
      'an unknown person type',
      band({ when: { psn_type: ['retired'] } }),
      'bands[0].when.psn_type[0]: "retired" is refused: must be a person type'
    ],
    [
      'an empty list of facts',
      band({ when: { level: [] } }),
      'bands[0].when.level: [] is refused: must name at least one value'
    ],
    [
      'a mistake within a list of limits',
      band({ limit: [{ rows: [{ amount: '1.00' }] }, { rows: [{ amont: '2.00' }] }] }),
      'bands[0].limit[1].rows[0].amount: missing: this field is required'
    ],
    [
      'a mistake within a single limit',
      band({ limit: { of: 'paid', rows: [{ amount: '1.00' }] } }),
      'bands[0].limit.of: "paid" is refused: must be one of "payment", "expense"'
    ],
    [
      'a field too many in a limit',
      band({ limit: { amount: '1.00', rows: [{ amount: '1.00' }] } }),
      'bands[0].limit.amount: "1.00" is refused: unknown field; allowed here: of, rows'
    ],
    ['neither limit nor list', band({ limit: '1.00' }), 'bands[0].limit: "1.00" is refused: must be a limit or a list of'],
    ['no limit in a list', band({ limit: [] }), 'bands[0].limit: [] is refused: must have at least one limit'],
    [
      'a level as a text',
      band({ when: { level: ['2'] } }),
      'bands[0].when.level[0]: "2" is refused: must be one of 0, 1, 2, 3: a number, without quotes'
    ],
    ['a code as a number', { region: 999999 }, 'region: 999999 is refused: must be text in quotes'],
    [
      'an age nobody has',
      band({ when: { age: { from: 45, below: 45 } } }),
      'bands[0].when.age.below: 45 is refused: must be above "from", 45'
    ],
    ['half a year of age', band({ when: { age: { from: 44.9 } } }), 'bands[0].when.age.from: 44.9 is refused: must be a whole'],
    [
      'a retirement on no day',
      band({ when: { retired_on: { from: '2001-01-01', before: '2001-01-01' } } }),
      'bands[0].when.retired_on.before: "2001-01-01" is refused: must lie after "from", 2001-01-01'
    ],
    ['a year that begins on 30 February', { region: '999999', policy_year_begins: '02-30' }, 'must be "MM-DD", a day of every year'],
    ['a year that begins on a leap day', { region: '999999', policy_year_begins: '02-29' }, 'must be "MM-DD", a day of every year'],
    ['no rows', band({ ratio: [] }), 'bands[0].ratio: [] is refused: must have at least one row'],
    ['a region that is no division', { region: 'Wuhan' }, 'region: "Wuhan" is refused: must be the 6 digits'],
    [
      'a period that ends before it begins',
      { region: '999999', effective: { from: '2024-02-01', to: '2024-01-01' } },
      'effective.to: "2024-01-01" is refused: must not lie before'
    ],
    [
      'a year that begins on no day',
      { region: '999999', policy_year_begins: '7-1' },
      'policy_year_begins: "7-1" is refused: must be "MM-DD"'
    ],
    [
      'tiers that fall',
      {
        region: '999999',
        supplements: [
          {
            pays: 'hifmi_pay',
            rows: [
              {
                tiers: [
                  { above: '10.00', ratio: '0.5' },
                  { above: '9.00', ratio: '0.5' }
                ]
              }
            ]
          }
        ]
      },
      'supplements[0].rows[0].tiers: '
    ]
  ])('%s', (_, policy, message) => {
    expect(problems(policy)[0]).toContain(message)
  })

  it('a cap of ordinary visits that chronic ones would use up beside a cap of their own', () => {
    const chronic = { pays: 'hifp_pay', when: { med_type: ['14'] }, ratio: [{ ratio: '0.7' }] }
    const ordinary = { pays: 'hifp_pay', when: { med_type: ['11', '41'] }, ratio: [{ ratio: '0.6' }] }
    const byDisease = { rows: [{ when: { dise_codg: ['M03900'] }, amount: '600.00', counter: 'hypertension_paid' }] }
    const byFund = { rows: [{ amount: '3000.00' }] }
    const withLimits = (ofChronic: unknown, ofOrdinary: unknown) => problems({ region: '999999', bands: [{ ...chronic, limit: ofChronic }, { ...ordinary, limit: ofOrdinary }] })
    expect(withLimits(byDisease, byFund)).toEqual([
      'bands[1].limit: {"rows":[{"amount":"3000.00"}]} is refused: must have a counter of its own, such as "ordinary_paid": the counter hifp_pay also holds what bands[0] pays for other visits under a counter of its own; a cap for both together stands in both bands'
    ])
    expect(withLimits(byDisease, { ...byFund, counter: 'ordinary_paid' })).toEqual([])
    // One cap for both together, of which chronic visits have at most theirs.
    expect(withLimits([byDisease, byFund], byFund)).toEqual([])
    expect(withLimits(byDisease, { ...byFund, period: 'visit' })).toEqual([])
  })

  it('a row that can never apply', () => {
    const policy = band({ ratio: [{ ratio: '0.65' }, { when: { level: [1] }, ratio: '0.80' }] })
    expect(problems(policy)[0]).toContain(
      'bands[0].ratio[1]: {"when":{"level":[1]},"ratio":"0.80"} is refused: can never apply'
    )
  })

  const [rows, tiers] = [[{ amount: '600.00' }], [{ tiers: [{ above: '0.00', ratio: '0.5' }] }]]

  it.each([
    [{ deductible: { counter: 'hifp_pay', rows } }, 'deductible.counter', 'hifp_pay', 'what the hifp_pay fund pays'],
    [
      { deductible: { rows: [{ amount: '600.00', counter: 'inscp_scp_amt' }] } },
      'deductible.rows[0].counter',
      'inscp_scp_amt',
      'in-scope expense'
    ],
    [band({ limit: { counter: 'hifob_pay', rows } }), 'bands[0].limit.counter', 'hifob_pay', 'what the hifob_pay fund pays'],
    [
      band({ limit: [{ rows }, { of: 'expense', counter: 'act_pay_dedc', rows }] }),
      'bands[0].limit[1].counter',
      'act_pay_dedc',
      'the deductible paid'
    ],
    [
      band({ limit: { of: 'in-scope-expense', counter: 'segment_expense', rows } }),
      'bands[0].limit.counter',
      'segment_expense',
      'expense above the deductible'
    ],
    [
      { supplements: [{ pays: 'maf_pay', counter: 'maf_pay', rows: tiers }] },
      'supplements[0].counter',
      'maf_pay',
      'what the maf_pay fund pays'
    ],
    [
      { deductible: { counter: 'personal_in_scope', rows } },
      'deductible.counter',
      'personal_in_scope',
      'the personal share'
    ],
    [
      { supplements: [{ pays: 'maf_pay', limit: { counter: 'hifmi_pay', rows }, rows: tiers }] },
      'supplements[0].limit.counter',
      'hifmi_pay',
      'what the hifmi_pay fund pays'
    ],
    [
      { ...band({ limit: { counter: 'mine', rows } }), deductible: { counter: 'mine', rows } },
      'bands[0].limit.counter',
      'mine',
      'the deductible paid'
    ]
  ])('a counter that already counts something else: %j', (change, path, counter, meaning) => {
    expect(problems({ region: '999999', ...change })).toEqual([
      `${path}: "${counter}" is refused: must differ from "${counter}", the counter of ${meaning}`
    ])
  })

  it('but not for several limits of payment on one counter, or a standard counter used as it is meant', () => {
    const paid = (pays: string) => ({
      pays,
      ratio: [{ ratio: '0.5' }],
      limit: [{ counter: 'both', rows }, { counter: pays, rows }, { of: 'expense', counter: 'segment_expense', rows }]
    })
    const deductible = { rows: [{ amount: '600.00', counter: 'act_pay_dedc' }] }
    expect(problems({ region: '999999', deductible, bands: [paid('hifp_pay'), paid('hifob_pay')] })).toEqual([])
  })

  it('two supplements of different bases on one counter', () => {
    const supplements = [
      { pays: 'hifmi_pay', of: ['co-pay'], counter: 'base', rows: tiers },
      { pays: 'maf_pay', of: ['deductible'], counter: 'base', rows: tiers }
    ]
    expect(problems({ region: '999999', supplements })[0]).toContain(
      'supplements[1].counter: "base" is refused: must differ from "base"'
    )
  })
})

describe('what may be left out', () => {
  it('the smallest policy names a region only', () => {
    const parsed = parsePolicy({ region: '999999' })
    expect(parsed.ok && parsed.value).toMatchObject({
      insutype: ['310'],
      bands: [],
      policy_year_begins: '01-01',
      account: { order: 'personal-part' }
    })
  })
})
