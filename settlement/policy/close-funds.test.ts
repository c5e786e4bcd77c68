import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { calculate } from '../calculation/calculate.ts'
import { parseClaim } from '../wire/parse-claim.ts'
import { closeFunds, closesAny, fundCodes } from './close-funds.ts'
import { compilePolicy } from './compile-policy.ts'
import { parsePolicy } from './parse-policy.ts'

const policy = parsePolicy(JSON.parse(readFileSync(new URL('../../fixtures/regions/999999-test.json', import.meta.url), 'utf8')))
if (!policy.ok) throw new Error(JSON.stringify(policy.error))
const OPEN = compilePolicy(policy.value)

/** 10000.00 of class A at a hospital of level 2, in service: 400.00 deductible, the pool 70 % up to 4500.00, then hifob 60 %. */
function paid(...closed: readonly string[]) {
  const claim = parseClaim({
    psn_type: '11',
    begntime: '2026-03-15',
    institution: { level: 2 },
    lines: [{ chrgitm_lv: '01', pric: '10000.00', cnt: '1' }]
  })
  if (!claim.ok) throw new Error(JSON.stringify(claim.error))
  const calculation = calculate(closed.length === 0 ? OPEN : closeFunds(OPEN, new Set(closed)), claim.value)
  if (!calculation.ok) throw new Error(JSON.stringify(calculation.error))
  const { hifp_pay, hifob_pay } = calculation.value.amounts.funds
  return { hifp_pay, hifob_pay, any: closesAny(OPEN, new Set(closed), claim.value.facts) }
}

describe('a fund that is closed to a person', () => {
  it('pays nothing, by its own code or by the usual one, and no other fund pays in its place', () => {
    expect(paid()).toEqual({ hifp_pay: 450_000, hifob_pay: 100_000, any: false })
    expect(paid('310102')).toEqual({ hifp_pay: 0, hifob_pay: 0, any: true })
    expect(paid('310100')).toEqual({ hifp_pay: 0, hifob_pay: 0, any: true })
  })

  it('leaves the funds before it as they are', () => {
    expect(paid('330100')).toEqual({ hifp_pay: 450_000, hifob_pay: 0, any: true })
  })

  it('has one of the codes that the policy knows for that insurance: its own, and the usual one of each fund', () => {
    expect([...fundCodes(OPEN.policy, '310')].toSorted()).toEqual(['310100', '310102', '310300', '320100', '330100', '390102', '610100'])
    expect([...fundCodes(OPEN.policy, '390')].toSorted()).toEqual(['310102', '320100', '330100', '390100', '390102', '390200', '610100'])
  })

  it('changes nothing where it would not have paid', () => {
    expect(paid('610100', '999997')).toEqual({ hifp_pay: 450_000, hifob_pay: 100_000, any: false })
  })
})
