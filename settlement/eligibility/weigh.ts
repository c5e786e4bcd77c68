/** From what was found against a line to its cover: for each fund the worst that touches it, for the line the best of its funds. */

import type { Findings, Limit } from './findings.ts'
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

export function weigh(line: string, tracesWanted: number, findings: Findings, drawn: readonly DrawnFund[]): ItemVerdict {
  const reasons = findings.reasons()
  // The heaviest comes first, and effects weigh in the order of the covers that they leave.
  const [heaviest] = reasons
  const worst = heaviest === undefined ? 'covered' : COVER_OF[heaviest.effect]
  let isOfEveryFund = true
  let accountMayPay = true
  for (const reason of reasons) {
    if (reason.funds !== 'every') isOfEveryFund = false
    if (reason.effect === 'cash-only') accountMayPay = false
  }
  const funds = isOfEveryFund ? alike(drawn, reasons, worst) : apart(drawn, reasons)
  const cover = worst === 'forbidden' || isOfEveryFund ? worst : bestOf(funds)
  const least = cover === 'limited' ? leastOf(findings, funds) : undefined
  return { line, cover, funds, payable: least?.limit.payable, tracesWanted, accountMayPay, reasons: least === undefined ? reasons : firstOf(least.reason, reasons) }
}

/** Who reads "in part (2 packs)" and one reason must read the reason that leaves two packs. */
const firstOf = (first: Reason, reasons: readonly Reason[]): readonly Reason[] => (reasons[0] === first ? reasons : [first, ...reasons.filter((reason) => reason !== first)])

const coverOf = (rank: number): Cover => COVERS[rank] ?? 'forbidden'

function alike(drawn: readonly DrawnFund[], reasons: readonly Reason[], cover: Cover): readonly FundVerdict[] {
  const [first] = drawn
  return drawn.length === 1 && first !== undefined ? [{ fund: first.fund, cover, reasons }] : drawn.map(({ fund }) => ({ fund, cover, reasons }))
}

const apart = (drawn: readonly DrawnFund[], reasons: readonly Reason[]): readonly FundVerdict[] =>
  drawn.map(({ fund }) => {
    const ofFund = reasons.filter((reason) => touches(reason, fund))
    return { fund, cover: coverOf(Math.max(0, ...ofFund.map(({ effect }) => RANK_OF[effect]))), reasons: ofFund }
  })

const touches = ({ funds }: Reason, fund: FundKind): boolean => funds === 'every' || funds.includes(fund)

interface Limiting {
  readonly reason: Reason
  readonly limit: Limit
}

const bestOf = (funds: readonly FundVerdict[]): Cover => coverOf(Math.min(FORBIDDEN, ...funds.map(({ cover }) => COVERS.indexOf(cover))))

/** Of the fund that pays in part: the limit that leaves least of the line; of two that leave as much, the one that weighs more. */
function leastOf(findings: Findings, funds: readonly FundVerdict[]): Limiting | undefined {
  const paying = funds.find(({ cover }) => cover === 'limited')
  let least: Limiting | undefined
  for (const { reason, limit } of findings.list()) {
    if (paying === undefined || limit === undefined || !touches(reason, paying.fund)) continue
    if (least === undefined || leavesMore(least.limit, limit)) least = { reason, limit }
  }
  return least
}
