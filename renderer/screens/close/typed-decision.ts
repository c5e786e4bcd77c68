/** What is chosen and noted of a difference: kept as it was left until it is decided. */

import type { CloseItem, CloseResolution } from '../../../electron/contract/close-view.ts'
import { keptBehind } from './kept-behind.ts'

interface Typed {
  /** undefined: no way out is offered. */
  readonly way: CloseResolution | undefined
  readonly note: string
}

/** By item: another day's difference may have the same name. */
const useKept = keptBehind<ReadonlyMap<string, Typed>>(new Map())

export interface TypedDecision extends Typed {
  readonly type: (part: Partial<Typed>) => void
  /** The host has taken `asked`: what was typed meanwhile waits for the next decision. */
  readonly wasDecided: (asked: Typed) => void
}

export function useTypedDecision({ item, chosen, offered }: CloseItem, newestClose: number): TypedDecision {
  const [ofThisDay, keep, keptByNow] = useKept(newestClose)
  const typed = ofThisDay.get(item) ?? { way: chosen?.resolution ?? offered[0]?.resolution, note: chosen?.note ?? '' }
  return {
    ...typed,
    type: (part) => keep(new Map([...keptByNow(), [item, { ...typed, ...part }]])),
    wasDecided: (asked) => {
      const now = keptByNow().get(item)
      if (now?.way === asked.way && now?.note === asked.note) keep(new Map([...keptByNow()].filter(([other]) => other !== item)))
    }
  }
}

/** Decided, and something else is typed since: a day that is signed now would not have it. */
export function useRedecided(items: readonly CloseItem[], newestClose: number): readonly CloseItem[] {
  const [ofThisDay] = useKept(newestClose)
  return items.filter(({ item, chosen }) => {
    const typed = ofThisDay.get(item)
    return chosen !== null && typed !== undefined && (typed.way !== chosen.resolution || typed.note.trim() !== chosen.note)
  })
}
