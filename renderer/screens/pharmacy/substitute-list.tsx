/** What is of the same substance and better covered: arrows choose, Enter takes it instead. */

import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { SubstituteView } from '../../../electron/contract/sale-view.ts'
import type { Answer } from '../../../electron/contract/terminal.ts'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { SubstituteRow } from '../../components/substitute-row.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useStores, useTerminal } from '../../terminal/terminal-context.tsx'
import { useSale } from './use-sale.ts'

export function SubstituteList({ line }: { readonly line: string }): ReactNode {
  const t = useWords('pharmacy')
  const answer = useSubstitutes(line)
  if (answer === null) return <p role="status">{t('asking')}</p>
  if (!answer.ok) return <RefusalNote refusal={answer.error} />
  if (answer.value.length === 0) return <p role="status">{t('no-substitute')}</p>
  return <Choices line={line} substitutes={answer.value} />
}

function Choices({ line, substitutes }: { readonly line: string; readonly substitutes: readonly SubstituteView[] }): ReactNode {
  const t = useWords('pharmacy')
  const { actions } = useSale()
  const list = useRef<HTMLDivElement>(null)
  const [at, go] = useState(0)
  useEffect(() => list.current?.focus(), [])
  const take = (chosen: SubstituteView | undefined): void => {
    if (chosen !== undefined) void actions.substitute(line, chosen.code)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') go(Math.min(substitutes.length - 1, at + 1))
    else if (event.key === 'ArrowUp') go(Math.max(0, at - 1))
    else if (event.key === 'Enter') take(substitutes[at])
    else if (event.key === 'Escape') actions.select(line)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={list} className="substitutes" role="listbox" tabIndex={0} aria-label={t('substitutes')} aria-activedescendant={`substitute-${String(at)}`} onKeyDown={onKeyDown}>
      {substitutes.map((one, index) => (
        <div key={one.code} id={`substitute-${String(index)}`} role="option" aria-selected={index === at} className="substitutes__row" onClick={() => take(one)}>
          <SubstituteRow of={one} />
        </div>
      ))}
    </div>
  )
}

/** null while the host is asked; asked again when the sale changes. */
function useSubstitutes(line: string): Answer<'sale.substitutes'> | null {
  const terminal = useTerminal()
  const revision = useStore(useStores().bill, ({ head }) => head?.revision)
  const [answer, setAnswer] = useState<Answer<'sale.substitutes'> | null>(null)
  useEffect(() => {
    if (revision === undefined) return undefined
    const asked = { current: true }
    void terminal.call('sale.substitutes', { revision, line }).then((given) => {
      if (asked.current) setAnswer(given)
    })
    return () => {
      asked.current = false
    }
  }, [terminal, revision, line])
  return answer
}
