/** The prescription of the sale: one line while nothing is asked of it, its fields or its drugs when it is opened (F6). */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import type { PrescriptionView } from '../../../electron/contract/sale-view.ts'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useStores } from '../../terminal/terminal-context.tsx'
import { useCounter } from '../outpatient/counter-context.tsx'
import { ElectronicForm } from './electronic-form.tsx'
import { PaperForm } from './paper-form.tsx'
import { PrescribedLines } from './prescribed-lines.tsx'
import type { SaleState } from './sale-store.ts'
import { useSale } from './use-sale.ts'

export function PrescriptionPane(): ReactNode {
  const t = useWords('pharmacy')
  const { store } = useCounter()
  const { sale } = useSale()
  const prescription = useStore(useStores().bill, ({ head }) => head?.sale?.prescription ?? null)
  const prescribing = useStore(sale, (state) => state.prescribing)
  const refusal = useStore(sale, (state) => state.prescriptionRefusal)
  const isOpen = prescribing !== 'closed'
  const hasLines = useStore(useStores().bill, ({ order }) => order.length > 0)
  const turnTo = (next: SaleState['prescribing']): void => {
    sale.setState({ prescribing: next, prescriptionRefusal: null })
    store.setState({ wanted: next !== 'closed' ? 'prescription' : hasLines ? 'grid' : 'search' })
  }
  const close = (): void => turnTo('closed')
  const turn = (): void => turnTo(prescription === null ? NEXT[prescribing] : isOpen ? 'closed' : prescription.kind)
  useHotkey('F6', t('prescription'), turn)
  useHotkey('Escape', t('prescription-close'), close, isOpen)
  return (
    <section className={`prescription${isOpen ? ' prescription--open' : ''}`} aria-label={t('prescription')}>
      <header className="prescription__head">
        {prescription === null ? <NoPrescription isOpen={isOpen} /> : <Summary of={prescription} />}
        <span className="pane__space" />
        {prescription !== null && isOpen && <Withdraw />}
        {isOpen ? (
          <Button look="quiet" hotkey="Esc" aria-expanded="true" onClick={close}>
            {t('prescription-close')}
          </Button>
        ) : (
          <Button look={prescription === null ? 'plain' : 'quiet'} hotkey="F6" aria-expanded="false" onClick={turn}>
            {t(prescription === null ? 'prescription-enter' : 'prescription-open')}
          </Button>
        )}
      </header>
      {refusal !== null && <RefusalNote refusal={refusal} />}
      {isOpen && prescription !== null && <PrescribedLines of={prescription} />}
      {isOpen && prescription === null && (prescribing === 'paper' ? <PaperForm /> : <ElectronicForm />)}
    </section>
  )
}

/** Paper first: it is what comes most; the same key once more is the other kind. */
const NEXT = { closed: 'paper', paper: 'electronic', electronic: 'closed' } as const satisfies Record<string, SaleState['prescribing']>

const KINDS = ['paper', 'electronic'] as const

function NoPrescription({ isOpen }: { readonly isOpen: boolean }): ReactNode {
  const t = useWords('pharmacy')
  const { sale } = useSale()
  const prescribing = useStore(sale, (state) => state.prescribing)
  return (
    <>
      <h3>{t('prescription')}</h3>
      {isOpen && prescribing !== 'closed' ? (
        <Choice
          legend={t('prescription-kind')}
          name="prescription-kind"
          values={KINDS}
          chosen={prescribing}
          word={(kind) => t(`kind-${kind}`)}
          choose={(kind) => sale.setState({ prescribing: kind })}
          hotkey="F6"
        />
      ) : (
        <span className="prescription__none">{t('prescription-none')}</span>
      )}
    </>
  )
}

function Summary({ of: { kind, number, doctor, institution, issuedOn, validUntil, state, review, reasons } }: { readonly of: PrescriptionView }): ReactNode {
  const t = useWords('pharmacy')
  const facts = [number, doctor, institution].filter((fact) => fact !== '')
  return (
    <>
      <h3>{t(`kind-${kind}`)}</h3>
      <span className="prescription__facts" title={facts.join(' \u00b7 ')}>
        {facts.join(' \u00b7 ')}
      </span>
      <span className="prescription__days">
        {issuedOn} {'\u2192'} {validUntil}
      </span>
      {state !== null && (
        <span className={`tag tag--${reasons.some(({ kind: of }) => OF_STATE.has(of)) ? 'bad' : 'good'}`}>
          <Say text={state} />
        </span>
      )}
      <span className={`tag tag--${REVIEW_TONES[review]}`}>{t(`review-${review}`)}</span>
    </>
  )
}

/** Reasons that say the same as the state does. */
const OF_STATE = new Set(['prescription-expired', 'prescription-withdrawn', 'prescription-used', 'prescription-not-signed'])

const REVIEW_TONES = { passed: 'good', refused: 'bad', open: 'warn' } as const

function Withdraw(): ReactNode {
  const t = useWords('pharmacy')
  const { actions, sale } = useSale()
  const withdraw = (): void => {
    sale.setState({ prescribing: 'closed', prescriptionRefusal: null })
    void actions.unprescribe()
  }
  useHotkey('Shift+F7', t('prescription-remove'), withdraw)
  return (
    <Button look="quiet" hotkey="Shift+F7" onClick={withdraw}>
      {t('prescription-remove')}
    </Button>
  )
}
