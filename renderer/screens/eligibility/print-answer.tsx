/** The answer on paper, as it stood on the screen. Nothing is booked by it, so nothing is counted. */

import { useState, type ReactNode } from 'react'
import type { EligibilityView } from '../../../electron/contract/sale-view.ts'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { PrintRequest } from '../../../electron/contract/terminal.ts'
import { Button } from '../../components/button.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { onStage, toPaper } from '../../statement/print-stage.tsx'
import { useTerminal } from '../../terminal/terminal-context.tsx'
import { AnswerSheet } from './answer-sheet.tsx'

interface Standing {
  readonly printing: boolean
  readonly refusal: RefusalView | null
  readonly saved: string | null
}

const IDLE: Standing = { printing: false, refusal: null, saved: null }

export function PrintAnswer({ answer }: { readonly answer: EligibilityView }): ReactNode {
  const t = useWords('eligibility')
  const terminal = useTerminal()
  const [{ printing, refusal, saved }, stand] = useState(IDLE)
  const canSave = terminal.print !== undefined
  const print = (format: 'a5' | '80mm', to: PrintRequest['to']) => async (): Promise<void> => {
    stand({ ...IDLE, printing: true })
    const name = `eligibility-${answer.item.code}-${answer.askedAt.replaceAll(/\D/g, '')}`
    const outcome = await onStage(<AnswerSheet answer={answer} format={format} />, format, () => toPaper(terminal, { format, to, name }))
    stand(outcome.ok ? { ...IDLE, saved: 'saved' in outcome.value ? outcome.value.saved : null } : { ...IDLE, refusal: outcome.error })
  }
  const a5 = (): void => void print('a5', 'printer')()
  const roll = (): void => void print('80mm', 'printer')()
  const pdf = (): void => void print('a5', 'pdf')()
  useHotkey('F8', t('print-a5'), a5, !printing)
  useHotkey('F9', t('print-80mm'), roll, !printing)
  useHotkey('Shift+F8', t('print-pdf'), pdf, canSave && !printing)
  return (
    <>
      <span className="pane__note" role="status">
        {saved !== null && t('saved', { file: saved })}
      </span>
      {refusal !== null && <RefusalNote refusal={refusal} tone="quiet" />}
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
    </>
  )
}
