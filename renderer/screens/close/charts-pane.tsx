/** The day in three charts, each with the same numbers as a table beside it. The drawing is fetched when it is wanted. */

import { lazy, Suspense, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { ChartsView } from '../../../electron/contract/close-view.ts'
import { Amount, grouped } from '../../components/amount.tsx'
import { appearance } from '../../theme/theme.ts'
import { usePick, useWords } from '../../i18n/use-words.ts'
import type { Bar } from './bar-chart.tsx'

const BarChart = lazy(async () => ({ default: (await import('./bar-chart.tsx')).BarChart }))

export function ChartsPane({ charts }: { readonly charts: ChartsView }): ReactNode {
  const t = useWords('close')
  const pick = usePick()
  const slices = (part: 'byFund' | 'byClass'): readonly Bar[] =>
    charts[part].map(({ key, name, amount }) => ({ key, name: begun(pick(name)), value: Number(amount), label: grouped(amount), amount }))
  const hours: readonly Bar[] = charts.byHour.map(({ hour, settlements, total }) => ({
    key: hour,
    name: t('hour-of', { hour }),
    value: settlements,
    label: String(settlements),
    amount: total
  }))
  return (
    <section className="charts pane" aria-label={t('charts')}>
      <header className="pane__head">
        <h2>{t('charts')}</h2>
      </header>
      <div className="charts__all">
        <Chart title={t('by-fund')} bars={slices('byFund')} />
        <Chart title={t('by-class')} bars={slices('byClass')} />
        <Chart title={t('by-hour')} bars={hours} counts />
      </div>
    </section>
  )
}

/** The host's English names begin small, since some are joined to others. */
const begun = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`

interface ChartProps {
  readonly title: string
  readonly bars: readonly Bar[]
  /** The bars count settlements, and the table has the total beside each. */
  readonly counts?: boolean
}

/** Who does not see the drawing has the table; who does can open it for the numbers. */
function Chart({ title, bars, counts = false }: ChartProps): ReactNode {
  const t = useWords('close')
  const { shown } = useStore(appearance)
  return (
    <figure className={counts ? 'chart chart--hours' : 'chart'}>
      <figcaption>{counts ? `${title} · ${t('settlements')}` : title}</figcaption>
      <Suspense fallback={<div className="chart__drawing" />}>
        <BarChart key={shown} bars={bars} upright={counts} />
      </Suspense>
      <details className="chart__table">
        <summary>
          {t('as-table')}
          <span className="unseen"> {title}</span>
        </summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{counts ? t('hour') : t('item')}</th>
              {counts && <th scope="col">{t('settlements')}</th>}
              <th scope="col">{t('amount')}</th>
            </tr>
          </thead>
          <tbody>
            {bars.map(({ key, name, label, amount }) => (
              <tr key={key}>
                <th scope="row">{name}</th>
                {counts && <td>{label}</td>}
                <td>
                  <Amount of={amount} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
