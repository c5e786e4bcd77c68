/** Print, PDF, CSV of one report. */

import type { ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useTerminal } from '../../terminal/terminal-context.tsx'
import { useReport } from './use-report.tsx'

interface ReportButtonsProps {
  /** null: the day as it stands. */
  readonly sequence: number | null
  /** Of the PDF. */
  readonly name: string
  /** Bound to F8, Shift+F8, F9. */
  readonly keys?: boolean
  readonly children?: ReactNode
}

export function ReportButtons({ sequence, name, keys = false, children }: ReportButtonsProps): ReactNode {
  const t = useWords('close')
  // A browser's own dialogue offers PDF by itself.
  const canSave = useTerminal().print !== undefined
  const { print, csv, busy, refusal, saved } = useReport(sequence, `close-${name}${sequence === null ? '' : `-${sequence}`}`)
  const bound = keys && !busy
  useHotkey('F8', t('print-a4'), () => void print('printer'), bound)
  useHotkey('Shift+F8', t('print-pdf'), () => void print('pdf'), bound && canSave)
  useHotkey('F9', t('csv'), () => void csv(), bound)
  const key = (hotkey: string) => (keys ? { hotkey } : {})
  return (
    <div className="report__parts">
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <p className="report__saved" role="status">
        {busy ? t('printing') : saved === null ? '' : t('saved', { file: saved })}
      </p>
      <div className="report__buttons">
        <Button {...key('F8')} aria-disabled={busy} onClick={() => void print('printer')}>
          {t('print-a4')}
        </Button>
        {canSave && (
          <Button {...key('Shift+F8')} aria-disabled={busy} onClick={() => void print('pdf')}>
            {t('print-pdf')}
          </Button>
        )}
        <Button {...key('F9')} aria-disabled={busy} onClick={() => void csv()}>
          {t('csv')}
        </Button>
        {children}
      </div>
    </div>
  )
}
