/**
 * The reader corner: the reader as a picture, and what passes on the wire. With the virtual reader a tray of fixture cards and
 * faults on switches: it asks the host like every screen, so a card can be pulled out of a settlement that runs. With a real
 * one, or when the host is away, every link on the way to the card.
 */

import { useRef, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { CallersPane } from '../../callers/callers-pane.tsx'
import { useFirstFocus } from '../../frame/use-first-focus.ts'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { reader as words } from '../../i18n/reader.ts'
import { useWords } from '../../i18n/use-words.ts'
import { addWords } from '../../i18n/words.ts'
import { useStores, useTerminal } from '../../terminal/terminal-context.tsx'
import { Diagnosis } from './diagnosis.tsx'
import { Faults } from './faults.tsx'
import { ChooseReader, ReaderList } from './reader-list.tsx'
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
  const stores = useStores()
  const reader = useStore(stores.reader)
  const isAway = useStore(stores.host, ({ state }) => state === 'restarting' || state === 'failed')
  const [actions] = useState(() => createReaderActions(terminal))
  const { refusal } = useStore(actions.standing)
  const room = useRef<HTMLDivElement>(null)
  useFirstFocus(() => room.current?.querySelector<HTMLElement>('[data-card][tabindex="0"]') ?? room.current, layout === 'screen' && reader !== null)
  if (reader === null) {
    return (
      <div className="reader-room" role="status">
        {isAway ? <Diagnosis /> : <p className="calm calm__title">{t('waiting')}</p>}
      </div>
    )
  }
  const isVirtual = reader.kind === 'virtual'
  const isTesting = isVirtual && !isAway
  return (
    <div ref={room} className="reader-room" tabIndex={-1}>
      <div className={`reader reader--${layout}`}>
        <div className={isTesting ? 'reader__bench' : 'reader__bench reader__bench--real'}>
          <section className="pane reader__device" aria-label={t('title')}>
            <ReaderSlots reader={reader} actions={actions} layout={layout} />
            {refusal !== null && <RefusalNote refusal={refusal} />}
            {isVirtual && layout === 'screen' && <ChooseReader />}
          </section>
          {!isVirtual && <ReaderList reader={reader} />}
          {!isTesting && <Diagnosis />}
          {layout === 'screen' && <CallersPane />}
          {isTesting && <Tray reader={reader} actions={actions} layout={layout} />}
          {isTesting && <Faults reader={reader} actions={actions} layout={layout} />}
        </div>
        <Trace layout={layout} />
      </div>
    </div>
  )
}
