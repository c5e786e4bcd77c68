/** At the foot of every screen: what the centre has not confirmed, since when, and what waits for a person. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useWords } from '../i18n/use-words.ts'
import { useStores } from '../terminal/terminal-context.tsx'

export function SyncStatus({ open }: { readonly open: () => void }): ReactNode {
  const t = useWords('common')
  const view = useStore(useStores().sync)
  if (view === null) return null
  const { link, unconfirmed, parked } = view
  const words = [
    ...(link === 'up' ? [] : [t(`link-${link}`)]),
    unconfirmed.count === 0 ? t('unconfirmed-none') : t('unconfirmed', { n: unconfirmed.count, since: (unconfirmed.since ?? '').slice(5, 16) }),
    ...(parked.length === 0 ? [] : [t('parked', { n: parked.length })])
  ]
  const tone = parked.length > 0 || link === 'refused' ? 'bad' : link === 'up' && unconfirmed.count === 0 ? 'good' : unconfirmed.count === 0 ? 'idle' : 'busy'
  return (
    <button type="button" className={`light light--${tone} light--button`} aria-keyshortcuts="Shift+F3" onClick={open}>
      {words.join(' · ')}
    </button>
  )
}
