/**
 * `pPayInfo`: what is to be signed by the card. Deployed callers send two amounts and a time, 0.1|0.2|20151118185001| : own
 * payment and pooled fund, account 0, as the 2012 rules want of an online card. A third amount in front spends the purse of an
 * offline card; that form is ours.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { AMOUNT_MAX_FEN, type PurseAmounts } from '../../../card/command/purse.ts'
import { isCardTime } from '../../../card/ports.ts'
import { parseFen } from '../../../settlement/money/fen.ts'

/** A moment that there is, of this century: what the card signs stands in its log for good. */
function isTime(text: string): boolean {
  if (!isCardTime(text)) return false
  const [, year, month, day, hour, minute, second] = /^(20\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text) ?? []
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  const moment = new Date(written)
  return !Number.isNaN(moment.getTime()) && moment.toISOString() === written
}

export interface PayInfo {
  readonly amounts: PurseAmounts
  /** YYYYMMDDhhmmss. */
  readonly time: string
}

export function parsePayInfo(text: string): Result<PayInfo, string> {
  const fields = text.split('|')
  if (fields.pop() !== '' || fields.length < 3 || fields.length > 4) return refuse(`pPayInfo: "${text.slice(0, 80)}" must be own|pooled|YYYYMMDDhhmmss| or account|own|pooled|YYYYMMDDhhmmss|`)
  const time: string = fields.pop() ?? ''
  if (!isTime(time)) return refuse(`pPayInfo: "${time.slice(0, 40)}" must be a time that there is, 14 digits YYYYMMDDhhmmss`)
  const amounts: number[] = []
  for (const field of fields) {
    const amount = parseFen(field)
    if (amount === undefined || amount < 0 || amount > AMOUNT_MAX_FEN) return refuse(`pPayInfo: "${field.slice(0, 40)}" must be an amount in yuan of at most two places, not negative`)
    amounts.push(amount)
  }
  const [pooled = 0, own = 0, account = 0] = amounts.toReversed()
  return ok({ amounts: { account, own, pooled }, time })
}
