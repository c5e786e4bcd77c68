/** The charge class, as a letter with its colour beside it: the letter is what counts. */

import type { ReactNode } from 'react'
import type { ChargeClass } from '../../electron/contract/bill-view.ts'
import { useWords } from '../i18n/use-words.ts'

const LETTERS: Readonly<Record<ChargeClass, string>> = { '01': 'A', '02': 'B', '03': 'C', '04': 'C+' }

export function ClassMark({ of }: { readonly of: ChargeClass }): ReactNode {
  const t = useWords('common')
  return (
    <span className={`class class--${of}`} title={t(`class-${of}`)}>
      <span aria-hidden="true">{LETTERS[of]}</span>
      <span className="unseen">{t(`class-${of}`)}</span>
    </span>
  )
}
