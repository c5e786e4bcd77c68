/** The close report on A4: the four books, the drawer, every difference with its resolution, and the signature. */

import type { ReactNode } from 'react'
import { isDifference, type CloseItem, type CloseReport, type DrawerView } from '../../../electron/contract/close-view.ts'
import { Amount } from '../../components/amount.tsx'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { agreementOf, BOOKS, BookValue, isTakenBackOnly } from './compare-pane.tsx'
import './close-sheet.css'

export function CloseSheet({ report }: { readonly report: CloseReport }): ReactNode {
  const t = useWords('close')
  const { institution, terminal, day, period, signed, reopened } = report
  const { settlements, refunds, loads, from, to } = period
  return (
    <article className="paper">
      <header className="paper__head">
        <div>
          <h1>{institution.name}</h1>
          <p>{t('sheet-title')}</p>
        </div>
        <p className="paper__marks">
          {signed === null && <strong>{t('sheet-draft')}</strong>}
          {reopened !== null && <strong>{t('sheet-reopened')}</strong>}
          {signed !== null && <span>{t('sheet-signed', { at: signed.closedAt, sequence: signed.sequence })}</span>}
        </p>
      </header>
      <dl className="paper__facts">
        <Fact name={t('day-of')}>{day}</Fact>
        <Fact name={t('sheet-institution')}>{institution.code}</Fact>
        <Fact name={t('sheet-terminal')}>{terminal}</Fact>
        {from !== null && to !== null && <Fact name={t('period')}>{t('period-range', { from, to })}</Fact>}
        <Fact name={t('settlements')}>{t('counts', { settlements, refunds, loads })}</Fact>
      </dl>
      <Books report={report} />
      {isTakenBackOnly(report) && <p>{t('compare-taken-back')}</p>}
      <Drawer drawer={report.drawer} />
      <Items title={t('differences')} none={t('differences-none')} items={report.items.filter(isDifference)} />
      <Items title={t('owed')} items={report.items.filter((item) => !isDifference(item))} />
      {signed !== null && (
        <dl className="paper__facts paper__proof">
          <Fact name={t('sheet-hash')}>{signed.hash}</Fact>
          <Fact name={t('sheet-signature')}>{signed.signature}</Fact>
        </dl>
      )}
      {reopened !== null && <p>{t('reopened-why', { at: reopened.at, reason: reopened.reason })}</p>}
      <p className="paper__signatures">
        <span>{t('sheet-cashier')}</span>
        <span>{t('sheet-checker')}</span>
      </p>
    </article>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Books({ report: { rows } }: { readonly report: CloseReport }): ReactNode {
  const t = useWords('close')
  return (
    <table className="paper__table">
      <caption>{t('compare')}</caption>
      <thead>
        <tr>
          <th scope="col" className="paper__words">
            {t('item')}
          </th>
          {BOOKS.map((book) => (
            <th key={book} scope="col">
              {t(book)}
            </th>
          ))}
          <th scope="col" className="paper__words">
            {t('verdict')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.row}>
            <th scope="row" className="paper__words">
              <Say text={row.name} />
            </th>
            {BOOKS.map((book) => (
              <td key={book}>
                <BookValue of={row[book]} kind={row.kind} />
              </td>
            ))}
            <td className="paper__words">{row.difference === null ? t(agreementOf(row)) : <Say text={row.difference} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Drawer({ drawer }: { readonly drawer: DrawerView }): ReactNode {
  const t = useWords('close')
  const parts = [
    ['float', drawer.float],
    ['received', drawer.received],
    ['handed-back', drawer.handedBack],
    ['expected', drawer.expected],
    ['counted', drawer.counted],
    ['difference', drawer.difference]
  ] as const
  return (
    <table className="paper__table">
      <caption>{t('drawer')}</caption>
      <thead>
        <tr>
          {parts.map(([word]) => (
            <th key={word} scope="col">
              {t(word)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          {parts.map(([word, amount]) => (
            <td key={word}>
              <Amount of={amount} />
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

interface ItemsProps {
  readonly title: string
  /** Said where there is none. */
  readonly none?: string
  readonly items: readonly CloseItem[]
}

function Items({ title, none, items }: ItemsProps): ReactNode {
  const t = useWords('close')
  if (items.length === 0) return none === undefined ? null : <p className="paper__none">{none}</p>
  return (
    <table className="paper__table paper__items">
      <caption>{title}</caption>
      <tbody>
        {items.map((item) => (
          <tr key={item.item}>
            <th scope="row" className="paper__words">
              {t(`kind-${item.kind}`)}
            </th>
            <td className="paper__words">
              <Say text={item.text} /> {item.name} {item.settlementId}
            </td>
            <td>{item.amount !== null && <Amount of={item.amount} />}</td>
            <td className="paper__words">
              {item.chosen === null ? (
                t('item-open')
              ) : (
                <>
                  <Say text={item.chosen.text} /> {item.chosen.note}
                </>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
