/** One line of a sale, as it is offered for return: its packs by code, or how many where packs have none. */

import type { ReactNode } from 'react'
import type { StatementLine } from '../../../electron/contract/settlement-view.ts'
import { Amount } from '../../components/amount.tsx'
import { useWords } from '../../i18n/use-words.ts'

/** What of one line comes back: codes of its packs, or a number where packs have none. */
export interface Returned {
  readonly codes: readonly string[]
  readonly quantity: string
}

interface ReturnLineProps {
  readonly line: StatementLine
  readonly back: Returned
  readonly put: (back: Returned) => void
  readonly turn: (code: string, isBack: boolean) => void
}

export function ReturnLine({ line, back, put, turn }: ReturnLineProps): ReactNode {
  const t = useWords('records')
  const packs = line.sale?.packs ?? []
  const isBack = back.codes.length > 0 || back.quantity !== ''
  return (
    <fieldset className={`return__line${isBack ? ' return__line--back' : ''}`}>
      <legend>
        <strong>{line.name}</strong> {line.price} × {line.quantity} = <Amount of={line.amount} />
      </legend>
      {packs.length === 0 ? (
        <label className="return__quantity">
          <span>{t('return-quantity')}</span>
          <input
            className="field field--number"
            inputMode="decimal"
            autoComplete="off"
            maxLength={20}
            placeholder="0"
            value={back.quantity}
            onChange={(event) => put({ codes: [], quantity: event.currentTarget.value.trim() })}
          />
          <span>/ {line.quantity}</span>
        </label>
      ) : (
        packs.map(({ traceCode, isSplit }) => (
          <label key={traceCode} className="return__pack">
            <input type="checkbox" checked={back.codes.includes(traceCode)} onChange={(event) => turn(traceCode, event.currentTarget.checked)} />
            <code>{traceCode}</code>
            {isSplit && <span>{t('return-split')}</span>}
          </label>
        ))
      )}
    </fieldset>
  )
}
