/** The paper of the day as it stands: a draft until it is signed. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useWords } from '../../i18n/use-words.ts'
import { useStores } from '../../terminal/terminal-context.tsx'
import { ReportButtons } from './report-buttons.tsx'

export function ReportPane(): ReactNode {
  const t = useWords('close')
  const day = useStore(useStores().till, (till) => till?.today ?? '')
  return (
    <section className="report pane" aria-label={t('report')}>
      <header className="pane__head">
        <h2>{t('report')}</h2>
      </header>
      <p className="report__note">{t('report-draft')}</p>
      <ReportButtons sequence={null} name={day} keys />
    </section>
  )
}
