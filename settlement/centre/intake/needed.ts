/** What a batch names and its judge must know: collected first, so that each kind of thing is one question however many there are. */

import type { BatchEntry } from '../../batch/batch.ts'
import type { FactOf } from '../../ledger/fact.ts'
import { signedBy } from './card-serials.ts'
import type { PolicyName } from './policies.ts'

/** Sequence numbers that facts of the batch build on and that came before it. */
export function earlierSequences(entries: readonly BatchEntry[]): number[] {
  const first = entries[0]?.sequence ?? 0
  const named = new Set<number>()
  for (const { fact } of entries) {
    if (fact.kind !== 'posting' && fact.kind !== 'correction' && fact.kind !== 'load-posting') continue
    if (fact.hold < first) named.add(fact.hold)
  }
  return [...named]
}

/**
 * asked: what may be booked already is looked for. left: not, because whatever is new meets nothing, and what is not meets one of the
 * unique indexes over settlement ids, visits, serials and signatures.
 */
export type Booked = 'asked' | 'left'

export interface Needed {
  /** Those of people whose settlement is posted here or taken back: both move what they have used. */
  readonly personNos: readonly string[]
  readonly cardIds: readonly string[]
  readonly serials: readonly { readonly cardId: string; readonly serial: number; readonly signed: string }[]
  /** medins_setl_id of settlements and corrections. Like serials empty when they are left. */
  readonly ids: readonly string[]
  readonly visitNos: readonly string[]
  readonly policies: readonly PolicyName[]
  /** Of settlements that are taken back here and were posted before: what they had moved is asked for. */
  readonly reversed: ReadonlySet<string>
}

export function neededFor(entries: readonly BatchEntry[], earlier: ReadonlyMap<number, FactOf<'hold'>>, booked: Booked): Needed {
  const needs = new Needs(booked)
  const first = entries[0]?.sequence ?? 0
  const at = (sequence: number): BatchEntry['fact'] | undefined => entries[sequence - first]?.fact
  for (const { fact } of entries) {
    if (fact.kind !== 'posting' && fact.kind !== 'correction') continue
    const own = at(fact.hold)
    const hold = own?.kind === 'hold' ? own : earlier.get(fact.hold)
    if (fact.kind === 'correction') needs.correction(fact, hold)
    else if (hold !== undefined) needs.posting(hold, fact)
  }
  return needs.all()
}

class Needs {
  readonly #personNos = new Set<string>()
  readonly #cardIds = new Set<string>()
  readonly #serials: { cardId: string; serial: number; signed: string }[] = []
  readonly #ids = new Set<string>()
  readonly #visitNos = new Set<string>()
  readonly #policies = new Map<string, PolicyName>()
  #last: PolicyName | undefined
  readonly #posted = new Set<string>()
  readonly #reversed = new Set<string>()
  readonly #booked: Booked

  constructor(booked: Booked) {
    this.#booked = booked
  }

  posting(hold: FactOf<'hold'>, { evidence }: FactOf<'posting'>): void {
    this.#personNos.add(hold.personNo)
    this.#cardIds.add(hold.intent.cardId)
    this.#visitNos.add(hold.visit.visitNo)
    const { id: region, version } = hold.policy
    // A till works by one for weeks.
    if (this.#last?.region !== region || this.#last.version !== version) {
      this.#last = { region, version }
      this.#policies.set(JSON.stringify([region, version]), this.#last)
    }
    // A batch that takes something back is never asked so.
    if (this.#booked === 'left') return
    this.#posted.add(hold.settlementId)
    this.#serials.push({ cardId: hold.intent.cardId, serial: evidence.serialAfter, signed: signedBy(hold.intent) })
    this.#ids.add(hold.settlementId)
  }

  correction({ correctionId, settlementId }: FactOf<'correction'>, hold: FactOf<'hold'> | undefined): void {
    if (hold !== undefined) this.#personNos.add(hold.personNo)
    this.#ids.add(correctionId).add(settlementId)
    this.#reversed.add(settlementId)
  }

  all(): Needed {
    return {
      personNos: [...this.#personNos],
      cardIds: [...this.#cardIds],
      serials: this.#serials,
      ids: [...this.#ids],
      visitNos: [...this.#visitNos],
      policies: [...this.#policies.values()],
      reversed: new Set([...this.#reversed].filter((id) => !this.#posted.has(id)))
    }
  }
}
