/** Whether a visit may be settled: the ledger says it, wherever its bill lies. */

import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'

export function standingOf(ledger: LedgerReader, { fixmedins_code, ipt_otp_no }: Visit): 'waiting' | 'in-doubt' | 'settled' {
  const hold = ledger.holdByVisit({ institution: fixmedins_code, visitNo: ipt_otp_no })
  if (!hold.ok || hold.value === undefined || hold.value.closing?.fact.kind === 'release') return 'waiting'
  return hold.value.closing === undefined ? 'in-doubt' : 'settled'
}
