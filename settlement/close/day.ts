/**
 * A day as it would be closed at this moment: the period, four books, what is open and what becomes of it, and whether it can
 * be signed.
 */

import { ok, type Result } from '../../base/result.ts'
import { dayOfTime } from '../calendar/written-time.ts'
import type { LedgerReader } from '../ledger/ledger.ts'
import type { CloseState, DayTotal } from '../ledger/ledger-views.ts'
import type { StoreFailure } from '../ledger/refusal.ts'
import { bookRows, groupsOf, type BookRow, type Group } from './books.ts'
import { cardEvidence, type CardEvidence } from './card-evidence.ts'
import { matchAnswer, type CentreAnswer } from './centre-answer.ts'
import { drawerOf, type Drawer } from './drawer.ts'
import type { MatchedRow } from './match.ts'
import { keyOf, offerFor, openItems, type OpenItem } from './open-item.ts'
import { readPeriod, type Period } from './period.ts'
import type { CloseNote, ParkedEntries, ReadableCloseNotes } from './ports.ts'
import type { Decision, Offer, Resolution } from './resolution.ts'
import { readStanding, type Standing } from './standing.ts'

export interface DayPorts {
  readonly ledger: LedgerReader
  readonly notes: ReadableCloseNotes
  readonly parked: ParkedEntries
  /** Whether the centre can be asked to take a row back by its message number. */
  readonly canReverse: boolean
}

/** What becomes of an item: chosen by a person, or standing by itself. */
export interface Chosen {
  readonly resolution: Resolution
  readonly decision: Decision | undefined
}

export interface DayItem {
  /** Key. */
  readonly item: string
  readonly content: OpenItem
  readonly offer: Offer
  /** undefined: it hinders the close. */
  readonly chosen: Chosen | undefined
}

export type Hindrance =
  | { readonly kind: 'nothing-to-close' }
  | { readonly kind: 'drawer-not-counted' }
  | { readonly kind: 'items-open'; readonly items: readonly DayItem[] }

export interface Day {
  /** Grows with the ledger and with every note. */
  readonly revision: number
  readonly period: Period
  readonly standing: Standing
  readonly centre: CentreAnswer
  readonly matched: readonly MatchedRow[]
  readonly evidence: CardEvidence
  readonly rows: readonly BookRow[]
  readonly groups: readonly Group[]
  /** undefined until it is counted. */
  readonly drawer: Drawer | undefined
  readonly items: readonly DayItem[]
  /** Decided in this period about what is no longer open. */
  readonly settled: readonly Decision[]
  /** The close that counts no longer, whose place the next one takes. */
  readonly reopened: CloseState | undefined
  /** In the order in which they should be dealt with; empty: it can be signed. */
  readonly hindrances: readonly Hindrance[]
}

export function readDay(ports: DayPorts, centre: CentreAnswer): Result<Day, StoreFailure> {
  const { ledger, notes, parked } = ports
  const period = readPeriod(ledger)
  if (!period.ok) return period
  const standing = readStanding(ledger, parked)
  if (!standing.ok) return standing
  const matched = matchAnswer(ledger, period.value, centre)
  if (!matched.ok) return matched
  const totalsDiffer = unprovedDays(ledger, period.value)
  if (!totalsDiffer.ok) return totalsDiffer
  const said = notes.notes(period.value.after)
  if (!said.ok) return said
  const noteCount = notes.count()
  if (!noteCount.ok) return noteCount
  const reopened = reopenedClose(ledger, period.value)
  if (!reopened.ok) return reopened
  const found = { period: period.value, standing: standing.value, centre, matched: matched.value, totalsDiffer: totalsDiffer.value }
  return ok({ ...dayFrom(found, said.value, ports.canReverse), revision: period.value.to + noteCount.value, reopened: reopened.value })
}

interface Found {
  readonly period: Period
  readonly standing: Standing
  readonly centre: CentreAnswer
  readonly matched: readonly MatchedRow[]
  readonly totalsDiffer: readonly string[]
}

