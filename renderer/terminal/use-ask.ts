/** Asks the terminal one thing at a time, and keeps the refusal until the next question. */

import { useRef, useState } from 'react'
import type { RefusalView } from '../../electron/contract/refusal-view.ts'
import type { Answers, Params, RequestName } from '../../electron/contract/requests.ts'
import { useTerminal } from './terminal-context.tsx'

export interface Asking {
  readonly busy: boolean
  readonly refusal: RefusalView | null
  /** undefined: it was refused, or another question is still open. */
  readonly ask: <Name extends RequestName>(name: Name, params: Params<Name>) => Promise<Answers[Name] | undefined>
}

export function useAsk(): Asking {
  const terminal = useTerminal()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<RefusalView | null>(null)
  const open = useRef(false)
  return {
    busy,
    refusal,
    ask: async (name, params) => {
      if (open.current) return undefined
      open.current = true
      setBusy(true)
      setRefusal(null)
      const answer = await terminal.call(name, params)
      open.current = false
      setBusy(false)
      if (answer.ok) return answer.value
      setRefusal(answer.error)
      return undefined
    }
  }
}
