/** How far the upload is and how long it still takes; what goes up is more than what is confirmed, so it has no number of its own here. */

import type { ReactNode } from 'react'
import type { SyncView } from '../../../electron/contract/sync-view.ts'
import { useWords } from '../../i18n/use-words.ts'

const MINUTE = 60

export function Progress({ progress: { sent, total, secondsLeft } }: { readonly progress: NonNullable<SyncView['progress']> }): ReactNode {
  const t = useWords('sync')
  return (
    <div className="upload">
      <progress className="upload__bar" aria-label={t('progress')} value={sent} max={total} />
      <span className="upload__words">
        <span>{t('progress-sent', { percent: Math.floor((sent * 100) / total) })}</span>
        {secondsLeft !== null && (
          <span>{secondsLeft < 2 * MINUTE ? t('seconds-left', { n: secondsLeft }) : t('minutes-left', { n: Math.ceil(secondsLeft / MINUTE) })}</span>
        )}
      </span>
    </div>
  )
}
