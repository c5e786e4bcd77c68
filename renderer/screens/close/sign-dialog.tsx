/** What is signed, once more, before it is: after that only a reopening with a reason takes it back. */

import { useEffect, useRef, type ReactNode } from 'react'
import { isDifference, type CloseItem, type CloseView } from '../../../electron/contract/close-view.ts'
import { Amount } from '../../components/amount.tsx'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useAsk } from '../../terminal/use-ask.ts'
import { useClose } from './close-context.tsx'
import { BookValue } from './compare-pane.tsx'

interface SignDialogProps {
  readonly view: CloseView
  readonly close: () => void
}

const SHOWN = new Set(['total', 'account', 'cash', 'settlements'])

export function SignDialog({ view, close }: SignDialogProps): ReactNode {
  const t = useWords('close')
  const common = useWords('common')
  const day = useClose()
  const { busy, refusal, ask } = useAsk()
  const sign = async (): Promise<void> => {
    const signed = await ask('close.sign', { revision: view.revision })
    if (signed === undefined) return day.again()
    day.show(signed)
    close()
  }
  return (
    <Dialog title={t('sign-title')} width="32rem" close={close}>
      <dl className="sums">
        {view.rows
          .filter(({ row, kind }) => SHOWN.has(row) || (kind === 'money' && row.startsWith('fund:')))
          .map((row) => (
            <div key={row.row} className="sums__entry">
              <dt className="said">
                <Say text={row.name} />
              </dt>
              <dd>
                <BookValue of={row.ledger} kind={row.kind} />
              </dd>
            </div>
          ))}
      </dl>
      {view.items.some(isDifference) ? null : <p>{t('differences-none')}</p>}
      {view.items.length > 0 && <SignedItems items={view.items} />}
      <p>{t('sign-text')}</p>
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <div className="dialog__foot">
        <Button hotkey="Esc" onClick={close}>
          {common('cancel')}
        </Button>
        <Confirm label={busy ? t('signing') : t('sign-confirm')} busy={busy} run={() => void sign()} />
      </div>
    </Dialog>
  )
}

/** Whoever signs sees what is signed with it: what, whose, how much, and what becomes of it. */
function SignedItems({ items }: { readonly items: readonly CloseItem[] }): ReactNode {
  const t = useWords('close')
  return (
    <>
      <h3 className="sign__with">{t('sign-with')}</h3>
      <ul className="sign__items" aria-label={t('sign-with')}>
        {items.map(({ item, kind, name, text, amount, chosen }) => (
          <li key={item}>
            <span className="sign__item">
              <strong>
                {t(`kind-${kind}`)}
                {name !== '' && ` · ${name}`}
              </strong>
              {amount !== null && <Amount of={amount} mark />}
            </span>
            <span className="said">
              <Say text={text} />
            </span>
            {chosen !== null && (
              <span className="sign__chosen said">
                <Say text={chosen.text} />
                {chosen.note !== '' && ` · ${chosen.note}`}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function Confirm({ label, busy, run }: { readonly label: string; readonly busy: boolean; readonly run: () => void }): ReactNode {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => button.current?.focus(), [])
  useHotkey('F10', label, run, !busy)
  return (
    <Button ref={button} look="primary" hotkey="F10" aria-disabled={busy} onClick={run}>
      {label}
    </Button>
  )
}
