/** From what was found against a line to its cover: for each fund the worst that touches it, for the line the best of its funds. */

import type { Finding, Limit } from './findings.ts'
import { leavesMore } from './part-of-line.ts'
import type { Effect, Reason, RuleSource } from './reason.ts'
import { COVERS, type Cover, type FundKind, type FundVerdict, type ItemVerdict } from './verdict.ts'

/** A fund that the visit may draw on. */
export interface DrawnFund {
  readonly fund: FundKind
  readonly rule: RuleSource
  /** National codes by which the centre speaks of it, the most telling first. */
  readonly payTypes: readonly string[]
}

/** A verdict without the line that it is of. */
export type Weighed = Omit<ItemVerdict, 'line' | 'tracesWanted'>

const COVER_OF: Readonly<Record<Effect, Cover>> = {
  forbids: 'forbidden',
  'cash-only': 'own-money',
  'own-money': 'own-money',
  limits: 'limited',
  asks: 'covered',
  note: 'covered'
}

const RANK_OF = Object.fromEntries(Object.entries(COVER_OF).map(([effect, cover]) => [effect, COVERS.indexOf(cover)])) as Readonly<Record<Effect, number>>
const FORBIDDEN = COVERS.indexOf('forbidden')
const LIMITED = COVERS.indexOf('limited')

/** `findings` by weight. */
export function weigh(findings: readonly Finding[], drawn: readonly DrawnFund[]): Weighed {
  const reasons: Reason[] = []
  let isOfEveryFund = true
  let worst = 0
  let accountMayPay = true
  for (const { reason } of findings) {
    reasons.push(reason)
    isOfEveryFund &&= reason.funds === 'every'
    worst = Math.max(worst, RANK_OF[reason.effect])
    if (reason.effect === 'cash-only') accountMayPay = false
  }
  const funds = isOfEveryFund ? alike(drawn, reasons, coverOf(worst)) : apart(drawn, reasons)
  const cover = worst === FORBIDDEN ? 'forbidden' : isOfEveryFund ? coverOf(worst) : bestOf(funds)
  const paying = COVERS.indexOf(cover) === LIMITED ? funds.find((verdict) => verdict.cover === cover) : undefined
  return { cover, funds, payable: paying === undefined ? undefined : tightest(findings, paying.fund)?.payable, accountMayPay, reasons }
}

const coverOf = (rank: number): Cover => COVERS[rank] ?? 'forbidden'

function alike(drawn: readonly DrawnFund[], reasons: readonly Reason[], cover: Cover): readonly FundVerdict[] {
  const funds: FundVerdict[] = []
  for (const { fund } of drawn) funds.push({ fund, cover, reasons })
  return funds
}

const apart = (drawn: readonly DrawnFund[], reasons: readonly Reason[]): readonly FundVerdict[] =>
  drawn.map(({ fund }) => {
    const ofFund = reasons.filter((reason) => touches(reason, fund))
    return { fund, cover: coverOf(Math.max(0, ...ofFund.map(({ effect }) => RANK_OF[effect]))), reasons: ofFund }
  })

const touches = ({ funds }: Reason, fund: FundKind): boolean => funds === 'every' || funds.includes(fund)

const bestOf = (funds: readonly FundVerdict[]): Cover => coverOf(Math.min(FORBIDDEN, ...funds.map(({ cover }) => COVERS.indexOf(cover))))

/** The limit that leaves least of the line's amount; of two that leave as much, the one that weighs more. */
function tightest(findings: readonly Finding[], fund: FundKind): Limit | undefined {
  let least: Limit | undefined
  for (const { reason, limit } of findings) {
    if (limit === undefined || !touches(reason, fund)) continue
    if (least === undefined || leavesMore(least, limit)) least = limit
  }
  return least
}
