/** A question without a sale: is this drug covered for this person, here, today? Left the person, right drug and answer. */

import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react'
import { useStore } from 'zustand'
import { eligibility } from '../../i18n/eligibility.ts'
import { outpatient } from '../../i18n/outpatient.ts'
import { addWords } from '../../i18n/words.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useScan } from '../../scan/use-scan.tsx'
import { OnTop } from '../outpatient/on-top.tsx'
import { PatientPane } from '../outpatient/patient/patient-pane.tsx'
import { ReaderBeside } from '../outpatient/reader-beside.tsx'
import { useCounter } from '../outpatient/counter-context.tsx'
import { AnswerView } from './answer-view.tsx'
import { DrugField } from './drug-field.tsx'
import { PrintAnswer } from './print-answer.tsx'
import { useQuestion, type Question } from './use-question.ts'
import './eligibility.css'

addWords('outpatient', outpatient)
addWords('eligibility', eligibility)

export function EligibilityScreen(): ReactNode {
  const question = useQuestion()
  const { store } = useCounter()
  const readerOpen = useStore(store, (state) => state.readerOpen)
  return (
    <div className="outpatient">
      <div className={`counter eligibility${readerOpen ? ' counter--reader' : ''}`}>
        <PatientPane />
        <Pane question={question} />
        {readerOpen && <ReaderBeside />}
      </div>
      <OnTop />
    </div>
  )
}

function Pane({ question }: { readonly question: Question }): ReactNode {
  const t = useWords('eligibility')
  const { drug, answer, refusal, find, ask, askAbout } = question
  const search = useRef<HTMLInputElement>(null)
  const quantity = useRef<HTMLInputElement>(null)
  const [missed, miss] = useState<string | null>(null)
  const scan = async (text: string): Promise<void> => {
    const isFound = await find(text)
    miss(isFound ? null : text)
    const next = isFound ? quantity : search
    next.current?.focus()
    next.current?.select()
  }
  useScan(t('scan'), (text) => void scan(text))
  useEffect(() => search.current?.focus(), [])
  useHotkey('F7', t('drug'), () => search.current?.focus())
  return (
    <section className="counter__bill pane eligibility__pane" aria-label={t('title')}>
      <header className="pane__head">
        <h2>{t('title')}</h2>
        <span className="pane__note">{t('no-sale')}</span>
        <span className="pane__space" />
        {answer !== null && <PrintAnswer answer={answer} />}
      </header>
      <div className="eligibility__question">
        <DrugField
          box={search}
          take={(hit) => {
            miss(null)
            askAbout(hit)
            quantity.current?.focus()
            quantity.current?.select()
          }}
        />
        <Number label={t('quantity')} box={quantity} text={question.quantity} change={(text) => ask({ quantity: text })} back={search} />
        <Number label={t('days')} hint={t('days-hint')} text={question.days} change={(text) => ask({ days: text })} back={search} />
      </div>
      {missed !== null && (
        <p className="eligibility__missed" role="alert">
          {t('not-found', { text: missed.slice(0, 40) })}
        </p>
      )}
      {refusal !== null && <RefusalNote refusal={refusal} />}
      {answer !== null && <AnswerView answer={answer} />}
      {drug === null && refusal === null && (
        <div className="calm">
          <p className="calm__title">{t('nothing-asked')}</p>
          <p className="calm__text">{t('nothing-asked-hint')}</p>
        </div>
      )}
    </section>
  )
}

interface NumberProps {
  readonly label: string
  readonly hint?: string
  readonly text: string
  readonly change: (text: string) => void
  readonly box?: RefObject<HTMLInputElement | null>
  readonly back: RefObject<HTMLInputElement | null>
}

/** Enter and Escape lead back to the drug: the answer is there with the last digit. */
function Number({ label, hint, text, change, box, back }: NumberProps): ReactNode {
  return (
    <label className="eligibility__number">
      <span>{label}</span>
      <input
        ref={box}
        className="field field--number"
        inputMode="decimal"
        autoComplete="off"
        maxLength={10}
        placeholder={hint}
        value={text}
        onChange={(event) => change(event.currentTarget.value.trim())}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return
          event.preventDefault()
          event.stopPropagation()
          back.current?.focus()
          back.current?.select()
        }}
      />
    </label>
  )
}
