/**
 * The card in the reader can say what became of what is in doubt, once its holder types the PIN: said above everything, with
 * the key that does it. No dialog by itself: whoever scans or types at that moment would answer it.
 */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { Amount } from '../components/amount.tsx'
import { Button } from '../components/button.tsx'
import { inDoubt as words } from '../i18n/in-doubt.ts'
import { useWords } from '../i18n/use-words.ts'
import { addWords } from '../i18n/words.ts'
import { useStores } from '../terminal/terminal-context.tsx'
import { useWaitsForPin } from './use-waits-for-pin.ts'

addWords('in-doubt', words)

interface WaitingNoteProps {
  readonly enterPin: () => void
  /** Of the button on this screen that does the same now. */
  readonly hotkey?: string | undefined
}

export function WaitingNote({ enterPin, hotkey }: WaitingNoteProps): ReactNode {
  const t = useWords('in-doubt')
  const waits = useWaitsForPin()
  const open = useStore(useStores().inDoubt)
  if (!waits) return null
  return (
    <div className="resolution resolution--in-doubt notices__one" role="status">
      <div>
        <p className="resolution__what">{t('waits')}</p>
        {open
          .filter(({ needsPin }) => needsPin)
          .map(({ kind, settlementId, visitNo, account }) => (
            <p key={settlementId}>
              {visitNo === '' ? settlementId : visitNo} · {t(kind === 'load' ? 'maybe-loaded' : 'maybe-charged')} <Amount of={account} mark />
            </p>
          ))}
      </div>
      <Button look="primary" {...(hotkey !== undefined && { hotkey })} onClick={enterPin}>
        {t('enter-pin')}
      </Button>
    </div>
  )
}
