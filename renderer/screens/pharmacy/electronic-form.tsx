/** An electronic prescription: scanned from anywhere, chosen from those that wait at the platform, or its text pasted here. */

import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { WaitingPrescriptionView } from '../../../electron/contract/sale-view.ts'
import { Button } from '../../components/button.tsx'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useTerminal } from '../../terminal/terminal-context.tsx'
import { useCounter } from '../outpatient/counter-context.tsx'
import { useWish } from '../outpatient/use-wish.ts'
import { useSale } from './use-sale.ts'

const TEXT_MAX = 16_384

export function ElectronicForm(): ReactNode {
  const t = useWords('pharmacy')
  const { store } = useCounter()
  const { actions } = useSale()
  const [text, setText] = useState('')
  const waiting = useWaiting()
  const field = useRef<HTMLInputElement>(null)
  useWish('prescription', field, waiting !== null && waiting.length === 0)
  const take = async (taken: string): Promise<void> => {
    if (taken.trim() === '' || !(await actions.prescriptionText(taken.trim()))) return
    store.setState({ wanted: 'grid' })
  }
  return (
    <div className="electronic">
      <Waiting waiting={waiting} take={(one) => void take(one.text)} />
      <form
        className="electronic__text"
        onSubmit={(event) => {
          event.preventDefault()
          void take(text)
        }}
      >
        <label>
          <span>{t('rx-text')}</span>
          <input ref={field} className="field" value={text} maxLength={TEXT_MAX} autoComplete="off" spellCheck={false} placeholder={t('rx-text-hint')} onChange={(event) => setText(event.currentTarget.value)} />
        </label>
        <Button type="submit">{t('rx-take')}</Button>
      </form>
    </div>
  )
}

interface WaitingProps {
  readonly waiting: readonly WaitingPrescriptionView[] | null
  readonly take: (one: WaitingPrescriptionView) => void
}

function Waiting({ waiting, take }: WaitingProps): ReactNode {
  const t = useWords('pharmacy')
  const list = useRef<HTMLDivElement>(null)
  const [at, go] = useState(0)
  useWish('prescription', list, waiting !== null && waiting.length > 0)
  if (waiting === null || waiting.length === 0) return <p className="electronic__none">{t(waiting === null ? 'asking' : 'rx-none-waiting')}</p>
  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = waiting[at]
    if (event.key === 'ArrowDown') go(Math.min(waiting.length - 1, at + 1))
    else if (event.key === 'ArrowUp') go(Math.max(0, at - 1))
    else if (event.key === 'Enter' && chosen !== undefined) take(chosen)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={list} className="electronic__waiting" role="listbox" tabIndex={0} aria-label={t('rx-waiting')} aria-activedescendant={`waiting-${String(at)}`} onKeyDown={onKeyDown}>
      {waiting.map((one, index) => (
        <div key={one.number} id={`waiting-${String(index)}`} role="option" aria-selected={index === at} className="electronic__one" onClick={() => take(one)}>
          <strong>{one.patient}</strong>
          <span>{one.number}</span>
          <span>{one.doctor}</span>
          <span>{one.issuedOn}</span>
          <span>
            <Say text={one.note} />
          </span>
        </div>
      ))}
    </div>
  )
}

/** null while the platform is asked; nothing where it cannot be. */
function useWaiting(): readonly WaitingPrescriptionView[] | null {
  const terminal = useTerminal()
  const [waiting, setWaiting] = useState<readonly WaitingPrescriptionView[] | null>(null)
  useEffect(() => {
    const asked = { current: true }
    void terminal.call('sale.prescriptions', {}).then((answer) => {
      if (asked.current) setWaiting(answer.ok ? answer.value : [])
    })
    return () => {
      asked.current = false
    }
  }, [terminal])
  return waiting
}
