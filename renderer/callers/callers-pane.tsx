/** Which hospital software may use the reader: off until somebody turns it on; then where it listens, who was paired, and what was called. */

import { useRef, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { DriverView } from '../../electron/contract/driver-view.ts'
import { RefusalNote } from '../components/refusal-note.tsx'
import { callers as words } from '../i18n/callers.ts'
import { useWords } from '../i18n/use-words.ts'
import { addWords } from '../i18n/words.ts'
import { useStores } from '../terminal/terminal-context.tsx'
import { useAsk } from '../terminal/use-ask.ts'
import { CallList } from './call-list.tsx'
import { CallerList } from './caller-list.tsx'
import type { CallersProps } from './callers-props.ts'
import { DoorSwitch } from './door-switch.tsx'
import { Pairing } from './pairing.tsx'
import '../components/details.css'
import './callers.css'

addWords('callers', words)

const MARKS: Readonly<Record<DriverView['state'], string>> = { off: 'mark--quiet', on: 'mark--good', 'port-taken': 'mark--bad' }

export function CallersPane(): ReactNode {
  const driver = useStore(useStores().driver)
  const asking = useAsk()
  return driver === null ? null : <Callers driver={driver} asking={asking} />
}

function Callers({ driver, asking }: CallersProps): ReactNode {
  const t = useWords('callers')
  const { state, calls } = driver
  const pair = useRef<HTMLButtonElement>(null)
  const isOn = state === 'on'
  return (
    <section className="pane callers" aria-label={t('title')}>
      <header className="pane__head callers__head">
        <h2>{t('title')}</h2>
        <span className={`mark ${MARKS[state]}`} role="status">
          {t(`state-${state}`)}
        </span>
        <span className="pane__space" />
        <DoorSwitch driver={driver} asking={asking} />
      </header>
      {!isOn && <p className="callers__about">{t('about')}</p>}
      {asking.refusal !== null && <RefusalNote refusal={asking.refusal} />}
      {state === 'port-taken' && (
        <div className="refusal" role="alert">
          <p className="refusal__what">{t('taken-what', { port: driver.port })}</p>
          <p className="callers__mend">{t('taken-mend')}</p>
        </div>
      )}
      {isOn && <Pairing driver={driver} asking={asking} button={pair} />}
      {(isOn || driver.callers.length > 0) && <CallerList driver={driver} asking={asking} forgotten={() => pair.current?.focus()} />}
      {(isOn || calls.length > 0) && <CallList calls={calls} />}
    </section>
  )
}
