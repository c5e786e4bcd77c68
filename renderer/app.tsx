/** Puts the program in place of the skeleton: terminal, stores, keys, and the frame with its screens. */

import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { invariant } from '../base/invariant.ts'
import type { Terminal } from '../electron/contract/terminal.ts'
import { Frame } from './frame/frame.tsx'
import { KeysProvider } from './keys/hotkeys.tsx'
import { ScanProvider } from './scan/use-scan.tsx'
import { fillStores } from './stores/fill-stores.ts'
import { createStores, type Stores } from './stores/stores.ts'
import type { Early } from './terminal/early.ts'
import { findTerminal } from './terminal/find-terminal.ts'
import { CounterProvider } from './screens/outpatient/counter-context.tsx'
import { TerminalProvider } from './terminal/terminal-context.tsx'

/** `early`: the host was asked before this program was there. */
export async function startApp(early?: Early): Promise<void> {
  const place = document.getElementById('root')
  invariant(place !== null, 'the page has no #root')
  const terminal = await findTerminal()
  const stores = createStores()
  fillStores(terminal, stores, early)
  markReady(stores)
  createRoot(place).render(
    <StrictMode>
      <App terminal={terminal} stores={stores} />
    </StrictMode>
  )
}

const markNextFrame = (): void => void requestAnimationFrame(() => setTimeout(() => performance.mark('caresettle-ready')))

/** The moment from which a card can be put in, for whoever measures the start. */
function markReady({ panel }: Stores): void {
  if (panel.getState() !== null) return markNextFrame()
  const stop = panel.subscribe(() => {
    stop()
    markNextFrame()
  })
}

export function App({ terminal, stores }: { readonly terminal: Terminal; readonly stores: Stores }): ReactNode {
  return (
    <TerminalProvider terminal={terminal} stores={stores}>
      <CounterProvider>
        <KeysProvider>
          <ScanProvider>
            <Frame />
          </ScanProvider>
        </KeysProvider>
      </CounterProvider>
    </TerminalProvider>
  )
}
