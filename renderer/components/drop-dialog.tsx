/** What is put away is lost: asked before it is. Loaded when it is first asked. */

import { lazy, Suspense, type ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'

const AskDialog = lazy(async () => ({ default: (await import('./ask-dialog.tsx')).AskDialog }))

export interface Loss {
  readonly title: string
  readonly text: string
}

interface DropDialogProps {
  readonly loss: Loss
  readonly keep: () => void
  readonly drop: () => void
}

export function DropDialog({ loss, keep, drop }: DropDialogProps): ReactNode {
  const t = useWords('common')
  return (
    <Suspense>
      <AskDialog {...loss} stop={[t('drop-keep'), keep]} goOn={[t('drop-it'), drop]} />
    </Suspense>
  )
}
