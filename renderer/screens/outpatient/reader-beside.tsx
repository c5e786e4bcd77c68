/** The reader corner below the bill, so that cards come and go while the sums are in sight. */

import { Suspense, type ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { lazyScreen } from '../../frame/lazy-screen.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useCounter } from './counter-context.tsx'

const ReaderScreen = lazyScreen(async () => (await import('../reader/reader-screen.tsx')).ReaderScreen)

export function ReaderBeside(): ReactNode {
  const t = useWords('outpatient')
  const { store } = useCounter()
  return (
    <section className="counter__reader pane" aria-label={t('reader-beside')}>
      <Button look="quiet" hotkey="Shift+F4" className="counter__reader-close" onClick={() => store.setState({ readerOpen: false })}>
        {t('close')}
      </Button>
      <Suspense fallback={<span className="bone bone--wide" />}>
        <ReaderScreen layout="drawer" />
      </Suspense>
    </section>
  )
}
