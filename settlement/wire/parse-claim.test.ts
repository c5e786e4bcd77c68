import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../policy/parse-policy.ts'
import { parseVisit } from '../visit/parse-visit.ts'
import { describeProblem } from './input-problem.ts'
import { parseClaim } from './parse-claim.ts'

const LINE = { chrgitm_lv: '01', pric: '12.00', cnt: '3' }
const CLAIM = { psn_type: '11', begntime: '2024-05-01', lines: [LINE] }

const problems = (claim: unknown): string[] => {
  const parsed = parseClaim(claim)
  return parsed.ok ? [] : parsed.error.map(describeProblem)
}
const withLine = (change: object): string[] => problems({ ...CLAIM, lines: [LINE, { ...LINE, ...change }] })

describe('a claim is refused, naming place, value and rule, for', () => {
  it('an unknown field', () => {
    expect(problems({ ...CLAIM, psn_tpye: '11' })[0]).toMatch(
      /^psn_tpye: "11" is refused: unknown field; allowed here: .*psn_type/
    )
    expect(withLine({ price: '1' })[0]).toMatch(
      /^lines\[1\]\.price: "1" is refused: unknown field; allowed here: feedetl_sn/
    )
  })

  it('a pack that is sold twice, and a return of what was not sold', () => {
    const pack = (drug_trac_codg: string, trdn_flag = '0') => ({ drug_trac_codg, trdn_flag })
    const lines = (...changes: object[]) => problems({ ...CLAIM, lines: changes.map((change) => ({ ...LINE, ...change })) })
    const twice =
      'must stand once in a claim, unless parts of the pack are sold each time (trdn_flag "1")'
    expect(lines({ drug_trac_info: [pack('A'), pack('B')] }, { drug_trac_info: [pack('B')] })).toEqual([
      `lines[1].drug_trac_info[0].drug_trac_codg: "B" is refused: ${twice}`
    ])
    expect(lines({ drug_trac_info: [pack('A', '1')] }, { drug_trac_info: [pack('A')] })).toHaveLength(1)
    expect(lines({ drug_trac_info: [pack('A', '1')] }, { drug_trac_info: [pack('A', '1')] })).toEqual([])
    expect(lines({ drug_trac_info: [pack('A')] }, { cnt: '-1', return_of: '1', drug_trac_info: [pack('A')] })).toEqual([])
    expect(lines({}, { cnt: '-1', return_of: '3' })).toEqual([
      'lines[1].return_of: "3" is refused: must be the number of a line of this claim that sells'
    ])
    expect(lines({}, { cnt: '1', return_of: '1' })).toEqual(['lines[1].cnt: "1" is refused: must be negative on a line with return_of'])
    expect(lines({}, { cnt: '-2', return_of: '1' }, { cnt: '-1', return_of: '1' })).toEqual([])
    expect(lines({}, { cnt: '-2', return_of: '1' }, { cnt: '-1.5', return_of: '1' })).toEqual([
      'lines[2].cnt: "-1.5" is refused: must not bring back more than the 3 that were sold'
    ])
    expect(lines({}, { cnt: '-1', pric: '11.00', return_of: '1' })[0]).toContain('must be that of the line that sold, 12.00')
    expect(lines({ drug_trac_info: [pack('A')] }, { cnt: '-1', return_of: '1', drug_trac_info: [pack('B')] })[0]).toContain(
      'must be a code of the line that sold, and come back once'
    )
    expect(lines({ drug_trac_info: Array.from({ length: 201 }, (_, index) => pack(`${index}`)) })[0]).toContain('must have at most 200 trace codes')
  })

  it('days of supply that are none', () => {
    expect(withLine({ prd_days: '7天' })[0]).toContain('must be a number of days as a decimal string from "0" to "999.99"')
  })

  it('a missing field', () => {
    expect(problems({ begntime: '2024-05-01', lines: [LINE] })).toEqual(['psn_type: missing: this field is required'])
    expect(withLine({ pric: undefined })).toEqual(['lines[1].pric: missing: this field is required'])
  })

  it('a wrong type: amounts are texts, not numbers', () => {
    expect(withLine({ pric: 12 })).toEqual([
      'lines[1].pric: 12 is refused: must be a decimal string in quotes, such as "1500.00"'
    ])
    for (const field of ['cnt', 'selfpay_prop', 'pric_uplmt_amt', 'det_item_fee_sumamt']) {
      expect(withLine({ [field]: 1 })[0]).toContain('must be a decimal string in quotes')
    }
    expect(problems({ ...CLAIM, accumulators: { hifp_pay: 1 } })[0]).toContain('must be a decimal string in quotes')
    expect(problems({ ...CLAIM, psn_type: 11 })).toEqual(['psn_type: 11 is refused: must be text in quotes'])
    expect(problems({ ...CLAIM, institution: { level: '2' } })).toEqual([
      'institution.level: "2" is refused: must be one of 0, 1, 2, 3: a number, without quotes'
    ])
    expect(problems({ ...CLAIM, lines: {} })[0]).toContain('lines: {} is refused: must be a list of lines')
    expect(problems([])[0]).toContain('document: [] is refused: must be of type object')
    expect(problems(null)[0]).toContain('document: null is refused')
  })

  it.each([
    ['pric', '-3.00', 'must be a unit price in yuan'],
    ['pric', '1.0000001', 'at most 6 places'],
    ['pric', '1e3', 'must be a unit price'],
    ['pric', '10000000000', 'must be a unit price'],
    ['cnt', '0', 'other than zero'],
    ['cnt', '1.00001', 'at most 4 places'],
    ['chrgitm_lv', '05', 'must be one of "01", "02", "03", "04"'],
    ['selfpay_prop', '1.1', 'must be a share as a decimal string from "0" to "1"'],
    ['selfpay_prop', '0.12345', 'at most 4 places'],
    ['pric_uplmt_amt', '-1', 'must be a unit price'],
    ['lmt_used_flag', '2', 'must be one of "0", "1"'],
    ['hosp_appr_flag', '3', 'must be one of "0", "1", "2"'],
    ['med_chrgitm_type', '15', 'must be a charge type'],
    ['det_item_fee_sumamt', '36.02', 'must be within 0.01 of pric x cnt, 36.00'],
    ['det_item_fee_sumamt', '-36.00', 'must have the sign of cnt'],
    ['feedetl_sn', '1', 'must be unique']
  ])('line field %s of "%s"', (field, value, rule) => {
    const [first] = withLine({ [field]: value })
    expect(first).toContain(`lines[1].${field}: "${value}" is refused: `)
    expect(first).toContain(rule)
  })

  it.each([
    ['psn_type', '17', 'must be a person type'],
    ['insutype', '311', 'must be one of "310"'],
    ['psn_insu_stas', '9', 'must be one of'],
    ['med_type', '77', 'must be a visit type'],
    ['begntime', '2024-02-30', 'must be a day'],
    ['begntime', '2024-05-01 24:00:00', 'must be a day'],
    ['brdy', '78-05-04', 'must be a day of the calendar'],
    ['acct_used_flag', '3', 'must be one of'],
    ['fixmedins_code', 'X99999900001', 'must be H or P and 11 digits'],
    ['insuplc_admdvs', '37090', 'must be the 6 digits'],
    ['medfee_sumamt', '36.01', 'must be the sum of the lines, 36.00']
  ])('field %s of "%s"', (field, value, rule) => {
    const [first] = problems({ ...CLAIM, [field]: value })
    expect(first).toContain(`${field}: "${value}" is refused: `)
    expect(first).toContain(rule)
  })

  it.each(['\u001B[31m', 'a\nb', '\u009B2J', '\u007F'])('a control character, which a screen would obey: %j', (text) => {
    const rule = 'must not contain control characters'
    const [name = ''] = withLine({ name: text })
    expect(name).toMatch(/^lines\[1\]\.name: ".*" is refused: must not contain control characters$/)
    expect(name).not.toMatch(/\p{Cc}/u)
    expect(problems({ ...CLAIM, tags: [text] })[0]).toContain(rule)
    expect(problems({ ...CLAIM, account: { mutual_aid: [{ donor: text, balance: '1.00' }] } })[0]).toContain(rule)
    const policy = parsePolicy({ region: '999999', version: text })
    expect(policy.ok ? [] : policy.error.map(({ rule: broken }) => broken)).toEqual([rule])
    expect(problems({ ...CLAIM, [text]: 1 })[0]).not.toMatch(/\p{Cc}/u)
  })

  it('half of a character is no text: a ledger would write another one for it', () => {
    expect(problems({ ...CLAIM, mdtrt_id: 'B\ud800' })[0]).toContain('must be of whole characters')
  })

  it('nested fields: balances, accumulators, level', () => {
    expect(problems({ ...CLAIM, account: { current_year: '-1.00' } })[0]).toContain(
      'account.current_year: "-1.00" is refused: must be an amount'
    )
    expect(problems({ ...CLAIM, accumulators: { hifp_pay: '1.005' } })[0]).toContain(
      'accumulators.hifp_pay: "1.005" is refused'
    )
    expect(problems({ ...CLAIM, accumulators: { 'hifp pay': '1' } })[0]).toContain('must be a counter name')
    expect(problems({ ...CLAIM, institution: { level: 4 } })[0]).toContain(
      'institution.level: 4 is refused: must be one of 0, 1, 2, 3'
    )
    expect(problems({ ...CLAIM, institution: { level: 3, hosp_lv: '5' } })[0]).toContain(
      'institution.level: 3 is refused: must agree with hosp_lv "5"'
    )
  })

  it('no line, and sums beyond the range of money', () => {
    expect(problems({ ...CLAIM, lines: [] })).toEqual(['lines: [] is refused: must have at least one line'])
    expect(withLine({ pric: '1000000000', cnt: '2' })[0]).toContain('price x quantity must be at most 1000000000.00')
    expect(withLine({ pric: '1000000000', cnt: '1' })[0]).toContain('must add up to at most 1000000000.00')
  })
})

