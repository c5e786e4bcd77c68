/** Who was paired, and taking it away again, which is asked twice. */

import { useState, type ReactNode } from 'react'
import type { CallerView } from '../../electron/contract/driver-view.ts'
import { Button } from '../components/button.tsx'
import { useWords } from '../i18n/use-words.ts'
import type { CallersProps } from './callers-props.ts'

interface CallerListProps extends CallersProps {
  /** The button that was pressed is gone: the keyboard needs another place. */
  readonly forgotten: () => void
}

export function CallerList({ driver: { callers }, asking: { ask }, forgotten }: CallerListProps): ReactNode {
  const t = useWords('callers')
  const [leaving, leave] = useState<string | null>(null)
  const forget = async (caller: string): Promise<void> => {
    leave(null)
    if ((await ask('driver.forget', { caller })) !== undefined) forgotten()
  }
  return (
    <div className="callers__part">
      <h3>{t('paired')}</h3>
      {callers.length === 0 && <p className="callers__none">{t('paired-none')}</p>}
      <ul className="callers__list">
        {callers.map((caller) => (
          <Caller
            key={caller.id}
            caller={caller}
            isLeaving={caller.id === leaving}
            press={() => (caller.id === leaving ? void forget(caller.id) : leave(caller.id))}
            stay={() => leave(null)}
          />
        ))}
      </ul>
    </div>
  )
}

interface CallerProps {
  readonly caller: CallerView
  readonly isLeaving: boolean
  readonly press: () => void
  readonly stay: () => void
}

function Caller({ caller: { name, origin, pairedOn }, isLeaving, press, stay }: CallerProps): ReactNode {
  const t = useWords('callers')
  return (
    <li className={isLeaving ? 'caller caller--leaving' : 'caller'}>
      <span className="caller__who">
        <strong>{name}</strong>
        <span role="status">{isLeaving ? t('forget-hint') : `${origin === null ? t('program') : t('page', { origin })} · ${t('paired-on', { on: pairedOn })}`}</span>
      </span>
      <Button
        look={isLeaving ? 'danger' : 'quiet'}
        aria-label={isLeaving ? undefined : t('forget-named', { name })}
        onClick={press}
        onBlur={stay}
        onKeyDown={({ key }) => (key === 'Escape' ? stay() : undefined)}
      >
        {isLeaving ? t('forget-sure') : t('forget')}
      </Button>
    </li>
  )
}
