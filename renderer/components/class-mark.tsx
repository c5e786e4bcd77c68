/** The charge class, as a sign with its colour beside it: the sign is what counts. */

import type { ReactNode } from 'react'
import type { ChargeClass } from '../../electron/contract/bill-view.ts'
import { useWords } from '../i18n/use-words.ts'

export function ClassMark({ of }: { readonly of: ChargeClass }): ReactNode {
  const t = useWords('common')
  return (
    <span className={`class class--${of}`} title={t(`class-${of}`)}>
      <span aria-hidden="true">{t(`mark-${of}`)}</span>
      <span className="unseen">{t(`class-${of}`)}</span>
    </span>
  )
}
