/** One difference: what it is, whose turn it is, the ways out that the host offers, and the note that some of them need. */

import { useRef, type ReactNode } from 'react'
import type { CloseItem } from '../../../electron/contract/close-view.ts'
import { Button } from '../../components/button.tsx'
import { NoteField } from '../../components/note-field.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { Say } from '../../components/say.tsx'
import { useGoTo } from '../../frame/go-to.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useAsk } from '../../terminal/use-ask.ts'
import { useClose } from './close-context.tsx'
import { useTypedDecision } from './typed-decision.ts'

interface DifferenceDetailProps {
  readonly item: CloseItem
  readonly newestClose: number
  /** `isHere`: the keyboard is still where the decision was made, and may be taken on. */
  readonly decided: (isHere: boolean) => void
}

export function DifferenceDetail({ item, newestClose, decided }: DifferenceDetailProps): ReactNode {
  const t = useWords('close')
  return (
    <div className="differences__detail">
      <dl className="answers">
        <div>
          <dt>{t(`kind-${item.kind}`)}</dt>
          <dd className="answers__first said">
            <Say text={item.text} />
          </dd>
        </div>
        <div>
          <dt>{t('owner')}</dt>
          <dd className="said">
            <Say text={item.owner} />
          </dd>
        </div>
      </dl>
      {item.chosen !== null && (
        <p className="differences__chosen">
          <span aria-hidden="true">✓ </span>
          <span className="ways__words said">
            <Say text={item.chosen.text} />
          </span>
          {item.chosen.note !== '' && ` · ${item.chosen.note}`}
        </p>
      )}
      <Decision item={item} newestClose={newestClose} decided={decided} />
    </div>
  )
}

function Decision({ item, newestClose, decided }: DifferenceDetailProps): ReactNode {
  const t = useWords('close')
  const { show } = useClose()
  const { busy, refusal, ask } = useAsk()
  const { way, note, type, wasDecided } = useTypedDecision(item, newestClose)
  const form = useRef<HTMLFormElement>(null)
  const box = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const offered = item.offered.find(({ resolution }) => resolution === way)
  const needsNote = offered?.needsNote === true
  const may = offered !== undefined && !busy && (!needsNote || note.trim() !== '')
  const decide = async (): Promise<void> => {
    if (!may) return box.current?.focus()
    const view = await ask('close.resolve', { item: item.item, resolution: offered.resolution, note: note.trim() })
    if (view === undefined) return
    // Before the view is shown: an item that is gone takes its form along, and the keyboard with it.
    const [isShown, isHere] = [form.current !== null, form.current?.contains(document.activeElement) === true]
    show(view)
    wasDecided({ way, note })
    if (isShown) decided(isHere)
  }
  return (
    <form
      ref={form}
      className="differences__form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void decide()
      }}
    >
      <fieldset className="ways">
        <legend>{t('ways')}</legend>
        {item.offered.map(({ resolution, text }) => (
          <label key={resolution} className="ways__one">
            <input type="radio" name={`way-${item.item}`} checked={resolution === way} onChange={() => type({ way: resolution })} />
            <span className="ways__words said">
              <Say text={text} />
            </span>
          </label>
        ))}
      </fieldset>
      <NoteField
        id="difference-note"
        label={t('note')}
        hint={needsNote ? t('note-needed') : t('note-optional')}
        text={note}
        change={(text) => type({ note: text })}
        box={box}
        required={needsNote}
        done={() => button.current?.focus()}
      />
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <div className="differences__actions">
        <Button ref={button} type="submit" look="primary" aria-disabled={!may}>
          {t('decide')}
        </Button>
        <Elsewhere item={item} />
      </div>
    </form>
  )
}

const OF_SYNC: ReadonlySet<CloseItem['kind']> = new Set(['unsynced', 'centre-not-asked', 'parked'])

/** Where it can be looked at, or made to go away by itself. */
function Elsewhere({ item: { kind, settlementId } }: { readonly item: CloseItem }): ReactNode {
  const t = useWords('close')
  const goTo = useGoTo()
  return (
    <>
      {settlementId !== null && <Button onClick={() => goTo({ screen: 'records', record: settlementId })}>{t('open-record')}</Button>}
      {OF_SYNC.has(kind) && <Button onClick={() => goTo({ screen: 'sync' })}>{t('go-sync')}</Button>}
    </>
  )
}
