/**
 * Connecting: the centre's address and its one-time code. Enter goes on, then connects. Anew, where a till and the centre that it has find each
 * other only under another name.
 */

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from '../../components/button.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useAsk } from '../../terminal/use-ask.ts'

const ADDRESS_MAX = 200
const CODE_MAX = 64

/** `known`: of the centre that it was connected to; null: connecting for the first time, or nobody knows any more to which. */
export function ConnectForm({ anew, known }: { readonly anew: boolean; readonly known: string | null }): ReactNode {
  const t = useWords('sync')
  const { busy, refusal, ask } = useAsk()
  const [url, setUrl] = useState(known ?? '')
  const [code, setCode] = useState('')
  const first = useRef<HTMLInputElement>(null)
  const second = useRef<HTMLInputElement>(null)
  useEffect(() => (known === null ? first : second).current?.focus(), [known])
  const ready = url.trim() !== '' && code.trim() !== ''
  const connect = (): void => {
    if (ready && !busy) void ask('sync.connect', { url: url.trim(), code: code.trim() })
    else (url.trim() === '' ? first : second).current?.focus()
  }
  const title = t(anew ? 'connect-anew' : 'connect')
  useHotkey('F10', title, connect)
  return (
    <section className="connect pane" aria-label={title}>
      <header className="pane__head">
        <h2>{title}</h2>
      </header>
      <Explained anew={anew} />
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
          {busy ? t('connecting') : title}
        </Button>
      </form>
    </section>
  )
}

function Explained({ anew }: { readonly anew: boolean }): ReactNode {
  const t = useWords('sync')
  if (!anew) return <p className="connect__text">{t('connect-text')}</p>
  return (
    <>
      <p className="connect__text">{t('connect-anew-text')}</p>
      <p className="connect__text">{t('connect-anew-close')}</p>
    </>
  )
}
