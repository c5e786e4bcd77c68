/** A sentence that is asked for: a reason, a note. Enter goes on to the button and does not press it. */

import type { ReactNode, RefObject } from 'react'

export const NOTE_MAX = 200

interface NoteFieldProps {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly text: string
  readonly change: (text: string) => void
  readonly done: () => void
  readonly box: RefObject<HTMLInputElement | null>
  readonly required?: boolean
}

export function NoteField({ id, label, hint, text, change, done, box, required = true }: NoteFieldProps): ReactNode {
  return (
    <div className="note">
      <label htmlFor={id}>{label}</label>
      <input
        ref={box}
        id={id}
        className="field"
        value={text}
        maxLength={NOTE_MAX}
        required={required}
        autoComplete="off"
        aria-describedby={`${id}-hint`}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          done()
        }}
      />
      <span className="note__hint" id={`${id}-hint`}>
        {hint} · {text.length}/{NOTE_MAX}
      </span>
    </div>
  )
}
