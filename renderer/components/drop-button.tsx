/** Puts the bill away. One that nobody else has is asked about first: a key that was hit by mistake would cost all that was typed and scanned. */

import { useState, type ReactNode } from 'react'
import { useHotkey } from '../keys/hotkeys.tsx'
import { Button } from './button.tsx'
import { DropDialog, type Loss } from './drop-dialog.tsx'

const KEY = 'Shift+F6'

interface DropButtonProps {
  readonly label: string
  /** What is lost; null: nothing. */
  readonly loss: Loss | null
  readonly frozen: boolean
  readonly drop: () => void
}

export function DropButton({ label, loss, frozen, drop }: DropButtonProps): ReactNode {
  const [isAsking, setAsking] = useState(false)
  const press = loss === null ? drop : (): void => setAsking(true)
  useHotkey(KEY, label, press, !frozen)
  return (
    <>
      <Button look="quiet" hotkey={KEY} onClick={press}>
        {label}
      </Button>
      {isAsking && loss !== null && <DropDialog loss={loss} keep={() => setAsking(false)} drop={drop} />}
    </>
  )
}
