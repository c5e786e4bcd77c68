/** The answer on paper, as it stood on the screen. Nothing is booked by it, so nothing is counted. */

import type { ReactNode } from 'react'
import type { EligibilityView } from '../../../electron/contract/sale-view.ts'
import type { PrintRequest } from '../../../electron/contract/terminal.ts'
import { PaperButtons, type PaperFormat } from '../../components/paper-buttons.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { onStage, toPaper } from '../../statement/print-stage.tsx'
import { usePaper } from '../../statement/use-paper.ts'
import { useTerminal } from '../../terminal/terminal-context.tsx'
import { AnswerSheet } from './answer-sheet.tsx'

export function PrintAnswer({ answer }: { readonly answer: EligibilityView }): ReactNode {
  const t = useWords('eligibility')
  const terminal = useTerminal()
  const { paper: { printing, refusal, saved }, put } = usePaper()
  const print = (format: PaperFormat, to: PrintRequest['to']): void => {
    const name = `eligibility-${answer.item.code}-${answer.askedAt.replaceAll(/\D/g, '')}`
    void put(() => onStage(<AnswerSheet answer={answer} format={format} />, format, () => toPaper(terminal, { format, to, name })))
  }
  return (
    <>
      <span className="pane__note" role="status">
        {saved !== null && t('saved', { file: saved })}
      </span>
      {refusal !== null && <RefusalNote refusal={refusal} tone="quiet" />}
      <PaperButtons words={t} may={!printing} print={print} />
    </>
  )
}
