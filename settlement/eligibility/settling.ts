/** What settling waits for: a line that may not be handed over, and what the counter itself still has to do. */

import type { Reason, ReasonKind } from './reason.ts'
import type { Verdict } from './verdict.ts'

/** Questions that are settled by doing, not by knowing: the others of effect `asks` are for a person's judgement. */
const TO_DO: ReadonlySet<ReasonKind> = new Set(['trace-code-missing', 'prescription-not-reviewed'])

export const settlingWaitsFor = ({ kind, effect }: Reason): boolean => effect === 'forbids' || (effect === 'asks' && TO_DO.has(kind))

/** The lines that settling waits for, in the order of the question. */
export const openLines = ({ items }: Verdict): readonly string[] =>
  items.filter(({ reasons }) => reasons.some(settlingWaitsFor)).map(({ line }) => line)
