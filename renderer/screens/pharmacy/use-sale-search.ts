/** What is searched, what was found, and the keys of the field. */

import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { useStore } from 'zustand'
import type { CatalogueHit } from '../../../electron/contract/bill-view.ts'
import { useTerminal } from '../../terminal/terminal-context.tsx'
import { useHits } from '../outpatient/bill/use-hits.ts'
import { useCounter } from '../outpatient/counter-context.tsx'
import { useSale } from './use-sale.ts'

export interface SaleSearchState {
  readonly search: RefObject<HTMLInputElement | null>
  readonly text: string
  readonly hits: readonly CatalogueHit[]
  readonly at: number
  /** Something was searched, the catalogue has answered, and it has nothing. */
  readonly searched: boolean
  /** More than one item carries the barcode that was scanned. */
  readonly isChoosing: boolean
  readonly type: (text: string) => void
  readonly take: (hit: CatalogueHit) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

/** Longer than any search: it is the text of a QR code, or a code that was pasted. */
const SEARCH_MAX = 50

export function useSaleSearch(): SaleSearchState {
  const { store } = useCounter()
  const { sale, actions } = useSale()
  const search = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [at, go] = useState(0)
  const entered = useRef(false)
  const chosen = useChoices()
  const found = useHits(chosen.length > 0 || text.length > SEARCH_MAX ? '' : text)
  const hits = chosen.length > 0 ? chosen : found.hits
  useSeed((seed) => setText(seed))

  const type = (typed: string): void => {
    entered.current = false
    sale.setState({ choosing: [] })
    go(0)
    setText(typed)
  }
  const take = (hit: CatalogueHit): void => {
    type('')
    void actions.add(hit.code)
  }
  /** What the catalogue does not know by name may be a pack's code or a prescription. */
  const enter = (): void => {
    const hit = hits[at]
    const typed = text.trim()
    if (hit !== undefined) return take(hit)
    if (typed === '') return
    type('')
    void actions.scan(typed)
  }
  const enterAnswered = useEffectEvent((): void => {
    if (entered.current) enter()
    entered.current = false
  })
  useEffect(() => {
    if (found.isAnswered) enterAnswered()
  }, [found.isAnswered])

  const onKeyDown = (event: KeyboardEvent): void => {
    // Letters that an input method is still putting together, and its Enter, are not ours.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape' && text === '' && chosen.length === 0) store.setState({ wanted: 'grid' })
    else if (event.key === 'Escape') type('')
    else if (event.key === 'ArrowDown' && hits.length > 0) go(Math.min(hits.length - 1, at + 1))
    // Out of an empty field the arrow leads back among the lines.
    else if (event.key === 'ArrowUp' && hits.length === 0) store.setState({ wanted: 'grid' })
    else if (event.key === 'ArrowUp') go(Math.max(0, at - 1))
    else if (event.key !== 'Enter') return
    else if (chosen.length === 0 && !found.isAnswered && text.length <= SEARCH_MAX) entered.current = text.trim() !== ''
    else enter()
    event.preventDefault()
    event.stopPropagation()
  }
  return { search, text, hits, at, searched: text.trim() !== '' && text.length <= SEARCH_MAX && found.isAnswered, isChoosing: chosen.length > 0, type, take, onKeyDown }
}

/** A letter that was typed among the lines comes here with the keyboard. */
function useSeed(put: (seed: string) => void): void {
  const { sale } = useSale()
  const seed = useStore(sale, (state) => state.seed)
  const take = useEffectEvent(put)
  useEffect(() => {
    if (seed === '') return
    take(seed)
    sale.setState({ seed: '' })
  }, [sale, seed])
}

const NONE: readonly CatalogueHit[] = []

/** The items of a barcode that more than one carries. */
function useChoices(): readonly CatalogueHit[] {
  const terminal = useTerminal()
  const { sale } = useSale()
  const codes = useStore(sale, (state) => state.choosing)
  const [found, setFound] = useState({ codes, hits: NONE })
  useEffect(() => {
    if (codes.length === 0) return undefined
    const asked = { current: true }
    void Promise.all(codes.map((code) => terminal.call('catalogue.search', { text: code, limit: 1 }))).then((answers) => {
      if (asked.current) setFound({ codes, hits: answers.flatMap((answer) => (answer.ok ? answer.value : [])) })
    })
    return () => {
      asked.current = false
    }
  }, [terminal, codes])
  return codes.length > 0 && found.codes === codes ? found.hits : NONE
}
