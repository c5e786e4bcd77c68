/** Opening a signed day again: what that does, and why it is done. */

import { useRef, useState, type ReactNode, type RefObject } from 'react'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { NoteField } from '../../components/note-field.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useAsk } from '../../terminal/use-ask.ts'
import { useClose } from './close-context.tsx'

interface ReopenDialogProps {
  readonly sequence: number
  readonly close: () => void
}

export function ReopenDialog({ sequence, close }: ReopenDialogProps): ReactNode {
  const t = useWords('close')
  const box = useRef<HTMLInputElement>(null)
  return (
    <Dialog title={t('reopen-title')} width="30rem" close={close} focus={() => box.current?.focus()}>
      <Ask sequence={sequence} close={close} box={box} />
    </Dialog>
  )
}

function Ask({ sequence, close, box }: ReopenDialogProps & { readonly box: RefObject<HTMLInputElement | null> }): ReactNode {
  const t = useWords('close')
  const common = useWords('common')
  const { show } = useClose()
  const { busy, refusal, ask } = useAsk()
  const [reason, setReason] = useState('')
  const button = useRef<HTMLButtonElement>(null)
  const may = reason.trim() !== '' && !busy
  const reopen = async (): Promise<void> => {
    if (!may) return
    const view = await ask('close.reopen', { sequence, reason: reason.trim() })
    if (view === undefined) return
    show(view)
    close()
  }
  useHotkey('F10', t('reopen'), () => void reopen(), may)
  return (
    <>
      <p>{t('reopen-text')}</p>
      <NoteField id="reopen-reason" label={t('reopen-reason')} hint={t('reopen-hint')} text={reason} change={setReason} box={box} done={() => button.current?.focus()} />
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <div className="dialog__foot">
        <Button hotkey="Esc" onClick={close}>
          {common('cancel')}
        </Button>
        <Button ref={button} look="danger" hotkey="F10" aria-disabled={!may} onClick={() => void reopen()}>
          {t('reopen')}
        </Button>
      </div>
    </>
  )
}
