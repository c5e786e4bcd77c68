import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fen } from '../money/fen.ts'
import { parseCatalogue } from '../catalogue/parse-catalogue.ts'
import { ClaimDraft, type NumberedLine } from './claim-draft.ts'
import { composeClaim, type ClaimParts } from './compose-claim.ts'
import { parseVisit } from './parse-visit.ts'

const fixture = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8'))

function parts(change: object = {}): ClaimParts {
  const visit = parseVisit({ ...(fixture('visits/outpatient-demo.json') as object), ...change })
  const catalogue = parseCatalogue(fixture('catalogue/demo.json'))
  if (!visit.ok || !catalogue.ok) throw new Error('the fixtures do not parse')
  return {
    visit: visit.value,
    person: { psn_type: '11', insutype: '310', insuplc_admdvs: '999999' },
    account: { currentYear: fen(20_000), pastYears: fen(0), mutualAid: [] },
    counters: { act_pay_dedc: fen(10_000) },
    catalogue: catalogue.value
  }
}

function draft(of: ClaimParts): ClaimDraft {
  const opened = ClaimDraft.open(of)
  if (!opened.ok) throw new Error(JSON.stringify(opened.error))
  return opened.value
}

function line(of: ClaimDraft, number: string): NumberedLine {
  const found = of.line(number)
  if (found === undefined) throw new Error(`no line ${number}`)
  return found
}

describe('a bill being edited', () => {
  it('comes to the very claim that the same visit comes to when it is composed whole', () => {
    const bill = draft(parts())
    expect(bill.put({ ...line(bill, '5'), cnt: '7' }).ok).toBe(true)
    expect(bill.put({ med_list_codg: 'ZA04CAB0099010199999', cnt: '2', hosp_appr_flag: '0', feedetl_sn: bill.nextNumber() }).ok).toBe(true)
    bill.remove('12')
    bill.useAccount('0')
    const whole = composeClaim({ ...parts(), visit: bill.visit })
    expect(whole.ok && whole.value).toEqual(bill.claim)
    expect(bill.claim.lines.map(({ lineNo, amount }) => [lineNo, amount]).slice(-2)).toEqual([['11', 18_800], ['13', 3160]])
  })

  it('begins without a line and with the head already checked', () => {
    const empty = parts()
    const bill = draft({ ...empty, visit: { ...empty.visit, lines: [] } })
    expect(bill.claim.lines).toEqual([])
    expect(bill.put({ med_list_codg: 'XA02BCA099A001010199999', cnt: '3', hosp_appr_flag: '0', feedetl_sn: bill.nextNumber() }).ok).toBe(true)
    expect(bill.claim.lines.map(({ lineNo, amount }) => [lineNo, amount])).toEqual([['1', 3600]])
  })

  it('refuses a quantity that is none, names the field, and stays as it was', () => {
    const bill = draft(parts())
    const before = bill.claim
    const refused = bill.put({ ...line(bill, '5'), cnt: '0' })
    expect(refused).toMatchObject({ ok: false, error: { kind: 'bad-input', problems: [{ path: 'lines[4].cnt', value: '0' }] } })
    expect(bill.claim).toBe(before)
  })

  it('refuses a code that nobody knows', () => {
    const bill = draft(parts())
    expect(bill.put({ med_list_codg: 'NOWHERE-1', cnt: '1', hosp_appr_flag: '0', feedetl_sn: '99' })).toMatchObject({
      ok: false,
      error: { kind: 'bad-input', problems: [{ path: 'lines[12].med_list_codg', value: 'NOWHERE-1' }] }
    })
  })

  it('takes a return together with the line that sold, and refuses one of a line that is not there', () => {
    const bill = draft(parts())
    const back = { med_list_codg: line(bill, '5').med_list_codg, hosp_appr_flag: '0', cnt: '-1', feedetl_sn: '90' } as const
    expect(bill.put({ ...back, return_of: '77' })).toMatchObject({ ok: false, error: { problems: [{ path: 'lines[12].return_of', value: '77' }] } })
    expect(bill.put({ ...back, return_of: '5' }).ok).toBe(true)
    expect(bill.claim.lines.at(-1)?.returnOf).toBe('5')
  })

  it('refuses lines that together pass the largest bill', () => {
    const bill = draft(parts())
    for (const number of ['90', '91', '92']) {
      const put = bill.put({ med_list_codg: 'T000000099', chrgitm_lv: '01', pric: '400000000', cnt: '1', hosp_appr_flag: '0', feedetl_sn: number })
      expect(put.ok).toBe(number !== '92')
    }
  })

  it('forgets the sum that the hospital stated once a line has changed', () => {
    const bill = draft(parts({ medfee_sumamt: '818.47' }))
    bill.remove('12')
    expect(bill.visit.medfee_sumamt).toBeUndefined()
    expect(composeClaim({ ...parts(), visit: bill.visit }).ok).toBe(true)
  })
})
