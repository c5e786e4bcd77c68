/** The settlement that the commit benchmark writes: 8 lines, 6 entries, a claim of 1.7 KB, a provisional result of 2.2 KB. */

import type { Hold } from '../../settlement/ledger/fact.ts'
import { openLedger, type SqliteLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { fen } from '../../settlement/money/fen.ts'
import type { Result } from '../../base/result.ts'
import { EVIDENCE, line, sale, SALE_AMOUNTS } from '../contract/ledger-fixture.ts'

const PERSON_COUNT = 100_000
/** Prime, so that consecutive visits are of people far apart, as at a counter. */
const PERSON_STRIDE = 7919

const LINES = [34000, 1000, 1000, 1000, 1000, 1000, 1000, 2000].map((amount, index) =>
  line(`${index + 1}`, `XA01BCD000000${index + 1}`, `测试药品${index + 1}`, { amount, ownPay: index === 7 ? 2000 : 0 })
)

const AMOUNTS = {
  ...SALE_AMOUNTS,
  funds: { ...SALE_AMOUNTS.funds, hifp_pay: fen(15000), cvlserv_pay: fen(2500) },
  account: fen(21000),
  mutualAid: fen(1000),
  cash: fen(3500)
}

const COUNTERS = { act_pay_dedc: fen(150), hifp_pay: fen(150), inscp_scp_amt: fen(400), segment_expense: fen(250) }

const RESULT = new TextEncoder().encode('{"step":"起付线","amount":"150.00"},'.repeat(50))

const CLAIM = new TextEncoder().encode(
  JSON.stringify({
    psn_type: '11',
    insutype: '310',
    med_type: '41',
    begntime: '2023-09-15',
    institution: { kind: 'pharmacy' },
    account: { current_year: '500.00', past_years: '0.00', mutual_aid: [] },
    accumulators: { act_pay_dedc: '0.00', hifp_pay: '0.00' },
    lines: LINES.map(({ lineNo, itemCode, itemName }) => ({
      feedetl_sn: lineNo,
      med_list_codg: itemCode,
      name: itemName,
      med_chrgitm_type: '09',
      chrgitm_lv: '01',
      pric: '10.00',
      cnt: '1.0000',
      hosp_appr_flag: '0',
      pric_uplmt_amt: '12.00'
    }))
  })
)

export function settlementOf(number: number): Hold {
  const person = (number * PERSON_STRIDE) % PERSON_COUNT
  return sale(number, {
    personNo: `999999${person.toString().padStart(10, '0')}`,
    amounts: AMOUNTS,
    lines: LINES,
    counters: COUNTERS,
    claim: CLAIM,
    result: RESULT
  })
}

export function hold(ledger: SqliteLedger, settlement: Hold | number): void {
  must(ledger.hold(typeof settlement === 'number' ? settlementOf(settlement) : settlement))
}

export function complete(ledger: SqliteLedger, settlement: Hold | number): void {
  const { settlementId } = typeof settlement === 'number' ? sale(settlement) : settlement
  must(ledger.post({ settlementId, evidence: EVIDENCE, postedAt: '20230915093005' }))
}

export function must<Value>(result: Result<Value, unknown>): Value {
  if (!result.ok) throw new Error(`the ledger refused: ${JSON.stringify(result.error)}`)
  return result.value
}

export const LOG_BYTES = 64 << 20

/** With its log grown beforehand, as a till keeps it. */
export const openTill = (path: string): SqliteLedger => must(openLedger({ path, create: true, logBytes: LOG_BYTES }))
