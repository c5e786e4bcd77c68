/** What is broken between this window and the card, named first, and what to do about it; below it every link. */

import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { Button } from '../../components/button.tsx'
import { usePick, useWords } from '../../i18n/use-words.ts'
import { useStores } from '../../terminal/terminal-context.tsx'
import { copyText } from './copy-text.ts'
import { diagnose, diagnosisText, type Broken, type DiagnosedLink } from './diagnose.ts'

export function Diagnosis(): ReactNode {
  const t = useWords('reader')
  const pick = usePick()
  const stores = useStores()
  const host = useStore(stores.host)
  const reader = useStore(stores.reader)
  const version = useStore(stores.till, (till) => till?.version ?? '')
  const [said, say] = useState('')
  const diagnosis = diagnose(host, reader, t, pick)
  const { links, broken } = diagnosis
  const copy = async (): Promise<void> => {
    const text = diagnosisText(diagnosis, { version, reader, agent: navigator.userAgent }, t)
    say((await copyText(text)) ? t('diagnosis-copied') : t('copy-failed'))
  }
  return (
    <section className="pane diagnosis" aria-label={t('diagnosis')}>
      <header className="pane__head">
        <h2>{t('diagnosis')}</h2>
        <span className="pane__space" />
        <span className="trace__said" role="status">
          {said}
        </span>
        <Button look="quiet" onClick={() => void copy()}>
          {t('diagnosis-copy')}
        </Button>
      </header>
      {broken === null ? <p className="diagnosis__whole">{t('diagnosis-whole')}</p> : <BrokenLink broken={broken} />}
      <ol className="diagnosis__links">
        {links.map((link) => (
          <ChainLink key={link.link} {...link} />
        ))}
      </ol>
    </section>
  )
}

function BrokenLink({ broken: { kind, what, cause, mend, detail } }: { readonly broken: Broken }): ReactNode {
  const t = useWords('reader')
  return (
    <div className="diagnosis__broken" role="alert" data-trouble={kind}>
      <p className="diagnosis__what">{what}</p>
      <p className="diagnosis__mend">{mend}</p>
      <p className="diagnosis__cause">
        {t('diagnosis-cause')}
        {cause}
      </p>
      {detail !== null && <p className="diagnosis__detail">{detail}</p>}
    </div>
  )
}

const SIGNS: Readonly<Record<DiagnosedLink['state'], string>> = { good: '✓', waiting: '·', broken: '✕', unknown: '?' }

function ChainLink({ link, state, says }: DiagnosedLink): ReactNode {
  const t = useWords('reader')
  return (
    <li className={`link link--${state}`}>
      <span className="link__sign" aria-hidden="true">
        {SIGNS[state]}
      </span>
      <span className="link__name">
        {t(`link-${link}`)}
        <span className="unseen"> {t(`state-${state}`)}: </span>
      </span>
      <span className="link__says">{says}</span>
    </li>
  )
}
