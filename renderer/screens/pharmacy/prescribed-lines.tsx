/** What is prescribed, which line of the sale fills it, what was taken already; what stands against it; and the pharmacist's word. */

import { useRef, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { PrescribedLineView, PrescriptionView } from '../../../electron/contract/sale-view.ts'
import { Button } from '../../components/button.tsx'
import { ReasonList } from '../../components/reason-list.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useStores } from '../../terminal/terminal-context.tsx'
import { useCounter } from '../outpatient/counter-context.tsx'
import { useWish } from '../outpatient/use-wish.ts'
import { useSale } from './use-sale.ts'

export function PrescribedLines({ of }: { readonly of: PrescriptionView }): ReactNode {
  const t = useWords('pharmacy')
  return (
    <div className="prescribed">
      <p className="prescribed__facts">
        {[of.doctor, of.institution].filter((part) => part !== '').join(' \u00b7 ')} · {t(`visit-${of.visit}`)} · {t(`level-${LEVELS[of.level] ?? '0'}`)}
        {of.diagnoses.length > 0 && ` · ${of.diagnoses.join(' \u00b7 ')}`}
      </p>
      {of.lines.length > 0 && (
        <ol className="prescribed__lines" aria-label={t('prescribed')}>
          {of.lines.map((line, index) => (
            <Prescribed key={`${line.code ?? line.name}-${String(index)}`} line={line} />
          ))}
        </ol>
      )}
      {of.reasons.length > 0 && <ReasonList reasons={of.reasons} label={t('prescription-reasons')} />}
      <Review review={of.review} />
    </div>
  )
}

const LEVELS = ['0', '1', '2', '3'] as const

function Prescribed({ line: { name, quantity, unit, days, isTaken, filledBy } }: { readonly line: PrescribedLineView }): ReactNode {
  const t = useWords('pharmacy')
  const order = useStore(useStores().bill, (state) => state.order)
  const place = filledBy === null ? -1 : order.indexOf(filledBy)
  const state = isTaken ? 'taken' : place === -1 ? 'open' : 'filled'
  return (
    <li>
      <strong>{name}</strong>
      <span>
        {quantity} {unit}
      </span>
      <span>{days === null ? '\u2013' : t('n-days', { count: Number(days) })}</span>
      <span className={`tag tag--${TONES[state]}`}>{t(`prescribed-${state}`, { n: place + 1 })}</span>
    </li>
  )
}

const TONES = { taken: 'bad', open: 'warn', filled: 'good' } as const

function Review({ review }: Pick<PrescriptionView, 'review'>): ReactNode {
  const t = useWords('pharmacy')
  const { store } = useCounter()
  const { actions, sale } = useSale()
  const [note, setNote] = useState('')
  const remark = useRef<HTMLInputElement>(null)
  const give = async (passed: boolean): Promise<void> => {
    await actions.review(passed, note.trim())
    if (!passed) return
    sale.setState({ prescribing: 'closed' })
    store.setState({ wanted: 'grid' })
  }
  useHotkey('Shift+F8', t('review-pass'), () => void give(true), review !== 'passed')
  // Not on the button: Enter that ends the form before is no pharmacist's word.
  useWish('prescription', remark)
  return (
    <div className="prescribed__review">
      <label>
        <span>{t('review-note')}</span>
        <input ref={remark} className="field" value={note} maxLength={200} autoComplete="off" onChange={(event) => setNote(event.currentTarget.value)} />
      </label>
      <Button look="danger" onClick={() => void give(false)} aria-pressed={review === 'refused'}>
        {t('review-refuse')}
      </Button>
      <Button look={review === 'passed' ? 'plain' : 'primary'} hotkey="Shift+F8" onClick={() => void give(true)} aria-pressed={review === 'passed'}>
        {t('review-pass')}
      </Button>
    </div>
  )
}
