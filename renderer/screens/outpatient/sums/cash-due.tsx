/**
 * The largest number of the screen: what is due in cash; below it what was received, and what is handed back. A card that pays nothing
 * leaves all of the bill to pay, somewhere else: what would be due with it is no amount to take.
 */

import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { SumsView } from '../../../../electron/contract/bill-view.ts'
import { Amount } from '../../../components/amount.tsx'
import { RefusalNote } from '../../../components/refusal-note.tsx'
import { useWords } from '../../../i18n/use-words.ts'
import { useStores } from '../../../terminal/terminal-context.tsx'
import { isNothing } from '../counter-actions.ts'
import { useCounter } from '../counter-context.tsx'
import { useNextStep } from '../use-next-step.ts'
import { useWish } from '../use-wish.ts'

export function CashDue({ sums }: { readonly sums: SumsView | null }): ReactNode {
  const t = useWords('outpatient')
  const mayPay = useNextStep().kind !== 'card-refused'
  const due = mayPay ? sums : null
  const isExact = due?.accountKnown === true
  return (
    <div className={`cash${isExact ? '' : ' cash--open'}`}>
      <div className="cash__due" role="status" aria-atomic="true">
        <span className="cash__label">{due === null || isExact ? t('cash-due') : t('cash-at-most')}</span>
        <span className="cash__amount">
          <Amount of={due?.cash ?? null} mark />
        </span>
        {due !== null && !isExact && <span className="cash__note">{t('cash-at-most-hint')}</span>}
      </div>
      {isExact && !isNothing(due.cash) && <CashReceived />}
    </div>
  )
}

function CashReceived(): ReactNode {
  const t = useWords('outpatient')
  const { store, actions } = useCounter()
  const { text, change, refusal } = useStore(store, ({ received }) => received)
  const revision = useStore(useStores().bill, ({ head }) => head?.revision)
  const input = useRef<HTMLInputElement>(null)
  useWish('pay', input)
  useEffect(() => {
    // Another bill, another change: what was received stands, what is handed back is asked again.
    const received = store.getState().received.text
    if (received !== '') void actions.receive(received, revision)
  }, [revision, store, actions])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') void actions.receive('', revision)
    if (event.key === 'Escape' || refusal === null) store.setState({ wanted: 'action' })
  }
  return (
    <div className="cash__received">
      <label>
        <span>{t('cash-received')}</span>
        <input
          ref={input}
          className="field field--number field--money"
          inputMode="decimal"
          autoComplete="off"
          maxLength={20}
          value={text}
          aria-invalid={refusal !== null}
          placeholder={t('cash-exact')}
          onChange={(event) => void actions.receive(event.currentTarget.value.trim(), revision)}
          onKeyDown={onKeyDown}
        />
      </label>
      <span className="cash__change" role="status" aria-atomic="true">
        <span>{t('change-to-give')}</span>
        <Amount of={change} mark />
      </span>
      {refusal !== null && <RefusalNote refusal={refusal} />}
    </div>
  )
}
