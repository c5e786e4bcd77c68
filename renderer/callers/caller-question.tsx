/** In the frame: fetches the dialog when another program first asks for a PIN, whatever screen is shown. */

import { lazy, Suspense, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../terminal/terminal-context.tsx'

const CallerPinDialog = lazy(async () => ({ default: (await import('./caller-pin-dialog.tsx')).CallerPinDialog }))

export function CallerQuestion(): ReactNode {
  const isAsked = useStore(useStores().driver, (driver) => driver !== null && driver.asked !== null)
  return <Suspense fallback={null}>{isAsked && <CallerPinDialog />}</Suspense>
}
