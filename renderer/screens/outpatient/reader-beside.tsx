/** The reader corner below the bill, so that cards come and go while the sums are in sight. */

import { Suspense, useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { lazyScreen } from '../../frame/lazy-screen.tsx'

const ReaderScreen = lazyScreen(async () => (await import('../reader/reader-screen.tsx')).ReaderScreen)

export function ReaderBeside(): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  return (
    <div ref={box} className="counter__reader">
      <Suspense fallback={<span className="bone bone--wide" />}>
        <ReaderScreen layout="drawer" />
        <ToTheTray within={box} />
      </Suspense>
    </div>
  )
}

/** Stands when the corner stands: whoever opened it by a key goes on with the cards. */
function ToTheTray({ within }: { readonly within: RefObject<HTMLElement | null> }): ReactNode {
  useEffect(() => within.current?.querySelector<HTMLElement>('[data-card][tabindex="0"]')?.focus(), [within])
  return null
}
