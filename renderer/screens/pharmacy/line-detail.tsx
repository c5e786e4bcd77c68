/** Below the lines: the one that is selected, what can be done with it, and every reason behind its light. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import type { LineView } from '../../../electron/contract/bill-view.ts'
import type { SaleLineView } from '../../../electron/contract/sale-view.ts'
import { Button } from '../../components/button.tsx'
import { LightMark } from '../../components/light-mark.tsx'
import { ReasonList } from '../../components/reason-list.tsx'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useStores } from '../../terminal/terminal-context.tsx'
import { DoseForm } from './dose-form.tsx'
import { PackList } from './pack-list.tsx'
import type { Below } from './sale-store.ts'
import { SubstituteList } from './substitute-list.tsx'
import { isFixed, useSale, useSelectedLine } from './use-sale.ts'

export function LineDetail(): ReactNode {
  const line = useSelectedLine()
  const { sale } = useSale()
  const below = useStore(sale, (state) => state.below)
  if (line === null || line.sale === null) return null
  return <Detail key={line.line} line={line} sale={line.sale} below={below} />
}

interface DetailProps {
  readonly line: LineView
  readonly sale: SaleLineView
  readonly below: Below
}

function Detail({ line, sale, below }: DetailProps): ReactNode {
  const t = useWords('pharmacy')
  const { sale: store } = useSale()
  const whyOpen = useStore(store, (state) => state.whyOpen)
  const isOpen = below !== 'reasons' || whyOpen
  return (
    <section className={`detail${isOpen ? '' : ' detail--closed'}`} aria-label={t('selected', { name: line.name })}>
      <header className="detail__head">
        <Actions line={line} sale={sale} below={below} isOpen={isOpen} />
      </header>
      {isOpen && (
        <div className="detail__body" role="region" aria-label={t(`below-${below}`)} tabIndex={0}>
          {below === 'dose' && <DoseForm line={line} sale={sale} />}
          {below === 'substitutes' && <SubstituteList line={line.line} />}
          {below === 'reasons' && <Reasons line={line} sale={sale} />}
        </div>
      )}
    </section>
  )
}

function Reasons({ line, sale }: Pick<DetailProps, 'line' | 'sale'>): ReactNode {
  const t = useWords('pharmacy')
  const { funds, reasons } = sale.verdict
  const fixed = useStore(useStores().bill, isFixed)
  const isWithinDeductible = useStore(useStores().bill, ({ head }) => head?.sale?.isWithinDeductible ?? false)
  return (
    <>
      {funds.length > 1 && (
        <ul className="detail__funds" aria-label={t('funds')}>
          {funds.map(({ name, light }) => (
            <li key={name.zh}>
              <Say text={name} /> <LightMark of={light} isWithinDeductible={isWithinDeductible} />
            </li>
          ))}
        </ul>
      )}
      {reasons.length === 0 ? (
        <p className="detail__none">
          <Say text={sale.verdict.sentence} />
        </p>
      ) : (
        <ReasonList reasons={reasons} label={t('reasons')} />
      )}
      <PackList line={line.line} sale={sale} fixed={fixed} />
    </>
  )
}

function Actions({ line, sale, below, isOpen }: DetailProps & { readonly isOpen: boolean }): ReactNode {
  const t = useWords('pharmacy')
  const o = useWords('outpatient')
  const { sale: store, actions } = useSale()
  const mayChange = !useStore(useStores().bill, isFixed)
  const show = (which: Below) => (): void => store.setState(({ below: shown }) => ({ below: shown === which ? 'reasons' : which }))
  const turnWhy = (): void => store.setState({ below: 'reasons', whyOpen: below !== 'reasons' || !isOpen })
  const isLimited = sale.verdict.payableQuantity !== null
  return (
    <>
      <Act hotkey="+" label={t(sale.isOwnPay ? 'own-pay-off' : 'own-pay')} pressed={sale.isOwnPay} may={mayChange} run={() => void actions.toggleOwnPay(line)} />
      <Act hotkey="-" label={t('split')} may={mayChange && isLimited} run={() => void actions.split(line.line)} />
      <Act hotkey="/" label={t('substitutes')} pressed={below === 'substitutes'} may={mayChange && sale.hasSubstitute} run={show('substitutes')} />
      <Act hotkey="*" label={t('dose')} pressed={below === 'dose'} may={mayChange} run={show('dose')} />
      {line.isRestricted && <Act hotkey="=" label={o(`approval-${line.approval}`)} may={mayChange} run={() => void actions.approve(line)} />}
      <span className="pane__space" />
      <Button look="quiet" hotkey="Space" aria-expanded={isOpen && below === 'reasons'} onClick={turnWhy}>
        {t('reasons')} {sale.verdict.reasons.length > 0 && sale.verdict.reasons.length}
      </Button>
    </>
  )
}

interface ActProps {
  readonly hotkey: string
  readonly label: string
  readonly may: boolean
  readonly pressed?: boolean
  readonly run: () => void
}

function Act({ hotkey, label, may, pressed, run }: ActProps): ReactNode {
  useHotkey(hotkey, label, run, may)
  return (
    <Button hotkey={hotkey} disabled={!may} aria-pressed={pressed} onClick={run}>
      {label}
    </Button>
  )
}
