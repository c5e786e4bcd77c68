/** Brings one close report to paper, PDF or CSV: the host says what stands in it, the page only sets it. */

import { useRef, useState } from 'react'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { PrintRequest } from '../../../electron/contract/terminal.ts'
import { onStage, toPaper } from '../../statement/print-stage.tsx'
import { useTerminal } from '../../terminal/terminal-context.tsx'
import { CloseSheet } from './close-sheet.tsx'

interface Standing {
  readonly busy: boolean
  readonly refusal: RefusalView | null
  readonly saved: string | null
}

interface Report extends Standing {
  readonly print: (to: PrintRequest['to']) => Promise<void>
  readonly csv: () => Promise<void>
}

const IDLE: Standing = { busy: false, refusal: null, saved: null }

export function useReport(sequence: number | null, name: string): Report {
  const terminal = useTerminal()
  const [standing, setStanding] = useState<Standing>(IDLE)
  const open = useRef(false)
  const alone = async (work: () => Promise<Partial<Standing>>): Promise<void> => {
    if (open.current) return
    open.current = true
    setStanding({ ...IDLE, busy: true })
    setStanding({ ...IDLE, ...(await work()) })
    open.current = false
  }
  return {
    ...standing,
    print: (to) =>
      alone(async () => {
        const report = await terminal.call('close.report', { sequence })
        if (!report.ok) return { refusal: report.error }
        const request = { format: 'a4', to, name } as const
        const printed = await onStage(<CloseSheet report={report.value} />, 'a4', () => toPaper(terminal, request))
        if (!printed.ok) return { refusal: printed.error }
        return 'saved' in printed.value ? { saved: printed.value.saved } : {}
      }),
    csv: () =>
      alone(async () => {
        const written = await terminal.call('close.csv', { sequence })
        return written.ok ? { saved: written.value.saved } : { refusal: written.error }
      })
  }
}
