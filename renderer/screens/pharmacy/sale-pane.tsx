/** The middle of the screen: prescription, lines, what stands behind the selected one, and the field for whoever types. */

import { useEffect, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { SaleView } from '../../../electron/contract/sale-view.ts'
import { Button } from '../../components/button.tsx'
import { DropButton } from '../../components/drop-button.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useGoTo } from '../../frame/go-to.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useStores } from '../../terminal/terminal-context.tsx'
import { useCounter } from '../outpatient/counter-context.tsx'
import { LineDetail } from './line-detail.tsx'
import { PrescriptionPane } from './prescription-pane.tsx'
import { SaleGrid } from './sale-grid.tsx'
import { SaleSearch } from './sale-search.tsx'
import { freshSale } from './sale-store.ts'
import { isFixed, soldIn, useSale, useSelectedLine } from './use-sale.ts'

export function SalePane(): ReactNode {
  const t = useWords('pharmacy')
  const { store } = useCounter()
  const sale = useStore(useStores().bill, ({ head }) => head?.sale ?? null)
  const lines = useStore(useStores().bill, ({ order }) => order.length)
  const fixed = useStore(useStores().bill, isFixed)
  const frozen = useStore(store, ({ settlement }) => settlement.state === 'running')
  const isPrescribing = useStore(useSale().sale, ({ prescribing }) => prescribing !== 'closed')
  useForgetting(sale === null, isPrescribing)
  useHotkey('F8', t('to-lines'), () => store.setState({ wanted: 'grid' }), lines > 0 && !frozen)
  return (
    <section className="counter__bill pane sale" aria-label={t('sale')} inert={frozen}>
      <header className="pane__head">
        <h2>{t(sale?.returnOf ? 'return' : 'sale')}</h2>
        {sale?.returnOf && <ReturnNote of={sale.returnOf} />}
        <Open count={sale?.openLines ?? 0} lines={lines} />
        <span className="pane__space" />
        {sale !== null && <Close of={sale} lines={lines} frozen={frozen} />}
      </header>
      {!fixed && <PrescriptionPane />}
      {lines === 0 ? <NoLines /> : <SaleGrid />}
      {lines > 0 && !isPrescribing && <LineDetail />}
      <Refusals />
      <div className="pane__foot">
        {!fixed ? <SaleSearch /> : <span className="pane__note">{t('return-fixed')}</span>}
        {sale !== null && <Rules sale={sale} />}
      </div>
    </section>
  )
}

/** What was opened and typed belongs to one sale. */
function useForgetting(over: boolean, isTyping: boolean): void {
  const { sale } = useSale()
  useEffect(() => {
    if (over && !isTyping) sale.setState(freshSale(sale.getState()))
  }, [over, isTyping, sale])
}

function Close({ of: { returnOf }, lines, frozen }: { readonly of: SaleView; readonly lines: number; readonly frozen: boolean }): ReactNode {
  const t = useWords('pharmacy')
  const { actions } = useCounter()
  const { sale } = useSale()
  const drop = (): void => {
    sale.setState(freshSale(sale.getState()))
    void actions.closeBill()
  }
  const loss = returnOf !== null ? t('drop-return') : lines > 0 ? t('drop-text') : null
  return <DropButton label={t('close-sale')} loss={loss === null ? null : { title: t('drop-title'), text: loss }} frozen={frozen} drop={drop} />
}

/** How many lines wait for something, in the same words as the big button. */
function Open({ count, lines }: { readonly count: number; readonly lines: number }): ReactNode {
  const t = useWords('pharmacy')
  if (lines === 0) return null
  return (
    <span className="pane__note" role="status">
      {t('line-count', { count: lines })}
      {' \u00b7 '}
      {count === 0 ? <span className="sale__ready">{t('all-ready')}</span> : <strong className="sale__waits">{t('open-lines', { n: count })}</strong>}
    </span>
  )
}

function ReturnNote({ of: { settlementId, when } }: { readonly of: NonNullable<SaleView['returnOf']> }): ReactNode {
  const t = useWords('pharmacy')
  return <span className="tag tag--warn">{t('return-of', { id: settlementId, when: when.slice(0, 16) })}</span>
}

function NoLines(): ReactNode {
  const t = useWords('pharmacy')
  return (
    <div className="calm">
      <p className="calm__title">{t('no-lines')}</p>
      <p className="calm__text">{t('no-lines-hint')}</p>
    </div>
  )
}

/** Of the cell that is edited, or of the last scan. A pack that was sold before, refused or in the line, leads to its sale. */
function Refusals(): ReactNode {
  const t = useWords('pharmacy')
  const { store, grid } = useCounter()
  const goTo = useGoTo()
  const ofBill = useStore(store, (state) => state.billRefusal)
  const ofCell = useStore(grid, (state) => state.refused?.refusal ?? null)
  const refusal = ofCell ?? ofBill
  const ofLine = soldIn(useSelectedLine())
  const record = refusal?.settlementId ?? ofLine
  const open = (): void => {
    if (record !== null) goTo({ screen: 'records', record })
  }
  useHotkey('Shift+F10', t('open-sold'), open, record !== null)
  if (refusal === null && record === null) return null
  const button = record !== null && (
    <Button hotkey="Shift+F10" onClick={open}>
      {t('open-sold')}
    </Button>
  )
  return <div className="sale__refusal">{refusal === null ? button : <RefusalNote refusal={refusal}>{button}</RefusalNote>}</div>
}

function Rules({ sale: { rules, place } }: { readonly sale: SaleView }): ReactNode {
  const t = useWords('pharmacy')
  const kinds = [place.isPooling && t('pooling'), place.isDualChannel && t('dual-channel')].filter((kind) => kind !== false)
  return (
    <span className="pane__note" title={`${rules.id} ${rules.version}`}>
      {[...kinds, t('rules', { id: rules.id, version: rules.version })].join(' \u00b7 ')}
    </span>
  )
}
