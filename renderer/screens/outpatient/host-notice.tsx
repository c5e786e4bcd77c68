/** The process that holds the money is away, or does not come: said above everything, for nothing can be settled meanwhile. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useWords } from '../../i18n/use-words.ts'
import { useStores } from '../../terminal/terminal-context.tsx'

export function HostNotice(): ReactNode {
  const t = useWords('outpatient')
  const host = useStore(useStores().host)
  if (host.state === 'ready' || host.state === 'starting') return null
  return (
    <div className={`notice notice--${host.state}`} role="alert">
      <p className="notice__what">{t(`host-${host.state}`)}</p>
      <p>{t(`host-${host.state}-hint`)}</p>
      <p className="notice__reason">{host.reason}</p>
    </div>
  )
}
