/** F1: every key that answers now, under its own words. What is listed is what is bound, so the list cannot be wrong. */

import { useState, type ReactNode } from 'react'
import { CloseButton } from '../components/close-button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { useWords } from '../i18n/use-words.ts'
import { useBindings } from '../keys/hotkeys.tsx'
import { useWantings } from '../scan/use-scan.tsx'

export function KeyOverview({ close }: { readonly close: () => void }): ReactNode {
  const t = useWords('common')
  const bindings = useBindings()
  const [listed] = useState(() => {
    const below = [...bindings.getState().values()].filter(({ layer }) => layer === 0)
    const byKey = new Map(below.map(({ key, label }) => [key, label]))
    return [...byKey].toSorted(([left], [right]) => left.localeCompare(right, 'en', { numeric: true }))
  })
  const wantings = useWantings()
  const [scanned] = useState(() => [...wantings.getState().values()].findLast(({ layer }) => layer === 0)?.label)
  return (
    <Dialog title={t('keys')} width="34rem" close={close}>
      <dl className="keys">
        {listed.map(([key, label]) => (
          <div key={key}>
            <dt>
              <kbd className="key">{key === 'Escape' ? 'Esc' : key}</kbd>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
        {scanned !== undefined && (
          <div>
            <dt>
              <kbd className="key">{t('scanner')}</kbd>
            </dt>
            <dd>{scanned}</dd>
          </div>
        )}
        <div>
          <dt>
            <kbd className="key">{'\u2191 \u2193'}</kbd>
          </dt>
          <dd>{t('keys-arrows')}</dd>
        </div>
        <div>
          <dt>
            <kbd className="key">Ctrl+V</kbd>
          </dt>
          <dd>{t('keys-paste')}</dd>
        </div>
      </dl>
      <CloseButton close={close} />
    </Dialog>
  )
}
