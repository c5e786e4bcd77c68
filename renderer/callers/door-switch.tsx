/** On or off, and at which port; while it is on the port stands in the address. */

import { useState, type ReactNode } from 'react'
import { DRIVER_PORT_MAX, DRIVER_PORT_MIN } from '../../electron/contract/driver-view.ts'
import { Button } from '../components/button.tsx'
import { Switch } from '../components/switch.tsx'
import { useWords } from '../i18n/use-words.ts'
import type { CallersProps } from './callers-props.ts'

const PORT_DIGITS_MAX = 5

export function DoorSwitch({ driver: { state, port }, asking: { busy, ask } }: CallersProps): ReactNode {
  const t = useWords('callers')
  const [typed, type] = useState<string | null>(null)
  const [isInvalid, setInvalid] = useState(false)
  const text = typed ?? String(port)
  const turn = async (on: boolean): Promise<void> => {
    const wanted = on ? portOf(text) : port
    setInvalid(wanted === null)
    if (wanted === null || busy) return
    // What is shown from now on is the host's.
    if ((await ask('driver.turn', { on, port: wanted })) !== undefined) type(null)
  }
  return (
    <form
      className="callers__door"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void turn(true)
      }}
    >
      {isInvalid && (
        <span id="callers-port-invalid" className="callers__invalid" role="alert">
          {t('port-invalid', { min: DRIVER_PORT_MIN, max: DRIVER_PORT_MAX })}
        </span>
      )}
      {state !== 'on' && (
        <label className="callers__port">
          {t('port')}
          <input
            className="field"
            inputMode="numeric"
            autoComplete="off"
            value={text}
            maxLength={PORT_DIGITS_MAX}
            aria-invalid={isInvalid}
            aria-describedby={isInvalid ? 'callers-port-invalid' : undefined}
            onChange={(event) => {
              type(event.target.value)
              setInvalid(false)
            }}
          />
        </label>
      )}
      {state === 'port-taken' && (
        <Button type="submit" aria-disabled={busy}>
          {t('try-again')}
        </Button>
      )}
      <Switch on={state !== 'off'} tone="good" busy={busy} word={t('switch')} turn={() => void turn(state === 'off')} />
    </form>
  )
}

function portOf(text: string): number | null {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text.trim()) : 0
  return port >= DRIVER_PORT_MIN && port <= DRIVER_PORT_MAX ? port : null
}
