/**
 * The moments of a batch's transaction between which a centre may die: behind every statement that writes, and on both sides of
 * the commit. Tests kill the process at each.
 */

export const INTAKE_STEPS = [
  'intake-locked',
  'intake-gathered',
  'intake-judged',
  'intake-unbooked',
  'intake-settlements',
  'intake-counters',
  'intake-balances',
  'intake-reversals',
  'intake-batch',
  'intake-terminal',
  'intake-committed'
] as const

export type IntakeStep = (typeof INTAKE_STEPS)[number]

export type ReachedStep = (step: IntakeStep) => void

export const noStep: ReachedStep = () => {}
