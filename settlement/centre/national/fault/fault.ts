/**
 * Unknown outcomes on purpose, so that a vendor can see what his system does with them:
 *
 *   delay=MS         carried out at once, answered so many ms later
 *   delay-before=MS  carried out so many ms later: a call that arrives late
 *   drop-before      connection closed, nothing carried out
 *   drop-after       carried out, connection closed without an answer
 *   minus-one        infcode -1, nothing carried out
 *   minus-one-after  carried out, and infcode -1 all the same: what some regions' -1 may mean
 */

export const DELAY_MS_MAX = 120_000

export type Fault =
  | { readonly kind: 'delay' | 'delay-before'; readonly milliseconds: number }
  | { readonly kind: 'drop-before' | 'drop-after' | 'minus-one' | 'minus-one-after' }

export const FAULT_WORDS = `delay=MS, delay-before=MS (at most ${DELAY_MS_MAX}), drop-before, drop-after, minus-one, minus-one-after`

/** undefined for what is none. */
export function parseFault(text: string): Fault | undefined {
  const delay = /^(delay|delay-before)=(\d{1,6})$/.exec(text)
  if (delay !== null) {
    const milliseconds = Number(delay[2])
    const kind = delay[1] === 'delay' ? 'delay' : 'delay-before'
    return milliseconds <= DELAY_MS_MAX ? { kind, milliseconds } : undefined
  }
  const kinds = ['drop-before', 'drop-after', 'minus-one', 'minus-one-after'] as const
  const kind = kinds.find((each) => each === text)
  return kind === undefined ? undefined : { kind }
}

export interface PlannedFault {
  /** "*" for every transaction. */
  readonly infno: string
  /** Only calls of this institution; undefined for all. */
  readonly institution: string | undefined
  readonly fault: Fault
  readonly left: number
}

const PLANNED_MAX = 100

/** Faults for the next calls of a transaction, in the order in which they were asked for. Of this process only. */
export class FaultPlan {
  #planned: PlannedFault[] = []

  /** false when there are too many already. */
  add(planned: PlannedFault): boolean {
    if (this.#planned.length >= PLANNED_MAX) return false
    this.#planned.push(planned)
    return true
  }

  clear(): void {
    this.#planned = []
  }

  get planned(): readonly PlannedFault[] {
    return this.#planned
  }

  /** The fault of this call, which is used up by it. */
  take(infno: string, institution: string): Fault | undefined {
    const index = this.#planned.findIndex(
      (each) => (each.infno === '*' || each.infno === infno) && (each.institution === undefined || each.institution === institution)
    )
    const found = this.#planned[index]
    if (found === undefined) return undefined
    if (found.left <= 1) this.#planned.splice(index, 1)
    else this.#planned[index] = { ...found, left: found.left - 1 }
    return found.fault
  }
}
