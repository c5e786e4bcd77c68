/** The calculation in sentences: each line first, then how the sums came about, and under which rules. */

import { Drawer } from 'antd'
import { useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { ExplanationView, StepRuleView } from '../../../../electron/contract/bill-view.ts'
import type { Answer } from '../../../../electron/contract/terminal.ts'
import { Amount } from '../../../components/amount.tsx'
import { RefusalNote } from '../../../components/refusal-note.tsx'
import { Say } from '../../../components/say.tsx'
import { useWords } from '../../../i18n/use-words.ts'
import { KeyLayer, useHotkey } from '../../../keys/hotkeys.tsx'
import { useStores, useTerminal } from '../../../terminal/terminal-context.tsx'
import { AntdScope } from '../../../theme/antd-scope.tsx'

export function WhyDrawer({ close }: { readonly close: () => void }): ReactNode {
  const t = useWords('outpatient')
  return (
    <AntdScope>
      <Drawer open title={t('why-title')} size="large" keyboard={false} onClose={close}>
        <KeyLayer>
          <Why close={close} />
        </KeyLayer>
      </Drawer>
    </AntdScope>
  )
}

function Why({ close }: { readonly close: () => void }): ReactNode {
  const t = useWords('outpatient')
  const answer = useExplanation()
  useHotkey('Escape', t('back'), close)
  if (answer === null) return <p role="status">{t('computing')}</p>
  if (!answer.ok) return <RefusalNote refusal={answer.error} />
  const { steps, policy } = answer.value
  return (
    <div ref={takeKeyboard} className="why__text" role="region" aria-label={t('why-title')} tabIndex={0}>
      <p className="why__policy">
        <Say text={policy.name} /> · {policy.region} · {policy.version}
      </p>
      <Steps title={t('why-lines')} steps={steps.filter(({ line }) => line !== undefined)} />
      <Steps title={t('why-sums')} steps={steps.filter(({ line }) => line === undefined)} />
    </div>
  )
}

/** Arrows and page keys scroll where the keyboard is. */
const takeKeyboard = (text: HTMLDivElement | null): void => text?.focus({ preventScroll: true })

function Steps({ title, steps }: { readonly title: string; readonly steps: ExplanationView['steps'] }): ReactNode {
  if (steps.length === 0) return null
  return (
    <section className="why">
      <h3>{title}</h3>
      <ol>
        {steps.map(({ text, amount, line, rule }, index) => (
          <li key={`${line ?? ''}-${String(index)}`} className="why__step">
            <span>
              <Say text={text} />
              {rule !== undefined && <Rule of={rule} />}
            </span>
            <Amount of={amount} />
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Where the row stands in the policy is for whoever keeps it. */
function Rule({ of: { source, certainty, parameter } }: { readonly of: StepRuleView }): ReactNode {
  const t = useWords('common')
  return (
    <small className="why__rule" title={parameter}>
      {source !== '' && `${t('reason-source')} ${source} \u00b7 `}
      <Say text={certainty} />
    </small>
  )
}

/** null while the host is asked; asked again when the bill changes. */
function useExplanation(): Answer<'bill.explain'> | null {
  const terminal = useTerminal()
  const revision = useStore(useStores().bill, ({ head }) => head?.revision)
  const [answer, setAnswer] = useState<Answer<'bill.explain'> | null>(null)
  useEffect(() => {
    if (revision === undefined) return undefined
    const asked = { current: true }
    void terminal.call('bill.explain', { revision }).then((given) => {
      if (asked.current) setAnswer(given)
    })
    return () => {
      asked.current = false
    }
  }, [terminal, revision])
  return answer
}
