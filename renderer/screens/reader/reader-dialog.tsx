/** Another reader: the simulated one or one of this computer's, and where the PSAM is. What is chosen is kept for the next start. */

import { useEffect, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { ReaderChoice } from '../../../electron/contract/reader-choice.ts'
import type { SystemReaderView, TroubleView } from '../../../electron/contract/reader-view.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { Say } from '../../components/say.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useStores, useTerminal } from '../../terminal/terminal-context.tsx'
import { useAsk } from '../../terminal/use-ask.ts'

interface Listed {
  readonly readers: readonly SystemReaderView[]
  readonly trouble: TroubleView | null
}

/** '' : the only one there is. */
const ANY = ''
const SIMULATED = 'simulated'
const FILE = 'file'

export function ReaderDialog({ close }: { readonly close: () => void }): ReactNode {
  const t = useWords('reader')
  const terminal = useTerminal()
  const chosen = useStore(useStores().reader, (reader) => reader?.choice ?? null)
  const { busy, refusal, ask } = useAsk()
  const [listed, list] = useState<Listed | null>(null)
  const [card, setCard] = useState(() => cardOf(chosen))
  const [psam, setPsam] = useState(() => (chosen?.kind === 'pcsc' && chosen.psam !== 'file' ? chosen.psam.reader : FILE))
  useEffect(() => {
    let isGone = false
    void terminal.call('reader.list', {}).then((answer) => {
      if (!isGone && answer.ok) list(answer.value)
    })
    return () => {
      isGone = true
    }
  }, [terminal])
  const use = async (): Promise<void> => {
    const done = await ask('reader.choose', { choice: choiceOf(card, psam) })
    if (done !== undefined) close()
  }
  const names = namesIn(listed, chosen)
  const trouble = listed?.trouble ?? null
  return (
    <Dialog title={t('choose-title')} width="34rem" close={close}>
      <fieldset className="readers__choice" disabled={busy}>
        <legend>{t('choose-card')}</legend>
        <One name="card" value={SIMULATED} chosen={card} choose={setCard} label={t('virtual')} note={t('choose-virtual-text')} />
        <One name="card" value={ANY} chosen={card} choose={setCard} label={t('choose-any')} note={t('choose-any-text')} />
        {names.map((name) => (
          <One key={name} name="card" value={name} chosen={card} choose={setCard} label={name} note={noteOf(listed, name, t)} />
        ))}
      </fieldset>
      {listed === null && (
        <p className="faults__text" role="status">
          {t('choose-looking')}
        </p>
      )}
      {trouble !== null && (
        <p className="readers__trouble" role="status">
          <Say text={trouble.what} />
        </p>
      )}
      <label className="readers__psam">
        <span>{t('choose-psam')}</span>
        <select value={psam} disabled={busy || card === SIMULATED} onChange={(event) => setPsam(event.currentTarget.value)}>
          <option value={FILE}>{t('choose-psam-file')}</option>
          {names.map((name) => (
            <option key={name} value={name} disabled={name === card}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <div className="dialog__foot">
        <Button hotkey="Esc" onClick={close}>
          {t('choose-cancel')}
        </Button>
        <Button look="primary" aria-disabled={busy} onClick={busy ? undefined : () => void use()}>
          {t('choose-use')}
        </Button>
      </div>
    </Dialog>
  )
}

const cardOf = (choice: ReaderChoice | null): string => (choice?.kind === 'pcsc' ? (choice.card ?? ANY) : SIMULATED)

/** What was chosen stands in the list also while it is unplugged. */
function namesIn(listed: Listed | null, chosen: ReaderChoice | null): string[] {
  const asked = chosen?.kind === 'pcsc' ? [chosen.card, chosen.psam === 'file' ? undefined : chosen.psam.reader] : []
  return [...new Set([...(listed?.readers ?? []).map(({ name }) => name), ...asked.filter((name) => name !== undefined)])]
}

function noteOf(listed: Listed | null, name: string, t: ReturnType<typeof useWords<'reader'>>): string {
  const found = listed?.readers.find((reader) => reader.name === name)
  return found === undefined ? t('choose-not-there') : t(`holds-${found.holds}`)
}

function choiceOf(card: string, psam: string): ReaderChoice {
  if (card === SIMULATED) return { kind: 'simulated' }
  return { kind: 'pcsc', ...(card !== ANY && { card }), psam: psam === FILE ? 'file' : { reader: psam } }
}

interface OneProps {
  readonly name: string
  readonly value: string
  readonly chosen: string
  readonly choose: (value: string) => void
  readonly label: string
  readonly note: string
}

function One({ name, value, chosen, choose, label, note }: OneProps): ReactNode {
  return (
    <label className="readers__option">
      <input type="radio" name={`reader-${name}`} checked={value === chosen} onChange={() => choose(value)} />
      <span className="readers__name">{label}</span>
      <span className="readers__holds">{note}</span>
    </label>
  )
}
