import { never } from '../../../base/invariant.ts'
import { ok, type Result } from '../../../base/result.ts'
import type { Grant, GrantRefusal } from '../../../settlement/centre/load/credits.ts'
import { formatFen, parseFen } from '../../../settlement/money/fen.ts'
import { required, type Command, type CommandInput } from '../command.ts'
import { badInput, type Failure, type Outcome } from '../failure.ts'
import { inCentre } from '../in-centre.ts'
import type { Terminal } from '../terminal.ts'

const SYNOPSIS = '--db URL --card ID --amount YUAN --reason TEXT'

export const centreCreditCommand: Command = {
  name: 'centre credit',
  synopsis: SYNOPSIS,
  summary: "grants a card money that waits for a load, the year's payment into its account for one (年度划入)",
  options: { db: { type: 'string' }, card: { type: 'string' }, amount: { type: 'string' }, reason: { type: 'string' } },
  positionals: [],
  run: async (input, terminal) => {
    const url = required(input, 'db', `centre credit ${SYNOPSIS}`)
    if (!url.ok) return url
    const grant = grantOf(input)
    return grant.ok ? await give(url.value, grant.value, terminal) : grant
  }
}

function grantOf(input: CommandInput): Result<Grant, Failure> {
  const card = required(input, 'card', `centre credit ${SYNOPSIS}`)
  if (!card.ok) return card
  const amount = required(input, 'amount', `centre credit ${SYNOPSIS}`)
  if (!amount.ok) return amount
  const reason = required(input, 'reason', `centre credit ${SYNOPSIS}`)
  if (!reason.ok) return reason
  const fen = parseFen(amount.value)
  if (fen === undefined) return badInput('amount-malformed', `--amount: "${amount.value}" is no amount in yuan with at most 2 places`)
  return ok({ cardId: card.value, amount: fen, reason: reason.value })
}

async function give(url: string, grant: Grant, { entropy }: Terminal): Promise<Outcome> {
  return inCentre(url, async (database) => {
    const { grantCredit } = await import('../../../settlement/centre/load/credits.ts')
    const { systemCentreClock } = await import('../../centre/centre-clock.ts')
    const credit = await grantCredit({ database, entropy, clock: systemCentreClock }, grant)
    if (!credit.ok) return grantFailure(credit.error)
    const amount = formatFen(grant.amount)
    return ok({
      text: `${credit.value}  已划入 credited ${amount}, waits for a load of this card (待圈存)`,
      json: { credit_id: credit.value, card_id: grant.cardId, amount, reason: grant.reason.trim() }
    })
  })
}

function grantFailure(refusal: GrantRefusal): { readonly ok: false; readonly error: Failure } {
  switch (refusal.kind) {
    case 'card-unknown':
      return badInput(refusal.kind, '--card: this centre has issued no such card')
    case 'amount-invalid':
      return badInput(refusal.kind, `--amount: ${formatFen(refusal.amount)} must be more than 0.00 and no more than a card can hold`)
    case 'reason-invalid':
      return badInput(refusal.kind, `--reason: has ${refusal.length} characters; 1 to ${refusal.lengthMax} without control characters`)
    default:
      return never(refusal)
  }
}
