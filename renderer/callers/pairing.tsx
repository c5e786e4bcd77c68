/** Where callers find the reader, and the code with which the next one pairs itself. */

import { useState, type ReactNode, type Ref } from 'react'
import { Button } from '../components/button.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useHotkey } from '../keys/hotkeys.tsx'
import { copyText } from '../screens/reader/copy-text.ts'
import type { CallersProps } from './callers-props.ts'

interface PairingProps extends CallersProps {
  readonly button: Ref<HTMLButtonElement>
}

export function Pairing({ driver: { address, pairing }, asking: { busy, ask }, button }: PairingProps): ReactNode {
  const t = useWords('callers')
  const press = (): void => void ask(pairing === null ? 'driver.pair' : 'driver.end-pairing', {})
  const words = pairing === null ? t('pair') : t('pair-end')
  useHotkey('F9', words, press)
  return (
    <>
      <div className="callers__where">
        {address !== null && <Address address={address} />}
        <Button ref={button} hotkey="F9" aria-disabled={busy} onClick={press}>
          {words}
        </Button>
      </div>
      <div className="callers__pairing" role="status">
        {pairing !== null && (
          <p className="callers__code">
            <strong aria-label={t('pair-code')}>{inThrees(pairing.code)}</strong>
            <span>
              {t('pair-enter')}
              <br />
              {t('pair-until', { until: pairing.until })}
            </span>
          </p>
        )}
      </div>
    </>
  )
}

function Address({ address }: { readonly address: string }): ReactNode {
  const t = useWords('callers')
  const [said, say] = useState<'copied' | 'copy-failed' | null>(null)
  const copy = async (): Promise<void> => say((await copyText(address)) ? 'copied' : 'copy-failed')
  return (
    <div className="callers__address">
      <span>{t('address')}</span>
      <code>{address}</code>
      <Button look="quiet" onClick={() => void copy()}>
        {t('copy')}
      </Button>
      <span className="callers__said" role="status">
        {said !== null && t(said)}
      </span>
    </div>
  )
}

/** As people read six digits to each other. */
const inThrees = (code: string): string => code.replace(/(\d{3})(?=\d)/g, '$1\u2009')
