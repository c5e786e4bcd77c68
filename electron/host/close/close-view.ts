/** A report, signed or as it would be signed now, as the window draws it. Sums and differences are made here. */

import type { CloseReport, ReportItem } from '../../../settlement/close/report-schema.ts'
import { needsNote, type Offer } from '../../../settlement/close/resolution.ts'
import { formatFen, parseFen, subtract, ZERO } from '../../../settlement/money/fen.ts'
import type { CloseContent, CloseItem, CloseItemKind, CloseRow, DrawerView, PeriodView } from '../../contract/close-view.ts'
import type { Text } from '../../contract/text.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { say } from '../refusal/answers.ts'
import type { ItemRecord } from './item-record.ts'
import { grantedFirstText, itemOwner, itemText } from './item-text.ts'
import { CLASS_NAMES, RESOLUTION_TEXTS, rowName } from './report-text.ts'

const BOOKS = ['till', 'ledger', 'cards', 'centre'] as const

/** `offers`: of each item, by its key; none of what is signed. */
export interface ContentPorts {
  readonly offers: ReadonlyMap<string, Offer>
  /** Of a settlement or a load, by its number; undefined where none is here. */
  readonly recordOf: (id: string) => ItemRecord | undefined
}

export const closeContent = (report: CloseReport, { offers, recordOf }: ContentPorts): CloseContent => ({
  day: report.day,
  period: periodView(report),
  rows: report.rows.map(rowView),
  drawer: drawerView(report),
  items: report.items.map((item) => itemView(item, offers.get(item.item), item.id === null ? undefined : recordOf(item.id))),
  charts: {
    byFund: report.charts.by_fund.map(({ fund, amount }) => ({ key: fund, name: rowName(fund), amount })),
    byClass: report.charts.by_class.map(({ chrgitm_lv, amount }) => ({ key: chrgitm_lv, name: CLASS_NAMES[chrgitm_lv] ?? say(chrgitm_lv, chrgitm_lv), amount })),
    byHour: report.charts.by_hour
  }
})

function periodView({ period }: CloseReport): PeriodView {
  const { after, to, from, until, settlements, refunds, loads } = period
  const isNothing = to === after
  return {
    from: from === null ? null : readableTime(from),
    to: until === null ? null : readableTime(until),
    firstFact: isNothing ? null : after + 1,
    lastFact: isNothing ? null : to,
    settlements,
    refunds,
    loads
  }
}

function rowView({ row, kind, ...books }: CloseReport['rows'][number]): CloseRow {
  const { till, ledger, cards, centre } = books
  const known = BOOKS.flatMap((book) => (books[book] === null ? [] : [String(books[book])]))
  const agrees = known.every((value) => value === known[0])
  return {
    row,
    name: rowName(row),
    kind,
    till: textOf(till),
    ledger: textOf(ledger),
    cards: textOf(cards),
    centre: textOf(centre),
    agrees,
    difference: agrees ? null : differenceText(books)
  }
}

const textOf = (value: string | number | null): string | null => (value === null ? null : String(value))

const BOOK_NAMES: Readonly<Record<(typeof BOOKS)[number], Text>> = {
  till: say('收费台', 'the till'),
  ledger: say('账本', 'the ledger'),
  cards: say('卡', 'the cards'),
  centre: say('中心', 'the centre')
}

/** Against the ledger, which is what counts. */
function differenceText(books: Pick<CloseReport['rows'][number], (typeof BOOKS)[number]>): Text {
  const differing = BOOKS.filter((book) => book !== 'ledger' && books[book] !== null && books[book] !== books.ledger)
  const words = differing.map((book) => ({ name: BOOK_NAMES[book], by: signed(books.ledger, books[book]) }))
  return say(
    words.map(({ name, by }) => `${name.zh}比账本${by}`).join('；'),
    words.map(({ name, by }) => `${name.en} differs from the ledger by ${by}`).join('; ')
  )
}

/** "+5.00", "-1". */
function signed(from: string | number | null, to: string | number | null): string {
  if (typeof from === 'number' && typeof to === 'number') return withSign(String(to - from))
  const [left, right] = [parseFen(String(from)) ?? ZERO, parseFen(String(to)) ?? ZERO]
  return withSign(formatFen(subtract(right, left)))
}

const withSign = (text: string): string => (text.startsWith('-') ? text : `+${text}`)

/** What was collected of adjustments is among what came in, or went out. */
function drawerView({ drawer }: CloseReport): DrawerView {
  const collected = parseFen(drawer.collected ?? '0.00') ?? ZERO
  const [received, handedBack] = [parseFen(drawer.cash_in) ?? ZERO, parseFen(drawer.cash_refunded) ?? ZERO]
  return {
    float: drawer.float,
    received: formatFen(collected > 0 ? subtract(received, subtract(ZERO, collected)) : received),
    handedBack: formatFen(collected < 0 ? subtract(handedBack, collected) : handedBack),
    expected: drawer.expected,
    counted: drawer.counted,
    difference: drawer.difference
  }
}

/** The window knows fewer kinds: what this till alone has wrong, whichever of its books it is. */
const KINDS: Readonly<Record<ReportItem['kind'], CloseItemKind>> = {
  'centre-not-asked': 'centre-not-asked',
  unsynced: 'unsynced',
  parked: 'parked',
  'in-doubt': 'in-doubt',
  'owed-to-card': 'owed-to-card',
  adjusted: 'amounts-differ',
  'only-here': 'only-here',
  'only-centre': 'only-centre',
  'amounts-differ': 'amounts-differ',
  card: 'books-differ',
  'totals-differ': 'books-differ',
  drawer: 'drawer'
}

function itemView(item: ReportItem, offer: Offer | undefined, record: ItemRecord | undefined): CloseItem {
  const { resolution } = item
  return {
    item: item.item,
    kind: KINDS[item.kind],
    text: record?.isNeverBooked === true && item.kind === 'owed-to-card' ? grantedFirstText(item) : itemText(item),
    settlementId: record?.settlementId ?? null,
    name: record?.name ?? '',
    amount: item.amount ?? record?.amount ?? null,
    owner: itemOwner(item),
    offered: (offer?.resolutions ?? []).map((one) => ({ resolution: one, text: RESOLUTION_TEXTS[one], needsNote: needsNote(one) })),
    chosen:
      resolution === null
        ? null
        : {
            resolution: resolution.resolution,
            text: RESOLUTION_TEXTS[resolution.resolution],
            note: [resolution.person, resolution.note].filter((words) => words !== '').join('：')
          }
  }
}
