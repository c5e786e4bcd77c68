/** No bill yet: the queue, or one that is typed, pasted or opened. */

import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { Button } from '../../../components/button.tsx'
import { DropDialog } from '../../../components/drop-dialog.tsx'
import { RefusalNote } from '../../../components/refusal-note.tsx'
import { useWords } from '../../../i18n/use-words.ts'
import { useHotkey } from '../../../keys/hotkeys.tsx'
import { useStores } from '../../../terminal/terminal-context.tsx'
import { useCounter } from '../counter-context.tsx'
import { QueueEmpty, QueueList } from './queue-list.tsx'
import { useLoss } from './use-loss.ts'

export function Picking(): ReactNode {
  const t = useWords('outpatient')
  const { store, actions } = useCounter()
  const queue = useStore(useStores().queue)
  const hasBill = useStore(useStores().bill, ({ head }) => head !== null)
  const refusal = useStore(store, (state) => state.billRefusal)
  const waiting = queue?.filter(({ state }) => state === 'waiting').length ?? 0
  const loss = useLoss()
  const [asked, ask] = useState<{ readonly goOn: () => void } | null>(null)
  const goBack = (): void => store.setState({ picking: false, wanted: 'action' })
  /** The bill that is open makes way. */
  const open = (goOn: () => void): void => (loss === null ? goOn() : ask({ goOn }))
  const drop = ({ goOn }: NonNullable<typeof asked>) => (): void => {
    ask(null)
    goOn()
  }
  const keep = (): void => {
    ask(null)
    store.setState({ wanted: 'queue' })
  }
  const start = (): void => open(() => void actions.startBill())
  useHotkey('Escape', t('back-to-bill'), goBack, hasBill)
  useHotkey('F7', t('start-bill'), start)
  return (
    <section className="counter__bill pane" aria-label={t('queue')}>
      <header className="pane__head">
        <h2>{t('queue')}</h2>
        {queue !== null && <span className="pane__note">{t('waiting-count', { n: waiting })}</span>}
        <span className="pane__space" />
        {hasBill && (
          <Button look="quiet" hotkey="Esc" onClick={goBack}>
            {t('back-to-bill')}
          </Button>
        )}
      </header>
      {refusal !== null && <RefusalNote refusal={refusal} />}
      {queue === null ? <QueueBones /> : queue.length === 0 ? <QueueEmpty /> : <QueueList entries={queue} pick={(file) => open(() => void actions.pick(file))} goBack={hasBill ? goBack : null} />}
      <div className="pane__foot">
        <Button hotkey="F7" onClick={start}>
          {t('start-bill')}
        </Button>
        <OpenFile open={(text) => open(() => void actions.openText(text))} />
        <span className="pane__note">{t('paste-hint')}</span>
      </div>
      {asked !== null && loss !== null && <DropDialog loss={loss} keep={keep} drop={drop(asked)} />}
    </section>
  )
}

function QueueBones(): ReactNode {
  const t = useWords('common')
  return (
    <div className="bones" role="status" aria-label={t('loading')}>
      {[0, 1, 2, 3, 4].map((row) => (
        <span key={row} className="bone bone--row" />
      ))}
    </div>
  )
}

function OpenFile({ open }: { readonly open: (text: string) => void }): ReactNode {
  const t = useWords('outpatient')
  const input = useRef<HTMLInputElement>(null)
  useHotkey('Shift+F7', t('open-file'), () => input.current?.click())
  usePastedBill(open)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={t('open-file')}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (file !== undefined) void file.text().then(open)
        }}
      />
      <Button hotkey="Shift+F7" onClick={() => input.current?.click()}>
        {t('open-file')}
      </Button>
    </>
  )
}

/** Text that is pasted onto the page, and not into a field, is a bill. */
function usePastedBill(open: (text: string) => void): void {
  const latest = useRef(open)
  useEffect(() => {
    latest.current = open
  })
  useEffect(() => {
    const paste = (event: ClipboardEvent): void => {
      if (event.target instanceof HTMLInputElement) return
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (text.trim() === '') return
      event.preventDefault()
      latest.current(text)
    }
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [])
}
