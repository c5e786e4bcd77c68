/**
 * The verdict on every fact of a batch, and everything that is to be written for it. Pure: what must be known is handed in, so
 * the same batch is judged the same way however often the transaction around it runs.
 */

import type { BatchEntry, Verdict } from '../../batch/batch.ts'
import { invariant, never } from '../../../base/invariant.ts'
import type { FactOf } from '../../ledger/fact.ts'
import type { CardAuthority } from '../ports.ts'
import { judgeCorrection } from './judge-correction.ts'
import { judgePosting } from './judge-posting.ts'
import { Judging, type Judgement } from './judging.ts'
import type { Knowledge } from './knowledge.ts'

/** The entries follow each other in the chain; `known` holds what `factsNeeded` and the questions after it have found. */
export function judge(known: Knowledge, authority: CardAuthority, entries: readonly BatchEntry[]): Judgement {
  const judging = new Judging(known)
  const chain = new OwnChain(known, entries)
  for (const entry of entries) judging.answer(entry.sequence, verdictOn(judging, authority, chain, entry))
  return judging.finish()
}

const NOTED: Verdict = { kind: 'noted' }

function loadVerdict({ known }: Judging, sequence: number): Verdict {
  const verdict = known.loads.get(sequence)
  invariant(verdict !== undefined, `nobody has looked at the load of fact ${sequence}`)
  return verdict
}

function verdictOn(judging: Judging, authority: CardAuthority, chain: OwnChain, { sequence, hash, fact }: BatchEntry): Verdict {
  switch (fact.kind) {
    case 'posting':
      return judgePosting(judging, authority, { sequence, hash, posting: fact, hold: chain.hold(fact.hold, sequence) })
    case 'correction':
      return judgeCorrection(judging, { sequence, hash, correction: fact, hold: chain.hold(fact.hold, sequence) })
    case 'load-posting':
      return loadVerdict(judging, sequence)
    case 'hold':
    case 'release':
    case 'confirmation':
    case 'load-hold':
    case 'load-release':
    case 'close':
    case 'reopen':
      return NOTED
    default:
      return never(fact)
  }
}

/** What a fact builds on: earlier in this batch, or kept from an earlier one. Never later than itself. */
class OwnChain {
  readonly #known: Knowledge
  readonly #entries: readonly BatchEntry[]
  readonly #first: number

  constructor(known: Knowledge, entries: readonly BatchEntry[]) {
    this.#known = known
    this.#entries = entries
    this.#first = entries[0]?.sequence ?? 0
  }

  hold(sequence: number, before: number): FactOf<'hold'> | undefined {
    const entry = this.#entry(sequence, before)
    if (entry === undefined) return sequence < this.#first ? this.#known.holds.get(sequence) : undefined
    return entry.fact.kind === 'hold' ? entry.fact : undefined
  }

  #entry(sequence: number, before: number): BatchEntry | undefined {
    return sequence >= this.#first && sequence < before ? this.#entries[sequence - this.#first] : undefined
  }
}
