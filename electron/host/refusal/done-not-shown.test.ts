import { describe, expect, it } from 'vitest'
import { ok, refuse } from '../../../base/result.ts'
import { closeRefusalView } from '../close/close-refusal.ts'
import { anyRefusalView } from '../desk/desk-refusal.ts'
import { shownOr } from './done-not-shown.ts'

const UNREADABLE = refuse({ kind: 'store-failure', cause: 'io', detail: 'SQLITE_IOERR_READ' })
const SETTLEMENT = 'H99999900001202603150930000001'

describe('what is durable and cannot be read back', () => {
  it('is shown when it can be', () => {
    expect(shownOr(ok('the statement'), { done: 'settlement', settlementId: SETTLEMENT })).toEqual(ok('the statement'))
  })

  it('of a settlement says that the card was charged, under which number it stands, and not to charge it again', () => {
    const shown = shownOr(UNREADABLE, { done: 'settlement', settlementId: SETTLEMENT })
    expect(!shown.ok && anyRefusalView(shown.error)).toEqual({
      kind: 'done-not-shown',
      blame: 'outside',
      what: {
        zh: '已结算，卡已扣款；账簿暂时读不出，没有显示',
        en: 'it is settled and the card was charged; the ledger cannot be read just now, so it is not shown'
      },
      mend: {
        zh: '请勿再次收费：稍后在结算记录中查看并打印',
        en: 'do not charge it again: look it up in the records in a while, and print it there'
      },
      today: null,
      settlementId: SETTLEMENT
    })
  })

  it.each([
    ['close', '日结已签；账簿暂时读不出，没有显示'],
    ['reopening', '日结已重新打开；账簿暂时读不出，没有显示']
  ] as const)('of a %s says that it is done', (done, zh) => {
    expect(closeRefusalView({ kind: 'done-not-shown', done })).toMatchObject({ kind: 'done-not-shown', what: { zh } })
  })
})
