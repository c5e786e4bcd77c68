/**
 * Four books side by side, to the fen. A book that knows nothing of a row, or was not asked, has no value in it.
 *
 *   till     what the counter showed, charged and handed back
 *   ledger   what counts, the centre's adjustments included
 *   cards    what the chips signed
 *   centre   what it has booked of the same settlements
 */

import { FUNDS, type Amounts } from '../calculation/settlement-result.ts'
import { add, fen, ZERO, type Fen } from '../money/fen.ts'
import type { CardEvidence } from './card-evidence.ts'
import type { MatchedRow } from './match.ts'
import type { Period } from './period.ts'
import { sumsOf, type LocalRow, type RecordRow, type RowSums } from './rows.ts'

interface Values<Value> {
  readonly till: Value | undefined
  readonly ledger: Value | undefined
  readonly cards: Value | undefined
  readonly centre: Value | undefined
}

export type BookRow = { readonly row: string } & (
  | ({ readonly kind: 'money' } & Values<Fen>)
  | ({ readonly kind: 'count' } & Values<number>)
)

/** Of settlements and refunds of one insurance type and clearing class, as 3201 has it. */
export interface Group {
  readonly insuranceType: string
  readonly clearingType: string
  readonly ledger: GroupSums
  /** undefined when the centre was not asked. */
  readonly centre: GroupSums | undefined
}

export interface GroupSums extends RowSums {
  readonly count: number
}

/** `matched`: undefined when the centre was not asked. */
export interface BooksInput {
  readonly period: Period
  readonly evidence: CardEvidence
  readonly matched: readonly MatchedRow[] | undefined
}

export function bookRows({ period, evidence, matched }: BooksInput): BookRow[] {
  const { till, ledger } = period
  const record = matched === undefined ? undefined : recordsOf(matched)
  const centre = record === undefined ? undefined : sumRows(record)
  const asked = fen(period.cards.reduce((sum, card) => sum + (card.kind === 'debit' ? card.asked : 0), 0))
  const askedLoads = fen(period.cards.reduce((sum, card) => sum + (card.kind === 'load' ? card.asked : 0), 0))
  const twice = evidence.findings.filter(({ kind }) => kind === 'booked-twice').length
  const sums = (row: string, of: (amounts: Amounts) => Fen, centreHas?: Fen): BookRow => ({
    row,
    kind: 'money',
    till: of(till),
    ledger: of(ledger),
    cards: undefined,
    centre: centreHas
  })
  const rows: BookRow[] = [
    sums('total', ({ total }) => total, centre?.total),
    sums('fund-paid', ({ fundPaid }) => fundPaid, centre?.fundPaid),
    ...FUNDS.map((fund) => sums(`fund:${fund}`, ({ funds }) => funds[fund])).filter(isMoved),
    sums('account', ({ account }) => account, centre?.account),
    ...[sums('mutual-aid', ({ mutualAid }) => mutualAid)].filter(isMoved),
    sums('cash', ({ cash }) => cash, centre?.cash),
    ...[sums('hospital', ({ hospital }) => hospital)].filter(isMoved),
    { row: 'debited', kind: 'money', till: undefined, ledger: asked, cards: evidence.debited, centre: undefined },
    { row: 'loaded', kind: 'money', till: undefined, ledger: askedLoads, cards: evidence.loaded, centre: undefined },
    {
      row: 'settlements',
      kind: 'count',
      till: period.settlements,
      ledger: period.settlements,
      cards: evidence.debits - twice,
      centre: record?.filter(({ reverses }) => reverses === undefined).length
    },
    {
      row: 'refunds',
      kind: 'count',
      till: period.refunds,
      ledger: period.refunds,
      cards: undefined,
      centre: record?.filter(({ reverses }) => reverses !== undefined).length
    },
    { row: 'loads', kind: 'count', till: period.loads, ledger: period.loads, cards: evidence.loads, centre: undefined }
  ]
  return rows
}

const isMoved = ({ till, ledger }: BookRow): boolean => till !== 0 || ledger !== 0

export function groupsOf(rows: readonly LocalRow[], matched: readonly MatchedRow[] | undefined): Group[] {
  const record = matched === undefined ? undefined : recordsOf(matched)
  const keys = new Set([...rows, ...(record ?? [])].map(keyOf))
  return [...keys].toSorted().map((key) => {
    const [insuranceType = '', clearingType = ''] = key.split(' ')
    const ofKey = <Row extends LocalRow | RecordRow>(all: readonly Row[]): Row[] => all.filter((row) => keyOf(row) === key)
    return {
      insuranceType,
      clearingType,
      ledger: sumRows(ofKey(rows)),
      centre: record === undefined ? undefined : sumRows(ofKey(record))
    }
  })
}

const keyOf = ({ insuranceType, clearingType }: LocalRow | RecordRow): string => `${insuranceType} ${clearingType}`

/** What was taken back there without a fact of this terminal is nothing, and counts as nothing. */
const recordsOf = (matched: readonly MatchedRow[]): RecordRow[] =>
  matched.flatMap((row) => ('record' in row && row.kind !== 'taken-back' ? [row.record] : []))

function sumRows(rows: readonly { readonly sums: RowSums }[]): GroupSums {
  const nothing: RowSums = { total: ZERO, fundPaid: ZERO, account: ZERO, cash: ZERO }
  const sums = rows.reduce<RowSums>(
    (sum, { sums: one }) => ({
      total: add(sum.total, one.total),
      fundPaid: add(sum.fundPaid, one.fundPaid),
      account: add(sum.account, one.account),
      cash: add(sum.cash, one.cash)
    }),
    nothing
  )
  return { count: rows.length, ...sumsOf(sums) }
}
