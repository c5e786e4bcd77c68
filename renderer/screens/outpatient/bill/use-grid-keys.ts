/** The keyboard among lines, of a visit or of a sale: where it is, where it begins, and how a line goes. */

import type { KeyboardEvent } from 'react'
import { useStores } from '../../../terminal/terminal-context.tsx'
import { useCounter } from '../counter-context.tsx'
import type { Where } from './grid-keys.ts'

export interface GridKeys {
  /** `page`: rows of one page. */
  readonly onKeyDown: (event: KeyboardEvent, page: number) => void
  readonly onFocus: () => void
}

interface GridKeysAsked<Act> {
  /** Line on which the keyboard begins. */
  readonly start: (order: readonly string[]) => string | undefined
  /** undefined: the key means nothing here. */
  readonly actOf: (key: string, where: Where) => Act | undefined
  readonly act: (act: Act, where: Where) => void
}

export function useGridKeys<Act>({ start, actOf, act }: GridKeysAsked<Act>): GridKeys {
  const { bill } = useStores()
  const { grid } = useCounter()

  const where = (page: number): Where | undefined => {
    const { order, lines } = bill.getState()
    const { cell } = grid.getState()
    const line = cell === null ? undefined : lines.get(cell.line)
    return cell === null || line === undefined ? undefined : { order, cell, line, page }
  }

  return {
    onKeyDown: (event, page) => {
      if (grid.getState().editing !== null || event.ctrlKey || event.altKey || event.metaKey) return
      const here = where(page)
      const done = here === undefined ? undefined : actOf(event.key, here)
      if (here === undefined || done === undefined) return
      event.preventDefault()
      act(done, here)
    },
    onFocus: () => {
      const { order, lines } = bill.getState()
      const line = start(order)
      const { cell } = grid.getState()
      if (line !== undefined && (cell === null || !lines.has(cell.line))) grid.setState({ cell: { line, column: 'quantity' } })
    }
  }
}

/** Delete marks the line, and pressed once more takes it out; `emptied` is called when it was the last one. */
export function useRemoveTwice(emptied: () => void = () => {}): (line: string) => void {
  const { bill } = useStores()
  const { grid, actions } = useCounter()
  return (line) => {
    if (grid.getState().leaving !== line) return grid.setState({ leaving: line })
    const { order } = bill.getState()
    const at = order.indexOf(line)
    const next = order[at + 1] ?? order[at - 1]
    grid.setState({ leaving: null, cell: next === undefined ? null : { line: next, column: 'quantity' } })
    if (next === undefined) emptied()
    return void actions.removeLine(line)
  }
}
