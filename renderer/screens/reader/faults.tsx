/** How fast the card answers, and what goes wrong next. */

import type { ReactNode } from 'react'
import { FAULT_KINDS, READER_PACES, type FaultKind, type ReaderView } from '../../../electron/contract/reader-view.ts'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { Switch } from '../../components/switch.tsx'
import { useWords } from '../../i18n/use-words.ts'
import type { ReaderActions } from './reader-actions.ts'
import type { ReaderCornerProps } from './layout.ts'

interface FaultsProps extends ReaderCornerProps {
  readonly reader: ReaderView
  readonly actions: ReaderActions
}

export function Faults({ reader, actions, layout }: FaultsProps): ReactNode {
  const t = useWords('reader')
  const armed = reader.faults.map(({ kind }) => kind)
  return (
    <section className="pane faults" aria-label={t('faults')}>
      <div className="faults__pace">
        <h2>{t('pace')}</h2>
        <Choice
          legend={t('pace')}
          name={`reader-pace-${layout}`}
          values={READER_PACES}
          chosen={reader.pace}
          word={(pace) => t(`pace-${pace}`)}
          choose={(pace) => void actions.setPace(pace)}
        />
        <p className="faults__text">{t(`pace-${reader.pace}-text`)}</p>
      </div>
      <details className="faults__all" open={layout === 'screen'}>
        <summary>
          <h2>{t('faults')}</h2>
          {armed.length > 0 && <span className="faults__armed">{t('faults-armed', { n: armed.length })}</span>}
        </summary>
        <div className="faults__head">
          <p className="faults__text">{t('faults-hint')}</p>
          <Button look="quiet" aria-disabled={armed.length === 0} onClick={() => void actions.clearFaults()}>
            {t('faults-clear')}
          </Button>
        </div>
        <ul className="faults__list">
          {FAULT_KINDS.map((kind) => (
            <Fault key={kind} kind={kind} armed={armed} actions={actions} layout={layout} />
          ))}
        </ul>
      </details>
    </section>
  )
}

interface FaultProps extends ReaderCornerProps {
  readonly kind: FaultKind
  readonly armed: readonly FaultKind[]
  readonly actions: ReaderActions
}

function Fault({ kind, armed, actions, layout }: FaultProps): ReactNode {
  const t = useWords('reader')
  const isArmed = armed.includes(kind)
  const textId = `fault-${layout}-${kind}`
  return (
    <li className="fault">
      <Switch on={isArmed} tone="warn" describedBy={textId} word={t(`fault-${kind}`)} turn={() => void actions.setFault(kind, !isArmed, armed)} />
      <span className="faults__text" id={textId}>
        {t(`fault-${kind}-text`)}
      </span>
    </li>
  )
}
