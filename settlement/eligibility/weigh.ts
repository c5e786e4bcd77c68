/** From what was found against a line to its cover: for each fund the worst that touches it, for the line the best of its funds. */

import type { Finding, Limit } from './findings.ts'
import type { DrawnFund } from './matter.ts'
import type { Effect, Reason } from './reason.ts'
import { COVERS, type Cover, type FundKind, type FundVerdict, type ItemVerdict } from './verdict.ts'

const COVER_OF: Readonly<Record<Effect, Cover>> = {
  forbids: 'forbidden',
  'cash-only': 'own-money',
  'own-money': 'own-money',
  limits: 'limited',
  asks: 'covered',
  note: 'covered'
}

const RANK_OF = Object.fromEntries(Object.entries(COVER_OF).map(([effect, cover]) => [effect, COVERS.indexOf(cover)])) as Readonly<Record<Effect, number>>

/** `findings` by weight. */
export function weigh(line: string, findings: readonly Finding[], drawn: readonly DrawnFund[], tracesWanted: number): ItemVerdict {
  const reasons = findings.length === 0 ? NO_REASONS : findings.map(({ reason }) => reason)
  const funds = isOfEveryFund(reasons) ? alike(drawn, reasons) : drawn.map(({ fund }) => verdictOf(fund, reasons.filter((reason) => touches(reason, fund))))
  const cover = has(reasons, 'forbids') ? 'forbidden' : bestOf(funds)
  const paying = cover === 'limited' ? funds.find((verdict) => verdict.cover === 'limited') : undefined
  return {
    line,
    cover,
    funds,
    payable: paying === undefined ? undefined : tightest(findings, paying.fund)?.payable,
    tracesWanted,
    accountMayPay: !has(reasons, 'cash-only'),
    reasons
  }
}

const NO_REASONS: readonly Reason[] = []

function isOfEveryFund(reasons: readonly Reason[]): boolean {
  for (const { funds } of reasons) if (funds !== 'every') return false
  return true
}

function alike(drawn: readonly DrawnFund[], reasons: readonly Reason[]): readonly FundVerdict[] {
  const cover = coverOf(reasons)
  return drawn.map(({ fund }) => ({ fund, cover, reasons }))
}

const verdictOf = (fund: FundKind, reasons: readonly Reason[]): FundVerdict => ({ fund, cover: coverOf(reasons), reasons })

const touches = ({ funds }: Reason, fund: FundKind): boolean => funds === 'every' || funds.includes(fund)

function has(reasons: readonly Reason[], wanted: Effect): boolean {
  for (const { effect } of reasons) if (effect === wanted) return true
  return false
}

/** Not by the first alone: reasons are ordered for reading. */
function coverOf(reasons: readonly Reason[]): Cover {
  let worst = 0
  for (const { effect } of reasons) worst = Math.max(worst, RANK_OF[effect])
  return COVERS[worst] ?? 'forbidden'
}

function bestOf(funds: readonly FundVerdict[]): Cover {
  let index = COVERS.length - 1
  for (const { cover } of funds) index = Math.min(index, COVERS.indexOf(cover))
  return COVERS[index] ?? 'forbidden'
}

/** The limit that leaves least of the line's amount; of two that leave as much, the one that weighs more. */
function tightest(findings: readonly Finding[], fund: FundKind): Limit | undefined {
  let least: Limit | undefined
  for (const { reason, limit } of findings) {
    if (limit === undefined || !touches(reason, fund)) continue
    if (least === undefined || limit.amount < least.amount) least = limit
  }
  return least
}
