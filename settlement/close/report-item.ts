/** An open item as a report has it: codes and values instead of sentences, a card by the end of its number. */

import { never } from '../../base/invariant.ts'
import { formatFen, type Fen } from '../money/fen.ts'
import type { CardFinding } from './card-evidence.ts'
import type { DayItem } from './day.ts'
import { idOf, type UnmatchedRow } from './match.ts'
import type { OpenItem } from './open-item.ts'
import type { ReportItem } from './report-schema.ts'

type Content = Pick<ReportItem, 'kind' | 'code' | 'id' | 'amount' | 'since' | 'facts' | 'entries'>

export function reportItem({ item, content, chosen }: DayItem): ReportItem {
  const { decision } = chosen ?? {}
  return {
    item,
    ...contentOf(content),
    resolution:
      chosen === undefined
        ? null
        : {
            resolution: chosen.resolution,
            standing: decision === undefined,
            by: decision?.by ?? '',
            person: decision?.person ?? '',
            note: decision?.note ?? noteOf(content),
            at: decision?.at ?? null
          }
  }
}

/** What stands by itself may have been said elsewhere: a parked entry is handed over where it is parked. */
const noteOf = (content: OpenItem): string => (content.kind === 'parked' ? (content.entry.handedOver ?? '') : '')

const plain: Pick<Content, 'id' | 'amount' | 'since' | 'facts' | 'entries'> = { id: null, amount: null, since: null, facts: {}, entries: [] }

function contentOf(content: OpenItem): Content {
  switch (content.kind) {
    case 'centre-not-asked': {
      const { centre } = content
      return { ...plain, kind: content.kind, code: centre.kind, facts: centre.kind === 'not-reached' ? { reason: centre.reason, detail: centre.detail } : {} }
    }
    case 'unsynced':
      return { ...plain, kind: content.kind, code: content.kind, since: content.since, facts: { count: String(content.entries.length) }, entries: [...content.entries] }
    case 'parked': {
      const { id, reason, amount, since, sequence } = content.entry
      return { ...plain, kind: content.kind, code: reason, id, amount: amount === undefined ? null : formatFen(amount), since, facts: { sequence: String(sequence) } }
    }
    case 'in-doubt':
      return { ...plain, kind: content.kind, code: content.what, id: content.id, amount: formatFen(content.amount), since: content.since }
    case 'owed-to-card':
      return { ...plain, kind: content.kind, code: content.kind, id: content.owed.settlementId, amount: formatFen(content.owed.amount), since: content.owed.since }
    case 'adjusted': {
      const { settlementId, reason, cash, stated, ofRecord } = content.adjusted
      return { ...plain, kind: content.kind, code: reason, id: settlementId, amount: formatFen(cash), facts: pairs({ stated, record: ofRecord }, ['fundPaid', 'account', 'cash']) }
    }
    case 'unmatched':
      return unmatchedContent(content.row)
    case 'card':
      return cardContent(content.finding)
    case 'totals-differ':
      return { ...plain, kind: content.kind, code: content.kind, facts: { day: content.day } }
    case 'drawer':
      return { ...plain, kind: content.kind, code: content.difference < 0 ? 'short' : 'over', amount: formatFen(content.difference) }
    default:
      return never(content)
  }
}

function unmatchedContent(row: UnmatchedRow): Content {
  const common = { ...plain, id: idOf(row) }
  switch (row.kind) {
    case 'local-only':
      return { ...common, kind: 'only-here', code: row.local.kind, amount: formatFen(row.local.sums.total), since: row.local.at }
    case 'centre-only':
      return {
        ...common,
        kind: 'only-centre',
        code: row.isHeld ? 'held-here' : row.record.reverses === undefined ? 'settlement' : 'refund',
        amount: formatFen(row.record.sums.total),
        since: row.record.setlTime,
        facts: { setl_id: row.record.setlId }
      }
    case 'amounts-differ': {
      const { local, record, differences } = row
      return {
        ...common,
        kind: row.kind,
        code: local.kind,
        amount: formatFen(record.sums.total),
        since: record.setlTime,
        facts: { setl_id: record.setlId, ...pairs({ local: local.sums, record: record.sums }, differences.map(({ field }) => field)) }
      }
    }
    case 'refund-pair-incomplete':
      return row.missing === 'refund-at-centre'
        ? { ...common, kind: 'only-here', code: row.missing, amount: formatFen(row.local.sums.total), since: row.local.at }
        : { ...common, kind: 'only-centre', code: row.missing, amount: formatFen(row.record.sums.total), since: row.record.setlTime, facts: { setl_id: row.record.setlId } }
    default:
      return never(row)
  }
}

function cardContent(finding: CardFinding): Content {
  const common = { ...plain, kind: 'card', code: finding.kind } as const
  const card = finding.cardId.slice(-4)
  switch (finding.kind) {
    case 'booked-twice':
      return { ...common, id: finding.settlementId, facts: { card, serial: String(finding.serial), other: finding.other } }
    case 'debit-differs':
      return { ...common, id: finding.settlementId, amount: formatFen(finding.taken), facts: { card, asked: formatFen(finding.asked) } }
    case 'load-differs':
      return { ...common, id: finding.loadId, amount: formatFen(finding.given), facts: { card, asked: formatFen(finding.asked) } }
    case 'balance-shrunk':
      return { ...common, id: finding.settlementId, amount: formatFen(finding.found), facts: { card, expected: formatFen(finding.expected) } }
    default:
      return never(finding)
  }
}

/** "stated.cash": what each of the two says of each field. */
function pairs<Field extends string>(sides: Readonly<Record<string, Readonly<Record<Field, Fen>>>>, fields: readonly Field[]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sides).flatMap(([side, sums]) => fields.map((field) => [`${side}.${field}`, formatFen(sums[field])]))
  )
}
