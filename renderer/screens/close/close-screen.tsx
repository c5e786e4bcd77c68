/**
 * Closing the day: everything synced, the drawer counted, every difference with its resolution, signed. Left the books side
 * by side and what differs; right the drawer, the signature and the paper. The window compares nothing, it shows what the host
 * found.
 */

import { useRef, type ReactNode, type RefObject } from 'react'
import { useStore } from 'zustand'
import { isDifference, type CloseView } from '../../../electron/contract/close-view.ts'
import { Button } from '../../components/button.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useFirstFocus } from '../../frame/use-first-focus.ts'
import { close as words } from '../../i18n/close.ts'
import { useWords } from '../../i18n/use-words.ts'
import { addWords } from '../../i18n/words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { ChartsPane } from './charts-pane.tsx'
import { CloseProvider, useClose } from './close-context.tsx'
import { CloseSteps } from './close-steps.tsx'
import { ComparePane } from './compare-pane.tsx'
import { DifferencesPane } from './differences-pane.tsx'
import { DrawerPane } from './drawer-pane.tsx'
import { EarlierPane } from './earlier-pane.tsx'
import { NothingPane } from './nothing-pane.tsx'
import { OwedPane } from './owed-pane.tsx'
import { ReportPane } from './report-pane.tsx'
import { SignPane } from './sign-pane.tsx'
import { newestCloseOf } from './typed-drawer.ts'
import '../../components/details.css'
import './close.css'

addWords('close', words)

export function CloseScreen(): ReactNode {
  return (
    <CloseProvider>
      <Screen />
    </CloseProvider>
  )
}

function Screen(): ReactNode {
  const t = useWords('close')
  const common = useWords('common')
  const { store, again } = useClose()
  const { view, refusal, busy } = useStore(store)
  const screen = useRef<HTMLDivElement>(null)
  useHotkey('F5', t('again'), again, !busy)
  return (
    <div ref={screen} className="close" aria-busy={busy} tabIndex={-1}>
      {refusal !== null && (
        <div className="close__refused">
          <RefusalNote refusal={refusal} />
          <Button hotkey="F5" onClick={again}>
            {common('retry')}
          </Button>
        </div>
      )}
      {view === null ? refusal === null && <Bones /> : <Shown key={view.state} view={view} busy={busy} screen={screen} />}
    </div>
  )
}

interface ShownProps {
  readonly view: CloseView
  readonly busy: boolean
  readonly screen: RefObject<HTMLElement | null>
}

function Shown({ view, busy, screen }: ShownProps): ReactNode {
  const t = useWords('close')
  const { again } = useClose()
  const float = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const open = view.state === 'open'
  const first = view.steps.counted && view.items.length > 0 ? list : float
  useFirstFocus(() => first.current ?? screen.current)
  useHotkey('F6', t('step-counted'), () => float.current?.focus(), open)
  useHotkey('F7', t('step-resolved'), () => list.current?.focus(), view.items.some(isDifference))
  return (
    <>
      <CloseSteps view={view} busy={busy} again={again} />
      <div className="close__main">
        {open ? (
          <>
            <ComparePane rows={view.rows} items={view.items} />
            <DifferencesPane items={view.items.filter(isDifference)} newestClose={newestCloseOf(view)} list={list} />
            <OwedPane items={view.items.filter((item) => !isDifference(item))} />
            <ChartsPane charts={view.charts} />
          </>
        ) : (
          <NothingPane newest={view.closes.find(({ reopened }) => reopened === null)} />
        )}
      </div>
      <div className="close__side">
        {open && <DrawerPane drawer={view.drawer} newestClose={newestCloseOf(view)} float={float} />}
        {open && <SignPane view={view} />}
        {open && <ReportPane />}
        <EarlierPane closes={view.closes} />
      </div>
    </>
  )
}

function Bones(): ReactNode {
  const t = useWords('close')
  return (
    <div className="close__bones" role="status" aria-label={t('comparing')}>
      {['a', 'b', 'c', 'd', 'e', 'f'].map((bone) => (
        <span key={bone} className="bone bone--row" />
      ))}
    </div>
  )
}
