/**
 * The fixture cards, as little cards. A click or Enter puts one in, or takes it out when it is in already; Delete takes out;
 * dragging does both. One of them is in the tab order, arrows reach the others.
 */

import { useRef, useState, type DragEvent, type KeyboardEvent, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { ReaderView, TrayCard } from '../../../electron/contract/reader-view.ts'
import { usePick, useWords } from '../../i18n/use-words.ts'
import { allowCard, droppedCard, takeAlong } from './card-drag.ts'
import type { ReaderActions } from './reader-actions.ts'
import type { ReaderCornerProps } from './layout.ts'

interface TrayProps extends ReaderCornerProps {
  readonly reader: ReaderView
  readonly actions: ReaderActions
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity }

export function Tray({ reader: { tray }, actions, layout }: TrayProps): ReactNode {
  const t = useWords('reader')
  const { inserting } = useStore(actions.standing)
  const [current, go] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const at = Math.max(0, tray.findIndex(({ id, inserted }) => (current === null ? inserted : id === current)))
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault()
      void actions.remove()
      return
    }
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const target = tray[Math.min(tray.length - 1, Math.max(0, at + step))]
    if (target === undefined) return
    go(target.id)
    list.current?.querySelector<HTMLElement>(`[data-card="${target.id}"]`)?.focus()
  }
  const drop = (event: DragEvent): void => {
    const dropped = droppedCard(event)
    if (tray.some(({ id, inserted }) => inserted && id === dropped)) void actions.remove()
  }
  return (
    <section className="pane tray" aria-label={t('tray')}>
      <header className="pane__head">
        <h2>{t('tray')}</h2>
        <span className="tray__hint" id={`tray-hint-${layout}`}>
          {t('tray-hint')}
        </span>
      </header>
      {tray.length === 0 && <p className="calm__text">{t('tray-empty')}</p>}
      <div
        ref={list}
        className="tray__cards"
        role="toolbar"
        tabIndex={-1}
        aria-label={t('tray')}
        aria-describedby={`tray-hint-${layout}`}
        onKeyDown={onKeyDown}
        onDragOver={allowCard}
        onDrop={drop}
      >
        {tray.map((card, index) => (
          <LittleCard
            key={card.id}
            card={card}
            isInTabOrder={index === at}
            isBusy={card.id === inserting}
            focused={() => go(card.id)}
            press={() => void (card.inserted ? actions.remove() : actions.insert(card.id))}
          />
        ))}
      </div>
    </section>
  )
}

interface LittleCardProps {
  readonly card: TrayCard
  readonly isInTabOrder: boolean
  readonly isBusy: boolean
  readonly focused: () => void
  readonly press: () => void
}

function LittleCard({ card, isInTabOrder, isBusy, focused, press }: LittleCardProps): ReactNode {
  const t = useWords('reader')
  const pick = usePick()
  const { id, title, kind, version, inserted } = card
  return (
    <button
      type="button"
      data-card={id}
      className={`little-card little-card--${kind}`}
      draggable
      tabIndex={isInTabOrder ? 0 : -1}
      aria-pressed={inserted}
      aria-busy={isBusy}
      onFocus={focused}
      onClick={press}
      onDragStart={(event) => takeAlong(event, id)}
    >
      <span className="little-card__chip" aria-hidden="true" />
      <span className="little-card__version">{version === '' ? t(`kind-${kind}`) : <Version version={version} />}</span>
      <span className="little-card__title" title={pick(title)}>
        {pick(title)}
      </span>
      {inserted ? <span className="little-card__state">{t('inserted')}</span> : <span className="little-card__id">{id}</span>}
    </button>
  )
}

function Version({ version }: { readonly version: string }): ReactNode {
  const t = useWords('reader')
  return (
    <>
      <span aria-hidden="true">{version}</span>
      <span className="unseen">{t('version', { version })}</span>
    </>
  )
}
