/** A card came back and answered: said on the screen until it is read, whatever is open. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { Button } from '../components/button.tsx'
import { Say } from '../components/say.tsx'
import { inDoubt } from '../i18n/in-doubt.ts'
import { useWords } from '../i18n/use-words.ts'
import { addWords } from '../i18n/words.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { useStores } from '../terminal/terminal-context.tsx'
import { useWaitsForPin } from './use-waits-for-pin.ts'

addWords('in-doubt', inDoubt)

export function ResolvedNotice(): ReactNode {
  const t = useWords('in-doubt')
  const { resolutions, inDoubt: doubts } = useStores()
  const unread = useStore(resolutions)
  // What waits for the PIN is said above this, with the way on.
  const waits = useWaitsForPin()
  const shown = unread.filter(({ outcome }) => !(waits && outcome === 'in-doubt'))
  const nothingOpen = useStore(doubts, (open) => open.length === 0)
  const isFree = shown.length > 0 && nothingOpen
  const understand = (): void => resolutions.setState([], true)
  // The key of what is in doubt is free when nothing is.
  useHotkey('Shift+F2', t('understood'), understand, isFree)
  return (
    <div className="notices" role="status">
      {shown.map(({ kind, settlementId, visitNo, outcome, text }, index) => (
        <div key={settlementId} className={`resolution resolution--${outcome} notices__one`}>
          <div>
            <p className="resolution__what">{t(`${kind === 'load' ? 'load' : 'outcome'}-${outcome}`)}</p>
            <p>
              {visitNo} · <Say text={text} />
            </p>
          </div>
          {index === 0 && (
            <Button {...(isFree && { hotkey: 'Shift+F2' })} onClick={understand}>
              {t('understood')}
            </Button>
          )}
        </div>
      ))}
    </div>
  )
}
