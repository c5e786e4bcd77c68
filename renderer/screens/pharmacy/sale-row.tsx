/** One line of the sale: the light first, then what it is, how much of it, and in one sentence why the light is what it is. */

import { memo, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { LineView } from '../../../electron/contract/bill-view.ts'
import type { SaleLineView } from '../../../electron/contract/sale-view.ts'
import { Amount } from '../../components/amount.tsx'
import { ClassMark } from '../../components/class-mark.tsx'
import { LightMark } from '../../components/light-mark.tsx'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useStores } from '../../terminal/terminal-context.tsx'
import { EditableCell } from '../outpatient/bill/editable-cell.tsx'
import { useCounter } from '../outpatient/counter-context.tsx'
import { columnOf, isReturned } from './sale-keys.ts'

interface SaleRowProps {
  readonly line: string
  readonly index: number
  readonly start: number
}

export const SaleRow = memo(function SaleRow({ line: name, index, start }: SaleRowProps): ReactNode {
  const { bill } = useStores()
  const { grid } = useCounter()
  const line = useStore(bill, (state) => state.lines.get(name))
  const active = useStore(grid, ({ cell }) => (cell?.line === name ? columnOf(cell) : null))
  const isWithinDeductible = useStore(bill, ({ head }) => head?.sale?.isWithinDeductible ?? false)
  const leaving = useStore(grid, (state) => state.leaving === name)
  if (line === undefined || line.sale === null) return null
  const classes = ['grid__row', 'sale__row', `sale__row--${line.sale.verdict.light}`, active !== null && 'grid__row--active', leaving && 'grid__row--leaving']
  return (
    <div className={classes.filter(Boolean).join(' ')} role="row" aria-rowindex={index + 2} data-line={name} style={{ transform: `translateY(${start}px)` }}>
      <span role="rowheader" className="sale__light">
        {isReturned(line) ? <Returned /> : <LightMark of={line.sale.verdict.light} isWithinDeductible={isWithinDeductible} />}
      </span>
      <span role="gridcell" className="sale__item">
        <Item line={line} sale={line.sale} />
      </span>
      <span role="gridcell">
        <ClassMark of={line.chargeClass} />
      </span>
      <Numbers line={line} active={active} />
      <span role="gridcell" className="sale__packs">
        <Packs sale={line.sale} />
      </span>
      <span role="gridcell" className="sale__why">
        <Why sale={line.sale} leaving={leaving} isUnpaid={isWithinDeductible && line.sale.verdict.light === 'covered' && !isReturned(line)} />
      </span>
    </div>
  )
})

function Returned(): ReactNode {
  const t = useWords('pharmacy')
  return <strong className="sale__returned">{'\u21a9 '}
    {t('returned')}</strong>
}

function Item({ line, sale }: { readonly line: LineView; readonly sale: SaleLineView }): ReactNode {
  const t = useWords('pharmacy')
  return (
    <>
      {sale.isOwnPay && <strong className="sale__tag">{t('own-pay-chosen')}</strong>}
      <span className="sale__name" title={`${line.name} ${line.code}`}>
        {line.name}
      </span>
      <span className="sale__spec">{sale.spec}</span>
    </>
  )
}

function Numbers({ line, active }: { readonly line: LineView; readonly active: string | null }): ReactNode {
  const t = useWords('outpatient')
  const p = useWords('pharmacy')
  return (
    <>
      <EditableCell line={line} column="price" active={active === 'price'} label={t('col-price')} />
      <EditableCell line={line} column="quantity" active={active === 'quantity'} label={t('col-quantity')} />
      <span role="gridcell" className="grid__number grid__amount">
        <Amount of={line.amount} />
      </span>
      <EditableCell line={line} column="days" active={active === 'days'} label={p('col-days')} />
    </>
  )
}

/** How many packs were scanned of how many; an exempt drug wants none. */
function Packs({ sale: { packs, tracesWanted } }: { readonly sale: SaleLineView }): ReactNode {
  const t = useWords('pharmacy')
  if (tracesWanted === 0) return <span className="sale__packs-none">{'\u2013'}</span>
  const isComplete = packs.length >= tracesWanted
  return (
    <span className={isComplete ? 'sale__packs-done' : 'sale__packs-open'} aria-label={t('packs-of', { n: packs.length, count: tracesWanted })}>
      <span aria-hidden="true">
        {isComplete && '\u2713\u00a0'}
        {packs.length}/{tracesWanted}
      </span>
    </span>
  )
}

interface WhyProps {
  readonly sale: SaleLineView
  readonly leaving: boolean
  /** Covered, and within the deductible. */
  readonly isUnpaid: boolean
}

function Why({ sale: { verdict, hasSubstitute }, leaving, isUnpaid }: WhyProps): ReactNode {
  const t = useWords('pharmacy')
  const o = useWords('outpatient')
  const c = useWords('common')
  if (leaving) return <strong className="sale__leaving">{o('remove-again')}</strong>
  const isUncertain = verdict.reasons[0]?.isUncertain === true
  return (
    <>
      <span className="sale__sentence">
        <Say text={verdict.sentence} />
      </span>
      {isUncertain && <span className="reasons__uncertain">{t('uncertain')}</span>}
      {isUnpaid && <span className="sale__hint">{c('within-deductible-pays')}</span>}
      {verdict.payableQuantity !== null && <span className="sale__hint">{t('payable', { n: verdict.payableQuantity })}</span>}
      {hasSubstitute && verdict.light !== 'covered' && <span className="sale__hint">{t('has-substitute')}</span>}
    </>
  )
}
