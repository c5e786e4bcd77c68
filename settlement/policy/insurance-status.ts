/** psn_insu_stas on a day, as a centre's record of an insurance says it: read by the centre that books, and by the counter that it has told. */

import { dayDigits } from '../calendar/written-time.ts'

export interface RecordedInsurance<Status extends string> {
  /** 1 normal, 2 suspended, 3 invalid, 4 terminated. */
  readonly status: Status
  /** Days or moments, YYYY-MM-DD or YYYYMMDD first. */
  readonly insuredSince: string
  readonly pausedSince: string | undefined
}

/** A pause that began later, or an insurance that began later, says nothing of that day. undefined: there is no such insurance. */
export function insuranceStatusOn<Status extends string>(insurance: RecordedInsurance<Status> | undefined, day: string): Status | '0' | '1' {
  const on = dayDigits(day)
  if (insurance === undefined || on < dayDigits(insurance.insuredSince)) return '0'
  const { status, pausedSince } = insurance
  return status === '1' || (pausedSince !== undefined && on < dayDigits(pausedSince)) ? '1' : status
}
