/** The link in plain words, what the centre has not confirmed, as the bar below says it, and the two keys that matter: now, and offline. */

import { useState, type ReactNode } from 'react'
import type { LinkState, RestoredView, SyncView } from '../../../electron/contract/sync-view.ts'
import { Button } from '../../components/button.tsx'
import { Live } from '../../components/live.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useAsk } from '../../terminal/use-ask.ts'
import { Progress } from './progress.tsx'

const SIGNS: Readonly<Record<LinkState, string>> = {
  'not-connected': '○',
  up: '✓',
  'network-down': '✕',
  'centre-down': '✕',
  refused: '!',
  paused: '‖'
}

export function LinkPane({ view }: { readonly view: SyncView }): ReactNode {
  const t = useWords('sync')
  const { link, centre, lostBatches, mayConnectAnew } = view
  const isOlder = lostBatches !== null
  const title = t(isOlder ? 'link-older' : mayConnectAnew ? 'link-anew' : `link-${link}`)
  // Of an older ledger the text says it all.
  const reason = isOlder && link === 'refused' ? null : (view.attempt?.reason ?? null)
  return (
    <section className={`centre-link centre-link--${isOlder ? 'refused' : link} pane`} aria-label={t('link')}>
      <div className="centre-link__state">
        <h2>
          <span className="centre-link__sign" aria-hidden="true">
            {SIGNS[isOlder ? 'refused' : link]}
          </span>
          {title}
        </h2>
        <Live>{title}</Live>
        {centre !== null && (
          <p className="centre-link__centre" lang="zxx">
            {centre.name} · {centre.url} · {centre.terminal}
          </p>
        )}
        <p className="centre-link__text">{isOlder ? t('text-older', { n: lostBatches }) : t(mayConnectAnew ? 'text-anew' : `text-${link}`)}</p>
        {isOlder && link === 'paused' && <p className="centre-link__reason">{t('text-older-paused')}</p>}
        {reason !== null && (
          <p className="centre-link__reason" title={view.attempt?.detail}>
            {t('reason')} <Say text={reason} />
          </p>
        )}
      </div>
      {/* What is here is confirmed, and says nothing of what is not. */}
      {!isOlder && <Facts view={view} />}
      {centre !== null && <LinkActions link={link} isOlder={isOlder} />}
      {view.progress !== null && <Progress progress={view.progress} />}
    </section>
  )
}

function Facts({ view: { unconfirmed, centre, lastContact, attempt, mayConnectAnew } }: { readonly view: SyncView }): ReactNode {
  const t = useWords('sync')
  return (
    <dl className="centre-link__facts">
      <div>
        <dt>{t('unconfirmed')}</dt>
        <dd>
          <strong>{unconfirmed.count > 0 ? t('entries', { n: unconfirmed.count }) : centre === null ? t('unconfirmed-nothing') : t('unconfirmed-none')}</strong>
          {unconfirmed.since !== null && <span>{t('since', { time: unconfirmed.since })}</span>}
        </dd>
      </div>
      {centre !== null && (
        <div>
          <dt>{t('contact')}</dt>
          <dd>
            <strong>{lastContact === null ? t('contact-never') : lastContact.slice(11)}</strong>
            {lastContact !== null && <span>{lastContact.slice(0, 10)}</span>}
          </dd>
        </div>
      )}
      {attempt !== null && !mayConnectAnew && (
        <div>
          <dt>{t('tries')}</dt>
          <dd>
            <strong>{t('tries-n', { n: attempt.number })}</strong>
            <span>{attempt.nextAt === null ? t('next-try-none') : `${t('next-try')} ${attempt.nextAt.slice(11)}`}</span>
          </dd>
        </div>
      )}
    </dl>
  )
}

function LinkActions({ link, isOlder }: { readonly link: LinkState; readonly isOlder: boolean }): ReactNode {
  const t = useWords('sync')
  const { busy, refusal, ask } = useAsk()
  const [restored, setRestored] = useState<RestoredView | null>(null)
  const paused = link === 'paused'
  const now = (): void => void ask('sync.now', {})
  const turn = (): void => void ask(paused ? 'sync.resume' : 'sync.pause', {})
  const restore = (): void => void ask('sync.restore', {}).then((view) => setRestored(view ?? null))
  useHotkey('F5', t('now'), now, !paused && !busy)
  useHotkey('F6', paused ? t('resume') : t('pause'), turn, !busy)
  useHotkey('F7', t('restore'), restore, isOlder && !paused && !busy)
  return (
    <>
      <div className="centre-link__actions">
        {isOlder && (
          <Button look={paused ? 'plain' : 'primary'} hotkey="F7" aria-disabled={paused || busy} onClick={paused ? undefined : restore}>
            {t('restore')}
          </Button>
        )}
        <Button look={paused || isOlder ? 'plain' : 'primary'} hotkey="F5" aria-disabled={paused || busy} onClick={paused ? undefined : now}>
          {t('now')}
        </Button>
        <Button look={paused ? 'primary' : 'plain'} hotkey="F6" aria-disabled={busy} onClick={turn}>
          {paused ? t('resume') : t('pause')}
        </Button>
        {refusal !== null && <RefusalNote refusal={refusal} />}
      </div>
      {restored !== null && !isOlder && (
        <p className="centre-link__restored" role="status">
          {isNothing(restored) ? t('restored-nothing') : t('restored', { ...restored })}
        </p>
      )}
    </>
  )
}

const isNothing = ({ settlements, refunds, loads, closes }: RestoredView): boolean => settlements + refunds + loads + closes === 0
