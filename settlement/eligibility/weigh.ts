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

/** `findings` by weight. */
export function weigh(
  { line, tracesWanted }: Pick<ItemVerdict, 'line' | 'tracesWanted'>,
  findings: readonly Finding[],
  drawn: readonly DrawnFund[]
): ItemVerdict {
  const reasons = findings.map(({ reason }) => reason)
  const isOfEvery = reasons.every(({ funds }) => funds === 'every')
  const funds = drawn.map(({ fund }): FundVerdict => {
    const ofFund = isOfEvery ? reasons : reasons.filter((reason) => touches(reason, fund))
    return { fund, cover: coverOf(ofFund), reasons: ofFund }
  })
  const isForbidden = reasons.some(({ effect }) => effect === 'forbids')
  const cover = isForbidden ? 'forbidden' : bestOf(funds)
  const paying = cover === 'limited' ? funds.find((verdict) => verdict.cover === 'limited') : undefined
  return {
    line,
    cover,
    funds,
    payable: paying === undefined ? undefined : tightest(findings, paying.fund)?.payable,
    tracesWanted,
    accountMayPay: !reasons.some(({ effect }) => effect === 'cash-only'),
    reasons
  }
}

const touches = ({ funds }: Reason, fund: FundKind): boolean => funds === 'every' || funds.includes(fund)

/** Not by the first alone: reasons are ordered for reading. */
const coverOf = (reasons: readonly Reason[]): Cover => worst(reasons.map(({ effect }) => COVER_OF[effect]))

function worst(covers: readonly Cover[]): Cover {
  let index = 0
  for (const cover of covers) index = Math.max(index, COVERS.indexOf(cover))
  return COVERS[index] ?? 'forbidden'
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
