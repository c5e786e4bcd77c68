/** Loaded with the first result: paper or PDF, and what became of it. */

import type { ReactNode } from 'react'
import { PaperButtons } from '../components/paper-buttons.tsx'
import { RefusalNote } from '../components/refusal-note.tsx'
import { useWords } from '../i18n/use-words.ts'
import { usePrintStatement } from '../statement/print-statement.tsx'

export function Printing({ settlementId }: { readonly settlementId: string }): ReactNode {
  const t = useWords('result')
  const { print, printing, refusal, saved } = usePrintStatement()
  return (
    <div className="result__print">
      <PaperButtons words={t} may={!printing} print={(format, to) => void print(settlementId, format, to)} />
      <span className="pane__note" role="status">
        {printing && t('printing')}
        {saved !== null && t('saved', { file: saved })}
      </span>
      {refusal !== null && <RefusalNote refusal={refusal} />}
    </div>
  )
}
