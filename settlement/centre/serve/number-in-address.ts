/** A number as it stands in an address: digits, and no sign, point, exponent or zero before them. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { describeProblem } from '../../wire/input-problem.ts'
import { refusal, type RequestRefusal } from './refusal.ts'

export interface NumberRule {
  /** Of the part of the address. */
  readonly path: string
  readonly pattern: RegExp
  /** Ends "it must be ...". */
  readonly what: string
}

export const FACT_NUMBER = /^[1-9]\d{0,14}$/
export const FACT_NUMBER_OR_NONE = /^(?:0|[1-9]\d{0,14})$/
export const BATCH_NUMBER = /^[1-9]\d{0,8}$/

export function numberInAddress(params: unknown, { path, pattern, what }: NumberRule): Result<number, RequestRefusal> {
  const value = (params as Readonly<Record<string, string>>)[path]
  if (value !== undefined && pattern.test(value)) return ok(Number(value))
  return refuse(refusal(400, 'request-malformed', describeProblem({ path, value, rule: `must be ${what}` })))
}
