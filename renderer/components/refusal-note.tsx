/** Why something was not done, always in the same three answers: what is wrong, who can mend it, what can be done today. */

import type { ReactNode } from 'react'
import type { RefusalView } from '../../electron/contract/refusal-view.ts'
import { useWords } from '../i18n/use-words.ts'
import { Say } from './say.tsx'

interface RefusalNoteProps {
  readonly refusal: RefusalView
  /** error: something was refused; warning: it can go on; quiet: part of a larger panel that is announced itself. */
  readonly tone?: 'error' | 'warning' | 'quiet'
  readonly children?: ReactNode
}

export function RefusalNote({ refusal, tone = 'error', children }: RefusalNoteProps): ReactNode {
  const t = useWords('common')
  return (
    <div className={`refusal refusal--${tone}`} role={tone === 'error' ? 'alert' : undefined} data-refusal={refusal.kind}>
      <p className="refusal__what" title={refusal.detail}>
        <Say text={refusal.what} />
      </p>
      {(refusal.mend !== null || refusal.today !== null) && (
        <dl className="refusal__answers">
          {refusal.mend !== null && (
            <div>
              <dt>{t('mend')}</dt>
              <dd>
                <Say text={refusal.mend} />
              </dd>
            </div>
          )}
          {refusal.today !== null && (
            <div>
              <dt>{t('today')}</dt>
              <dd>
                <Say text={refusal.today} />
              </dd>
            </div>
          )}
        </dl>
      )}
      {children}
    </div>
  )
}
