import { ok } from '../../../base/result.ts'
import type { RepeatedPack } from '../../../settlement/centre/intake/trace-codes.ts'
import { required, type Command } from '../command.ts'
import type { Outcome } from '../failure.ts'
import { inCentre } from '../in-centre.ts'

const SYNOPSIS = '--db URL'
/** More than anybody reads through at a time. */
const ROWS_MAX = 1_000

export const centreTraceCodesCommand: Command = {
  name: 'centre trace-codes',
  synopsis: SYNOPSIS,
  summary: 'packs that more than one settlement has sold and no return explains (追溯码重复售药)',
  options: { db: { type: 'string' } },
  positionals: [],
  run: async (input) => {
    const url = required(input, 'db', `centre trace-codes ${SYNOPSIS}`)
    return url.ok ? list(url.value) : url
  }
}

async function list(url: string): Promise<Outcome> {
  return inCentre(url, async (database) => {
    const { repeatedPacks } = await import('../../../settlement/centre/intake/trace-codes.ts')
    const packs = await repeatedPacks(database.db, ROWS_MAX)
    return ok({
      text: packs.length === 0 ? '没有重复售出的追溯码 no pack was sold twice' : packs.map(line).join('\n'),
      json: packs.map(({ code, settlementId, institution, setlTime, isSplit }) => ({
        drug_trac_codg: code,
        medins_setl_id: settlementId,
        fixmedins_code: institution,
        setl_time: setlTime,
        trdn_flag: isSplit ? '1' : '0'
      }))
    })
  })
}

const line = ({ code, settlementId, institution, setlTime, isSplit }: RepeatedPack): string =>
  `${code}  ${setlTime}  ${institution}  ${settlementId}${isSplit ? '  拆零 split' : ''}`
