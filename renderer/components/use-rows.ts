/** Only the rows in sight exist, so that 500 scroll like ten. */

import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useState, type RefObject } from 'react'

export interface RowsAsked {
  readonly box: RefObject<HTMLDivElement | null>
  readonly count: number
  /** The same function while the rows are the same: a new one would have the places of all rows computed again. */
  readonly keyOf: (index: number) => string | number
  /** In rem, as the style sheet has it. */
  readonly rowRem: number
  /** Rows drawn beyond those in sight. */
  readonly overscan: number
}

export interface Rows {
  readonly drawn: Virtualizer<HTMLDivElement, Element>
  /** Rows that a page key goes: what is in sight but for head and one row. */
  readonly page: () => number
}

/** The head of every grid, in rem. */
const HEAD_REM = 2

export function useRows({ box, count, keyOf, rowRem, overscan }: RowsAsked): Rows {
  const [rem] = useState(remOf)
  const drawn = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => rowRem * rem,
    getItemKey: keyOf,
    paddingStart: HEAD_REM * rem,
    scrollPaddingStart: HEAD_REM * rem,
    overscan,
    useFlushSync: false
  })
  return { drawn, page: () => Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / (rowRem * rem)) - 2) }
}

/** Type that a person has made larger makes the rows larger too. */
const remOf = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16
