/** Keep it, or lose it. The focus is on what loses nothing. */

import { useRef, type ReactNode } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface DropDialogProps {
  readonly loss: { readonly title: string; readonly text: string }
  readonly keep: () => void
  readonly drop: () => void
  /** Where something else takes the place of what is dropped. */
  readonly words?: { readonly keep: string; readonly drop: string }
}

export function DropDialog({ loss, keep, drop, words }: DropDialogProps): ReactNode {
  const t = useWords('common')
  const button = useRef<HTMLButtonElement>(null)
  return (
    <Dialog title={loss.title} width="30rem" close={keep} focus={() => button.current?.focus()}>
      <p>{loss.text}</p>
      <div className="dialog__foot">
        <Button ref={button} hotkey="Esc" onClick={keep}>
          {words?.keep ?? t('drop-keep')}
        </Button>
        <DropIt drop={drop} label={words?.drop ?? t('drop-it')} />
      </div>
    </Dialog>
  )
}

/** Within the dialog, so that its key is this one's. */
function DropIt({ drop, label }: Pick<DropDialogProps, 'drop'> & { readonly label: string }): ReactNode {
  useHotkey('F10', label, drop)
  return (
    <Button look="danger" hotkey="F10" onClick={drop}>
      {label}
    </Button>
  )
}
