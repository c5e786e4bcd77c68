/**
 * A report as CSV (RFC 4180): one table, so that a spreadsheet filters it by section. Programs read its codes, people the names beside
 * them.
 *
 *   section,item,column,value,note,名称,name
 *   rows,cash,ledger,1234.50,,四方核对 · 现金 · 账本,four books · cash · ledger
 *
 * UTF-8 with a byte order mark, without which Excel reads Chinese as Latin; lines end in CR LF. Whatever a spreadsheet would
 * take for a formula gets an apostrophe in front, except an amount with its sign.
 */

import type { CloseReport, ReportItem } from './report-schema.ts'

type Row = readonly [section: string, item: string, column: string, value: string | number | null, note?: string]

const BYTE_ORDER_MARK = '\uFEFF'

const TITLES = ['section', 'item', 'column', 'value', 'note', '名称', 'name']

/** What a name is asked for. */
export interface CsvLine {
  readonly section: string
  readonly item: string
  readonly column: string
  readonly value: string
}

type NameOf = (line: CsvLine) => { readonly zh: string; readonly en: string }

export function reportCsv(report: CloseReport, nameOf: NameOf): string {
  const lines = [TITLES, ...rowsOf(report).map((row) => cellsOf(row, nameOf))]
  return BYTE_ORDER_MARK + lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}

function rowsOf(report: CloseReport): Row[] {
  return [
    ...headRows(report),
    ...report.rows.flatMap(({ row, till, ledger, cards, centre }) => columns('rows', row, { till, ledger, cards, centre })),
    ...report.groups.flatMap(({ insutype, clr_type, ledger, centre }) => [
      ...columns('groups', `${insutype} ${clr_type} ledger`, ledger),
      ...(centre === null ? [] : columns('groups', `${insutype} ${clr_type} centre`, centre))
    ]),
    ...report.entries.map(({ account, amount }): Row => ['entries', account, 'amount', amount]),
    ...columns('drawer', 'drawer', report.drawer),
    ...columns('cards', 'cards', report.cards),
    ...columns('centre', 'centre', report.centre),
    ...columns('unconfirmed', 'unconfirmed', report.unconfirmed),
    ...report.items.flatMap(itemRows),
    ...report.settled.map(({ item, resolution, by, person, note, at }): Row => ['settled', item, resolution, at, said(by, person, note)]),
    ...report.charts.by_fund.map(({ fund, amount }): Row => ['by-fund', fund, 'amount', amount]),
    ...report.charts.by_class.map(({ chrgitm_lv, amount }): Row => ['by-class', chrgitm_lv, 'amount', amount]),
    ...report.charts.by_hour.flatMap(({ hour, settlements, total }) => columns('by-hour', hour, { settlements, total })),
    ...changeRows(report)
  ]
}

function cellsOf([section, item, column, told, note = '']: Row, nameOf: NameOf): string[] {
  const value = told === null ? '' : String(told)
  const { zh, en } = nameOf({ section, item, column, value })
  return [section, item, column, value, note, zh, en]
}

function headRows({ institution, terminal, day, closed_at, period, signer }: CloseReport): Row[] {
  return [
    ['head', 'institution', institution.code, institution.name],
    ['head', 'terminal', '', terminal],
    ['head', 'day', '', day],
    ['head', 'closed_at', '', closed_at],
    ['head', 'signed', signer?.key ?? '', signer === null ? '' : signer.public_key],
    ...columns('period', 'period', period)
  ]
}

function columns(section: string, item: string, values: Readonly<Record<string, string | number | null>>): Row[] {
  return Object.entries(values).map(([column, value]): Row => [section, item, column, value])
}

function itemRows({ item, kind, code, id, amount, since, facts, entries, resolution }: ReportItem): Row[] {
  return [
    ['items', item, kind, amount, code],
    ...(id === null ? [] : [['items', item, 'id', id] as const]),
    ...(since === null ? [] : [['items', item, 'since', since] as const]),
    ...columns('items', item, facts),
    ...entries.map((entry): Row => ['items', item, entry.what, entry.id, `${entry.sequence} ${entry.since}`]),
    ['items', item, 'resolution', resolution?.resolution ?? '', resolution === null ? '' : said(resolution.by, resolution.person, resolution.note)]
  ]
}

const said = (...words: readonly string[]): string => words.filter((word) => word !== '').join(': ')

function changeRows({ reopened }: CloseReport): Row[] {
  if (reopened === null) return []
  return [
    ['reopened', 'close', '', reopened.close, reopened.reason],
    ...reopened.changes.map(({ field, before, after }): Row => ['reopened', field, before ?? '', after])
  ]
}

/** A signed decimal is a number and no formula. */
const AMOUNT = /^-?\d+(\.\d+)?$/
/** What Excel, LibreOffice and WPS begin a formula with; a tab or a line end may hide it. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/

function cell(text: string): string {
  const safe = FORMULA.test(text) && !AMOUNT.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
