/** A report in lines: four books, the drawer, what is open. */

import type { CloseReport, ReportItem } from '../../../settlement/close/report-schema.ts'
import { itemText } from '../../host/close/item-text.ts'
import { notReachedDetail, notReachedText } from '../../host/close/not-reached-text.ts'
import { RESOLUTION_TEXTS, rowName } from '../../host/close/report-text.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { table } from './columns.ts'

export function dayText(report: CloseReport): string {
  const { day, terminal, institution, period, drawer, unconfirmed } = report
  return [
    `${institution.name} ${institution.code}, ${terminal}, ${day}`,
    `账期 period ${when(period.from)} - ${when(period.until)}: 结算 settlements ${period.settlements}, 退费 refunds ${period.refunds}, 圈存 loads ${period.loads}; facts ${period.after + 1} - ${period.to}`,
    ...booksLines(report),
    centreLine(report),
    drawer.counted === null
      ? `钱箱 drawer: 收 in ${drawer.cash_in}, 退 out ${drawer.cash_refunded}, 尚未清点 not counted`
      : `钱箱 drawer: 备用金 float ${drawer.float}, 收 in ${drawer.cash_in}, 退 out ${drawer.cash_refunded}, 应有 expected ${drawer.expected}, 清点 counted ${drawer.counted}, 长短款 difference ${drawer.difference}`,
    `尚未确认 not confirmed ${unconfirmed.count}${unconfirmed.since === null ? '' : `, 最早 since ${readableTime(unconfirmed.since)}`}`,
    ...report.items.map(itemLine),
    ...changesLines(report)
  ].join('\n')
}

const when = (time: string | null): string => (time === null ? '-' : readableTime(time))

const cell = (value: string | number | null): string => (value === null ? '-' : String(value))

function booksLines({ rows }: CloseReport): string[] {
  return table(
    [
      ['项目 item', '收费台 till', '账本 ledger', '卡 cards', '中心 centre'],
      ...rows.map(({ row, till, ledger, cards, centre }) => [`${rowName(row).zh} ${row}`, cell(till), cell(ledger), cell(cards), cell(centre)])
    ],
    ['left', 'right', 'right', 'right', 'right']
  )
}

function centreLine({ centre }: CloseReport): string {
  switch (centre.kind) {
    case 'not-connected':
      return '中心 centre: 未接入 no centre connected'
    case 'not-reached': {
      const { zh, en } = notReachedText(centre.reason, centre.detail)
      return [zh, en, notReachedDetail(centre.reason, centre.detail)].filter((part) => part !== undefined).join(' ')
    }
    case 'answered':
      return `中心 centre: ${centre.from} - ${centre.to}, 相符 matched ${centre.matched}, 不符 unmatched ${centre.unmatched}`
    default:
      return centre satisfies never
  }
}

/** An item as it is named in an option, what it is, and what becomes of it. */
export function itemLine(item: ReportItem): string {
  const { zh, en } = itemText(item)
  const { resolution } = item
  const ending = resolution === null ? '未处理 open' : [RESOLUTION_TEXTS[resolution.resolution].zh, resolution.resolution, resolution.person, resolution.note].filter((words) => words !== '').join(' ')
  const code = item.kind === 'centre-not-asked' ? notReachedDetail(item.facts['reason'] ?? '', item.facts['detail'] ?? '') : undefined
  return [`[${item.item}] ${zh} ${en}: ${ending}${code === undefined ? '' : `; ${code}`}`, ...item.entries.map(({ what, id, since }) => `    ${what} ${id} ${readableTime(since)}`)].join('\n')
}

function changesLines({ reopened }: CloseReport): string[] {
  if (reopened === null) return []
  return [
    `代替 in place of close ${reopened.close} of ${readableTime(reopened.closed_at)}: ${reopened.reason}`,
    ...reopened.changes.map(({ field, before, after }) => `    ${field}: ${before ?? '-'} -> ${after ?? '-'}`)
  ]
}
