/** What is asked, and the host's last answer to it. It is asked anew with every change, and when another card comes. */

import { useCallback, useEffect, useState } from 'react'
import type { CatalogueHit } from '../../../electron/contract/bill-view.ts'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { EligibilityView } from '../../../electron/contract/sale-view.ts'
import { useStores, useTerminal } from '../../terminal/terminal-context.tsx'

interface Asked {
  readonly drug: Pick<CatalogueHit, 'code' | 'name'> | null
  readonly quantity: string
  /** Empty: not said. */
  readonly days: string
}

export interface Question extends Asked {
  readonly answer: EligibilityView | null
  readonly refusal: RefusalView | null
  readonly ask: (change: Partial<Omit<Asked, 'drug'>>) => void
  /** How many, and for how many days, was said of the drug before. null: none. */
  readonly askAbout: (drug: Asked['drug']) => void
  /** Of a scan: false where the catalogue has none, or more than one. Then nothing is asked: the answer to the drug before is none to what was scanned. */
  readonly find: (text: string) => Promise<boolean>
}

interface Told {
  readonly answer: EligibilityView | null
  readonly refusal: RefusalView | null
}

const UNASKED: Asked = { drug: null, quantity: '1', days: '' }

const NOTHING: Told = { answer: null, refusal: null }

/** Digits with which a trace code names its product. */
const PRODUCT_DIGITS = 7
const TRACE_CODE = /^\d{20}$/

export function useQuestion(): Question {
  const terminal = useTerminal()
  const { panel } = useStores()
  const [question, setQuestion] = useState<Asked>(UNASKED)
  const [told, tell] = useState<Told>(NOTHING)
  const { drug, quantity, days } = question
  const code = drug?.code ?? null
  useEffect(() => {
    if (code === null || quantity === '') return undefined
    const asked = { last: 0 }
    const askNow = (): void => {
      const number = (asked.last += 1)
      void terminal.call('eligibility.check', { code, quantity, days: days === '' ? null : days }).then((answer) => {
        if (number === asked.last) tell(answer.ok ? { answer: answer.value, refusal: null } : { answer: null, refusal: answer.error })
      })
    }
    askNow()
    // A card that comes or goes is another person.
    const stop = panel.subscribe(askNow)
    return () => {
      asked.last = 0
      stop()
    }
  }, [terminal, panel, code, quantity, days])
  const ask = useCallback((change: Partial<Asked>) => setQuestion((before) => ({ ...before, ...change })), [])
  const askAbout = useCallback((about: Asked['drug']) => setQuestion({ ...UNASKED, drug: about }), [])
  const find = useCallback(
    async (text: string) => {
      const wanted = TRACE_CODE.test(text) ? text.slice(0, PRODUCT_DIGITS) : text.slice(0, 50)
      const answer = await terminal.call('catalogue.search', { text: wanted, limit: 2 })
      if (!answer.ok) tell({ answer: null, refusal: answer.error })
      const [only, other] = answer.ok ? answer.value : []
      const isFound = only !== undefined && other === undefined
      askAbout(isFound ? only : null)
      return isFound
    },
    [terminal, askAbout]
  )
  // Without a quantity nothing is asked, and an answer to another one is none.
  return { ...question, ...(code === null || quantity === '' ? NOTHING : told), ask, askAbout, find }
}
