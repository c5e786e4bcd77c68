/** Connecting for the first time: the centre's address and its one-time code. Enter goes on, then connects. */

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useAsk } from '../../terminal/use-ask.ts'

const ADDRESS_MAX = 200
const CODE_MAX = 64

export function ConnectForm(): ReactNode {
  const t = useWords('sync')
  const { busy, refusal, ask } = useAsk()
  const [url, setUrl] = useState('')
  const [code, setCode] = useState('')
  const first = useRef<HTMLInputElement>(null)
  const second = useRef<HTMLInputElement>(null)
  useEffect(() => first.current?.focus(), [])
  const ready = url.trim() !== '' && code.trim() !== ''
  const connect = (): void => {
    if (ready && !busy) void ask('sync.connect', { url: url.trim(), code: code.trim() })
    else (url.trim() === '' ? first : second).current?.focus()
  }
  useHotkey('F10', t('connect'), connect)
  return (
    <section className="connect pane" aria-label={t('connect')}>
      <header className="pane__head">
        <h2>{t('connect')}</h2>
      </header>
      <p className="connect__text">{t('connect-text')}</p>
      <form
        className="connect__form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          connect()
        }}
      >
        <label htmlFor="sync-address">{t('address')}</label>
        <input
          ref={first}
          id="sync-address"
          className="field"
          type="url"
          value={url}
          maxLength={ADDRESS_MAX}
          required
          autoComplete="off"
          spellCheck={false}
          aria-describedby="sync-address-hint"
          onChange={(event) => setUrl(event.target.value)}
        />
        <span id="sync-address-hint" className="connect__hint">
          {t('address-hint')}
        </span>
        <label htmlFor="sync-code">{t('code')}</label>
        <input
          ref={second}
          id="sync-code"
          className="field connect__code"
          value={code}
          maxLength={CODE_MAX}
          required
          autoComplete="one-time-code"
          spellCheck={false}
          aria-describedby="sync-code-hint"
          onChange={(event) => setCode(event.target.value)}
        />
        <span id="sync-code-hint" className="connect__hint">
          {t('code-hint')}
        </span>
        {refusal !== null && <RefusalNote refusal={refusal} />}
        <Button type="submit" look="primary" hotkey="F10" aria-disabled={!ready || busy}>
          {busy ? t('connecting') : t('connect')}
        </Button>
      </form>
    </section>
  )
}
