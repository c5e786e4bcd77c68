/** The four steps, which of them is done, and what period they are about. */

import type { ReactNode } from 'react'
import type { CloseItemKind, CloseView } from '../../../electron/contract/close-view.ts'
import { Button } from '../../components/button.tsx'
import { Live } from '../../components/live.tsx'
import { useWords } from '../../i18n/use-words.ts'

const STEPS = ['synced', 'counted', 'resolved', 'signed'] as const
/** left: what is not synced is carried over, and in nobody's way. */
type Standing = 'done' | 'left' | 'now' | 'later'

const ALL_DONE = { synced: true, counted: true, resolved: true, signed: true } as const
const NOTHING = { synced: 'later', counted: 'later', resolved: 'later', signed: 'later' } as const

const NOT_SYNCED: ReadonlySet<CloseItemKind> = new Set(['unsynced', 'centre-not-asked', 'parked'])

/** Every step that is done is; the first that is not is now. */
function standings({ steps, state, closes, items }: CloseView): Readonly<Record<(typeof STEPS)[number], Standing>> {
  const signed = state === 'nothing' && closes.some(({ reopened }) => reopened === null)
  if (state === 'nothing' && !signed) return NOTHING
  const done = signed ? ALL_DONE : { ...steps, signed }
  const now = STEPS.find((step) => !done[step])
  const of = (step: (typeof STEPS)[number]): Standing => (done[step] ? 'done' : step === now ? 'now' : 'later')
  const synced = of('synced')
  const isLeft = synced === 'done' && !signed && items.some(({ kind }) => NOT_SYNCED.has(kind))
  return { synced: isLeft ? 'left' : synced, counted: of('counted'), resolved: of('resolved'), signed: of('signed') }
}

const SIGNS: Readonly<Record<Standing, string>> = { done: '✓', left: '–', now: '▸', later: '' }

interface CloseStepsProps {
  readonly view: CloseView
  readonly busy: boolean
  readonly again: () => void
}

export function CloseSteps({ view, busy, again }: CloseStepsProps): ReactNode {
  const t = useWords('close')
  const standing = standings(view)
  return (
    <header className="close__head pane">
      <ol className="close__steps" aria-label={t('steps')}>
        {STEPS.map((step, index) => (
          <li key={step} className={`close__step close__step--${standing[step]}`} aria-current={standing[step] === 'now' ? 'step' : undefined}>
            <span className="close__number" aria-hidden="true">
              {SIGNS[standing[step]] || index + 1}
            </span>
            <span>
              <strong>{t(`step-${step}`)}</strong>
              <span>{t(`step-${standing[step]}`)}</span>
            </span>
          </li>
        ))}
      </ol>
      <Period view={view} />
      <Live>{busy ? t('comparing') : ''}</Live>
      <Button look="quiet" hotkey="F5" aria-disabled={busy} onClick={busy ? undefined : again}>
        {busy ? t('comparing') : t('again')}
      </Button>
    </header>
  )
}

function Period({ view: { period, day } }: { readonly view: CloseView }): ReactNode {
  const t = useWords('close')
  const { from, to, firstFact, lastFact, settlements, refunds, loads } = period
  return (
    <p className="close__period">
      <strong>
        {t('day-of')} {day}
      </strong>
      {from !== null && to !== null && <span>{t('period-range', { from: from.slice(0, 16), to: to.slice(0, 16) })}</span>}
      <span>
        {t('counts', { settlements, refunds, loads })}
        {firstFact !== null && lastFact !== null && ` · ${t('facts', { first: firstFact, last: lastFact })}`}
      </span>
    </p>
  )
}
