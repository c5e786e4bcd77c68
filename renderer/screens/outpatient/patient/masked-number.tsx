/** A number that is stars until it is held: the whole of it is fetched for as long as a finger or a key is down, and no longer. */

import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { RevealItem } from '../../../../electron/contract/card-view.ts'
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
  const [shown, show] = useState<string | null>(null)
  const held = useRef(false)
  useEffect(() => {
    const release = (): void => {
      held.current = false
      show(null)
    }
    window.addEventListener('blur', release)
    window.addEventListener('pointerup', release)
    return () => {
      window.removeEventListener('blur', release)
      window.removeEventListener('pointerup', release)
    }
  }, [])
  if (masked === null) return '\u2014'

  const hold = async (): Promise<void> => {
    if (held.current) return
    held.current = true
    const answer = await terminal.call('card.reveal', { presence, item })
    if (held.current && answer.ok) show(answer.value.value)
  }
  const letGo = (): void => {
    held.current = false
    show(null)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    event.stopPropagation()
    void hold()
  }
  return (
    <button
      type="button"
      className="masked"
      aria-pressed={shown !== null}
      title={t('hold-to-see')}
      onPointerDown={() => void hold()}
      onPointerLeave={letGo}
      onKeyDown={onKeyDown}
      onKeyUp={letGo}
      onBlur={letGo}
      onContextMenu={(event) => event.preventDefault()}
    >
      {shown ?? masked}
    </button>
  )
}
