/** Signing: what still stands in the way, or the one key that ends the day. What is typed anew of the drawer or of a difference stands in it too. */

import { useState, type ReactNode } from 'react'
import type { CloseView } from '../../../electron/contract/close-view.ts'
import { Button } from '../../components/button.tsx'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { SignDialog } from './sign-dialog.tsx'
import { useRedecided } from './typed-decision.ts'
import { newestCloseOf, useTypedDrawer } from './typed-drawer.ts'

export function SignPane({ view }: { readonly view: CloseView }): ReactNode {
  const t = useWords('close')
  const [asking, setAsking] = useState(false)
  const isRecounting = useTypedDrawer(view.drawer, newestCloseOf(view)).isOther && view.drawer.counted !== null
  const redecided = useRedecided(view.items, newestCloseOf(view))
  const may = view.whyNot.length === 0 && !isRecounting && redecided.length === 0
  useHotkey('F10', t('sign'), () => setAsking(true), may)
  return (
    <section className="sign pane" aria-label={t('sign')}>
      <header className="pane__head">
        <h2>{t('sign')}</h2>
        <span className="pane__note" role="status">
          {may ? t('sign-ready') : t('sign-why-not')}
        </span>
      </header>
      {may ? (
        <p className="sign__text">{t('sign-text')}</p>
      ) : (
        <ul className="sign__why">
          {view.whyNot.map((text) => (
            <li key={text.en} className="said">
              <Say text={text} />
            </li>
          ))}
          {isRecounting && <li className="said">{t('drawer-recounting')}</li>}
          {redecided.map(({ item, kind, name }) => (
            <li key={item} className="said">
              {t('difference-redecided', { what: name === '' ? t(`kind-${kind}`) : `${t(`kind-${kind}`)} · ${name}` })}
            </li>
          ))}
        </ul>
      )}
      <Button className="sign__button" look="primary" hotkey="F10" aria-disabled={!may} onClick={() => may && setAsking(true)}>
        {t('sign-confirm')}
      </Button>
      {asking && <SignDialog view={view} close={() => setAsking(false)} />}
    </section>
  )
}
