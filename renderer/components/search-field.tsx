/** The field for a drug or an item, with F7 on it. What is found stands in a list of its own, which it names. */

import type { KeyboardEvent, ReactNode, RefObject } from 'react'
import type { CatalogueHit } from '../../electron/contract/bill-view.ts'
import { KeyCap } from './button.tsx'

interface SearchFieldProps {
  readonly box: RefObject<HTMLInputElement | null>
  readonly label: string
  readonly hint: string
  /** Id of the list; each of its options has the id `list-code`. */
  readonly list: string
  readonly hits: readonly CatalogueHit[]
  /** Index of the hit that Enter takes. */
  readonly at: number
  readonly text: string
  readonly type: (text: string) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly maxLength?: number
}

export function SearchField({ box, label, hint, list, hits, at, text, type, onKeyDown, maxLength }: SearchFieldProps): ReactNode {
  const chosen = hits[at]
  return (
    <label className="add__search">
      <span className="unseen">{label}</span>
      <input
        ref={box}
        className="field"
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={chosen === undefined ? undefined : `${list}-${chosen.code}`}
        placeholder={hint}
        autoComplete="off"
        spellCheck={false}
        maxLength={maxLength}
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <KeyCap>F7</KeyCap>
    </label>
  )
}
