/** The reader corner below the bill, so that cards come and go while the sums are in sight. */

import { Suspense, type ReactNode } from 'react'
import { lazyScreen } from '../../frame/lazy-screen.tsx'

const ReaderScreen = lazyScreen(async () => (await import('../reader/reader-screen.tsx')).ReaderScreen)

export function ReaderBeside(): ReactNode {
  return (
    <div className="counter__reader">
      <Suspense fallback={<span className="bone bone--wide" />}>
        <ReaderScreen layout="drawer" />
      </Suspense>
    </div>
  )
}
