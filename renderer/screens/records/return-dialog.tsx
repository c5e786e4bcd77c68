/**
 * Single packs come back. The packs are scanned, or ticked by hand; what then stays of the sale is settled anew at the
 * counter, and what was paid for it goes back as a refund does. Said beforehand, because it cannot be taken back.
 */

import { useRef, useState, type ReactNode, type RefObject } from 'react'
import type { Params } from '../../../electron/contract/requests.ts'
import type { StatementLine, StatementView } from '../../../electron/contract/settlement-view.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { NoteField } from '../../components/note-field.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { useGoTo } from '../../frame/go-to.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { useScan } from '../../scan/use-scan.tsx'
import { useAsk } from '../../terminal/use-ask.ts'
import { useCounter } from '../outpatient/counter-context.tsx'
import { ReturnLine, type Returned } from './return-line.tsx'
import './return.css'

type Packs = Params<'sale.return'>['packs']

const NONE: Returned = { codes: [], quantity: '' }

interface ReturnDialogProps {
  readonly statement: StatementView
  readonly close: () => void
  /** The record has changed. */
  readonly returned: () => void
}

export function ReturnDialog({ statement, close, returned }: ReturnDialogProps): ReactNode {
  const t = useWords('records')
  const [isDone, setDone] = useState(false)
  const list = useRef<HTMLDivElement>(null)
  const toList = (): void => list.current?.querySelector('input')?.focus()
  return (
    <Dialog title={t(statement.state === 'refunded' ? 'return-rest' : 'return-title')} width="40rem" close={close} focus={toList}>
      {isDone ? (
        <Done close={close} />
      ) : (
        <Ask
          statement={statement}
          close={close}
          list={list}
          done={(everything) => {
            returned()
            if (everything) setDone(true)
            else close()
          }}
        />
      )}
    </Dialog>
  )
}

interface AskProps extends Pick<ReturnDialogProps, 'statement' | 'close'> {
  readonly list: RefObject<HTMLDivElement | null>
  readonly done: (everything: boolean) => void
}

function Ask({ statement, close, list, done }: AskProps): ReactNode {
  const t = useWords('records')
  const { busy, refusal, ask } = useAsk()
  const { actions } = useCounter()
  const goTo = useGoTo()
  const [chosen, choose] = useState<ReadonlyMap<string, Returned>>(new Map())
  const [reason, setReason] = useState<string>(t('reason-drug'))
  const [strange, setStrange] = useState<string | null>(null)
  const note = useRef<HTMLInputElement>(null)
  const confirm = useRef<HTMLButtonElement>(null)
  const lines = statement.lines.filter(({ quantity }) => !quantity.startsWith('-'))
  const put = (line: string, back: Returned): void => choose((before) => new Map(before).set(line, back))
  const packs = packsOf(lines, chosen)
  const may = packs.length > 0 && reason.trim() !== '' && !busy
  useScan(t('return-scan'), (code) => {
    const line = lines.find(({ sale }) => sale?.packs.some(({ traceCode }) => traceCode === code))
    setStrange(line === undefined ? code : null)
    if (line !== undefined) put(line.line, withCode(chosen.get(line.line) ?? NONE, code, true))
  })
  const run = async (): Promise<void> => {
    if (!may) return
    const answer = await ask('sale.return', { settlementId: statement.settlementId, packs, reason: reason.trim() })
    if (answer === undefined) return
    done(answer === null)
    if (answer === null) return
    actions.show(answer)
    goTo({ screen: 'counter' })
  }
  useHotkey('F10', t('return-confirm'), () => void run(), may)
  return (
    <div className="return">
      <p className="return__how">{t(statement.state === 'refunded' ? 'return-how-rest' : 'return-how')}</p>
      <div ref={list} className="return__lines" role="group" aria-label={t('return-lines')}>
        {lines.map((line) => (
          <ReturnLine key={line.line} line={line} back={chosen.get(line.line) ?? NONE} put={(back) => put(line.line, back)} turn={(code, isBack) => put(line.line, withCode(chosen.get(line.line) ?? NONE, code, isBack))} />
        ))}
      </div>
      {strange !== null && (
        <p className="return__strange" role="alert">
          {t('return-strange', { code: strange.slice(0, 40) })}
        </p>
      )}
      <NoteField id="return-reason" label={t('reason')} hint={t('reason-hint')} text={reason} change={setReason} done={() => confirm.current?.focus()} box={note} />
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <div className="dialog__foot">
        <Button hotkey="Esc" onClick={close}>
          {t('not-now')}
        </Button>
        <Button ref={confirm} look="danger" hotkey="F10" aria-disabled={!may} onClick={() => void run()}>
          {busy ? t('refunding') : t('return-confirm')}
        </Button>
      </div>
    </div>
  )
}

/** Everything came back: nothing is left to be settled. */
function Done({ close }: Pick<ReturnDialogProps, 'close'>): ReactNode {
  const t = useWords('records')
  const common = useWords('common')
  return (
    <div className="return">
      <p role="status">{t('return-all')}</p>
      <div className="dialog__foot">
        <Button hotkey="Esc" onClick={close}>
          {common('close')}
        </Button>
      </div>
    </div>
  )
}

const withCode = ({ codes, quantity }: Returned, code: string, isBack: boolean): Returned => ({
  quantity,
  codes: [...codes.filter((other) => other !== code), ...(isBack ? [code] : [])]
})

/** As many packs as codes; a line without codes by the number that was typed. */
function packsOf(lines: readonly StatementLine[], chosen: ReadonlyMap<string, Returned>): Packs {
  return lines.flatMap(({ line, sale }) => {
    const { codes, quantity } = chosen.get(line) ?? NONE
    const count = (sale?.packs.length ?? 0) > 0 ? (codes.length === 0 ? '' : String(codes.length)) : quantity
    return count === '' ? [] : [{ line, codes: [...codes], quantity: count }]
  })
}
