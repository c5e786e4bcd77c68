/** Something that is on or off, with its word beside it. `tone`: what "on" means to whoever sees it. */

import type { ReactNode } from 'react'
import './switch.css'

interface SwitchProps {
  readonly on: boolean
  readonly tone: 'good' | 'warn'
  readonly turn: () => void
  readonly word: string
  /** Nothing happens at a press while something is under way. */
  readonly busy?: boolean
  readonly describedBy?: string
}

export function Switch({ on, tone, turn, word, busy = false, describedBy }: SwitchProps): ReactNode {
  return (
    <button
      type="button"
      role="switch"
      className={`switch switch--${tone}`}
      aria-checked={on}
      aria-disabled={busy || undefined}
      aria-describedby={describedBy}
      onClick={turn}
    >
      <span className="switch__track" aria-hidden="true" />
      {word}
    </button>
  )
}
