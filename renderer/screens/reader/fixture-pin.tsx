/**
 * The PIN of a fixture card, asked for when the button goes down and gone when it comes up: it is in no store, and in the
 * page only while somebody holds on to it.
 */

import type { ReactNode } from 'react'
import { useHeld } from '../../components/use-held.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useTerminal } from '../../terminal/terminal-context.tsx'

export function FixturePin({ card }: { readonly card: string }): ReactNode {
  const t = useWords('reader')
  const terminal = useTerminal()
  const { shown, handlers } = useHeld(async () => {
    const answer = await terminal.call('reader.fixture-pin', { card })
    return answer.ok ? answer.value.pin : t('pin-none')
  })
  return (
    <button
      type="button"
      className="button fixture-pin"
      aria-pressed={shown !== null}
      aria-label={shown === null ? t('pin-hold') : `${t('pin')} ${shown}`}
      {...handlers}
    >
      <span>{t('pin')}</span>
      <span className="fixture-pin__digits">{shown ?? '••••••'}</span>
    </button>
  )
}
