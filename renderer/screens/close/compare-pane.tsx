/** Till, ledger, cards and centre side by side. A row that differs says so in words, and by how much. */

import type { ReactNode } from 'react'
import { isDifference, type CloseItem, type CloseRow } from '../../../electron/contract/close-view.ts'
import { Amount } from '../../components/amount.tsx'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'

export const BOOKS = ['till', 'ledger', 'cards', 'centre'] as const

interface Compared {
  readonly rows: readonly CloseRow[]
  readonly items: readonly CloseItem[]
}

export function ComparePane({ rows, items }: Compared): ReactNode {
  const t = useWords('close')
  return (
    <section className="compare pane" aria-label={t('compare')}>
      <header className="pane__head">
        <h2>{t('compare')}</h2>
        <span className="pane__note">{t(hintOf({ rows, items }))}</span>
      </header>
      <div className="compare__scroll" role="region" aria-label={t('compare-table')} tabIndex={0}>
        <table className="compare__table">
          <thead>
            <tr>
              <th scope="col">{t('item')}</th>
              {BOOKS.map((book) => (
                <th key={book} scope="col" className="compare__value">
                  {t(book)}
                </th>
              ))}
              <th scope="col">{t('verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.row} row={row} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

/** That three agree says nothing of a centre that was not asked. */
function hintOf({ rows, items }: Compared): 'compare-why' | 'compare-taken-back' | 'compare-alone' | 'compare-hint' {
  if (isTakenBackOnly({ rows, items })) return 'compare-taken-back'
  if (rows.some(({ agrees }) => !agrees)) return 'compare-why'
  return rows.every(({ centre }) => centre === null) ? 'compare-alone' : 'compare-hint'
}

/** All that is missing on one side has an item of its own, but what the centre refused and this till took back: that is missing on both. */
export const isTakenBackOnly = ({ rows, items }: Compared): boolean => rows.some(({ agrees }) => !agrees) && !items.some(isDifference)

function Row({ row }: { readonly row: CloseRow }): ReactNode {
  const t = useWords('close')
  return (
    <tr className={row.agrees ? undefined : 'compare__differs'} data-row={row.row}>
      <th scope="row" className="said">
        <Say text={row.name} />
      </th>
      {BOOKS.map((book) => (
        <td key={book} className="compare__value">
          <BookValue of={row[book]} kind={row.kind} />
        </td>
      ))}
      <td className="compare__verdict">
        <span className={row.agrees ? 'mark mark--good' : 'mark mark--bad'}>
          <span aria-hidden="true">{row.agrees ? '✓ ' : '≠ '}</span>
          {row.agrees ? t(agreementOf(row)) : t('differs')}
        </span>
        {row.difference !== null && (
          <span className="compare__by">
            <Say text={row.difference} />
          </span>
        )}
      </td>
    </tr>
  )
}

/** A row of which the centre tells nothing may agree while the sum that it is a part of does not. */
export const agreementOf = ({ centre }: CloseRow): 'agrees' | 'agrees-here' => (centre === null ? 'agrees-here' : 'agrees')

/** A dash where the book knows nothing of it. */
export function BookValue({ of, kind }: { readonly of: string | null; readonly kind: CloseRow['kind'] }): ReactNode {
  const t = useWords('close')
  if (of === null) {
    return (
      <span className="amount amount--unknown">
        <span aria-hidden="true">{'\u2014'}</span>
        <span className="unseen">{t('unknown')}</span>
      </span>
    )
  }
  return kind === 'money' ? <Amount of={of} /> : <span className="amount">{of}</span>
}
