/** A card came back and answered: said on the screen until it is read, whatever is open. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import type { ResolutionView } from '../../electron/contract/settlement-view.ts'
import { Button } from '../components/button.tsx'
import { useGoTo } from '../frame/go-to.ts'
import { inDoubt } from '../i18n/in-doubt.ts'
import { useWords } from '../i18n/use-words.ts'
import { addWords } from '../i18n/words.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { useStores } from '../terminal/terminal-context.tsx'
import { ResolutionText } from './resolution-text.tsx'
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
  // The newest: the others have their buttons.
  const printable = shown.findLast(isPrintable)
  const goTo = useGoTo()
  const openRecord = ({ settlementId: record }: ResolutionView): void => goTo({ screen: 'records', record })
  useHotkey('Shift+F10', t('print-record'), () => printable && openRecord(printable), printable !== undefined)
  // The key of what is in doubt is free when nothing is.
  useHotkey('Shift+F2', t('understood'), understand, isFree)
  return (
    <div className="notices" role="status">
      {shown.map((resolution, index) => (
        <div key={resolution.settlementId} className={`resolution resolution--${resolution.outcome} notices__one`}>
          <ResolutionText resolution={resolution} />
          <span className="pane__space" />
          {isPrintable(resolution) && (
            <Button {...(resolution === printable && { hotkey: 'Shift+F10' })} onClick={() => openRecord(resolution)}>
              {t('print-record')}
            </Button>
          )}
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

/** Settled it has a statement, which is printed where those of all others are. */
const isPrintable = ({ kind, outcome }: ResolutionView): boolean => kind === 'settlement' && outcome === 'posted'
