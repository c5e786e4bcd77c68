/** What the catalogue has for what is typed, asked with every letter; the last question is the one that counts. */

import { useEffect, useState } from 'react'
import type { CatalogueHit } from '../../../../electron/contract/bill-view.ts'
import { useTerminal } from '../../../terminal/terminal-context.tsx'

const HITS_SHOWN = 8

export interface Hits {
  readonly hits: readonly CatalogueHit[]
  /** They are of this text; else of what was typed a letter before, shown until the answer is there. */
  readonly isAnswered: boolean
}

const NONE: readonly CatalogueHit[] = []

export function useHits(text: string): Hits {
  const terminal = useTerminal()
  const [found, setFound] = useState({ text: '', hits: NONE })
  const wanted = text.trim()
  useEffect(() => {
    if (wanted === '') return undefined
    const asked = { current: true }
    void terminal.call('catalogue.search', { text: wanted, limit: HITS_SHOWN }).then((answer) => {
      if (asked.current) setFound({ text: wanted, hits: answer.ok ? answer.value : NONE })
    })
    return () => {
      asked.current = false
    }
  }, [terminal, wanted])
  const isOneSearch = wanted !== '' && (wanted.startsWith(found.text) || found.text.startsWith(wanted))
  return { hits: isOneSearch ? found.hits : NONE, isAnswered: found.text === wanted }
}
