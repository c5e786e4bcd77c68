/** How far the upload is, how fast it goes and how long it still takes. */

import type { ReactNode } from 'react'
import type { SyncView } from '../../../electron/contract/sync-view.ts'
import { useWords } from '../../i18n/use-words.ts'

const MINUTE = 60

export function Progress({ progress: { sent, total, perSecond, secondsLeft } }: { readonly progress: NonNullable<SyncView['progress']> }): ReactNode {
  const t = useWords('sync')
  return (
    <div className="upload">
      <progress className="upload__bar" aria-label={t('progress')} value={sent} max={total} />
      <span className="upload__words">
        <span>{t('progress-sent', { sent, total })}</span>
        {perSecond !== null && <span>{t('per-second', { n: perSecond })}</span>}
        {secondsLeft !== null && (
          <span>{secondsLeft < 2 * MINUTE ? t('seconds-left', { n: secondsLeft }) : t('minutes-left', { n: Math.ceil(secondsLeft / MINUTE) })}</span>
        )}
      </span>
    </div>
  )
}
