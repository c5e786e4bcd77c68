/** Adding a line by hand: what is searched, what was picked, and the keys of both fields. */

import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import type { CatalogueHit } from '../../../../electron/contract/bill-view.ts'
import { useCounter } from '../counter-context.tsx'
import { useHits } from './use-hits.ts'

export interface AddLineState {
  readonly search: RefObject<HTMLInputElement | null>
  readonly quantity: RefObject<HTMLInputElement | null>
  readonly text: string
  readonly count: string
  readonly hits: readonly CatalogueHit[]
  readonly at: number
  /** Something was searched, the catalogue has answered, and nothing is picked yet. */
  readonly searched: boolean
  readonly type: (text: string) => void
  readonly setCount: (count: string) => void
  readonly take: (hit: CatalogueHit) => void
  readonly onSearchKey: (event: KeyboardEvent) => void
  readonly onQuantityKey: (event: KeyboardEvent) => void
}

export function useAddLine(): AddLineState {
  const { store, grid, actions } = useCounter()
  const search = useRef<HTMLInputElement>(null)
  const quantity = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [count, setCount] = useState('1')
  const [picked, pick] = useState<CatalogueHit | null>(null)
  const [at, go] = useState(0)
  const { hits, isAnswered } = useHits(picked === null ? text : '')
  const entered = useRef(false)

  const type = (typed: string): void => {
    entered.current = false
    pick(null)
    go(0)
    setText(typed)
  }
  const take = (hit: CatalogueHit): void => {
    entered.current = false
    pick(hit)
    setText(hit.name)
    quantity.current?.focus()
    quantity.current?.select()
  }
  const takeAnswered = useEffectEvent((): void => {
    const [best] = hits
    if (entered.current && best !== undefined) take(best)
    entered.current = false
  })
  useEffect(() => {
    if (isAnswered) takeAnswered()
  }, [isAnswered])
  const add = async (): Promise<void> => {
    if (picked === null) return search.current?.focus()
    const sent = await actions.addLine(picked.code, count.trim())
    if (sent.state !== 'done') return quantity.current?.select()
    setCount('1')
    type('')
    const added = sent.change.changed.at(-1)
    if (picked.price !== null || added === undefined) return search.current?.focus()
    // An item without a price of its own is of no use before it has one.
    return grid.setState({ cell: { line: added.line, column: 'price' }, editing: { text: added.price, marked: true } })
  }
  const onSearchKey = (event: KeyboardEvent): void => {
    // Letters that an input method is still putting together, and its Enter, are not ours.
    if (event.nativeEvent.isComposing) return
    const hit = hits[at]
    if (event.key === 'Escape' && text === '') store.setState({ wanted: 'action' })
    else if (event.key === 'Escape') type('')
    else if (event.key === 'ArrowDown') go(Math.min(hits.length - 1, at + 1))
    else if (event.key === 'ArrowUp') go(Math.max(0, at - 1))
    else if (event.key !== 'Enter') return
    // Faster than the catalogue, as a scanner is: what it finds is taken when it is found, and not what stands there of an older text.
    else if (!isAnswered) entered.current = text.trim() !== ''
    else if (hit !== undefined) take(hit)
    event.preventDefault()
    event.stopPropagation()
  }
  const onQuantityKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') search.current?.focus()
    else if (event.key === 'Enter') void add()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return { search, quantity, text, count, setCount, hits, at, searched: text.trim() !== '' && picked === null && isAnswered, type, take, onSearchKey, onQuantityKey }
}
