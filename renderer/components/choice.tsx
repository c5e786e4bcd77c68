/** One of a few, side by side: radio buttons, so that arrows choose and the group is one stop of the tab key. */

import type { ReactNode } from 'react'
import { KeyCap } from './button.tsx'
import './choice.css'

interface ChoiceProps<Value extends string> {
  readonly legend: string
  /** Told apart from other groups on the page. */
  readonly name: string
  readonly values: readonly Value[]
  /** null: nobody has chosen yet, and a form waits until somebody does. */
  readonly chosen: Value | null
  readonly word: (value: Value) => string
  readonly choose: (value: Value) => void
  /** Key that goes on to the next one, where somebody binds it. */
  readonly hotkey?: string
}

export function Choice<Value extends string>({ legend, name, values, chosen, word, choose, hotkey }: ChoiceProps<Value>): ReactNode {
  return (
    <fieldset className="choice" aria-keyshortcuts={hotkey}>
      <legend className="unseen">{legend}</legend>
      {values.map((value) => (
        <label key={value} className="choice__one">
          <input type="radio" name={name} required checked={value === chosen} onChange={() => choose(value)} />
          <span>{word(value)}</span>
        </label>
      ))}
      {hotkey !== undefined && <KeyCap>{hotkey}</KeyCap>}
    </fieldset>
  )
}
