/** The packs of one line by their trace codes: sold whole, or opened and sold in parts. */

import type { ReactNode } from 'react'
import type { SaleLineView } from '../../../electron/contract/sale-view.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useSale } from './use-sale.ts'

interface PackListProps {
  readonly line: string
  readonly sale: SaleLineView
  readonly fixed: boolean
}

export function PackList({ line, sale: { packs, tracesWanted }, fixed }: PackListProps): ReactNode {
  const t = useWords('pharmacy')
  const { actions } = useSale()
  if (packs.length === 0) return null
  return (
    <div className="packs">
      <h3>{t('packs', { n: packs.length, of: Math.max(tracesWanted, packs.length) })}</h3>
      <ul>
        {packs.map((pack) => (
          <li key={pack.traceCode}>
            <code>{pack.traceCode}</code>
            <button type="button" className="packs__act" aria-pressed={pack.isSplit} disabled={fixed} onClick={() => void actions.turnPack(line, pack)}>
              {t('pack-split')}
            </button>
            <button type="button" className="packs__act" disabled={fixed} aria-label={t('pack-drop', { code: pack.traceCode })} onClick={() => void actions.dropPack(line, pack.traceCode)}>
              {'\u00d7'}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
