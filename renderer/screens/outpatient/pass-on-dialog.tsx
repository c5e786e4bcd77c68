/** A bill that was made by hand, and another person's card: nobody pays for the one before without a word. */

import type { ReactNode } from 'react'
import { AskDialog } from '../../components/ask-dialog.tsx'
import { useWords } from '../../i18n/use-words.ts'

interface PassOnDialogProps {
  readonly madeFor: string
  readonly holder: string
  readonly close: () => void
  readonly passOn: () => void
}

export function PassOnDialog({ madeFor, holder, close, passOn }: PassOnDialogProps): ReactNode {
  const t = useWords('outpatient')
  return <AskDialog title={t('pass-on-title', { madeFor })} text={t('pass-on-text', { holder })} stop={[t('pass-on-not'), close]} goOn={[t('pass-on-it', { holder }), passOn]} />
}
