/**
 * THE one place that shows an amount. Decimal text in, grouped digits out; the text is never made a number, so what the
 * host said is what stands on the screen, to the last digit.
 */

import type { ReactNode } from 'react'
import type { Yuan } from '../../electron/contract/text.ts'

interface AmountProps {
  /** null: not known, drawn as a dash. */
  readonly of: Yuan | null
  readonly mark?: boolean
  /** "+" before what is not negative: for what is added or handed back. */
  readonly signed?: boolean
  readonly className?: string
}

const PARTS = /^(-?)(\d+)(\.\d+)?$/

/** "1234.50" -> "1,234.50". A text that is no amount comes back as it is. */
export function grouped(amount: Yuan): string {
  const parts = PARTS.exec(amount)
  if (parts === null) return amount
  const [, sign = '', whole = '', fraction = ''] = parts
  return `${sign === '-' ? '\u2212' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction}`
}

/** An amount as it was typed, written out to the fen: "9000" -> "9000.00". What is no amount of money comes back as it is. */
export function writtenOut(typed: string): Yuan {
  const parts = /^(\d+)(?:\.(\d{0,2}))?$/.exec(typed)
  return parts === null ? typed : `${parts[1] ?? ''}.${(parts[2] ?? '').padEnd(2, '0')}`
}

export function Amount({ of, mark = false, signed = false, className }: AmountProps): ReactNode {
  const classes = className === undefined ? 'amount' : `amount ${className}`
  if (of === null) return <span className={`${classes} amount--unknown`}>{'\u2014'}</span>
  const plus = signed && !of.startsWith('-') ? '+' : ''
  return (
    <span className={classes} data-amount={of}>
      {mark && <span className="amount__mark">{'\u00a5'}</span>}
      {plus}
      {grouped(of)}
    </span>
  )
}
