/** What is chosen and noted of a difference: kept as it was left until it is decided. */

import type { CloseItem, CloseResolution } from '../../../electron/contract/close-view.ts'
import { kept } from '../../stores/kept.ts'

interface Typed {
  /** undefined: no way out is offered. */
  readonly way: CloseResolution | undefined
  readonly note: string
}

interface Kept {
  /** `newestClose` of that time: another day's difference may have the same name. */
  readonly behind: number
  readonly of: ReadonlyMap<string, Typed>
}

const NOTHING: ReadonlyMap<string, Typed> = new Map()
const useKept = kept<Kept>({ behind: 0, of: NOTHING })

export interface TypedDecision extends Typed {
  readonly type: (part: Partial<Typed>) => void
  /** The host has taken `asked`: what was typed meanwhile waits for the next decision. */
  readonly wasDecided: (asked: Typed) => void
}

export function useTypedDecision({ item, chosen, offered }: CloseItem, newestClose: number): TypedDecision {
  const [, keep, keptByNow] = useKept()
  const ofThisDay = (): ReadonlyMap<string, Typed> => {
    const { behind, of } = keptByNow()
    return behind === newestClose ? of : NOTHING
  }
  const told: Typed = { way: chosen?.resolution ?? offered[0]?.resolution, note: chosen?.note ?? '' }
  const typed = ofThisDay().get(item) ?? told
  const set = (of: ReadonlyMap<string, Typed>): void => keep({ behind: newestClose, of })
  return {
    ...typed,
    type: (part) => set(new Map([...ofThisDay(), [item, { ...typed, ...part }]])),
    wasDecided: (asked) => {
      const now = ofThisDay().get(item)
      if (now?.way === asked.way && now?.note === asked.note) set(new Map([...ofThisDay()].filter(([other]) => other !== item)))
    }
  }
}
