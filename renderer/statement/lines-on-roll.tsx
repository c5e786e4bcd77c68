/** The lines on a roll of 80 mm: each a name, and under it what it cost and what of it the insurance does not cover. */

import type { ReactNode } from 'react'
import type { StatementLine, StatementView } from '../../electron/contract/settlement-view.ts'
import type { Yuan } from '../../electron/contract/text.ts'
import { Amount } from '../components/amount.tsx'
import { Both } from './both-languages.tsx'
import { SoldAs } from './sold-as.tsx'
import { Entry, Fact } from './sheet-parts.tsx'

export function LinesOnRoll({ statement: { settlementId, visit, lines, sums } }: { readonly statement: StatementView }): ReactNode {
  const parts = [
    ['ownPay', sums.ownPay],
    ['overCeiling', sums.overCeiling],
    ['prePay', sums.prePay],
    ['inScope', sums.inScope]
  ] as const
  return (
    <>
      <dl className="sheet__facts sheet__numbers">
        <Fact word="settlement" look="wide number">
          {settlementId}
        </Fact>
        <Fact word="visit">{visit.visitNo}</Fact>
      </dl>
      <ol className="sheet__roll">
        {lines.map((line) => (
          <Line key={line.line} line={line} />
        ))}
      </ol>
      <dl className="sheet__block sheet__totals">
        <Entry label={<Both word="total" />} of={sums.total} look="strong" />
        {parts.map(([word, of]) => (
          <Entry key={word} label={<Both word={word} />} of={of} />
        ))}
      </dl>
    </>
  )
}

function Line({ line }: { readonly line: StatementLine }): ReactNode {
  const parts = [
    ['ownPay', line.ownPay],
    ['overCeiling', line.overCeiling],
    ['prePay', line.prePay]
  ] as const
  return (
    <li>
      <span className="sheet__roll-name">
        {line.name} <Both word={`class-${line.chargeClass}`} />
      </span>
      <span className="sheet__roll-cost">
        <span>
          {line.price} × {line.quantity}
        </span>
        <Amount of={line.amount} />
      </span>
      {parts.filter(([, of]) => of !== '0.00').map(([word, of]) => (
        <RollPart key={word} word={word} of={of} />
      ))}
      {line.sale !== null && <SoldAs sale={line.sale} />}
    </li>
  )
}

function RollPart({ word, of }: { readonly word: 'ownPay' | 'overCeiling' | 'prePay'; readonly of: Yuan }): ReactNode {
  return (
    <span className="sheet__roll-cost sheet__roll-part">
      <span>
        <Both word={word} />
      </span>
      <Amount of={of} />
    </span>
  )
}
