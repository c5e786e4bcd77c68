/** What the table does not say: funds of their own, part-payments among lines, whom a prescription's fault touches. */

import { describe, expect, it } from 'vitest'
import { ask, codeOf, pack, questionOf, type Asked, type Json } from '../../test/support/ask.ts'
import { rulesWith, source } from '../../test/support/rules-with.ts'
import type { CompiledRules } from '../rules/compiled-rules.ts'
import { judge } from './judge.ts'
import { openLines } from './settling.ts'

const kinds = (asked: Asked, rules?: CompiledRules): readonly string[] => ask(asked, rules).items.map(({ cover, reasons }) => [cover, ...reasons.map(({ kind, effect }) => `${kind} ${effect}`)].join(', '))

describe('a verdict', () => {
  it('names each fund of the visit, and is as good as the best of them', () => {
    const rules = rulesWith({ funds: [{ when: { med_type: ['41'] }, fund: 'maternity', ...source }], item_rules: [{ rule: 'visit', items: ['drugs'], med_types: ['11'], funds: ['pool'], ...source }] })
    const [item] = ask({}, rules).items
    expect(item?.funds.map(({ fund, cover, reasons }) => [fund, cover, reasons.map(({ kind }) => kind)])).toEqual([
      ['maternity', 'covered', []],
      ['pool', 'own-money', ['visit-mode']]
    ])
    expect([item?.cover, item?.reasons.map(({ kind }) => kind)]).toEqual(['covered', ['visit-mode']])
  })

  it('leaves the account to who is suspended, and only cash to who bears a lost card', () => {
    const account = (person: Json): boolean | undefined => ask({ person }).items[0]?.accountMayPay
    expect(account({ psn_insu_stas: '2' })).toBe(true)
    expect(account({ card: { lost: { report: 'formal', on: '2026-03-01' } } })).toBe(false)
  })

  it('says what stands against person and prescription beside the lines', () => {
    const verdict = ask({ person: { in_hospital: true }, prescription: { rx_chk_stas_codg: '0' } })
    expect(verdict.person.map(({ kind }) => kind)).toEqual(['in-hospital'])
    expect(verdict.prescription.map(({ kind, effect }) => [kind, effect])).toEqual([['prescription-refused-by-pharmacist', 'forbids']])
  })

  it('lets the place set another weight', () => {
    const rules = rulesWith({ effects: [{ reason: 'trace-code-sold', effect: 'note', ...source }, { reason: 'class-b', effect: 'own-money', ...source }] })
    expect(kinds({ items: [pack('氨氯地平分散片')] }, rules)).toEqual(['own-money, class-b own-money'])
    expect(kinds({ sold_codes: [{ drug_trac_codg: `${codeOf('氨氯地平片')}-1`, setl_id: 'S1', on: '2026-03-01' }] }, rules)).toEqual(['covered, trace-code-sold note'])
  })

  it('does not apply a row whose age nobody can decide, and says so once', () => {
    const rules = rulesWith({ item_rules: [{ rule: 'visit', med_types: ['11'], when: { age: { from: 60 } }, ...source }, { rule: 'visit', med_types: ['11'], when: { age: { below: 14 } }, ...source }] })
    expect(kinds({ person: { brdy: null } }, rules)).toEqual(['covered, status-unknown note'])
  })
})

describe('a fault of the prescription', () => {
  const two = { prescription: { rx_chk_stas_codg: '0' }, items: [pack('氨氯地平片'), pack('布洛芬片')] }

  it('touches what rests on it alone', () => {
    expect(kinds(two)).toEqual(['forbidden, prescription-refused-by-pharmacist forbids', 'covered'])
  })

  it('costs an over-the-counter drug the fund where the fund wants a prescription', () => {
    const rules = rulesWith({ prescription_required: [{ effect: 'own-money', funds: ['pool'], ...source }] })
    expect(kinds(two, rules)).toEqual(['forbidden, prescription-refused-by-pharmacist forbids', 'own-money, prescription-refused-by-pharmacist own-money'])
  })

  it('is judged by the row that concerns the drug', () => {
    const check = { check: 'reviewed', ...source }
    const rules = rulesWith({ prescription_checks: [{ ...check, items: ['diabetes-drugs'], effect: 'forbids' }, { ...check, effect: 'note' }] })
    const items = [pack('氨氯地平片'), pack('二甲双胍片')]
    expect(kinds({ prescription: { rx_chk_stas_codg: null }, items }, rules)).toEqual(['covered, prescription-not-reviewed note', 'forbidden, prescription-not-reviewed forbids'])
  })

  it('holds for the funds of the check alone', () => {
    const rules = rulesWith({ prescription_checks: [{ check: 'designated', effect: 'own-money', funds: ['chronic'], ...source }] })
    expect(kinds({ prescription: { prescriber: { designated: false } } }, rules)).toEqual(['covered, prescriber-not-designated own-money'])
  })
})

