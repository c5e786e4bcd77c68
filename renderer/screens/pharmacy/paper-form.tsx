/** A prescription on paper, field by field; Enter goes on, and at the end takes it. What stays the same all day stays filled in. */

import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { PrescriptionView } from '../../../electron/contract/sale-view.ts'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useStores } from '../../terminal/terminal-context.tsx'
import { useCounter } from '../outpatient/counter-context.tsx'
import { useWish } from '../outpatient/use-wish.ts'
import { EMPTY_DRAFT, type PaperDraft } from './sale-store.ts'
import { useSale } from './use-sale.ts'

const VISITS = ['ordinary', 'emergency', 'chronic', 'long-term', 'reduced-mobility'] as const satisfies readonly PrescriptionView['visit'][]
const LEVELS = ['1', '2', '3', '0'] as const

export function PaperForm(): ReactNode {
  const t = useWords('pharmacy')
  const { sale } = useSale()
  const draft = useStore(sale, (state) => state.draft)
  const today = useStore(useStores().till, (till) => till?.today ?? '')
  const number = useRef<HTMLInputElement>(null)
  const take = useTake(draft, today)
  useWish('prescription', number)
  const put = (change: Partial<PaperDraft>): void => sale.setState({ draft: { ...sale.getState().draft, ...change } })
  return (
    <form
      className="paper"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const missing = [...event.currentTarget.querySelectorAll('input')].find((field) => !field.checkValidity())
        if (missing === undefined) void take()
        else missing.focus()
      }}
    >
      <Field label={t('rx-number')} wide>
        <input ref={number} className="field" onKeyDown={goOn} required maxLength={30} autoComplete="off" data-scan="text" value={draft.number} onChange={(event) => put({ number: event.currentTarget.value })} />
      </Field>
      <Field label={t('rx-issued')}>
        <input
          className="field"
          onKeyDown={goOn}
          required
          pattern={DAY.source}
          inputMode="numeric"
          maxLength={10}
          autoComplete="off"
          value={draft.issuedOn ?? today}
          onChange={(event) => put({ issuedOn: event.currentTarget.value })}
          onBlur={() => put({ issuedOn: dayOf(draft.issuedOn ?? today, today) })}
        />
      </Field>
      <Field label={t('rx-doctor')}>
        <input className="field" onKeyDown={goOn} required maxLength={50} autoComplete="off" value={draft.doctor} onChange={(event) => put({ doctor: event.currentTarget.value })} />
      </Field>
      <Field label={t('rx-institution')} wide>
        <input className="field" onKeyDown={goOn} required maxLength={200} autoComplete="off" value={draft.institution} onChange={(event) => put({ institution: event.currentTarget.value, level: null })} />
      </Field>
      <Field label={t('rx-institution-code')}>
        <input className="field" onKeyDown={goOn} maxLength={12} autoComplete="off" value={draft.institutionCode} onChange={(event) => put({ institutionCode: event.currentTarget.value })} />
      </Field>
      <Field label={t('rx-diagnoses')}>
        <input className="field" onKeyDown={goOn} maxLength={200} autoComplete="off" value={draft.diagnoses} onChange={(event) => put({ diagnoses: event.currentTarget.value })} />
      </Field>
      <Group label={t('rx-level')} missing={draft.level === null ? t('rx-level-missing') : null}>
        <Choice legend={t('rx-level')} name="rx-level" values={LEVELS} chosen={draft.level} word={(level) => t(`level-${level}`)} choose={(level) => put({ level })} />
      </Group>
      <Group label={t('rx-visit')}>
        <Choice legend={t('rx-visit')} name="rx-visit" values={VISITS} chosen={draft.visit} word={(visit) => t(`visit-${visit}`)} choose={(visit) => put({ visit })} />
      </Group>
      <Button type="submit" look="primary">
        {t('rx-take')}
      </Button>
    </form>
  )
}

function Field({ label, wide = false, children }: { readonly label: string; readonly wide?: boolean; readonly children: ReactNode }): ReactNode {
  return (
    <label className={`paper__field${wide ? ' paper__field--wide' : ''}`}>
      <span>{label}</span>
      {children}
    </label>
  )
}

function Group({ label, missing = null, children }: { readonly label: string; readonly missing?: string | null; readonly children: ReactNode }): ReactNode {
  return (
    <div className="paper__group">
      <span aria-hidden="true">{label}</span>
      {children}
      {missing !== null && <span className="tag tag--warn">{missing}</span>}
    </div>
  )
}

/** Enter leads to the next field; from the last one the form is taken as a whole. */
function goOn(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
  const fields = [...(event.currentTarget.form?.querySelectorAll<HTMLInputElement>('input.field') ?? [])]
  const next = fields[fields.indexOf(event.currentTarget) + 1]
  if (next === undefined) return
  event.preventDefault()
  next.focus()
  next.select()
}

const DAY = /\d{4}-\d{2}-\d{2}|\d{4}|\d{8}/

/** As it is typed fastest: "0305" of this year, "20260305"; what is no day stays as it is. */
export function dayOf(text: string, today: string): string {
  const digits = text.replaceAll(/\D/g, '')
  const whole = digits.length === 4 ? today.slice(0, 4) + digits : digits
  return whole.length === 8 ? `${whole.slice(0, 4)}-${whole.slice(4, 6)}-${whole.slice(6)}` : text
}

/** Between two diagnoses, as people write them. */
const SEPARATORS = /[;,\u{ff1b}\u{ff0c}\u{3001}]/u

function useTake({ number, issuedOn, doctor, institution, institutionCode, level, visit, diagnoses }: PaperDraft, today: string): () => Promise<void> {
  const { sale, actions } = useSale()
  const { store } = useCounter()
  return async () => {
    if (level === null) return
    const isTaken = await actions.prescribe({
      kind: 'paper',
      number: number.trim(),
      issuedOn: dayOf(issuedOn ?? today, today),
      doctor: doctor.trim(),
      institutionCode: institutionCode.trim(),
      institution: institution.trim(),
      level: Number(level),
      visit,
      diagnoses: diagnoses.split(SEPARATORS).map((one) => one.trim()).filter((one) => one !== ''),
      review: 'open'
    })
    if (!isTaken) return
    // It stays open: what it says is there for the pharmacist, whose word comes next.
    sale.setState({ draft: { ...EMPTY_DRAFT, institution, institutionCode, level } })
    store.setState({ wanted: 'prescription' })
  }
}
