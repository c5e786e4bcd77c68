/** The lines of the bill, folded away: a cashier who opens a settlement asks about the sums first. */

import type { ReactNode } from 'react'
import type { StatementLine } from '../../../electron/contract/settlement-view.ts'
import { Amount } from '../../components/amount.tsx'
import { ClassMark } from '../../components/class-mark.tsx'
import { useWords } from '../../i18n/use-words.ts'

export function RecordLines({ lines }: { readonly lines: readonly StatementLine[] }): ReactNode {
  const t = useWords('records')
  return (
    <details className="record__part record__lines">
      <summary>{t('lines', { count: lines.length })}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('item')}</th>
            <th scope="col" className="records__amount">
              {t('amount')}
            </th>
            <th scope="col" className="records__amount">
              {t('in-scope')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.line}>
              <th scope="row">
                <span className="record__item">
                  <ClassMark of={line.chargeClass} /> {line.name}
                </span>
                <span className="record__price">
                  {line.price} × {line.quantity}
                  {line.sale?.packs.map(({ traceCode }) => (
                    <code key={traceCode} className="record__pack">
                      {traceCode}
                    </code>
                  ))}
                </span>
              </th>
              <td className="records__amount">
                <Amount of={line.amount} />
              </td>
              <td className="records__amount">
                <Amount of={line.inScope} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