describe('a bill', () => {
  it('names every drug of a doubled therapy on each of its lines', () => {
    const { items } = ask({ items: [pack('缬沙坦胶囊'), pack('氨氯地平片'), pack('缬沙坦片')] })
    expect(items.map(({ cover, reasons }) => [cover, reasons[0]?.values['drugs']])).toEqual([
      ['own-money', '缬沙坦片(测试)、缬沙坦胶囊(测试)'],
      ['covered', undefined],
      ['own-money', '缬沙坦片(测试)、缬沙坦胶囊(测试)']
    ])
  })

  it('says that a doubled therapy could not be looked for, where no rule forbids by class', () => {
    const rules = rulesWith({ replaces: ['dispensing', 'long_excluded'] })
    const unclassed = { name: '某药(测试)', chrgitm_lv: '01', rx_flag: '1', kind: 'western' }
    const items = [pack('缬沙坦片'), { ...pack('缬沙坦胶囊'), med_list_codg: 'OWN-7', item: unclassed }, { ...pack('缬沙坦胶囊'), med_list_codg: 'XC09CA', item: unclassed, drugtracinfo: [{ drug_trac_codg: '8' }] }]
    expect(kinds({ items }, rules)).toEqual(['own-money, duplicate-therapy own-money', 'covered, atc-unknown note', 'own-money, duplicate-therapy own-money'])
  })

  it('counts to no limit what no fund pays for another reason, and tells that reason alone', () => {
    const over = { prescription: null, items: [pack('布洛芬片', { pric: '30.00' }), pack('氨氯地平片', { pric: '480.00' })] }
    expect(kinds(over)).toEqual(['covered', expect.stringMatching(/^forbidden, (?!.*limit-reached)/)])
    expect(kinds({ ...over, person: { psn_insu_stas: '2' } })).toEqual([expect.stringMatching(/^own-money, insurance-suspended own-money$/), expect.not.stringContaining('limit')])
  })

  it('counts own pay and class C to no limit', () => {
    const otc = (name: string, fields: Json = {}): Json => pack(name, { pric: '150.00', ...fields })
    const over = { prescription: null }
    expect(ask({ ...over, items: [otc('布洛芬片'), otc('氯雷他定片')] }).items.map(({ cover, payable }) => [cover, payable])).toEqual([
      ['limited', { of: 'amount', amount: 10_000 }],
      ['limited', { of: 'amount', amount: 10_000 }]
    ])
    expect(ask({ ...over, items: [otc('布洛芬片'), otc('氯雷他定片', { own_pay: true })] }).items.map(({ cover }) => cover)).toEqual(['covered', 'own-money'])
    expect(ask({ ...over, items: [otc('布洛芬片'), otc('对乙酰氨基酚泡腾片')] }).items.map(({ cover }) => cover)).toEqual(['covered', 'own-money'])
  })

  it('pays the smallest pack where the place says so', () => {
    const rules = rulesWith({ supply: [{ visits: ['ordinary'], days: 7, one_pack: true, ...source }] })
    const boxes = (cnt: string, prd_days: number): unknown => ask({ items: [pack('氨氯地平片', { cnt, prd_days })] }, rules).items.map(({ cover, payable }) => [cover, payable])
    expect(boxes('1', 28)).toEqual([['covered', undefined]])
    expect(boxes('2', 56)).toEqual([['limited', { of: 'quantity', quantity: 10_000 }]])
    expect(boxes('8', 28)).toEqual([['limited', { of: 'quantity', quantity: 20_000 }]])
  })

  it('judges a return by catalogue and person alone', () => {
    expect(kinds({ prescription: null, items: [pack('氨氯地平片', { cnt: '-1', drugtracinfo: [] }), pack('氨氯地平进口片', { cnt: '-1' })] })).toEqual(['covered', 'own-money, class-c own-money'])
  })

  it('fills one line of the prescription with two packs of the substance', () => {
    const prescription = { kind: 'electronic', electronic: {}, rxdetail: [{ drug_genname: '氨氯地平', drug_cnt: '2' }] }
    const filled = (cnt: string): readonly string[] => kinds({ prescription, items: [pack('氨氯地平片', { prd_days: 3 }), pack('氨氯地平片', { prd_days: 3, cnt, drugtracinfo: [{ drug_trac_codg: '7' }, { drug_trac_codg: '8' }] })] })
    expect(filled('1')).toEqual(['covered', 'covered'])
    expect(filled('2')).toEqual(['forbidden, more-than-prescribed forbids', 'forbidden, more-than-prescribed forbids'])
  })

  it('waits with settling for a scan and a review, not for a judgement', () => {
    const open = (asked: Asked): readonly string[] => openLines(ask(asked))
    expect(open({ items: [pack('氨氯地平片'), pack('二甲双胍片', { drugtracinfo: [] })] })).toEqual(['2'])
    expect(open({ prescription: { rx_chk_stas_codg: null } })).toEqual(['1'])
    expect(open({ prescription: null })).toEqual(['1'])
    expect(open({ items: [pack('非那雄胺片')], person: { gend: '0' } })).toEqual([])
  })

  it('says how many packs want a code', () => {
    expect(ask({ items: [pack('氨氯地平片', { cnt: '3' }), pack('氨氯地平片', { cnt: '0.5' }), pack('黄芪饮片')] }).items.map(({ tracesWanted }) => tracesWanted)).toEqual([3, 1, 0])
  })

  it('of five hundred lines of one drug is judged as one of one', () => {
    const items = Array.from({ length: 500 }, (_, index) => pack(index % 2 === 0 ? '缬沙坦片' : '缬沙坦胶囊', { drugtracinfo: [{ drug_trac_codg: `P${index}` }], prd_days: 1, pric: '0.10' }))
    const verdict = judge(rulesWith({}), questionOf({ items }))
    expect(new Set(verdict.items.map(({ cover }) => cover))).toEqual(new Set(['own-money']))
  })
})
