/**
 * The reader corner: the virtual reader as a picture, a tray of fixture cards, faults on switches, and what passes on the
 * wire. It asks the host like every screen, so a card can be pulled out of a settlement that runs.
 */

import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { reader as words } from '../../i18n/reader.ts'
import { useWords } from '../../i18n/use-words.ts'
import { addWords } from '../../i18n/words.ts'
import { useStores, useTerminal } from '../../terminal/terminal-context.tsx'
import { Faults } from './faults.tsx'
import { createReaderActions } from './reader-actions.ts'
import { ReaderSlots } from './reader-slots.tsx'
import type { ReaderCornerProps } from './layout.ts'
import { Trace } from './trace.tsx'
import { Tray } from './tray.tsx'
import './reader.css'

addWords('reader', words)

export function ReaderCorner({ layout }: ReaderCornerProps): ReactNode {
  const t = useWords('reader')
  const terminal = useTerminal()
  const reader = useStore(useStores().reader)
  const [actions] = useState(() => createReaderActions(terminal))
  const { refusal } = useStore(actions.standing)
  if (reader === null) {
    return (
      <div className="reader-room" role="status">
        <p className="calm calm__title">{t('waiting')}</p>
      </div>
    )
  }
  const isVirtual = reader.kind === 'virtual'
  return (
    <div className="reader-room">
      <div className={`reader reader--${layout}`}>
        <div className="reader__bench">
          <section className="pane reader__device" aria-label={t('title')}>
            <ReaderSlots reader={reader} actions={actions} layout={layout} />
            {refusal !== null && <RefusalNote refusal={refusal} />}
            {!isVirtual && <p className="calm__text">{t('real-reader')}</p>}
          </section>
          {isVirtual && <Tray reader={reader} actions={actions} layout={layout} />}
          {isVirtual && <Faults reader={reader} actions={actions} layout={layout} />}
        </div>
        <Trace layout={layout} />
      </div>
    </div>
  )
}
