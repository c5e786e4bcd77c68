/** The left of the screen: what is in the reader, and who that is. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { never } from '../../../../base/invariant.ts'
import type { CardPanel } from '../../../../electron/contract/card-view.ts'
import { Button } from '../../../components/button.tsx'
import { CardDrawing } from '../../../components/card-drawing.tsx'
import { RefusalNote } from '../../../components/refusal-note.tsx'
import { useWords } from '../../../i18n/use-words.ts'
import { useHotkey } from '../../../keys/hotkeys.tsx'
import { useStores } from '../../../terminal/terminal-context.tsx'
import { useCounter } from '../counter-context.tsx'
import { CardFacts } from './card-facts.tsx'

interface PatientPaneProps {
  /** What else stands against the person, beside what the card itself says. */
  readonly notes?: ReactNode
}

export function PatientPane({ notes }: PatientPaneProps): ReactNode {
  const t = useWords('outpatient')
  const { store, actions } = useCounter()
  const stores = useStores()
  const panel = useStore(stores.panel)
  const isVirtual = useStore(stores.reader, (reader) => reader?.kind === 'virtual')
  const readerOpen = useStore(store, (state) => state.readerOpen)
  const hasCard = panel?.state === 'ready' || panel?.state === 'refused'
  const toggleReader = (): void => store.setState(readerOpen ? { readerOpen: false, wanted: 'action' } : { readerOpen: true })
  useHotkey('F5', t('read-again'), () => void actions.readCard(), hasCard)
  useHotkey('Shift+F4', t('reader-beside'), toggleReader, isVirtual)
  return (
    <section className="counter__patient pane" aria-label={t('patient')}>
      <header className="pane__head">
        <h2>{t('patient')}</h2>
        <span className="pane__space" />
        {hasCard && (
          <Button look="quiet" hotkey="F5" onClick={() => void actions.readCard()}>
            {t('read-again')}
          </Button>
        )}
      </header>
      {panel === null ? <PatientBones /> : <OfPanel panel={panel} notes={notes} />}
      {isVirtual && (
        <div className="pane__foot">
          <Button hotkey="Shift+F4" aria-pressed={readerOpen} onClick={toggleReader}>
            {t('reader-beside')}
          </Button>
        </div>
      )}
    </section>
  )
}

function OfPanel({ panel, notes }: PatientPaneProps & { readonly panel: CardPanel }): ReactNode {
  const t = useWords('outpatient')
  switch (panel.state) {
    case 'no-reader':
      return (
        <div className="calm" role="region" aria-label={t('no-reader')} tabIndex={0}>
          <CardDrawing state="no-reader" />
          <p className="calm__title">{t('no-reader')}</p>
          <RefusalNote refusal={panel.refusal} />
        </div>
      )
    case 'no-card':
      return (
        <div className="calm" role="status">
          <CardDrawing state="no-card" />
          <p className="calm__title">{t('insert-card')}</p>
          <p className="calm__text">{t('insert-card-hint')}</p>
        </div>
      )
    case 'reading':
      return (
        <div className="calm" role="status">
          <CardDrawing state="reading" />
          <p className="calm__title">{t('reading-card')}</p>
          <p className="calm__text">{t('reading-card-hint')}</p>
        </div>
      )
    case 'refused':
      return (
        <div className="calm" role="region" aria-label={t('card-not-readable')} tabIndex={0}>
          <CardDrawing state="refused" />
          <p className="calm__title">{t('card-not-readable')}</p>
          <RefusalNote refusal={panel.refusal} />
        </div>
      )
    case 'ready':
      return <CardFacts key={panel.card.presence} card={panel.card} notes={notes} />
    default:
      return never(panel)
  }
}

function PatientBones(): ReactNode {
  const t = useWords('common')
  return (
    <div className="bones" role="status" aria-label={t('loading')}>
      <span className="bone bone--wide" />
      <span className="bone bone--line" />
      <span className="bone bone--line" />
      <span className="bone bone--line" />
    </div>
  )
}
