/** One thing at a time goes to paper, and what became of the last one stands beside its buttons. */

import { useCallback, useState } from 'react'
import type { Result } from '../../base/result.ts'
import type { RefusalView } from '../../electron/contract/refusal-view.ts'
import type { PrintOutcome } from '../../electron/contract/terminal.ts'

export interface Paper {
  readonly printing: boolean
  readonly refusal: RefusalView | null
  /** Where a PDF was saved; null when it went to paper or was called off. */
  readonly saved: string | null
}

const IDLE: Paper = { printing: false, refusal: null, saved: null }

export function usePaper(): { readonly paper: Paper; readonly put: (job: () => Promise<Result<PrintOutcome, RefusalView>>) => Promise<void> } {
  const [paper, stand] = useState(IDLE)
  const put = useCallback(async (job: () => Promise<Result<PrintOutcome, RefusalView>>): Promise<void> => {
    stand({ ...IDLE, printing: true })
    const outcome = await job()
    stand(outcome.ok ? { ...IDLE, saved: 'saved' in outcome.value ? outcome.value.saved : null } : { ...IDLE, refusal: outcome.error })
  }, [])
  return { paper, put }
}
