/** What came of a request to a host. */

import type { Result } from '../../../base/result.ts'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'

export type Called = Result<unknown, RefusalView> | 'host-died'

/** For a log: one word, and nothing of what was answered. */
export function said(answer: Called): string {
  if (answer === 'host-died') return answer
  return answer.ok ? 'ok' : answer.error.kind
}
