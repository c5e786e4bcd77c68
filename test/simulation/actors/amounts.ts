/** What the window says in yuan, in fen. Own arithmetic: nothing here shares a line with the program that is tried. */

import { invariant } from '../../../base/invariant.ts'
import type { LoadView, StatementView } from '../../../electron/contract/settlement-view.ts'
import type { Loaded, Statement } from '../operation.ts'

/** "-12.05" is -1205. */
export function fenOf(yuan: string): number {
  const [, sign, whole, part] = /^(-?)(\d+)\.(\d\d)$/.exec(yuan) ?? []
  invariant(whole !== undefined && part !== undefined, `"${yuan}" is an amount with two places`)
  const amount = Number.parseInt(whole, 10) * 100 + Number.parseInt(part, 10)
  return sign === '-' ? -amount : amount
}

export function yuanOf(fen: number): string {
  const whole = Math.abs(fen)
  return `${fen < 0 ? '-' : ''}${Math.floor(whole / 100)}.${String(whole % 100).padStart(2, '0')}`
}

export const statementOf = ({ settlementId, visit, sums, balance, lines, sale }: StatementView): Statement => ({
  kind: 'statement',
  settlementId,
  visitNo: visit.visitNo,
  total: fenOf(sums.total),
  fundPaid: fenOf(sums.fundPaid),
  personal: fenOf(sums.personal),
  account: fenOf(sums.account),
  cash: fenOf(sums.cash),
  balanceBefore: balance === null ? undefined : fenOf(balance.before),
  balanceAfter: typeof balance?.after === 'string' ? fenOf(balance.after) : undefined,
  packs: lines.flatMap((line) => (line.sale?.packs ?? []).map(({ traceCode }) => traceCode)),
  replaces: sale?.replaces ?? undefined
})

export const loadedOf = ({ loadId, owed, amount, balanceBefore, balanceAfter }: LoadView): Loaded => ({
  kind: 'loaded',
  loadId,
  owed,
  amount: fenOf(amount),
  balanceBefore: fenOf(balanceBefore),
  balanceAfter: fenOf(balanceAfter)
})
