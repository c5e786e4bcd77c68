/** The statement once more, on the paper that is asked for. What is in doubt has no statement. */

import type { ReactNode } from 'react'
import type { StatementView } from '../../../electron/contract/settlement-view.ts'
import type { PrintRequest } from '../../../electron/contract/terminal.ts'
import { PaperButtons } from '../../components/paper-buttons.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { usePrintStatement } from '../../statement/print-statement.tsx'
import type { StatementFormat } from '../../statement/statement-sheet.tsx'

interface RecordPrintProps {
  readonly statement: StatementView
  readonly printed: () => Promise<void>
}

export function RecordPrint({ statement, printed }: RecordPrintProps): ReactNode {
  const t = useWords('records')
  const { print, printing, refusal, saved } = usePrintStatement()
  const may = statement.state !== 'in-doubt' && !printing
  const run = async (format: StatementFormat, to: PrintRequest['to']): Promise<void> => {
    await print(statement.settlementId, format, to)
    await printed()
  }
  return (
    <div className="record__print" role="group" aria-label={t('print')}>
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <p className="record__paper" role="status">
        {saved === null ? standing(t, statement, printing) : t('saved', { file: saved })}
      </p>
      <div className="record__buttons">
        <PaperButtons words={t} may={may} print={(format, to) => void run(format, to)} />
      </div>
    </div>
  )
}

function standing(t: ReturnType<typeof useWords<'records'>>, { state, printed }: StatementView, printing: boolean): string {
  if (state === 'in-doubt') return t('print-in-doubt')
  if (printing) return t('printing')
  return printed === 0 ? t('print-original') : t('print-copy', { n: printed })
}
