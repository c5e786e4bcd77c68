import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../policy/parse-policy.ts'
import { parseRules } from '../rules/parse-rules.ts'
import { checkRegion } from './check-region.ts'
import { FINDING_KINDS, type FindingKind } from './finding.ts'

const SOURCE = { source: 'test region', certainty: 'fictitious' }

/** Says everything, and nothing twice. */
const WHOLE = {
  region: '999999',
  insutype: ['310'],
  effective: { from: '2026-01-01', to: null },
  pharmacy_ratio: 'own',
  off_site: [{ filing: ['resident', 'referral', 'emergency', 'unfiled'], ...SOURCE }],
  classes: [{ chrgitm_lv: '02', selfpay_prop: '0.10', ...SOURCE }, { chrgitm_lv: '04', selfpay_prop: '0.30', ...SOURCE }],
  deductible: { rows: [{ when: { level: [1] }, amount: '200.00', ...SOURCE }, { amount: '600.00', ...SOURCE }] },
  bands: [{ pays: 'hifp_pay', ratio: [{ when: { psn_type: ['12'] }, ratio: '0.7', ...SOURCE }, { ratio: '0.6', ...SOURCE }], limit: { rows: [{ amount: '4000.00', ...SOURCE }] } }],
  card: { first_pins: ['123456'], pin_try_limit: 3, ...SOURCE }
}
const RULES = {
  id: 'test',
  region: '999999',
  name: { zh: '测', en: 'test' },
  version: '1',
  effective: { from: '2026-01-01' },
  waiting: [{ began: ['new'], months: 3, ...SOURCE }],
  card_lost: [{ report: 'temporary', holds_days: 7, stops: ['card'], ...SOURCE }, { report: 'formal', stops: ['card'], ...SOURCE }],
  supply: [{ visits: ['ordinary'], days: 7, ...SOURCE }, { visits: ['chronic'], days: 30, ...SOURCE }]
}

function check(policies: readonly object[], rules: readonly object[] = [RULES]) {
  return checkRegion({
    policies: policies.map((json, index) => {
      const policy = parsePolicy(json)
      if (!policy.ok) throw new Error(JSON.stringify(policy.error))
      return { file: `p${index}`, document: policy.value, stated: new Set(Object.keys(json)) }
    }),
    rules: rules.map((json, index) => {
      const document = parseRules(json)
      if (!document.ok) throw new Error(JSON.stringify(document.error))
      return { file: `r${index}`, document: document.value }
    }),
    bases: [],
    knowsCode: undefined
  })
}

const said = (policies: readonly object[], rules?: readonly object[]): string[] => check(policies.map(withoutUndefined), rules).map(({ kind, en }) => `${kind}: ${en}`)
/** As JSON has it: a field that is left out. */
const withoutUndefined = (json: object): object => JSON.parse(JSON.stringify(json)) as object
const policySaid = (change: object): string[] => said([{ ...WHOLE, ...change }])
const rulesSaid = (change: object): string[] => said([WHOLE], [{ ...RULES, ...change }])
const band = (change: object): object => ({ bands: [{ ...WHOLE.bands[0], ...change }] })

const NOT_RULED = 'not-ruled: people that are not ruled: retired cadre, other: a claim is refused'

it('a region that says everything is complete', () => {
  expect(said([WHOLE])).toEqual([])
})

