/**
 * The lines on A5. The head of the table says whose statement it is, so that every sheet of a long bill says it again; its
 * last row is how the whole divides.
 */

import type { ReactNode } from 'react'
import type { StatementLine, StatementView } from '../../electron/contract/settlement-view.ts'
import type { Yuan } from '../../electron/contract/text.ts'
import { Amount } from '../components/amount.tsx'
import { Both, type StatementWord } from './both-languages.tsx'
import { SoldAs } from './sold-as.tsx'

interface LinesTableProps {
  readonly statement: StatementView
  readonly copy: number
}

const PARTS = ['amount', 'ownPay', 'overCeiling', 'prePay', 'inScope'] as const

export function LinesTable({ statement, copy }: LinesTableProps): ReactNode {
  const { sums } = statement
  const totals = [sums.total, sums.ownPay, sums.overCeiling, sums.prePay, sums.inScope]
  return (
    <table className="sheet__lines">
      <thead>
        <tr className="sheet__running">
          <th colSpan={9} scope="colgroup">
            <Running statement={statement} copy={copy} />
          </th>
        </tr>
        <tr>
          <Head word="item" colSpan={2} />
          <Head word="class" />
          <Head word="price" />
          <Head word="quantity" />
          {PARTS.map((part) => (
            <Head key={part} word={part} />
          ))}
        </tr>
      </thead>
      <tbody>
        {statement.lines.map((line, index) => (
          <Line key={line.line} line={line} number={index + 1} />
        ))}
        <tr className="sheet__total">
          <th scope="row" colSpan={5}>
            <Both word="total" />
          </th>
          {totals.map((total, index) => (
            <td key={PARTS[index]}>
              <Amount of={total} />
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

function Running({ statement: { settlementId, visit }, copy }: LinesTableProps): ReactNode {
  return (
    <span className="sheet__running-words">
      <span>
        <Both word="settlement" /> <b className="sheet__number">{settlementId}</b>
      </span>
      <span>
        <Both word="visit" /> <b className="sheet__number">{visit.visitNo}</b>
      </span>
      {copy > 0 && (
        <b>
          <Both word="copy" n={copy} />
        </b>
      )}
    </span>
  )
}

function Head({ word, colSpan = 1 }: { readonly word: StatementWord; readonly colSpan?: number }): ReactNode {
  return (
    <th scope="col" colSpan={colSpan}>
      <Both word={word} />
    </th>
  )
}

function Line({ line, number }: { readonly line: StatementLine; readonly number: number }): ReactNode {
  return (
    <tr>
      <td className="sheet__line-number">{number}</td>
      <th scope="row">
        {line.name}
        <span className="sheet__code">{line.code}</span>
        {line.sale !== null && <SoldAs sale={line.sale} />}
      </th>
      <td className="sheet__class">
        <Both word={`class-${line.chargeClass}`} />
      </td>
      <td>{line.price}</td>
      <td>{line.quantity}</td>
      <td>
        <Amount of={line.amount} />
      </td>
      <Part of={line.ownPay} />
      <Part of={line.overCeiling} />
      <Part of={line.prePay} />
      <Part of={line.inScope} />
    </tr>
  )
}

/** A part that is nothing is a dash, so that those that are something can be seen. */
function Part({ of }: { readonly of: Yuan }): ReactNode {
  return <td>{of === '0.00' ? '–' : <Amount of={of} />}</td>
}
