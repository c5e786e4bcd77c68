/**
 * Something is durable, and only what it came to cannot be read back: a disk that fails just then. Told as a refusal of the whole it
 * would be done a second time, so it has a kind of its own.
 */

import { refuse, type Result } from '../../../base/result.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import type { Text } from '../../contract/text.ts'

export type Done = 'settlement' | 'refund' | 'close' | 'reopening'

export interface DoneNotShown {
  readonly kind: 'done-not-shown'
  readonly done: Done
  /** Of a settlement: under which number the records have it. */
  readonly settlementId?: string
}

export const shownOr = <Value>(view: Result<Value, unknown>, done: Omit<DoneNotShown, 'kind'>): Result<Value, DoneNotShown> =>
  view.ok ? view : refuse({ kind: 'done-not-shown', ...done })

const text = (zh: string, en: string): Text => ({ zh, en })

const DONE: Readonly<Record<Done, Text>> = {
  settlement: text('已结算，卡已扣款', 'it is settled and the card was charged'),
  refund: text('已退费', 'it is refunded'),
  close: text('日结已签', 'the day is closed and signed'),
  reopening: text('日结已重新打开', 'the day is open again')
}

const AGAIN: Readonly<Record<Done, Text>> = {
  settlement: text('请勿再次收费：稍后在结算记录中查看并打印', 'do not charge it again: look it up in the records in a while, and print it there'),
  refund: text('请勿再次退费：稍后在结算记录中查看', 'do not refund it again: look it up in the records in a while'),
  close: text('稍后重新打开日结即可看到', 'open the day close again in a while and it is there'),
  reopening: text('稍后重新打开日结即可看到', 'open the day close again in a while and it is there')
}

export function doneNotShownView({ kind, done, settlementId }: DoneNotShown): RefusalView {
  const { zh, en } = DONE[done]
  return {
    kind,
    blame: 'outside',
    what: text(`${zh}；账簿暂时读不出，没有显示`, `${en}; the ledger cannot be read just now, so it is not shown`),
    mend: AGAIN[done],
    today: null,
    ...(settlementId !== undefined && { settlementId })
  }
}