describe('what is missing', () => {
  it('a deductible for level 3', () => {
    expect(policySaid({ deductible: { rows: [{ when: { level: [0, 1, 2] }, amount: '200.00', ...SOURCE }] } })).toEqual([
      'no-row: everybody: hospital of level 3: no deductible row (deductible.rows)'
    ])
  })

  it('a ratio for the retired', () => {
    expect(policySaid(band({ ratio: [{ when: { psn_type: ['11'] }, ratio: '0.6', ...SOURCE }] }))).toEqual([
      'no-row: retired: no ratio row (bands[0].ratio)',
      NOT_RULED
    ])
  })

  it('a ratio for some of the retired, and only for emergencies', () => {
    const ratio = [{ when: { psn_type: ['11'] }, ratio: '0.6', ...SOURCE }, { when: { psn_type: ['12'], retired_on: { before: '2005-01-01' } }, ratio: '0.7', ...SOURCE }, { when: { med_type: ['11', '14', '41'] }, ratio: '0.7', ...SOURCE }]
    const visits = { when: { med_type: ['11', '13', '14', '41'] } }
    expect(policySaid(band({ ...visits, ratio })).filter((line) => line.startsWith('no-row'))).toEqual([
      'no-row: retired (retired from 2005-01-01 on): emergency: no ratio row (bands[0].ratio)'
    ])
  })

  it.each<[string, FindingKind, object]>([
    ['PIN rules', 'no-pin-rule', { card: { first_pins: ['123456'], ...SOURCE } }],
    ['care elsewhere', 'no-off-site', { off_site: undefined }],
    ['a share of class B', 'pre-pay-not-stated', { classes: WHOLE.classes.slice(1) }],
    ['where a pharmacy takes its ratio from', 'no-pharmacy-source', { pharmacy_ratio: undefined }],
    ['a source', 'no-provenance', { deductible: { rows: [{ amount: '200.00', certainty: 'published' }] } }]
  ])('%s', (_, kind, change) => {
    const json = Object.fromEntries(Object.entries({ ...WHOLE, ...change }).filter(([, value]) => value !== undefined))
    expect(check([json]).map((found) => [found.kind, found.severity])).toEqual([[kind, 'missing']])
  })

  it.each<[string, FindingKind, object]>([
    ['a waiting period', 'no-waiting', { waiting: [{ began: ['after-break'], months: 3, ...SOURCE }] }],
    ['what a loss report stops', 'no-loss-rule', { card_lost: RULES.card_lost.slice(1) }],
    ['days of supply', 'no-supply-rule', { supply: [] }]
  ])('%s in the rules', (_, kind, change) => {
    expect(check([WHOLE], [{ ...RULES, ...change }]).map((found) => [found.kind, found.severity])).toEqual([[kind, 'missing']])
  })

  it('rules of its own', () => {
    expect(said([WHOLE], [])).toEqual(['no-rules: no rules of eligibility for 999999: waiting period, loss reports, days of supply and the like are the country\'s'])
  })
})