function dayFrom(found: Found, notes: readonly CloseNote[], canReverse: boolean): Omit<Day, 'revision' | 'reopened'> {
  const { period, standing, centre, matched } = found
  const evidence = cardEvidence(period.cards)
  const count = notes.findLast((note) => note.kind === 'count')?.count
  const drawer = count === undefined ? undefined : drawerOf(period, count)
  const decisions = decisionsOf(notes)
  const contents = openItems({ ...found, findings: evidence.findings, drawer })
  const items = contents.map((content) => itemOf(content, decisions, canReverse))
  const compared = centre.kind === 'answered' ? matched : undefined
  const keys = new Set(items.map(({ item }) => item))
  return {
    period,
    standing,
    centre,
    matched,
    evidence,
    rows: bookRows({ period, evidence, matched: compared }),
    groups: groupsOf(period.rows, compared),
    drawer,
    items,
    settled: [...decisions.values()].filter(({ item }) => !keys.has(item)),
    hindrances: hindrancesOf(period, drawer, items)
  }
}

/** The newest of each item. A difference of the drawer that was explained is another one after another count. */
function decisionsOf(notes: readonly CloseNote[]): Map<string, Decision> {
  const decisions = new Map<string, Decision>()
  for (const note of notes) {
    if (note.kind === 'count') decisions.delete('drawer')
    else decisions.set(note.decision.item, note.decision)
  }
  return decisions
}

function itemOf(content: OpenItem, decisions: ReadonlyMap<string, Decision>, canReverse: boolean): DayItem {
  const item = keyOf(content)
  const offer = offerFor(content, canReverse)
  const decision = decisions.get(item)
  // What was chosen when it was another difference may not be offered for what it is now.
  if (decision !== undefined && offer.resolutions.includes(decision.resolution)) {
    return { item, content, offer, chosen: { resolution: decision.resolution, decision } }
  }
  const { byDefault } = offer
  return { item, content, offer, chosen: byDefault === undefined ? undefined : { resolution: byDefault, decision: undefined } }
}

function hindrancesOf(period: Period, drawer: Drawer | undefined, items: readonly DayItem[]): Hindrance[] {
  if (period.isEmpty) return [{ kind: 'nothing-to-close' }]
  const open = items.filter(({ chosen }) => chosen === undefined)
  return [
    ...(drawer === undefined ? [{ kind: 'drawer-not-counted' } as const] : []),
    ...(open.length === 0 ? [] : [{ kind: 'items-open', items: open } as const])
  ]
}

/** Days of the period whose running totals are not what their settlements come to. */
function unprovedDays(ledger: LedgerReader, { from, until }: Period): Result<readonly string[], StoreFailure> {
  if (from === undefined || until === undefined) return ok([])
  const kept = ledger.dayTotals(dayOfTime(from), dayOfTime(until))
  if (!kept.ok) return kept
  const proved = ledger.provedTotals(dayOfTime(from), dayOfTime(until))
  if (!proved.ok) return proved
  const [left, right] = [textsByDay(kept.value), textsByDay(proved.value)]
  return ok([...new Set([...left.keys(), ...right.keys()])].filter((day) => left.get(day) !== right.get(day)).toSorted())
}

function textsByDay(totals: readonly DayTotal[]): Map<string, string> {
  const days = new Map<string, string>()
  for (const total of totals) days.set(total.day, (days.get(total.day) ?? '') + JSON.stringify(total))
  return days
}

/** Closes behind the last that counts have all been reopened; the newest of them is the one that people remember. */
function reopenedClose(ledger: LedgerReader, { after }: Period): Result<CloseState | undefined, StoreFailure> {
  const closes = ledger.closes(1)
  if (!closes.ok) return closes
  const [newest] = closes.value
  return ok(newest !== undefined && newest.close.sequence > after ? newest : undefined)
}
