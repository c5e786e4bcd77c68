/**
 * Sync: how this till and its centre stand. Above the link in plain words, whose turn it is to mend it, and what waits; below
 * what the centre sent back, what it booked otherwise, and how old its downloads are.
 */

import { useRef, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { SyncView } from '../../../electron/contract/sync-view.ts'
import { useFirstFocus } from '../../frame/use-first-focus.ts'
import { sync as words } from '../../i18n/sync.ts'
import { addWords } from '../../i18n/words.ts'
import { useStores } from '../../terminal/terminal-context.tsx'
import { AdjustedPane } from './adjusted-pane.tsx'
import { ConnectForm } from './connect-form.tsx'
import { DownloadsPane } from './downloads-pane.tsx'
import { LinkPane } from './link-pane.tsx'
import { ParkedPane } from './parked-pane.tsx'
import '../../components/details.css'
import './sync.css'

addWords('sync', words)

export function SyncScreen(): ReactNode {
  const view = useStore(useStores().sync)
  if (view === null) return <div className="sync" aria-busy="true" />
  // Once connected it is another screen: the form that had the keyboard is gone.
  return <Shown key={view.centre === null ? 'apart' : 'connected'} view={view} />
}

function Shown({ view }: { readonly view: SyncView }): ReactNode {
  const screen = useRef<HTMLDivElement>(null)
  // Unless a list or a field in it has taken the keyboard.
  useFirstFocus(() => screen.current)
  return (
    <div ref={screen} className="sync" tabIndex={-1}>
      <LinkPane view={view} />
      <div className="sync__main">
        {(view.centre === null || view.mayConnectAnew) && <ConnectForm anew={view.mayConnectAnew} known={view.centre?.url ?? null} />}
        {view.centre !== null && <ParkedPane rows={view.parked} />}
        {view.adjusted.length > 0 && <AdjustedPane rows={view.adjusted} />}
      </div>
      <DownloadsPane rows={view.downloads} />
    </div>
  )
}
