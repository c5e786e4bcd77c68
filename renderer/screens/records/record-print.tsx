/** The statement once more, on the paper that is asked for. What is in doubt has no statement. */

import type { ReactNode } from 'react'
import type { StatementView } from '../../../electron/contract/settlement-view.ts'
import type { PrintRequest } from '../../../electron/contract/terminal.ts'
import { Button } from '../../components/button.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { usePrintStatement } from '../../statement/print-statement.tsx'
import type { StatementFormat } from '../../statement/statement-sheet.tsx'
import { useTerminal } from '../../terminal/terminal-context.tsx'

interface RecordPrintProps {
  readonly statement: StatementView
  readonly printed: () => Promise<void>
}

export function RecordPrint({ statement, printed }: RecordPrintProps): ReactNode {
  const t = useWords('records')
  const { print, printing, refusal, saved } = usePrintStatement()
  // A browser's own dialogue offers PDF by itself.
  const canSave = useTerminal().print !== undefined
  const may = statement.state !== 'in-doubt' && !printing
  const run = async (format: StatementFormat, to: PrintRequest['to']): Promise<void> => {
    if (!may) return
    await print(statement.settlementId, format, to)
    await printed()
  }
  useHotkey('F8', t('print-a5'), () => void run('a5', 'printer'), may)
  useHotkey('F9', t('print-80mm'), () => void run('80mm', 'printer'), may)
  useHotkey('Shift+F8', t('print-pdf'), () => void run('a5', 'pdf'), may && canSave)
  return (
    <div className="record__print" role="group" aria-label={t('print')}>
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <p className="record__paper" role="status">
        {saved === null ? standing(t, statement, printing) : t('saved', { file: saved })}
      </p>
      <div className="record__buttons">
        <Button hotkey="F8" aria-disabled={!may} onClick={() => void run('a5', 'printer')}>
          {t('print-a5')}
        </Button>
        <Button hotkey="F9" aria-disabled={!may} onClick={() => void run('80mm', 'printer')}>
          {t('print-80mm')}
        </Button>
        {canSave && (
          <Button hotkey="Shift+F8" aria-disabled={!may} onClick={() => void run('a5', 'pdf')}>
            {t('print-pdf')}
          </Button>
        )}
      </div>
    </div>
  )
}

function standing(t: ReturnType<typeof useWords<'records'>>, { state, printed }: StatementView, printing: boolean): string {
  if (state === 'in-doubt') return t('print-in-doubt')
  if (printing) return t('printing')
  return printed === 0 ? t('print-original') : t('print-copy', { n: printed })
}
