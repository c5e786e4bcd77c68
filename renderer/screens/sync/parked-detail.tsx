/** One entry that came back: the three answers, and what can be done about it. */

import { useState, type ReactNode } from 'react'
import type { ParkedAction, ParkedRow } from '../../../electron/contract/sync-view.ts'
import { Button } from '../../components/button.tsx'
import { RefusalNote } from '../../components/refusal-note.tsx'
import { Say } from '../../components/say.tsx'
import { useGoTo } from '../../frame/go-to.ts'
import { useWords } from '../../i18n/use-words.ts'
import { useHotkey } from '../../keys/hotkeys.tsx'
import { HandOverDialog } from './hand-over-dialog.tsx'
import { useAsk } from '../../terminal/use-ask.ts'

export function ParkedDetail({ row }: { readonly row: ParkedRow }): ReactNode {
  const t = useWords('sync')
  return (
    <div className="parked__detail">
      <dl className="answers">
        <div>
          <dt>{t('what')}</dt>
          <dd className="answers__first said">
            <Say text={row.what} />
          </dd>
        </div>
        <div>
          <dt>{t('owner')}</dt>
          <dd className="said">
            <Say text={row.owner} />
          </dd>
        </div>
        <div>
          <dt>{t('next')}</dt>
          <dd className="said">
            <Say text={row.next} />
          </dd>
        </div>
        {row.note !== null && (
          <div>
            <dt>{t('handed-note')}</dt>
            <dd>{row.note}</dd>
          </div>
        )}
      </dl>
      <ParkedActions row={row} />
      <p className="parked__number">
        #{row.sequence} · {row.settlementId}
      </p>
    </div>
  )
}

function ParkedActions({ row }: { readonly row: ParkedRow }): ReactNode {
  const t = useWords('sync')
  const goTo = useGoTo()
  const { busy, refusal, ask } = useAsk()
  const [handing, setHanding] = useState(false)
  const may = (action: ParkedAction): boolean => row.actions.includes(action)
  const retry = (): void => void ask('sync.retry', { sequence: row.sequence })
  const open = (): void => goTo({ screen: 'records', record: row.settlementId })
  useHotkey('F7', t('retry'), retry, may('retry') && !busy)
  useHotkey('F8', t('hand-over'), () => setHanding(true), may('hand-over'))
  useHotkey('F9', may('reverse') ? t('reverse') : t('open-record'), open)
  return (
    <>
      {refusal !== null && <RefusalNote refusal={refusal} />}
      <div className="parked__actions">
        {may('retry') && (
          <Button hotkey="F7" aria-disabled={busy} onClick={retry}>
            {t('retry')}
          </Button>
        )}
        {may('hand-over') && (
          <Button hotkey="F8" onClick={() => setHanding(true)}>
            {t('hand-over')}
          </Button>
        )}
        <Button look={may('reverse') ? 'danger' : 'plain'} hotkey="F9" onClick={open}>
          {may('reverse') ? t('reverse') : t('open-record')}
        </Button>
      </div>
      {handing && <HandOverDialog row={row} close={() => setHanding(false)} />}
    </>
  )
}
