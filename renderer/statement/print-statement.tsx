/**
 * Printing a statement, always in this order: the host counts the print and answers with what its ledger holds, and only then
 * something goes to paper. A print that then fails was counted all the same, so the next one says that it is a copy.
 */

import { useCallback } from 'react'
import type { StatementView } from '../../electron/contract/settlement-view.ts'
import type { PrintRequest } from '../../electron/contract/terminal.ts'
import { useTerminal } from '../terminal/terminal-context.tsx'
import { onStage, toPaper } from './print-stage.tsx'
import { StatementSheet, type StatementFormat } from './statement-sheet.tsx'
import { usePaper, type Paper } from './use-paper.ts'

export interface StatementPrinter extends Paper {
  /** The statement as it was before this print; null where the print was refused before anything went to paper. */
  readonly print: (settlementId: string, format: StatementFormat, to: PrintRequest['to']) => Promise<StatementView | null>
}

export function usePrintStatement(): StatementPrinter {
  const terminal = useTerminal()
  const { paper, put } = usePaper()
  const print = useCallback<StatementPrinter['print']>(
    async (settlementId, format, to) => {
      let statement: StatementView | null = null
      await put(async () => {
        const counted = await terminal.call('statement.print', { settlementId, format })
        if (!counted.ok) return counted
        statement = counted.value
        return onStage(<StatementSheet statement={statement} format={format} copy={statement.printed} />, format, () => toPaper(terminal, { format, to, name: settlementId }))
      })
      return statement
    },
    [terminal, put]
  )
  return { print, ...paper }
}
