import { ok } from '../../../base/result.ts'
import { required, type Command } from '../command.ts'
import type { Outcome } from '../failure.ts'
import { inCentre } from '../in-centre.ts'

const SYNOPSIS = '--db URL'
/** More than anybody reads through at a time. */
const GAPS_MAX = 1_000

export const centreGapsCommand: Command = {
  name: 'centre gaps',
  synopsis: SYNOPSIS,
  summary: 'purchases that cards must have signed and no terminal has told of yet: unsent, refused, or hidden (卡交易序号断号)',
  options: { db: { type: 'string' } },
  positionals: [],
  run: async (input) => {
    const url = required(input, 'db', `centre gaps ${SYNOPSIS}`)
    return url.ok ? list(url.value) : url
  }
}

async function list(url: string): Promise<Outcome> {
  return inCentre(url, async (database) => {
    const { serialGaps } = await import('../../../settlement/centre/intake/card-serials.ts')
    const gaps = await serialGaps(database.db, GAPS_MAX)
    const lines = gaps.map(({ cardId, first, last }) => `${cardId}  ${first === last ? first : `${first} - ${last}`}`)
    return ok({
      text: lines.length === 0 ? '没有断号 no gaps' : lines.join('\n'),
      json: gaps.map(({ cardId, first, last }) => ({ card_id: cardId, first, last }))
    })
  })
}
