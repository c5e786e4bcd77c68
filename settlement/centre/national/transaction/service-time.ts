/**
 * When care was given, as its sender tells it. It decides the policy and the year whose deductible and limits are used, so it
 * may be told late and never before it has come: a bill would otherwise choose next year's.
 */

import { timeDigits } from '../../../calendar/written-time.ts'
import { secondsOf } from '../envelope/moment.ts'
import type { Fields } from '../envelope/fields.ts'
import { badState, type NationalRefusal } from '../refusal.ts'
import type { Call } from './transaction.ts'

/** The clocks of institutions are let differ as far as the gateway lets them. */
export function aheadProblem({ profile, now }: Call, nodes: readonly Fields[], field: 'begntime' | 'fee_ocur_time'): NationalRefusal | undefined {
  const latest = secondsOf(now.time) + profile.timestamp_tolerance_minutes * 60
  const ahead = nodes.find((node) => node.text(field) !== '' && secondsOf(timeDigits(node.text(field))) > latest)
  if (ahead === undefined) return undefined
  return badState(`${ahead.path}${field}`, ahead.text(field), `lies more than ${profile.timestamp_tolerance_minutes} min ahead of the centre's clock 不能晚于中心时间`)
}

/** Charges belong to the visit that they are of: not to a day before it, whose catalogue and year would be others. */
export function beforeProblem(lines: readonly Fields[], begntime: string): NationalRefusal | undefined {
  const day = begntime.slice(0, 10)
  const before = lines.find((line) => line.text('fee_ocur_time') !== '' && line.text('fee_ocur_time').slice(0, 10) < day)
  if (before === undefined) return undefined
  return badState(`${before.path}fee_ocur_time`, before.text('fee_ocur_time'), `lies before the day of the visit, ${day} 不能早于就诊日期`)
}
