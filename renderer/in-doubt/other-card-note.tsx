/**
 * Something is in doubt, and the card that lies there is not the one that can tell: whose card is waited for. Whoever has read it of
 * these doubts reads it once, for everybody else in the line has a card of his own.
 */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { Button } from '../components/button.tsx'
import { inDoubt as words } from '../i18n/in-doubt.ts'
import { useWords } from '../i18n/use-words.ts'
import { addWords } from '../i18n/words.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { useStores } from '../terminal/terminal-context.tsx'

addWords('in-doubt', words)

interface OtherCardNoteProps {
  /** Numbers of the doubts of which it was read. */
  readonly read: readonly string[]
  readonly understand: (read: readonly string[]) => void
}

export function OtherCardNote({ read, understand }: OtherCardNoteProps): ReactNode {
  const t = useWords('in-doubt')
  const { panel, inDoubt } = useStores()
  const open = useStore(inDoubt)
  const isOther = useStore(panel, (shown) => shown?.state === 'ready' && !shown.card.warnings.some(({ kind }) => kind === 'in-doubt'))
  const [first] = open
  const isShown = isOther && open.some(({ settlementId }) => !read.includes(settlementId))
  const close = (): void => understand(open.map(({ settlementId }) => settlementId))
  useHotkey('Shift+F11', t('understood'), close, isShown)
  if (!isShown || first === undefined) return null
  const of = first.name === '' ? first.maskedCard : first.name
  return (
    <div className="resolution resolution--in-doubt notices__one" role="status">
      <p>{t(open.length === 1 ? 'other-card' : 'other-cards', { of, visit: first.visitNo === '' ? first.settlementId : first.visitNo, n: open.length })}</p>
      <Button hotkey="Shift+F11" onClick={close}>
        {t('understood')}
      </Button>
    </div>
  )
}
