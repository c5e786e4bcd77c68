/** Packs, supplies and a place's use without a disk: read from the facts each time. */

import { dispensedBy } from '../../ledger/dispensed.ts'
import type { FactOf } from '../../ledger/fact.ts'
import type { ChainedFact, ReadableStore, StoredSupply } from '../../ledger/ledger-store.ts'
import { subtract, sum } from '../../money/fen.ts'

type Readings = Pick<ReadableStore, 'soldPacks' | 'supplies' | 'placeUse'>

interface LiveHold {
  readonly sequence: number
  readonly hold: FactOf<'hold'>
  /** undefined: still open. */
  readonly posting: FactOf<'posting'> | undefined
}

export function memoryDispensed(facts: readonly ChainedFact[]): Readings {
  return {
    soldPacks: (code) =>
      liveHolds(facts)
        .flatMap(({ sequence, hold }) => {
          const packs = (dispensedBy(hold)?.packs ?? []).filter((pack) => pack.code === code)
          return packs.length === 0 ? [] : [{ hold: sequence, isSplit: packs.every(({ isSplit }) => isSplit) }]
        })
        .toReversed(),
    supplies: (personNo, since) =>
      liveHolds(facts)
        .filter(({ hold, posting }) => posting !== undefined && hold.personNo === personNo)
        .flatMap(suppliesOf)
        .filter(({ on }) => on >= since)
        .toSorted(inOrder),
    placeUse: (personNo, institution, day) => {
      const [digits, month] = [day.replaceAll('-', ''), day.slice(0, 7).replace('-', '')]
      const sales = liveHolds(facts)
        .filter(({ hold }) => hold.personNo === personNo && hold.visit.institution === institution)
        .flatMap(({ hold: { amounts }, posting }) =>
          posting === undefined ? [] : [{ at: posting.postedAt, insured: subtract(amounts.total, amounts.ownPay) }]
        )
      const today = sales.filter(({ at }) => at.startsWith(digits))
      const thisMonth = sales.filter(({ at }) => at.startsWith(month))
      return {
        today: sum(today.map(({ insured }) => insured)),
        thisMonth: sum(thisMonth.map(({ insured }) => insured)),
        salesToday: today.length
      }
    }
  }
}

function liveHolds(facts: readonly ChainedFact[]): LiveHold[] {
  const live = new Map<number, LiveHold>()
  for (const { sequence, fact } of facts) {
    if (fact.kind === 'hold') live.set(sequence, { sequence, hold: fact, posting: undefined })
    else if (fact.kind === 'release' || fact.kind === 'correction') live.delete(fact.hold)
    else if (fact.kind === 'posting') {
      const held = live.get(fact.hold)
      if (held !== undefined) live.set(fact.hold, { ...held, posting: fact })
    }
  }
  return [...live.values()]
}

function suppliesOf({ sequence, hold }: LiveHold): StoredSupply[] {
  const dispensed = dispensedBy(hold)
  if (dispensed === undefined) return []
  return dispensed.lines.map(({ itemCode, ...line }) => ({ ...line, hold: sequence, on: dispensed.on, code: itemCode }))
}

const compare = <Key extends string | number>(left: Key, right: Key): number => (left < right ? -1 : left > right ? 1 : 0)

const inOrder = (left: StoredSupply, right: StoredSupply): number =>
  compare(left.on, right.on) || compare(left.hold, right.hold) || compare(left.lineNo, right.lineNo)