describe('a problem is one short line', () => {
  it('whatever the value', () => {
    const [first = ''] = problems({ ...CLAIM, psn_no: `a\n${'x'.repeat(5_000)}` })
    expect(first).not.toContain('\n')
    expect(first.length).toBeLessThan(200)
  })

  it('however deep', () => {
    const deep: unknown = JSON.parse('['.repeat(5_000) + ']'.repeat(5_000))
    expect(problems(deep)).toEqual(['document: [[[[[...]]]]] is refused: must be of type object'])
  })

  it('never shows what may be a secret', () => {
    expect(problems({ ...CLAIM, pin: '123456' })[0]).not.toContain('123456')
  })
})

describe('what may be left out', () => {
  it('settles the smallest claim: ordinary outpatient, employee, insured, no account', () => {
    const parsed = parseClaim(CLAIM)
    expect(parsed.ok && parsed.value).toMatchObject({
      insuranceStatus: '1',
      acctUsedFlag: '1',
      account: { currentYear: 0, pastYears: 0, mutualAid: [] },
      facts: { insutype: '310', medType: '11', level: 0, kind: 'hospital', age: undefined }
    })
  })

  it('reads the level from the national code', () => {
    const levels = ['1', '4', '5', '7', '8', '10', '11', '12', '13', '14', '04'].map((hosp_lv) => {
      const parsed = parseClaim({ ...CLAIM, institution: { hosp_lv } })
      return parsed.ok ? parsed.value.facts.level : undefined
    })
    expect(levels).toEqual([3, 3, 2, 2, 1, 1, 0, 3, 2, 1, 3])
  })

  it('counts the age on the day of service', () => {
    const ages = ['1979-05-01', '1979-05-02'].map((brdy) => {
      const parsed = parseClaim({ ...CLAIM, brdy })
      return parsed.ok ? parsed.value.facts.age : undefined
    })
    expect(ages).toEqual([45, 44])
    const stated = parseClaim({ ...CLAIM, age: 44 })
    expect(stated.ok && stated.value.facts.age).toBe(44)
    expect(problems({ ...CLAIM, age: 44.9 })).toEqual(['age: 44.9 is refused: must be a whole number of years'])
  })

  it('a birthday may be the day of service, not a later one', () => {
    expect(problems({ ...CLAIM, brdy: '2024-05-01' })).toEqual([])
    expect(problems({ ...CLAIM, brdy: '2024-05-02', begntime: '2024-05-01 23:00:00' })).toEqual([
      'brdy: "2024-05-02" is refused: must not lie after begntime, 2024-05-01'
    ])
  })
})

describe('any JSON at all', () => {
  it.each([
    ['claim', parseClaim],
    ['policy', parsePolicy],
    ['visit', parseVisit]
  ] as const)('is answered with problems, never with a crash: %s', (_, parse) => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const parsed = parse(json)
        expect(parsed.ok || parsed.error.every((problem) => describeProblem(problem).length > 0)).toBe(true)
      }),
      { numRuns: 500 }
    )
  })
})
