/** How everything stands: host, reader, card, day, and what is in doubt. Words carry it; the dot only helps. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { never } from '../../base/invariant.ts'
import type { CardPanel } from '../../electron/contract/card-view.ts'
import type { HostState } from '../../electron/contract/till-view.ts'
import { KeyCap } from '../components/button.tsx'
import { Say } from '../components/say.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { useCounter } from '../screens/outpatient/counter-context.tsx'
import { useStores } from '../terminal/terminal-context.tsx'
import { SyncStatus } from './sync-status.tsx'

interface StatusBarProps {
  readonly openInDoubt: () => void
  readonly openSync: () => void
  readonly openReader: () => void
}

export function StatusBar({ openInDoubt, openSync, openReader }: StatusBarProps): ReactNode {
  const t = useWords('common')
  const stores = useStores()
  const host = useStore(stores.host)
  const panel = useStore(stores.panel)
  const till = useStore(stores.till)
  const open = useStore(stores.inDoubt).length
  return (
    <footer className="frame__status" aria-label={t('status')}>
      <HostStatus host={host} open={openReader} />
      <ReaderStatus open={openReader} />
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

/** Leads to what is broken, and what to do about it. */
function Trouble({ tone = 'bad', open, children }: { readonly tone?: Tone; readonly open: () => void; readonly children: ReactNode }): ReactNode {
  return (
    <button type="button" className={`light light--${tone} light--button`} aria-keyshortcuts="F4" onClick={open}>
      {children}
    </button>
  )
}

function HostStatus({ host, open }: { readonly host: HostState; readonly open: () => void }): ReactNode {
  const t = useWords('common')
  const words = hostWords(t, host)
  if (host.state === 'ready' || host.state === 'starting') return <Light tone={host.state === 'ready' ? 'good' : 'busy'}>{words}</Light>
  return (
    <Trouble tone={host.state === 'failed' ? 'bad' : 'busy'} open={open}>
      {words}
    </Trouble>
  )
}

/** One sentence where something on the way to the card is broken. */
function ReaderStatus({ open }: { readonly open: () => void }): ReactNode {
  const t = useWords('common')
  const reader = useStore(useStores().reader)
  if (reader === null) return null
  if (reader.trouble !== null) {
    return (
      <Trouble open={open}>
        <span className="light__sentence">
          <Say text={reader.trouble.what} />
        </span>
      </Trouble>
    )
  }
  if (reader.kind === 'virtual') return <Light tone="good">{t('reader-virtual')}</Light>
  return reader.readers.length === 0 ? <Light tone="busy">{t('reader-waiting')}</Light> : <Light tone="good">{reader.name}</Light>
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
      return blocks(panel) ? t('card-blocked') : t('card-ready')
    default:
      return never(panel)
  }
}

const TONES: Readonly<Record<OfReader['state'], Tone>> = { 'no-card': 'idle', reading: 'busy', refused: 'bad', ready: 'good' }

const panelTone = (panel: OfReader): Tone => (blocks(panel) ? 'bad' : TONES[panel.state])

/** Lost, expired, locked: it was read, and nothing is settled with it. */
const blocks = (panel: OfReader): boolean => panel.state === 'ready' && panel.card.warnings.some((warning) => warning.blocks)
