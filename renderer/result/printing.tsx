/** Loaded with the first result: paper or PDF, and what became of it. */

import type { ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { RefusalNote } from '../components/refusal-note.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { usePrintStatement } from '../statement/print-statement.tsx'
import { useTerminal } from '../terminal/terminal-context.tsx'

export function Printing({ settlementId }: { readonly settlementId: string }): ReactNode {
  const t = useWords('result')
  const printer = usePrintStatement()
  const { printing, refusal, saved } = printer
  const canSave = useTerminal().print !== undefined
  const a5 = (): void => void printer.print(settlementId, 'a5', 'printer')
  const roll = (): void => void printer.print(settlementId, '80mm', 'printer')
  const pdf = (): void => void printer.print(settlementId, 'a5', 'pdf')
  useHotkey('F8', t('print-a5'), a5, !printing)
  useHotkey('F9', t('print-80mm'), roll, !printing)
  useHotkey('Shift+F8', t('print-pdf'), pdf, canSave && !printing)
  return (
    <div className="result__print">
      <Button hotkey="F8" aria-disabled={printing} onClick={printing ? undefined : a5}>
        {t('print-a5')}
      </Button>
      <Button hotkey="F9" aria-disabled={printing} onClick={printing ? undefined : roll}>
        {t('print-80mm')}
      </Button>
      {canSave && (
        <Button hotkey="Shift+F8" aria-disabled={printing} onClick={printing ? undefined : pdf}>
          {t('print-pdf')}
        </Button>
      )}
      <span className="pane__note" role="status">
        {printing && t('printing')}
        {saved !== null && t('saved', { file: saved })}
      </span>
      {refusal !== null && <RefusalNote refusal={refusal} />}
    </div>
  )
}
