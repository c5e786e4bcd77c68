/** One try is left, and the person is asked whether it is really to be used. */

import type { ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'

export function LastTry(): ReactNode {
  const t = useWords('pin')
  return (
    <div className="refusal refusal--warning" role="alert">
      <p className="refusal__what">{t('sure')}</p>
      <p className="pin__after">{t('sure-hint')}</p>
    </div>
  )
}
