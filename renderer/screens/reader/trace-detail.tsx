/** The chosen command with all its bytes, which a row has no room for. */

import type { ReactNode } from 'react'
import type { TraceLine } from '../../../electron/contract/reader-view.ts'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { bytesOf, inPairs } from './trace-text.ts'

export function TraceDetail({ line }: { readonly line: TraceLine | null }): ReactNode {
  const t = useWords('reader')
  return (
    <section className={line === null ? 'trace__detail trace__detail--empty' : 'trace__detail'} aria-label={t('detail')}>
      {line === null ? (
        <p className="faults__text">{t('detail-hint')}</p>
      ) : (
        <>
          <p className="trace__chosen">
            #{line.number} <Say text={line.words} /> · <Say text={line.meaning} />
          </p>
          <dl>
            <Bytes name={t('command')} hex={line.command} />
            <Bytes name={t('answer')} hex={line.answer} />
          </dl>
        </>
      )}
    </section>
  )
}

function Bytes({ name, hex }: { readonly name: string; readonly hex: string }): ReactNode {
  const t = useWords('reader')
  return (
    <div>
      <dt>
        {name} <span className="trace__length">{t('bytes', { count: bytesOf(hex) })}</span>
      </dt>
      <dd className="trace__whole">{hex === '' ? t('no-answer') : inPairs(hex)}</dd>
    </div>
  )
}
