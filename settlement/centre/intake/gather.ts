/**
 * Reads what the judge must know, in this transaction and under its locks. About ten questions a batch; those that it has
 * nothing to ask are left out, and with `booked: 'left'` those after what is booked already.
 *
 *   terminal (locked by the caller) -> earlier holds -> people, locked -> all that hangs on them -> what is booked already
 */

import { sql } from 'kysely'
import type { BatchEntry } from '../../batch/batch.ts'
import type { Fact, FactOf } from '../../ledger/fact.ts'
import { ChainCopy } from '../record/chain-copy.ts'
import { lockPeople } from '../record/lock.ts'
import type { CardAuthority, CentreMoment } from '../ports.ts'
import { anyOf } from '../store/any-of.ts'
import { dialectOf, type CentreTransaction } from '../store/centre-database.ts'
import type { SettlementRow, TerminalRow } from '../store/schema.ts'
import { usedSerials, usedSignatures, type AskedSerial } from './card-serials.ts'
import { closeLoads, loadPostings, voidReleased, type LoadToClose } from './close-loads.ts'
import { keptVerdict } from './kept-verdict.ts'
import { factKey, visitKey, type KeptFact, type Knowledge } from './knowledge.ts'
import { earlierSequences, neededFor, type Booked, type Needed } from './needed.ts'
import { cardsOf, countersOf, ownersOf, peopleOf } from './people.ts'
import type { CompiledPolicies } from './policies.ts'

export interface GatherRequest {
  readonly terminal: TerminalRow
  readonly moment: CentreMoment
  readonly entries: readonly BatchEntry[]
  readonly policies: CompiledPolicies
  readonly authority: CardAuthority
  readonly booked: Booked
}

/** Facts that are judged the same way however often they are gathered; loads are closed while they are. */
const ONLY_READ: ReadonlySet<Fact['kind']> = new Set(['hold', 'posting', 'release', 'confirmation', 'close', 'reopen'] as const)

/** Whether what is booked may be left to the indexes: a correction asks for what was booked. */
export const mayBeNew = (entries: readonly BatchEntry[]): boolean => entries.every(({ fact }) => ONLY_READ.has(fact.kind))

export async function gather(transaction: CentreTransaction, request: GatherRequest): Promise<Knowledge> {
  const { terminal, moment, entries, policies, authority, booked } = request
  const earlier = await earlierHolds(transaction, terminal.terminal, earlierSequences(entries))
  const needed = neededFor(entries, earlier.holds, booked)
  const loads = loadPostings(entries, earlier.loadHolds)
  const people = await lockedPeople(transaction, needed, loads)
  const settlements = await settlementsById(transaction, needed.ids)
  await voidReleased(transaction, terminal.terminal, entries)
  const cards = await cardsOf(transaction, needed.cardIds)
  const serials = registered(needed, cards)
  return {
    terminal: { terminal: terminal.terminal, institution: terminal.institution },
    moment,
    policy: await policies.load(transaction, needed.policies),
    people,
    cards,
    serials: await usedSerials(transaction, serials),
    signatures: await usedSignatures(transaction, serials),
    counters: await countersOf(transaction, [...people.values()].map(({ psnNo }) => psnNo)),
    settlements,
    visits: await settlementsByVisit(transaction, terminal.institution, needed.visitNos, booked),
    holds: earlier.holds,
    facts: await factsBehind(transaction, [...settlements.values()], needed),
    loads: await closeLoads(transaction, authority, { terminal: terminal.terminal, moment, postings: loads })
  }
}

/** A card that was never issued here has used nothing here. */
const registered = ({ serials }: Needed, cards: Knowledge['cards']): readonly AskedSerial[] =>
  serials.flatMap(({ cardId, serial, signed }) => {
    const card = cards.get(cardId)
    return card === undefined ? [] : [{ cardRef: card.ref, serial, signed }]
  })

/** Whoever's account is touched is locked at once and in one order: those who settled, and the owners of cards that were loaded. */
async function lockedPeople(transaction: CentreTransaction, { personNos }: Needed, loads: readonly LoadToClose[]) {
  const loaded = await ownersOf(transaction, loads.flatMap(({ hold }) => (hold === undefined ? [] : [hold.intent.cardId])))
  return peopleOf(transaction, personNos, (psnNos) => lockPeople(transaction, [...new Set([...psnNos, ...loaded])]))
}

