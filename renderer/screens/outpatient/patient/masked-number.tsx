/** A number that is stars until it is held: the whole of it is fetched for as long as a finger or a key is down, and no longer. */

import type { ReactNode } from 'react'
import type { RevealItem } from '../../../../electron/contract/card-view.ts'
import { useHeld } from '../../../components/use-held.ts'
import { useWords } from '../../../i18n/use-words.ts'
import { useTerminal } from '../../../terminal/terminal-context.tsx'

interface MaskedNumberProps {
  readonly presence: number
  readonly item: RevealItem
  /** null: the card has none. */
  readonly masked: string | null
}

export function MaskedNumber({ presence, item, masked }: MaskedNumberProps): ReactNode {
  const t = useWords('outpatient')
  const terminal = useTerminal()
  const { shown, handlers } = useHeld(async () => {
    const answer = await terminal.call('card.reveal', { presence, item })
    return answer.ok ? answer.value.value : null
  })
  if (masked === null) return '\u2014'
  return (
    <button type="button" className="masked" aria-pressed={shown !== null} title={t('hold-to-see')} {...handlers}>
      {shown ?? masked}
    </button>
  )
}
