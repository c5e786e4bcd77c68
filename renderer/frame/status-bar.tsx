/** How everything stands: host, reader, card, day, and what is in doubt. Words carry it; the dot only helps. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { never } from '../../base/invariant.ts'
import type { CardPanel } from '../../electron/contract/card-view.ts'
import type { HostState } from '../../electron/contract/till-view.ts'
import { KeyCap } from '../components/button.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { useCounter } from '../screens/outpatient/counter-context.tsx'
import { useStores } from '../terminal/terminal-context.tsx'
import { SyncStatus } from './sync-status.tsx'

interface StatusBarProps {
  readonly openInDoubt: () => void
  readonly openSync: () => void
}

export function StatusBar({ openInDoubt, openSync }: StatusBarProps): ReactNode {
  const t = useWords('common')
  const stores = useStores()
  const host = useStore(stores.host)
  const panel = useStore(stores.panel)
  const till = useStore(stores.till)
  const reader = useStore(stores.reader)
  const open = useStore(stores.inDoubt).length
  return (
    <footer className="frame__status" aria-label={t('status')}>
      <Light tone={host.state === 'ready' ? 'good' : host.state === 'failed' ? 'bad' : 'busy'}>{hostWords(t, host)}</Light>
      {reader !== null && <Light tone={panel?.state === 'no-reader' ? 'bad' : 'good'}>{panel?.state === 'no-reader' ? t('reader-none') : reader.kind === 'virtual' ? t('reader-virtual') : reader.name}</Light>}
      {panel !== null && panel.state !== 'no-reader' && <Light tone={panelTone(panel)}>{panelWords(t, panel)}</Light>}
      {open === 0 ? <Light tone="idle">{t('in-doubt-none')}</Light> : <InDoubtBadge count={open} open={openInDoubt} />}
      <SyncStatus open={openSync} />
      <span className="frame__space" />
      {till !== null && (
        <span>
          {t('day')} <time dateTime={till.today}>{till.today}</time>
        </span>
      )}
      {till !== null && (
        <span>
          {till.terminalName} · {till.version}
        </span>
      )}
    </footer>
  )
}

/** Opens what is in doubt, on the screen where it can be mended. */
function InDoubtBadge({ count, open }: { readonly count: number; readonly open: () => void }): ReactNode {
  const t = useWords('common')
  const { store } = useCounter()
  const show = (): void => {
    store.setState({ onTop: 'in-doubt' })
    open()
  }
  useHotkey('Shift+F2', t('in-doubt', { n: count }), show)
  return (
    <button type="button" className="light light--bad light--button" aria-keyshortcuts="Shift+F2" onClick={show}>
      {t('in-doubt', { n: count })}
      <KeyCap>Shift+F2</KeyCap>
    </button>
  )
}

type Tone = 'good' | 'busy' | 'bad' | 'idle'

function Light({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }): ReactNode {
  return <span className={`light light--${tone}`}>{children}</span>
}

function hostWords(t: ReturnType<typeof useWords<'common'>>, host: HostState): string {
  switch (host.state) {
    case 'starting':
      return t('host-starting')
    case 'ready':
      return t('host-ready')
    case 'restarting':
      return t('host-restarting', { attempt: host.attempt })
    case 'failed':
      return t('host-failed')
    default:
      return never(host)
  }
}

type OfReader = Exclude<CardPanel, { readonly state: 'no-reader' }>

function panelWords(t: ReturnType<typeof useWords<'common'>>, panel: OfReader): string {
  switch (panel.state) {
    case 'no-card':
      return t('card-none')
    case 'reading':
      return t('card-reading')
    case 'refused':
      return t('card-refused')
    case 'ready':
      return t('card-ready')
    default:
      return never(panel)
  }
}

const TONES: Readonly<Record<OfReader['state'], Tone>> = { 'no-card': 'idle', reading: 'busy', refused: 'bad', ready: 'good' }

const panelTone = (panel: OfReader): Tone => TONES[panel.state]
