/** The fake's day in four books. Till, ledger and cards are the same statements; the centre has those that it confirmed. */

import type { ChartsView, CloseRow, PeriodView, Slice } from '../close-view.ts'
import type { StatementView } from '../settlement-view.ts'
import type { SplitView } from '../sync-view.ts'
import type { Text, Yuan } from '../text.ts'
import { fen, yuan } from './fake-sums.ts'

/** One thing that happened in the period: a settlement, or the refund of one (every amount with the other sign). */
export interface Happened {
  readonly id: string
  readonly at: string
  readonly kind: 'settlement' | 'refund'
  readonly statement: StatementView
}

export function happenedOf(statements: readonly StatementView[], covered: ReadonlySet<string>): readonly Happened[] {
  return statements
    .filter(({ state }) => state !== 'in-doubt')
    .flatMap((statement): Happened[] => [
      { id: statement.settlementId, at: statement.settledAt, kind: 'settlement', statement },
      ...(statement.refund === null ? [] : [{ id: statement.refund.correctionId, at: statement.refund.at, kind: 'refund' as const, statement }])
    ])
    .filter(({ id }) => !covered.has(id))
    .toSorted((left, right) => left.at.localeCompare(right.at))
}

export const confirmationOf = ({ kind, statement }: Happened) =>
  kind === 'refund' && statement.refund !== null ? statement.refund.confirmation : statement.confirmation

const isBooked = (one: Happened): boolean => ['confirmed', 'adjusted'].includes(confirmationOf(one).state)

export const signed = (amount: bigint): Yuan => (amount < 0n ? `-${yuan(-amount)}` : yuan(amount))

const sumOf = (happened: readonly Happened[], part: (statement: StatementView, one: Happened) => bigint): bigint =>
  happened.reduce((sum, one) => (one.kind === 'settlement' ? sum + part(one.statement, one) : sum - part(one.statement, one)), 0n)

const bookedPart = (part: keyof SplitView) => (statement: StatementView, one: Happened): bigint => {
  const confirmation = confirmationOf(one)
  return fen(confirmation.state === 'adjusted' ? confirmation.booked[part] : statement.sums[part])
}

const own = (part: 'total' | 'fundPaid' | 'account' | 'cash') => (statement: StatementView): bigint => fen(statement.sums[part])

type Books = Pick<CloseRow, 'till' | 'ledger' | 'cards' | 'centre'>

/** `connected` false: nobody knows what the centre has. */
export function rowsOf(happened: readonly Happened[], connected: boolean): readonly CloseRow[] {
  const booked = happened.filter(isBooked)
  const money = (row: string, name: Text, part: keyof SplitView | 'total', { onCard = false, atCentre = connected } = {}): CloseRow => {
    const here = signed(sumOf(happened, own(part)))
    const there = signed(sumOf(booked, part === 'total' ? own('total') : bookedPart(part)))
    return compared(row, name, 'money', { till: here, ledger: here, cards: onCard ? here : null, centre: atCentre ? there : null })
  }
  const count = (row: string, name: Text, kind: Happened['kind']): CloseRow => {
    const here = String(happened.filter((one) => one.kind === kind).length)
    return compared(row, name, 'count', { till: here, ledger: here, cards: null, centre: connected ? String(booked.filter((one) => one.kind === kind).length) : null })
  }
  return [
    money('total', { zh: '总额', en: 'total' }, 'total'),
    money('fund-paid', { zh: '基金支付', en: 'paid by funds' }, 'fundPaid'),
    money('fund:hifp_pay', { zh: '基本医疗保险统筹基金', en: 'basic pooled fund' }, 'fundPaid', { atCentre: false }),
    money('account', { zh: '个人账户', en: 'personal account' }, 'account', { onCard: true }),
    money('cash', { zh: '现金', en: 'cash' }, 'cash'),
    count('settlements', { zh: '结算笔数', en: 'settlements' }, 'settlement'),
    count('refunds', { zh: '退费笔数', en: 'refunds' }, 'refund')
  ]
}

function compared(row: string, name: Text, kind: CloseRow['kind'], books: Books): CloseRow {
  const known = Object.values(books).filter((value) => value !== null)
  const agrees = known.every((value) => value === known[0])
  return { row, name, kind, ...books, agrees, difference: agrees ? null : differenceOf(kind, books) }
}

function differenceOf(kind: CloseRow['kind'], { ledger, centre }: Books): Text {
  const [here, there] = [ledger ?? '0', centre ?? '0']
  const by = kind === 'money' ? signed(fenOf(there) - fenOf(here)) : String(Number(there) - Number(here))
  return { zh: `中心与账本差${by}`, en: `the centre differs from the ledger by ${by}` }
}

/** Of an amount that may have a sign. */
export const fenOf = (amount: Yuan): bigint => (amount.startsWith('-') ? -fen(amount.slice(1)) : fen(amount))

export function periodOf(happened: readonly Happened[], loads: number): PeriodView {
  const [first, last] = [happened[0], happened.at(-1)]
  const facts = happened.map(({ statement }) => statement.ledger.sequence)
  return {
    from: first?.at ?? null,
    to: last?.at ?? null,
    firstFact: facts.length === 0 ? null : Math.min(...facts),
    lastFact: facts.length === 0 ? null : Math.max(...facts),
    settlements: happened.filter(({ kind }) => kind === 'settlement').length,
    refunds: happened.filter(({ kind }) => kind === 'refund').length,
    loads
  }
}

const CLASSES = [
  { key: '01', name: { zh: '甲类', en: 'class A' } },
  { key: '02', name: { zh: '乙类', en: 'class B' } },
  { key: '03', name: { zh: '丙类', en: 'class C' } }
] as const

const slice = (key: string, name: Text, amount: bigint): Slice => ({ key, name, amount: signed(amount) })

export function chartsOf(happened: readonly Happened[]): ChartsView {
  const hours = [...new Set(happened.map(({ at }) => at.slice(11, 13)))].toSorted()
  const ofHour = (hour: string) => happened.filter(({ at, kind }) => kind === 'settlement' && at.slice(11, 13) === hour)
  return {
    byFund: [
      slice('hifp_pay', { zh: '基本医疗保险统筹基金', en: 'basic pooled fund' }, sumOf(happened, own('fundPaid'))),
      slice('account', { zh: '个人账户', en: 'personal account' }, sumOf(happened, own('account'))),
      slice('cash', { zh: '现金', en: 'cash' }, sumOf(happened, own('cash')))
    ],
    byClass: CLASSES.map(({ key, name }) =>
      slice(key, name, sumOf(happened, ({ lines }) => lines.filter(({ chargeClass }) => chargeClass === key).reduce((sum, { amount }) => sum + fen(amount), 0n)))
    ),
    byHour: allHours(hours[0], hours.at(-1)).map((hour) => ({
      hour,
      settlements: ofHour(hour).length,
      total: signed(sumOf(ofHour(hour), own('total')))
    }))
  }
}

function allHours(first: string | undefined, last: string | undefined): readonly string[] {
  if (first === undefined || last === undefined) return []
  return Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => String(Number(first) + index).padStart(2, '0'))
}
