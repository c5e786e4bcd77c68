/**
 * Where a PIN is typed. It is no input and has no value: keys and pad go into the buffer, and what is drawn is how many
 * there are.
 */

import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { useWords } from '../i18n/use-words.ts'
import { DIGITS, shuffledDigits } from './digit-order.ts'
import type { PinBuffer } from './pin-buffer.ts'
import { PinKeys } from './pin-keys.ts'

interface PinEntryProps {
  readonly label: string
  readonly buffer: PinBuffer
  /** Digits that the buffer holds; the drawing follows it. */
  readonly count: number
  readonly typed: () => void
  readonly enter: () => void
  readonly busy: boolean
  readonly shuffle: boolean
}

export function PinEntry({ label, buffer, count, typed, enter, busy, shuffle }: PinEntryProps): ReactNode {
  const t = useWords('pin')
  const field = useRef<HTMLDivElement>(null)
  useEffect(() => field.current?.focus(), [])

  const [keys] = useState(() => new PinKeys())
  const [wasForeign, setForeign] = useState(false)

  const press = (key: string): void => {
    if (busy) return
    setForeign(false)
    if (key === 'Backspace') buffer.pop()
    else buffer.push(key)
    typed()
  }
  /** Whether it is none of a PIN's keys. */
  const isForeign = ({ key, timeStamp }: KeyboardEvent): boolean => {
    const verdict = keys.next(key, buffer.length, timeStamp)
    if (verdict !== 'wipe') return verdict === 'swallow'
    buffer.wipe()
    typed()
    setForeign(true)
    return true
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isForeign(event)) {
      event.preventDefault()
      event.stopPropagation()
      return
    }
    if (!/^(\d|Backspace|Enter)$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key !== 'Enter') press(event.key)
    else if (!busy && !event.repeat) enter()
  }
  return (
    <div className="pin">
      <div
        ref={field}
        className="pin__field"
        role="textbox"
        tabIndex={0}
        aria-label={label}
        aria-readonly="true"
        aria-disabled={busy}
        data-pin-field=""
        onKeyDown={onKeyDown}
      >
        {Array.from({ length: Math.max(6, count) }, (_, index) => (
          <span key={index} className={index < count ? 'pin__dot pin__dot--set' : 'pin__dot'} />
        ))}
      </div>
      <span className="unseen" role="status">
        {t('digits-typed', { count })}
      </span>
      {wasForeign && (
        <p className="pin__wiped" role="status">
          {t('wiped-scan')}
        </p>
      )}
      <PinPad press={press} shuffle={shuffle} busy={busy} />
    </div>
  )
}

interface PinPadProps {
  readonly press: (key: string) => void
  readonly shuffle: boolean
  readonly busy: boolean
}

function PinPad({ press, shuffle, busy }: PinPadProps): ReactNode {
  const t = useWords('pin')
  const order = useMemo(() => (shuffle ? shuffledDigits() : DIGITS), [shuffle])
  const keys = [...order.slice(0, 9), null, ...order.slice(9)]
  return (
    <div className="pin__pad" role="group" aria-label={t('pad')}>
      {keys.map((digit) =>
        digit === null ? (
          <span key="gap" className="pin__gap" />
        ) : (
          <Button key={digit} tabIndex={-1} disabled={busy} onPointerDown={(event) => event.preventDefault()} onClick={() => press(digit)}>
            {digit}
          </Button>
        )
      )}
      <Button tabIndex={-1} disabled={busy} aria-label={t('backspace')} onPointerDown={(event) => event.preventDefault()} onClick={() => press('Backspace')}>
        {'\u232b'}
      </Button>
    </div>
  )
}
