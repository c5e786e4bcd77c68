/**
 * The PIN of a fixture card, asked for when the button goes down and gone when it comes up: it is in no store, and in the
 * page only while somebody holds on to it.
 */

import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useWords } from '../../i18n/use-words.ts'
import { useTerminal } from '../../terminal/terminal-context.tsx'

export function FixturePin({ card }: { readonly card: string }): ReactNode {
  const t = useWords('reader')
  const terminal = useTerminal()
  const [shown, show] = useState<string | null>(null)
  const held = useRef(false)
  useEffect(() => {
    const letGo = (): void => {
      held.current = false
      show(null)
    }
    window.addEventListener('blur', letGo)
    window.addEventListener('pointerup', letGo)
    return () => {
      window.removeEventListener('blur', letGo)
      window.removeEventListener('pointerup', letGo)
    }
  }, [])
  const letGo = (): void => {
    held.current = false
    show(null)
  }
  const hold = async (): Promise<void> => {
    if (held.current) return
    held.current = true
    const answer = await terminal.call('reader.fixture-pin', { card })
    if (held.current) show(answer.ok ? answer.value.pin : t('pin-none'))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    void hold()
  }
  return (
    <button
      type="button"
      className="button fixture-pin"
      aria-pressed={shown !== null}
      aria-label={shown === null ? t('pin-hold') : `${t('pin')} ${shown}`}
      onPointerDown={() => void hold()}
      onPointerLeave={letGo}
      onKeyDown={onKeyDown}
      onKeyUp={letGo}
      onBlur={letGo}
      onContextMenu={(event) => event.preventDefault()}
    >
      <span>{t('pin')}</span>
      <span className="fixture-pin__digits">{shown ?? '••••••'}</span>
    </button>
  )
}
