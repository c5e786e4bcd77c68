/** The reader and its two slots: what is in them, how the card stands, and the way out for it. */

import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { never } from '../../../base/invariant.ts'
import type { CardPanel } from '../../../electron/contract/card-view.ts'
import type { ReaderView, SlotView, TrayCard } from '../../../electron/contract/reader-view.ts'
import { Button } from '../../components/button.tsx'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useStores } from '../../terminal/terminal-context.tsx'
import { allowCard, droppedCard } from './card-drag.ts'
import { FixturePin } from './fixture-pin.tsx'
import type { ReaderActions } from './reader-actions.ts'
import type { ReaderCornerProps } from './layout.ts'
import { ReaderDrawing, type Led } from './reader-drawing.tsx'
import { inPairs } from './trace-text.ts'

interface ReaderSlotsProps extends ReaderCornerProps {
  readonly reader: ReaderView
  readonly actions: ReaderActions
}

export function ReaderSlots({ reader, actions, layout }: ReaderSlotsProps): ReactNode {
  const t = useWords('reader')
  const panel = useStore(useStores().panel)
  const { inserting } = useStore(actions.standing)
  const [isOver, setOver] = useState(false)
  const card = reader.tray.find(({ inserted }) => inserted) ?? null
  const slot = reader.slots.find((one) => one.slot === 'card')
  const psam = reader.slots.find((one) => one.slot === 'psam')
  const holds = slot?.holds ?? null
  const isVirtual = reader.kind === 'virtual'
  const led = ledOf(panel, inserting !== null)
  return (
    <div
      className={isOver ? 'slots slots--over' : 'slots'}
      onDragOver={(event) => setOver(isVirtual && allowCard(event))}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        const dropped = droppedCard(event)
        if (dropped !== null) void actions.insert(dropped)
      }}
    >
      <ReaderDrawing led={led} card={holds === null ? null : (card?.kind ?? 'social-security')} hasPsam={(psam?.holds ?? null) !== null} />
      <div className="slots__words">
        <h2 className="slots__name">{isVirtual ? t('virtual') : reader.name}</h2>
        <p className={`slots__led slots__led--${led}`} role="status">
          {t(`led-${led}`)}
        </p>
        <dl className="slots__holds">
          {slot !== undefined && <CardSlotWords slot={slot} card={card} />}
          {psam !== undefined && (
            <div>
              <dt>
                <Say text={psam.title} />
              </dt>
              <dd>{psam.holds ?? t('slot-empty')}</dd>
            </div>
          )}
        </dl>
        {holds === null && reader.trouble === null && <p className="slots__hint">{isVirtual ? t('drop-here') : t('real-reader')}</p>}
      </div>
      {reader.answerToReset !== null && (
        <p className="slots__atr">
          <span>{t('answer-to-reset')}</span> <code>{inPairs(reader.answerToReset.bytes)}</code> <Say text={reader.answerToReset.words} />
        </p>
      )}
      {isVirtual && <SlotActs card={card} actions={actions} layout={layout} />}
      <Settling />
    </div>
  )
}

interface SlotActsProps extends ReaderCornerProps {
  readonly card: TrayCard | null
  readonly actions: ReaderActions
}

function SlotActs({ card, actions, layout }: SlotActsProps): ReactNode {
  const t = useWords('reader')
  const bound = layout === 'screen'
  const remove = (): void => (card === null ? undefined : void actions.remove())
  useHotkey('Delete', t('remove'), remove, bound && card !== null)
  return (
    <div className="slots__acts">
      <Button {...(bound && { hotkey: 'Delete' })} aria-disabled={card === null} onClick={remove}>
        {t('remove')}
      </Button>
      {card?.kind === 'social-security' && <FixturePin key={card.id} card={card.id} />}
    </div>
  )
}

function CardSlotWords({ slot, card }: { readonly slot: SlotView; readonly card: TrayCard | null }): ReactNode {
  const t = useWords('reader')
  return (
    <div>
      <dt>
        <Say text={slot.title} />
      </dt>
      <dd>{slot.holds === null ? t('slot-empty') : card === null ? slot.holds : <Say text={card.title} />}</dd>
    </div>
  )
}

/** Says that money is moving while it does: that is when a card is worth pulling. */
function Settling(): ReactNode {
  const t = useWords('reader')
  const step = useStore(useStores().progress)
  if (step === null || step === 'done') return null
  return (
    <p className="slots__settling" role="status">
      <strong>{t(`settling-${step}`)}</strong> {t('settling-hint')}
    </p>
  )
}

function ledOf(panel: CardPanel | null, isInserting: boolean): Led {
  if (isInserting) return 'reading'
  if (panel === null) return 'off'
  switch (panel.state) {
    case 'no-reader':
      return 'none'
    case 'no-card':
      return 'off'
    case 'reading':
    case 'refused':
      return panel.state
    case 'ready':
      return panel.card.warnings.some(({ blocks }) => blocks) ? 'blocked' : 'ready'
    default:
      return never(panel)
  }
}
