/** What was fetched from the centre and how old it is; too old, and no fund pays. */

import type { ReactNode } from 'react'
import type { DownloadRow } from '../../../electron/contract/sync-view.ts'
import { useWords } from '../../i18n/use-words.ts'

export function DownloadsPane({ rows }: { readonly rows: readonly DownloadRow[] }): ReactNode {
  const t = useWords('sync')
  return (
    <section className="downloads pane" aria-label={t('downloads')}>
      <header className="pane__head">
        <h2>{t('downloads')}</h2>
      </header>
      {rows.length === 0 ? (
        <p className="downloads__none">{t('downloads-none')}</p>
      ) : (
        <ul className="downloads__list">
          {rows.map((row) => (
            <Download key={row.kind} row={row} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Download({ row: { kind, version, fetchedAt, ageDays, limitDays, stale } }: { readonly row: DownloadRow }): ReactNode {
  const t = useWords('sync')
  const age = ageDays === null ? t('age-never') : ageDays === 0 ? t('age-today') : t('age-days', { n: ageDays })
  return (
    <li className="download">
      <strong>{t(`kind-${kind}`)}</strong>
      <span className={stale ? 'mark mark--bad' : 'mark mark--good'}>{stale ? t('stale') : t('fresh')}</span>
      <span className="download__line">
        {t('version')} {version === null ? t('version-none') : shortened(version)}
      </span>
      <span className="download__line">
        {t('age')} <time dateTime={fetchedAt?.replace(' ', 'T')}>{age}</time> · {limitDays === null ? t('limit-none') : t('limit-days', { n: limitDays })}
      </span>
    </li>
  )
}

const DIGITS_SHOWN = 12

/** Of a digest its beginning tells one version from another. */
const shortened = (version: string): string => (/^[0-9a-f]{20,}$/.test(version) ? version.slice(0, DIGITS_SHOWN) : version)
