/** The process that holds the money is away, or does not come: said above everything, for nothing can be settled meanwhile. And what it lost. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useWords } from '../../i18n/use-words.ts'
import { useStores } from '../../terminal/terminal-context.tsx'
import { useCounter } from './counter-context.tsx'

export function HostNotice(): ReactNode {
  const t = useWords('outpatient')
  const host = useStore(useStores().host)
  const isLost = useStore(useCounter().store, ({ billLost }) => billLost)
  if (host.state === 'ready' && isLost) return <BillLost />
  if (host.state === 'ready' || host.state === 'starting') return null
  return (
    <div className={`notice notice--${host.state}`} role="alert">
      <p className="notice__what">{t(`host-${host.state}`)}</p>
      <p>{t(`host-${host.state}-hint`)}</p>
      <p className="notice__reason">{host.reason}</p>
    </div>
  )
}

function BillLost(): ReactNode {
  const t = useWords('outpatient')
  return (
    <div className="notice" role="alert">
      <p className="notice__what">{t('bill-lost')}</p>
      <p>{t('bill-lost-hint')}</p>
    </div>
  )
}
