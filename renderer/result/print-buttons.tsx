/** Prints the statement of what was just booked. The statement itself, and what counts as a copy, is `statement/`. */

import { lazy, Suspense, type ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { useWords } from '../i18n/use-words.ts'

const Printing = lazy(async () => ({ default: (await import('./printing.tsx')).Printing }))

export function PrintButtons({ settlementId }: { readonly settlementId: string }): ReactNode {
  return (
    <Suspense fallback={<Waiting />}>
      <Printing settlementId={settlementId} />
    </Suspense>
  )
}

function Waiting(): ReactNode {
  const t = useWords('result')
  return (
    <div className="result__print">
      <Button hotkey="F8" disabled>
        {t('print-a5')}
      </Button>
      <Button hotkey="F9" disabled>
        {t('print-80mm')}
      </Button>
    </div>
  )
}