describe('what contradicts itself', () => {
  it('a row behind rows that leave it nobody', () => {
    const rows = [{ when: { psn_type: ['11'] }, amount: '1.00', ...SOURCE }, { when: { psn_type: ['12'] }, amount: '2.00', ...SOURCE }, { when: { psn_type: ['1201'], level: [3] }, amount: '3.00', ...SOURCE }]
    expect(policySaid({ deductible: { rows } })).toEqual([
      'never-applies: deductible.rows[2] can never apply: whoever meets its condition is ruled by deductible.rows[1] before it',
      NOT_RULED
    ])
  })

  it('a row for people whom the band or the document is not for', () => {
    const ratio = [{ when: { psn_type: ['12'] }, ratio: '0.7', ...SOURCE }, { ratio: '0.6', ...SOURCE }]
    expect(policySaid({ bands: [{ ...WHOLE.bands[0], when: { psn_type: ['11'] }, ratio }, { pays: 'hifob_pay', ratio: [{ ratio: '0.5', ...SOURCE }] }] })).toEqual(['never-applies: bands[0].ratio[0] can never apply: nobody here meets its condition'])
    expect(policySaid({ deductible: { rows: [{ when: { insutype: ['390'] }, amount: '1.00', ...SOURCE }, { amount: '2.00', ...SOURCE }] } })).toEqual(['never-applies: deductible.rows[0] can never apply: nobody here meets its condition'])
  })

  it('rows that others cover between them, age by age', () => {
    const rows = [{ when: { age: { below: 45 } }, amount: '9.00', ...SOURCE }, { when: { age: { from: 45 } }, amount: '6.00', ...SOURCE }, { when: { psn_type: ['12'] }, amount: '3.00', ...SOURCE }]
    expect(policySaid({ deductible: { rows } })).toEqual(['never-applies: deductible.rows[2] can never apply: whoever meets its condition is ruled by deductible.rows[0], deductible.rows[1] before it'])
  })

  it('two documents for one day', () => {
    const other = { ...WHOLE, effective: { from: '2026-07-01', to: null }, deductible: { rows: [{ amount: '1.00', ...SOURCE }] } }
    expect(said([WHOLE, other])[0]).toBe('several-documents: 2026-07-01 to further notice: two documents rule insurance 310 (p0 and p1) and disagree on deductible; nothing can be settled on those days')
  })

  it('days that no document rules', () => {
    const [first, second] = [{ ...WHOLE, effective: { from: '2026-01-01', to: '2026-12-31' } }, { ...WHOLE, version: '2', effective: { from: '2028-01-01', to: null } }]
    expect(said([second, first])).toEqual(['gap: 2027-01-01 to 2027-12-31: no document rules insurance 310; nothing can be settled on those days'])
  })

  it('two documents of one version', () => {
    const [first, second] = [{ ...WHOLE, effective: { from: '2026-01-01', to: '2026-12-31' } }, { ...WHOLE, effective: { from: '2027-01-01', to: null } }]
    expect(said([first, second])).toEqual(['same-version: has the region (999999) and version (1) of p0: a settlement finds its policy by region and version, so each document needs a version of its own'])
    expect(said([first, { ...second, version: '2' }])).toEqual([])
  })

  it('a deductible above the cap of expense', () => {
    expect(policySaid(band({ limit: { of: 'in-scope-expense', rows: [{ amount: '600.00', ...SOURCE }] } }))[0]).toContain('so that no fund ever pays')
  })

  it('a band whose bound is not above the one before it', () => {
    const bands = ['20000.00', '5000.00'].map((amount) => ({ pays: 'hifp_pay', ratio: [{ ratio: '0.5', ...SOURCE }], limit: { of: 'expense', rows: [{ amount, ...SOURCE }] } }))
    expect(policySaid({ bands })).toEqual(['band-never-reached: the bound 5000.00 of bands[1].limit.rows[0] is not above 20000.00 of bands[0].limit.rows[0] before it: nothing ever reaches this band'])
  })

  it('a band behind one that takes everything', () => {
    const bands = [{ pays: 'hifp_pay', ratio: [{ ratio: '0.5', ...SOURCE }] }, { pays: 'hifob_pay', ratio: [{ ratio: '0.5', ...SOURCE }] }]
    expect(policySaid({ bands })).toEqual(['band-never-reached: nothing ever reaches bands[1] (hifob_pay): bands[0] before it has no limit and takes all the expense'])
    const [first, second] = bands
    expect(policySaid({ bands: [{ ...first, when: { med_type: ['14'] } }, { ...second, when: { med_type: ['11', '13', '41'] } }] }).filter((line) => line.startsWith('band-'))).toEqual([])
    const forSome = { rows: [{ when: { psn_type: ['12'] }, amount: '5.00', ...SOURCE }, { amount: null, ...SOURCE }] }
    expect(policySaid({ deductible: undefined, bands: [{ ...first, limit: forSome }, second] })).toEqual([])
  })

  it('the older word for the source of a pharmacy beside another newer one', () => {
    expect(policySaid({ pharmacy_follows: 'own', pharmacy_ratio: 'basic-level' })).toEqual([
      'pharmacy-words-differ: pharmacy_ratio says "basic-level" and pharmacy_follows "own": the first holds, the second has no effect; leave it out'
    ])
    expect(policySaid({ pharmacy_follows: 'own', pharmacy_ratio: 'own' })).toEqual([])
  })

  it('a rule about those who are insured as they should be', () => {
    expect(rulesSaid({ insurance_status: [{ status: ['1'], effect: 'own-money', ...SOURCE }] })).toEqual([
      'normal-status: insurance_status[0] names status "1" (insured, normal): nothing is refused to whoever is insured as they should be, so that the row does nothing for "1"'
    ])
  })

  it('rows for pharmacies that follow somebody else', () => {
    const ratio = [{ when: { kind: ['pharmacy'] }, ratio: '0.5', ...SOURCE }, { ratio: '0.6', ...SOURCE }]
    expect(policySaid({ pharmacy_ratio: 'prescriber', ...band({ ratio }) })).toEqual([
      'pharmacy-rows-unused: bands[0].ratio[0] is for pharmacies, but a pharmacy follows the institution that wrote the prescription: the row is never used'
    ])
  })

  it('a long prescription that is shorter than a short one', () => {
    expect(rulesSaid({ supply: [{ visits: ['chronic'], days: 5, ...SOURCE }, { days: 7, ...SOURCE }] })).toEqual([
      'supply-order: chronic prescriptions are limited to 5 days (supply[0]), less than the 7 days of ordinary ones (supply[1])'
    ])
  })

  it('rules without their base', () => {
    expect(rulesSaid({ based_on: 'national' })[0]).toContain('rules-together: the rules cannot be used together: based_on: "national" is refused')
  })

  it('rules by which no fund ever pays', () => {
    const found = rulesSaid({ item_rules: [{ rule: 'work-injury-only', ...SOURCE }] })
    expect(found[0]).toMatch(/^nobody-covered: employees' basic insurance, everybody: no fund pays even for a class A drug on a prescription: .*\(test 1 item_rules\[0\]\)$/)
  })
})

describe('care elsewhere', () => {
  const elsewhere = (...rows: readonly object[]): string[] => policySaid({ off_site: rows.map((row) => ({ ...row, ...SOURCE })) })

  it('of which some filings are left out', () => {
    expect(elsewhere({ filing: ['resident', 'referral'] })).toEqual(['off-site-some: care elsewhere is not ruled for: emergency elsewhere, nothing filed: such a claim is refused'])
  })

  it('that costs more than the country says, or costs twice', () => {
    expect(elsewhere({ filing: ['resident'] }, { filing: ['referral', 'emergency'], points: '0.10' }, { filing: ['unfiled'], pre_pay: '0.20' })).toEqual([])
    expect(elsewhere({ filing: ['resident', 'emergency'] }, { filing: ['referral'], points: '0.11' }, { filing: ['unfiled'], points: '0.10', pre_pay: '0.25' })).toEqual([
      'off-site-high: off_site[1]: 0.11 is taken off for referred, more than the 0.1 that the national rule takes at most',
      'off-site-high: off_site[2]: 0.25 is taken off for nothing filed, more than the 0.2 that the national rule takes at most',
      'off-site-both: off_site[2]: takes points off the ratio (0.10) and a pre-pay before it (0.25); both are applied'
    ])
  })
})

describe('what is worth a look', () => {
  it('a list of which too many people would have to be tried', () => {
    const rows = Array.from({ length: 60 }, (_, index) => ({ when: { dise_codg: [`M${100 + index}`], psn_idet_type: [`${100 + index}`], age: { from: index } }, amount: '1.00', ...SOURCE }))
    const found = check([withoutUndefined({ ...WHOLE, deductible: { rows: [...rows, { amount: '2.00', ...SOURCE }] } })])
    expect(found.filter(({ kind }) => kind === 'not-tried').map(({ severity, path }) => `${severity} ${path}`)).toContain('doubtful deductible.rows')
  })

  it('a deductible above what the fund pays at most', () => {
    expect(check([{ ...WHOLE, ...band({ limit: { rows: [{ amount: '500.00', ...SOURCE }] } }) }]).map(({ severity, en }) => `${severity}: ${en}`)).toEqual([
      'doubtful: the deductible 600.00 (deductible.rows[1]) is above what the fund pays at most, 500.00 (bands[0].limit.rows[0])'
    ])
  })

  it('a ratio that rises and a deductible that falls with the level of the hospital', () => {
    const ratio = [{ when: { level: [3] }, ratio: '0.9', ...SOURCE }, { ratio: '0.6', ...SOURCE }]
    const deductible = { rows: [{ when: { level: [1] }, amount: '300.00', ...SOURCE }, { amount: '200.00', ...SOURCE }] }
    expect(policySaid({ deductible, ...band({ ratio }) })).toEqual([
      'level-order: the deductible falls with the level of the hospital: 300.00 at level 1 (deductible.rows[0]), 200.00 at level 2 (deductible.rows[1]); usually it rises',
      'level-order: the fund\'s share rises with the level of the hospital: 60 % at level 2 (bands[0].ratio[1]), 90 % at level 3 (bands[0].ratio[0]); usually it falls'
    ])
  })

  it('a share that falls with the expense', () => {
    const rows = [{ tiers: [{ above: '0.00', ratio: '0.6' }, { above: '5000.00', ratio: '0.5' }], ...SOURCE }]
    expect(policySaid({ supplements: [{ pays: 'hifmi_pay', rows }] })).toEqual(['tiers-fall: supplements[0].rows[0].tiers[1]: above 5000.00 the fund\'s share falls from 0.6 to 0.5'])
  })

  it('rules that change within the policy year', () => {
    expect(policySaid({ effective: { from: '2026-03-01', to: '2026-12-31' } })).toEqual(['within-policy-year: the policy year begins on 01-01, the document begins on 2026-03-01: what the year has counted carries over the change'])
    expect(policySaid({ effective: { from: '2026-07-01', to: '2027-06-30' }, policy_year_begins: '07-01' })).toEqual([])
    expect(policySaid({ effective: { from: '2026-03-01', to: '2028-02-29' }, policy_year_begins: '03-01' })).toEqual([])
  })

  it('a place where nobody is covered', () => {
    const found = rulesSaid({ item_rules: [{ rule: 'institution', kinds: ['hospital', 'community', 'clinic'], ...SOURCE }] })
    expect(found[0]).toMatch(/^never-covered-there: employees' basic insurance, everybody: pharmacy: /)
  })
})

it('values that are not sure are listed with their source', () => {
  const rows = [{ amount: '600.00', source: 'a page', certainty: 'weak' }]
  expect(policySaid({ deductible: { rows } })).toEqual(['uncertain: deductible.rows[0] 600.00: weak source; source: a page'])
  expect(rulesSaid({ waiting: [{ began: ['new'], months: 3, source: 'two pages', certainty: 'conflicting' }] })).toEqual(['uncertain: waiting[0]: sources disagree; source: two pages'])
  const inBoth = { zh: '两个网页', en: 'two pages' }
  expect(rulesSaid({ waiting: [{ began: ['new'], months: 3, source: inBoth, certainty: 'conflicting' }] })).toEqual(['uncertain: waiting[0]: sources disagree; source: two pages'])
})

it('everything is said in Chinese too, and every kind of finding has its weight', () => {
  const found = [...check([{ ...WHOLE, pharmacy_ratio: undefined, card: {}, classes: [], bands: [], effective: { from: '2026-03-01', to: null } }].map((json) => JSON.parse(JSON.stringify(json)) as object), [])]
  expect(found.length).toBeGreaterThan(4)
  for (const { zh } of found) expect(zh).toMatch(/\p{Script=Han}/u)
  expect(new Set(FINDING_KINDS).size).toBe(FINDING_KINDS.length)
})

it('what is wrong between rules is said once, and in Chinese without a word of English', () => {
  const found = check([WHOLE], [{ ...RULES, based_on: 'nowhere' }, { ...RULES, id: 'other', region: '999900', removes: ['nothing'] }]).filter(({ kind }) => kind === 'rules-together')
  expect(found.map(({ file, zh }) => `${file} ${zh}`)).toEqual([
    'r0 规则不能一起使用：based_on："nowhere" 不符合要求：须为已有的文件：other',
    'r1 规则不能一起使用：removes[0]："nothing" 不符合要求：须为依据文件中某一行的 id'
  ])
})
