/**
 * Printing a statement, always in this order: the host counts the print and answers with what its ledger holds, and only then
 * something goes to paper. A print that then fails was counted all the same, so the next one says that it is a copy.
 */

import { useCallback, useState } from 'react'
import type { RefusalView } from '../../electron/contract/refusal-view.ts'
import type { StatementView } from '../../electron/contract/settlement-view.ts'
import type { PrintRequest } from '../../electron/contract/terminal.ts'
import { useTerminal } from '../terminal/terminal-context.tsx'
import { onStage, toPaper } from './print-stage.tsx'
import { StatementSheet, type StatementFormat } from './statement-sheet.tsx'

export interface StatementPrinter {
  /** The statement as it was before this print; null where the print was refused before anything went to paper. */
  readonly print: (settlementId: string, format: StatementFormat, to: PrintRequest['to']) => Promise<StatementView | null>
  readonly printing: boolean
  readonly refusal: RefusalView | null
  /** Where a PDF was saved; null when it went to paper or was called off. */
  readonly saved: string | null
}

interface Standing {
  readonly printing: boolean
  readonly refusal: RefusalView | null
  readonly saved: string | null
}

const IDLE: Standing = { printing: false, refusal: null, saved: null }

export function usePrintStatement(): StatementPrinter {
  const terminal = useTerminal()
  const [standing, setStanding] = useState<Standing>(IDLE)
  const print = useCallback<StatementPrinter['print']>(
    async (settlementId, format, to) => {
      setStanding({ ...IDLE, printing: true })
      const counted = await terminal.call('statement.print', { settlementId, format })
      if (!counted.ok) {
        setStanding({ ...IDLE, refusal: counted.error })
        return null
      }
      const statement = counted.value
      const outcome = await onStage(<StatementSheet statement={statement} format={format} copy={statement.printed} />, format, () =>
        toPaper(terminal, { format, to, name: settlementId })
      )
      setStanding(outcome.ok ? { ...IDLE, saved: 'saved' in outcome.value ? outcome.value.saved : null } : { ...IDLE, refusal: outcome.error })
      return statement
    },
    [terminal]
  )
  return { print, ...standing }
}
