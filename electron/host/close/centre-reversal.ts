/**
 * Asks the centre to take back what it has booked of this terminal and this terminal knows nothing of, by its message number.
 * Asked again it answers as before, so a lost answer costs another try and nothing else.
 */

import { z } from 'zod'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CloseActions } from '../../../settlement/case/close-day.ts'
import { jsonBody, type AskSigned } from '../sync/centre-link.ts'
import { documentOf } from '../sync/centre-request.ts'
import { syncRefusalView, type SyncRefusal } from '../sync/sync-refusal.ts'

/** `ask` answers undefined while this till was set offline. */
export const centreReversal =
  (ask: () => AskSigned | undefined): CloseActions['reverse'] =>
  async ({ id }, reason) => {
    const signed = ask()
    if (signed === undefined) return refuse(whyNot({ kind: 'paused' }))
    const answer = await signed({ method: 'POST', path: '/v1/reversals', ...jsonBody({ medinsSetlId: id, reason }) })
    const reversed = answer.ok ? documentOf(answer.value, (json) => readReversed(json, id)) : answer
    return reversed.ok ? ok(undefined) : refuse(whyNot({ kind: 'link', failure: reversed.error }))
  }

const reversedSchema = z.object({
  medinsSetlId: z.string(),
  setlId: z.string().min(1).max(64),
  setlTime: z.string().regex(/^\d{14}$/)
})

function readReversed(json: unknown, id: string): Result<undefined, string> {
  const reversed = reversedSchema.safeParse(json)
  return reversed.success && reversed.data.medinsSetlId === id ? ok(undefined) : refuse('an answer about another settlement, or none')
}

/** One line for people, in both languages. */
export function whyNot(refusal: SyncRefusal): string {
  const { zh, en } = syncRefusalView(refusal).what
  return `${zh} (${en})`
}
