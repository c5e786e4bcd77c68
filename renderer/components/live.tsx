/** Says what changed to those who do not see it. Polite waits its turn; assertive interrupts, for refusals only. */

import type { ReactNode } from 'react'

export function Live({ children, assertive = false }: { readonly children: ReactNode; readonly assertive?: boolean }): ReactNode {
  return (
    <div className="unseen" aria-live={assertive ? 'assertive' : 'polite'} aria-atomic="true">
      {children}
    </div>
  )
}
