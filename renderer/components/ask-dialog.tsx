/** Stop here, or go on at somebody's cost. The focus is on what costs nothing. */

import { useRef, type ReactNode } from 'react'
import { useHotkey } from '../keys/hotkeys.tsx'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'

interface AskDialogProps {
  readonly title: string
  readonly text: string
  /** Words and deeds of the two ways out. */
  readonly stop: readonly [label: string, run: () => void]
  readonly goOn: readonly [label: string, run: () => void]
}

export function AskDialog({ title, text, stop: [label, stop], goOn }: AskDialogProps): ReactNode {
  const button = useRef<HTMLButtonElement>(null)
  return (
    <Dialog title={title} width="30rem" close={stop} focus={() => button.current?.focus()}>
      <p>{text}</p>
      <div className="dialog__foot">
        <Button ref={button} hotkey="Esc" onClick={stop}>
          {label}
        </Button>
        <GoOn way={goOn} />
      </div>
    </Dialog>
  )
}

/** Within the dialog, so that its key is this one's. */
function GoOn({ way: [label, run] }: { readonly way: AskDialogProps['goOn'] }): ReactNode {
  useHotkey('F10', label, run)
  return (
    <Button look="danger" hotkey="F10" onClick={run}>
      {label}
    </Button>
  )
}
