/**
 * The lines of the sale: the keyboard rests here, because scanners type without a field and numbers go into the line that was
 * scanned last.
 */

import type { ReactNode } from 'react'
import { useWords } from '../../i18n/use-words.ts'
import { LineGrid } from '../outpatient/bill/line-grid.tsx'
import { columnOf } from './sale-keys.ts'
import { SaleRow } from './sale-row.tsx'
import { useSaleKeys } from './use-sale-keys.ts'

const ROW_REM = 3.375

export function SaleGrid(): ReactNode {
  const t = useWords('outpatient')
  const p = useWords('pharmacy')
  const keys = useSaleKeys()
  const headings = [
    { text: p('col-light') },
    { text: p('col-drug') },
    { text: t('col-class') },
    { text: t('col-price'), className: 'grid__number' },
    { text: t('col-quantity'), className: 'grid__number' },
    { text: t('col-amount'), className: 'grid__number' },
    { text: p('col-days'), className: 'grid__number' },
    { text: p('col-packs'), className: 'sale__packs' },
    { text: p('col-why'), className: 'unseen' }
  ]
  return <LineGrid block="sale" label={p('lines')} headings={headings} rowRem={ROW_REM} row={SaleRow} columnOf={columnOf} keys={keys} />
}
