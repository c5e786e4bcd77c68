/** The cash drawer: what lay in it, what should lie in it now, and what was counted. The host computes; here it is typed. */

import { useRef, type ReactNode, type RefObject } from 'react'
import type { DrawerView } from '../../../electron/contract/close-view.ts'
import type { Yuan } from '../../../electron/contract/text.ts'
import { Amount, writtenOut } from '../../components/amount.tsx'
import { Button, KeyCap } from '../../components/button.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useAsk } from '../../terminal/use-ask.ts'
import { useClose } from './close-context.tsx'
import { useTypedDrawer } from './typed-drawer.ts'

interface DrawerPaneProps {
  readonly drawer: DrawerView
  readonly newestClose: number
  readonly float: RefObject<HTMLInputElement | null>
}

export function DrawerPane({ drawer, newestClose, float }: DrawerPaneProps): ReactNode {
  const t = useWords('close')
  const { show } = useClose()
  const { busy, refusal, ask } = useAsk()
  const { amounts, type, wasCounted } = useTypedDrawer(drawer, newestClose)
  const counted = useRef<HTMLInputElement>(null)
  const may = amounts.float.trim() !== '' && amounts.counted.trim() !== '' && !busy
  const count = async (): Promise<void> => {
    if (!may) return (amounts.float.trim() === '' ? float : counted).current?.focus()
    const view = await ask('close.count', { float: amounts.float.trim(), counted: amounts.counted.trim() })
    if (view === undefined) return
    show(view)
    wasCounted(amounts)
  }
  return (
    <section className="drawer pane" aria-label={t('drawer')}>
      <header className="pane__head">
        <h2>{t('drawer')}</h2>
        <span className="pane__space" />
        <KeyCap>F6</KeyCap>
      </header>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void count()
        }}
      >
        <MoneyField id="drawer-float" label={t('float')} hint={t('float-hint')} text={amounts.float} change={(text) => type({ float: text })} box={float} />
        <Expected drawer={drawer} />
        <MoneyField id="drawer-counted" label={t('counted')} hint={t('counted-hint')} text={amounts.counted} change={(text) => type({ counted: text })} box={counted} />
        {drawer.difference !== null && <Difference of={drawer.difference} />}
        {refusal !== null && <RefusalNote refusal={refusal} />}
        <Button type="submit" look={drawer.counted === null ? 'primary' : 'plain'} aria-disabled={!may}>
          {t('count')}
        </Button>
      </form>
    </section>
  )
}

function Expected({ drawer: { received, handedBack, expected } }: { readonly drawer: DrawerView }): ReactNode {
  const t = useWords('close')
  return (
    <dl className="sums drawer__sums">
      <div className="sums__entry">
        <dt>{t('received')}</dt>
        <dd>
          <Amount of={received} />
        </dd>
      </div>
      <div className="sums__entry">
        <dt>{t('handed-back')}</dt>
        <dd>
          <Amount of={handedBack} />
        </dd>
      </div>
      <div className="sums__entry sums__entry--strong">
        <dt>{t('expected')}</dt>
        <dd>
          <Amount of={expected} />
        </dd>
      </div>
    </dl>
  )
}

/** Over or short, in a word and with its sign. */
function Difference({ of }: { readonly of: Yuan }): ReactNode {
  const t = useWords('close')
  const even = of === '0.00'
  return (
    <p className={even ? 'drawer__difference drawer__difference--even' : 'drawer__difference'} role="status">
      <span>{even ? t('even') : of.startsWith('-') ? t('short') : t('over')}</span>
      <Amount of={of} signed={!even} />
    </p>
  )
}

interface MoneyFieldProps {
  readonly id: string
  readonly label: string
  readonly hint: string
  readonly text: string
  readonly change: (text: string) => void
  readonly box: RefObject<HTMLInputElement | null>
}

function MoneyField({ id, label, hint, text, change, box }: MoneyFieldProps): ReactNode {
  return (
    <div className="drawer__field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={box}
        id={id}
        className="field field--number"
        inputMode="decimal"
        value={text}
        maxLength={20}
        required
        autoComplete="off"
        aria-describedby={`${id}-hint`}
        onChange={(event) => change(event.target.value)}
        onBlur={() => {
          if (writtenOut(text) !== text) change(writtenOut(text))
        }}
      />
      <span id={`${id}-hint`}>{hint}</span>
    </div>
  )
}
