/** Dose and frequency of one line, and the days that follow: the host divides, and its light answers with every key. */

import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import type { LineView } from '../../../electron/contract/bill-view.ts'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { SaleLineView } from '../../../electron/contract/sale-view.ts'
import { KeyCap } from '../../components/button.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useSale } from './use-sale.ts'

interface DoseFormProps {
  readonly line: LineView
  readonly sale: SaleLineView
}

/** As labels have them; the number is their place on the keyboard. */
const FREQUENCIES = ['qd', 'bid', 'tid', 'qid'] as const

function enter({ current }: RefObject<HTMLInputElement | null>): void {
  current?.focus()
  current?.select()
}

export function DoseForm({ line, sale }: DoseFormProps): ReactNode {
  const t = useWords('pharmacy')
  const { actions } = useSale()
  const [dose, setDose] = useState(sale.dose ?? '')
  const [frequency, setFrequency] = useState(sale.frequency ?? '')
  const [refusal, setRefusal] = useState<RefusalView | null>(null)
  const first = useRef<HTMLInputElement>(null)
  const second = useRef<HTMLInputElement>(null)
  useEffect(() => enter(first), [])

  const send = async (change: { readonly dose?: string; readonly frequency?: string }): Promise<void> => {
    const sent = await actions.dose(line.line, change)
    if (sent.state !== 'overtaken') setRefusal(sent.state === 'refused' ? sent.refusal : null)
  }
  const back = (): void => actions.select(line.line)
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Enter' && event.currentTarget === first.current) enter(second)
    else back()
  }
  return (
    <div className="dose">
      <Field
        label={t('dose-each')}
        box={first}
        text={dose}
        onKeyDown={onKeyDown}
        change={(text) => {
          setDose(text)
          void send({ dose: text })
        }}
      />
      <Field
        label={t('frequency')}
        box={second}
        text={frequency}
        onKeyDown={onKeyDown}
        change={(text) => {
          const known = FREQUENCIES[Number(text) - 1] ?? text
          setFrequency(known)
          void send({ frequency: known })
        }}
      />
      <span className="dose__days" role="status">
        <span>{t('dose-days')}</span>
        <strong>{sale.days === null ? '\u2013' : t('n-days', { count: Number(sale.days) })}</strong>
      </span>
      <p className="dose__hint">
        {FREQUENCIES.map((code, index) => (
          <span key={code}>
            <KeyCap>{String(index + 1)}</KeyCap> {t(`frequency-${code}`)}
          </span>
        ))}
        <span>
          <KeyCap>{'Esc'}</KeyCap> {t('back-to-lines')}
        </span>
      </p>
      {refusal !== null && <RefusalNote refusal={refusal} />}
    </div>
  )
}

interface FieldProps {
  readonly label: string
  readonly box: RefObject<HTMLInputElement | null>
  readonly text: string
  readonly change: (text: string) => void
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void
}

function Field({ label, box, text, change, onKeyDown }: FieldProps): ReactNode {
  return (
    <label className="dose__field">
      <span>{label}</span>
      <input ref={box} className="field" value={text} maxLength={10} autoComplete="off" spellCheck={false} onChange={(event) => change(event.currentTarget.value.trim())} onKeyDown={onKeyDown} />
    </label>
  )
}
