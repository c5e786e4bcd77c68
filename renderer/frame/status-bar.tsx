/** How everything stands: host, reader, card, day, and what is in doubt. Words carry it; the dot only helps. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { never } from '../../base/invariant.ts'
import type { CardPanel } from '../../electron/contract/card-view.ts'
import type { HostState } from '../../electron/contract/till-view.ts'
import { useWords } from '../i18n/use-words.ts'
import { useStores } from '../terminal/terminal-context.tsx'

export function StatusBar(): ReactNode {
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
      {reader !== null && <Light tone={panel?.state === 'no-reader' ? 'bad' : 'good'}>{panel?.state === 'no-reader' ? t('reader-none') : reader.name}</Light>}
      {panel !== null && panel.state !== 'no-reader' && <Light tone={panelTone(panel)}>{panelWords(t, panel)}</Light>}
      <Light tone={open === 0 ? 'idle' : 'bad'}>{open === 0 ? t('in-doubt-none') : t('in-doubt', { n: open })}</Light>
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
