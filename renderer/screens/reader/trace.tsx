/** What passes between terminal, card and PSAM, live: the list, what can be done with it, and the chosen command in full. */

import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { Button } from '../../components/button.tsx'
import { usePick, useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useStores, useTerminal } from '../../terminal/terminal-context.tsx'
import { copyText } from './copy-text.ts'
import type { ReaderCornerProps } from './layout.ts'
import { TraceDetail } from './trace-detail.tsx'
import { TraceList } from './trace-list.tsx'
import { traceText } from './trace-text.ts'

export function Trace({ layout }: ReaderCornerProps): ReactNode {
  const t = useWords('reader')
  const lines = useStore(useStores().trace)
  const [isFollowing, setFollowing] = useState(true)
  const [chosen, choose] = useState<number | null>(null)
  const line = lines.find(({ number }) => number === chosen) ?? null
  return (
    <section className="pane trace" aria-label={t('trace')}>
      <header className="pane__head trace__head">
        <h2>{t('trace')}</h2>
        <span className="trace__count">{t('trace-count', { n: lines.length })}</span>
        <span className="pane__space" />
        <TraceActs layout={layout} isFollowing={isFollowing} setFollowing={setFollowing} />
      </header>
      {lines.length === 0 ? (
        <div className="calm" role="status">
          <p className="calm__title">{t('trace-empty')}</p>
          <p className="calm__text">{t('trace-empty-hint')}</p>
        </div>
      ) : (
        <>
          <TraceList layout={layout} lines={lines} chosen={chosen} choose={choose} isFollowing={isFollowing} setFollowing={setFollowing} />
          <TraceDetail line={line} />
        </>
      )}
    </section>
  )
}

interface TraceActsProps extends ReaderCornerProps {
  readonly isFollowing: boolean
  readonly setFollowing: (on: boolean) => void
}

function TraceActs({ layout, isFollowing, setFollowing }: TraceActsProps): ReactNode {
  const t = useWords('reader')
  const pick = usePick()
  const terminal = useTerminal()
  const { trace } = useStores()
  const [said, say] = useState('')
  const bound = layout === 'screen'
  const copy = async (): Promise<void> => {
    const lines = trace.getState()
    say((await copyText(traceText(lines, pick))) ? t('copied', { n: lines.length }) : t('copy-failed'))
  }
  const clear = async (): Promise<void> => {
    const cleared = await terminal.call('trace.clear', {})
    if (cleared.ok) trace.setState([], true)
    say('')
  }
  useHotkey('F6', t('follow'), () => setFollowing(!isFollowing), bound)
  useHotkey('F7', t('clear'), () => void clear(), bound)
  useHotkey('F8', t('copy'), () => void copy(), bound)
  const keyed = (key: string): { readonly hotkey?: string } => (bound ? { hotkey: key } : {})
  return (
    <div className="trace__acts">
      <span className="trace__said" role="status">
        {said}
      </span>
      <Button look="quiet" className="trace__follow" {...keyed('F6')} aria-pressed={isFollowing} onClick={() => setFollowing(!isFollowing)}>
        {t('follow')}
      </Button>
      <Button look="quiet" {...keyed('F7')} onClick={() => void clear()}>
        {t('clear')}
      </Button>
      <Button look="quiet" {...keyed('F8')} onClick={() => void copy()}>
        {t('copy')}
      </Button>
    </div>
  )
}
