/** Ends a dialog that only tells something; it has the keyboard, so that Enter ends it too. */

import { useEffect, useRef, type ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Button } from './button.tsx'

export function CloseButton({ close }: { readonly close: () => void }): ReactNode {
  const t = useWords('common')
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  return (
    <div className="dialog__foot">
      <Button ref={button} hotkey="Esc" onClick={close}>
        {t('close')}
      </Button>
    </div>
  )
}
