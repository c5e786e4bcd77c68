/** At the foot of every screen: what the centre has not confirmed, since when, and what waits for a person. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import type { SyncView } from '../../electron/contract/sync-view.ts'
import { useWords } from '../i18n/use-words.ts'
import { useStores } from '../terminal/terminal-context.tsx'

export function SyncStatus({ open }: { readonly open: () => void }): ReactNode {
  const t = useWords('common')
  const view = useStore(useStores().sync)
  if (view === null) return null
  const { link, lostBatches, unconfirmed, parked } = view
  const isOlder = lostBatches !== null
  const words = [
    ...(isOlder ? [t('link-older')] : link === 'up' ? [] : [t(`link-${link}`)]),
    ...((link === 'not-connected' || isOlder) && unconfirmed.count === 0 ? [] : [waiting(t, unconfirmed)]),
    ...(parked.length === 0 ? [] : [t('parked', { n: parked.length })])
  ]
  const tone = parked.length > 0 || isOlder || link === 'refused' ? 'bad' : link === 'up' && unconfirmed.count === 0 ? 'good' : unconfirmed.count === 0 ? 'idle' : 'busy'
  return (
    <button type="button" className={`light light--${tone} light--button`} aria-keyshortcuts="Shift+F3" onClick={open}>
      {words.join(' · ')}
    </button>
  )
}

/** Of the oldest the day and the minute are enough. */
function waiting(t: ReturnType<typeof useWords<'common'>>, { count, since }: SyncView['unconfirmed']): string {
  if (count === 0) return t('unconfirmed-none')
  return since === null ? t('unconfirmed-count', { n: count }) : t('unconfirmed', { n: count, since: since.slice(5, 16) })
}
