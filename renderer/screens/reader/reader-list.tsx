/** The readers of this computer, which of them serves, and the way to another. */

import { useState, type ReactNode } from 'react'
import type { ReaderView } from '../../../electron/contract/reader-view.ts'
import { Button } from '../../components/button.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { ReaderDialog } from './reader-dialog.tsx'

export function ReaderList({ reader: { readers, trouble } }: { readonly reader: ReaderView }): ReactNode {
  const t = useWords('reader')
  return (
    <section className="pane readers" aria-label={t('readers')}>
      <header className="pane__head">
        <h2>{t('readers')}</h2>
      </header>
      {readers.length === 0 && <p className="calm__text">{trouble === null || trouble.kind === 'no-reader' ? t('readers-none') : t('readers-unknown')}</p>}
      <ul className="readers__list">
        {readers.map(({ name, holds, serves }) => (
          <li key={name} className={serves === null ? 'readers__one' : 'readers__one readers__one--serves'}>
            <span className="readers__name">{name}</span>
            <span className="readers__holds">
              {t(`holds-${holds}`)}
              {serves !== null && ` · ${t(`serves-${serves}`)}`}
            </span>
          </li>
        ))}
      </ul>
      <ChooseReader />
    </section>
  )
}

export function ChooseReader(): ReactNode {
  const t = useWords('reader')
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="readers__acts">
      <Button onClick={() => setOpen(true)}>{t('choose')}</Button>
      {isOpen && <ReaderDialog close={() => setOpen(false)} />}
    </div>
  )
}
