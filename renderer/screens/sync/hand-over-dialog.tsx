/** Giving a parked entry to somebody: to whom, and why. It stays in sight until it is settled. */

import { useRef, useState, type ReactNode } from 'react'
import type { ParkedRow } from '../../../electron/contract/sync-view.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { NoteField } from '../../components/note-field.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useAsk } from '../../terminal/use-ask.ts'

interface HandOverDialogProps {
  readonly row: ParkedRow
  readonly close: () => void
}

export function HandOverDialog({ row, close }: HandOverDialogProps): ReactNode {
  const t = useWords('sync')
  const common = useWords('common')
  const { busy, refusal, ask } = useAsk()
  const [note, setNote] = useState(row.note ?? '')
  const box = useRef<HTMLInputElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const may = note.trim() !== '' && !busy
  const handOver = async (): Promise<void> => {
    if (!may) return
    if ((await ask('sync.hand-over', { sequence: row.sequence, note: note.trim() })) !== undefined) close()
  }
  return (
    <Dialog title={t('hand-over-title')} width="30rem" close={close} focus={() => box.current?.focus()}>
      <Confirm label={t('hand-over')} run={() => void handOver()} may={may} />
      <p>
        <strong>{row.name}</strong> · {row.visitNo}
      </p>
      <p>{t('hand-over-text')}</p>
      <NoteField id="hand-over-note" label={t('note')} hint={t('note-hint')} text={note} change={setNote} box={box} done={() => button.current?.focus()} />
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <div className="dialog__foot">
        <Button hotkey="Esc" onClick={close}>
          {common('cancel')}
        </Button>
        <Button ref={button} look="primary" hotkey="F10" aria-disabled={!may} onClick={() => void handOver()}>
          {t('hand-over')}
        </Button>
      </div>
    </Dialog>
  )
}

/** Bound inside the dialog's own layer. */
function Confirm({ label, run, may }: { readonly label: string; readonly run: () => void; readonly may: boolean }): ReactNode {
  useHotkey('F10', label, run, may)
  return null
}
