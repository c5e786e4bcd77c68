import { describe, expect, it } from 'vitest'
import type { ReportItem } from '../../../settlement/close/report-schema.ts'
import { itemOwner, itemText } from './item-text.ts'

const ITEM: ReportItem = { item: 'x', kind: 'unsynced', code: 'unsynced', id: null, amount: null, since: null, facts: {}, entries: [], resolution: null }

describe('an open item in words', () => {
  it('one entry that is not confirmed is not "1 entries"', () => {
    expect(itemText({ ...ITEM, since: '20260305094510', facts: { count: '1' } })).toEqual({
      zh: '未确认1笔，自2026-03-05 09:45:10',
      en: 'not confirmed by the centre: 1, the oldest of 2026-03-05 09:45:10'
    })
  })

  it('what is owed to a card says how much, since when and what to do', () => {
    const owed: ReportItem = { ...ITEM, kind: 'owed-to-card', code: 'owed-to-card', id: 'H1', amount: '721.37', since: '20260305094510' }
    expect(itemText(owed)).toEqual({
      zh: '应退回卡上账户721.37元，自2026-03-05 09:45:10起；持卡人带卡来时，打开记录圈存到卡',
      en: '721.37 is owed to the card since 2026-03-05 09:45:10; when the holder brings it, open the record and load it'
    })
  })

  it('of a report that was signed before it said since when, says the rest', () => {
    const owed: ReportItem = { ...ITEM, kind: 'owed-to-card', code: 'owed-to-card', id: 'H1', amount: '721.37' }
    expect(itemText(owed).zh).toBe('应退回卡上账户721.37元；持卡人带卡来时，打开记录圈存到卡')
  })

  it('a centre that was not reached is said without the code of the network, and with who mends it', () => {
    const notAsked: ReportItem = { ...ITEM, kind: 'centre-not-asked', code: 'not-reached', facts: { reason: 'centre-down', detail: 'ECONNREFUSED' } }
    expect(itemText(notAsked)).toEqual({
      zh: '没有与中心核对：中心没有正常应答（中心的机器在，但中心的程序没有运行）；由医保中心处理，无需报修本机',
      en: 'nothing was compared with the centre: it does not answer as a centre does (its machine is there, but no centre runs on it); the centre mends it, nothing is wrong with this machine'
    })
    expect(itemText({ ...notAsked, facts: { reason: 'network-down', detail: 'ENETUNREACH' } }).zh).toBe(
      '没有与中心核对：连不上中心（本机没有网络）；请本院信息科检查网线和路由'
    )
    expect(['centre-down', 'network-down', 'paused'].map((reason) => itemOwner({ ...notAsked, facts: { reason, detail: '' } }).zh)).toEqual(['医保中心', '本院信息科', '收费员'])
  })

  it('an entry that was sent back says first why, for a list shows the beginning', () => {
    expect(itemText({ ...ITEM, kind: 'parked', code: 'card-lost', id: 'H1' })).toEqual({
      zh: '中心没有入账：该卡在结算前已挂失（H1）',
      en: 'not booked by the centre: the card was reported lost before (H1)'
    })
  })
})
