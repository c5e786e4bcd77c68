/** Days by the visit that a line rests on: a drug that needs no prescription beside one, and one that is not among its lines. */

import { describe, expect, it } from 'vitest'
import { ask, pack, type Json } from '../../test/support/ask.ts'
import { rulesWith, source } from '../../test/support/rules-with.ts'
import { sayReason } from './say-reason.ts'

const DEMANDED = rulesWith({ prescription_required: [{ effect: 'own-money', ...source }] })
const IBUPROFEN = { name: '布洛芬片', tablets: 24 }

/** 90 days of ibuprofen, which needs no prescription: without one a fund pays 15 days, by a chronic one 30. */
const beside = (prescription: Json | null, rules = rulesWith()) =>
  ask({ prescription, items: [pack(IBUPROFEN.name, { prd_days: 90, feedetl_sn: 'L0' }), pack('氨氯地平片', { prd_days: null, feedetl_sn: 'L1' })] }, rules).items[0]

/** Whole tablets of one pack, as a verdict writes them: ten-thousandths of a pack, rounded down. */
const tablets = (count: number): object => ({ of: 'quantity', quantity: Math.floor((count * 10_000) / IBUPROFEN.tablets) })

describe('a drug that needs no prescription', () => {
  it('has no more days where a rule demands one, seed 1944246720', () => {
    const sale = {
      person: { gend: '0', in_hospital: null },
      prescription: { visit: 'chronic', prsc_time: '2026-03-10', rx_chk_stas_codg: '1' },
      history: null,
      items: [
        { med_list_codg: 'XM01AEB090A001010199999', cnt: '1', pric: '0.01', prd_days: 90, feedetl_sn: 'L0' },
        { med_list_codg: 'XC08CAA042A001010199999', cnt: '1', pric: '0.01', prd_days: null, feedetl_sn: 'L1' }
      ]
    }
    const paid = (rules = rulesWith()) => ask(sale, rules).items.map(({ line, cover, payable }) => [line, cover, payable])
    expect(paid()).toEqual([
      ['L0', 'limited', { of: 'quantity', quantity: 3333 }],
      ['L1', 'covered', undefined]
    ])
    expect(paid(DEMANDED)).toEqual(paid())
  })

  it('is paid by a prescription whose lines nobody entered, and the counter is told so', () => {
    const verdict = beside({ visit: 'chronic' })
    expect([verdict?.cover, verdict?.payable]).toEqual(['limited', tablets(8)])
    const [days, unknown] = verdict?.reasons ?? []
    expect(days?.values).toEqual({ days: '90', limit: '30', visit: 'chronic' })
    expect(unknown && [unknown.kind, unknown.effect, sayReason(unknown).what]).toEqual([
      'status-unknown',
      'note',
      { zh: '不清楚处方上是否有此药（明细未录入），相关规则未作判断', en: 'Not known: whether the prescription names the drug (its lines were not entered). The rule that needs it was not decided.' }
    ])
  })

  it('loses nothing by a prescription that pays fewer days', () => {
    const verdict = beside({ visit: 'emergency' })
    expect([verdict?.payable, verdict?.reasons.map(({ kind, values }) => [kind, values])]).toEqual([
      tablets(4),
      [['over-days-of-supply', { days: '90', limit: '15', visit: 'none' }]]
    ])
  })

  it('is a sale without prescription where the lines do not name it', () => {
    expect(beside({ visit: 'chronic', rxdetail: [{ drug_genname: '氨氯地平', drug_cnt: '9' }] })?.payable).toEqual(tablets(4))
    expect(beside({ visit: 'chronic', rxdetail: [{ drug_genname: '布洛芬', drug_cnt: '9' }] })?.payable).toEqual(tablets(8))
    expect(beside(null)?.payable).toEqual(tablets(4))
  })

  it('keeps the limits of a sale without prescription where a rule only asks why the lines do not name it', () => {
    const asks = {
      prescription_required: [{ effect: 'own-money', ...source }],
      prescription_checks: [{ check: 'listed', effect: 'asks', ...source }],
      dispensing: [{ visits: ['none'], items: ['otc'], days: 60, ...source }]
    }
    const verdict = beside({ visit: 'chronic', rxdetail: [{ drug_genname: '氨氯地平', drug_cnt: '9' }] }, rulesWith(asks))
    expect([verdict?.cover, verdict?.reasons.map(({ kind, effect }) => [kind, effect])]).toEqual([
      'forbidden',
      [
        ['over-dispensing-days', 'forbids'],
        ['over-days-of-supply', 'limits'],
        ['not-on-prescription', 'asks']
      ]
    ])
    expect(verdict?.reasons[1]?.values).toEqual({ days: '90', limit: '15', visit: 'none' })
  })
})
