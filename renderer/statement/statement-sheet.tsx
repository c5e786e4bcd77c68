/**
 * The statement on paper, from what the ledger holds: A5, or a roll of 80 mm. It is the same text in both; only the lines of
 * the bill are set differently. Black on white, whatever the screen's theme is.
 */

import type { ReactNode } from 'react'
import type { ConfirmationView, StatementView } from '../../electron/contract/settlement-view.ts'
import type { Params } from '../../electron/contract/requests.ts'
import { addWords } from '../i18n/words.ts'
import { statement as words } from '../i18n/statement.ts'
import { Both } from './both-languages.tsx'
import { LinesOnRoll } from './lines-on-roll.tsx'
import { LinesTable } from './lines-table.tsx'
import { BookedAmounts, Holder, Proof, Refund, Sums } from './sheet-parts.tsx'
import './statement.css'

addWords('statement', words)

export type StatementFormat = Params<'statement.print'>['format']

export interface StatementSheetProps {
  readonly statement: StatementView
  readonly format: StatementFormat
  /** How many times it was printed before: 0 is the original, from 1 on the paper says that it is a copy, and which. */
  readonly copy: number
}

export function StatementSheet({ statement, format, copy }: StatementSheetProps): ReactNode {
  return (
    <article className={`sheet sheet--${format}`}>
      <header className="sheet__head">
        <div>
          <h1 className="sheet__title">{statement.institution.name}</h1>
          <p className="sheet__subtitle">
            <Both word="title" />
          </p>
        </div>
        <Marks statement={statement} copy={copy} />
      </header>
      <Holder statement={statement} />
      {format === 'a5' ? <LinesTable statement={statement} copy={copy} /> : <LinesOnRoll statement={statement} />}
      <Sums statement={statement} />
      <BookedAmounts confirmation={statement.confirmation} />
      {statement.refund !== null && <Refund refund={statement.refund} />}
      <Proof statement={statement} />
      <footer className="sheet__foot">
        {!isBooked(statement.confirmation) && statement.confirmation.state !== 'never-booked' && (
          <p>
            <Both word="provisionalNote" />
          </p>
        )}
        <p className="sheet__signatures">
          <span>
            <Both word="signature" />
          </span>
          <span>
            <Both word="cashier" />
          </span>
        </p>
      </footer>
    </article>
  )
}

type Booked = Extract<ConfirmationView, { readonly state: 'confirmed' | 'adjusted' }>

const isBooked = (confirmation: ConfirmationView): confirmation is Booked => confirmation.state === 'confirmed' || confirmation.state === 'adjusted'

/** What the paper is: not confirmed yet, a copy, refunded, in doubt. */
function Marks({ statement: { state, confirmation }, copy }: Omit<StatementSheetProps, 'format'>): ReactNode {
  return (
    <p className="sheet__marks">
      {copy > 0 && (
        <strong className="sheet__mark sheet__mark--copy">
          <Both word="copy" n={copy} />
        </strong>
      )}
      {state !== 'settled' && (
        <strong className="sheet__mark">
          <Both word={state} />
        </strong>
      )}
      {state !== 'in-doubt' && (
        <span className="sheet__mark sheet__mark--light">
          <Both word={confirmation.state === 'parked' ? 'provisional' : confirmation.state} />
        </span>
      )}
    </p>
  )
}