async function earlierHolds(transaction: CentreTransaction, terminal: string, sequences: readonly number[]) {
  const holds = new Map<number, FactOf<'hold'>>()
  const loadHolds = new Map<number, FactOf<'load-hold'>>()
  if (sequences.length === 0) return { holds, loadHolds }
  const copy = new ChainCopy(transaction)
  for (const sequence of sequences) {
    const fact = (await copy.fact(terminal, sequence))?.fact
    if (fact?.kind === 'hold') holds.set(sequence, fact)
    else if (fact?.kind === 'load-hold') loadHolds.set(sequence, fact)
  }
  return { holds, loadHolds }
}

async function settlementsById(transaction: CentreTransaction, ids: readonly string[]): Promise<Map<string, SettlementRow>> {
  if (ids.length === 0) return new Map()
  const rows = await transaction.selectFrom('settlement').selectAll().where(anyOf(transaction, 'settlement.medins_setl_id', ids)).execute()
  return new Map(rows.map((row) => [row.medins_setl_id, row]))
}

/** In the words of the indexes, one of which keeps a visit from being settled twice at terminals: that one may be left to it. */
async function settlementsByVisit(
  transaction: CentreTransaction,
  institution: string,
  visitNos: readonly string[],
  booked: Booked
): Promise<Map<string, SettlementRow>> {
  if (visitNos.length === 0) return new Map()
  if (dialectOf(transaction) === 'postgres') return byVisit(await eachVisit(transaction, institution, visitNos, booked))
  const ofInstitution = transaction
    .selectFrom('settlement')
    .selectAll()
    .where('institution', '=', institution)
    .where(anyOf(transaction, 'settlement.visit_no', visitNos))
    .where('reverses', 'is', null)
  const national = await ofInstitution.where('source', '=', sql.lit('national' as const)).where('reversed_by', 'is', null).execute()
  if (booked === 'left') return byVisit(national)
  const ofTerminals = await ofInstitution.where('source', '=', sql.lit('terminal' as const)).execute()
  return byVisit([...national, ...ofTerminals])
}

const byVisit = (rows: readonly SettlementRow[]): Map<string, SettlementRow> => new Map(rows.map((row) => [visitKey(row.institution, row.visit_no), row]))

/** Each by itself, as card-serials.ts asks. */
async function eachVisit(transaction: CentreTransaction, institution: string, visitNos: readonly string[], booked: Booked): Promise<readonly SettlementRow[]> {
  const asked = sql`unnest(${[...visitNos]}::text[]) as asked (visit_no)`
  const same = sql`institution = ${institution} and visit_no = asked.visit_no collate "C" and reverses is null`
  const national = sql`select booked.* from ${asked} cross join lateral (select * from settlement where ${same} and source = 'national' and reversed_by is null offset 0) as booked`
  if (booked === 'left') return (await sql<SettlementRow>`${national}`.execute(transaction)).rows
  const found = await sql<SettlementRow>`
    ${national}
    union all
    select booked.* from ${asked} cross join lateral (select * from settlement where ${same} and source = 'terminal' offset 0) as booked`.execute(transaction)
  return found.rows
}

/** Facts that are compared with what came again, and those whose booking is taken back with other amounts than were stated. */
async function factsBehind(
  transaction: CentreTransaction,
  settlements: readonly SettlementRow[],
  { reversed }: Needed
): Promise<Map<string, KeptFact>> {
  const facts = new Map<string, KeptFact>()
  const copy = new ChainCopy(transaction)
  for (const { terminal, sequence, medins_setl_id, stated } of settlements) {
    if (terminal === null || sequence === null || (reversed.has(medins_setl_id) && stated === null)) continue
    const kept = await copy.fact(terminal, sequence)
    if (kept === undefined) continue
    const verdict = await keptVerdict(transaction, terminal, kept)
    facts.set(factKey(terminal, sequence), { terminal, sequence, hash: kept.hash, verdict })
  }
  return facts
}
