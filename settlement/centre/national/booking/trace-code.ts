/** A pack's trace code leaves the house once (C12): again only after it came back, or when the pack was split. */

import type { BusinessDate } from '../../../calendar/business-date.ts'
import { kindOf } from '../../../catalogue/item-facts.ts'
import type { MemoryCatalogue } from '../../../catalogue/memory-catalogue.ts'
import type { CentreTransaction } from '../../store/centre-database.ts'
import type { Fields } from '../envelope/fields.ts'

/** No scan, no fund (four-ministry notice of 2025-03). What a centre answers to it is not published: here it is told. */
const WANTED_FROM = '2025-07-01'

/** feedetl_sn of the drugs that are handed over without a code. Decoction pieces have none. */
export function untraced(lines: readonly Fields[], traced: readonly Fields[], { items, day }: { readonly items: MemoryCatalogue; readonly day: BusinessDate }): string[] {
  if (day < WANTED_FROM) return []
  const has = new Set(traced.map((row) => row.text('feedetl_sn')))
  const isDrug = (code: string): boolean => {
    const item = items.get(code)
    return item !== undefined && ['western', 'patent'].includes(kindOf(item))
  }
  return lines
    .filter((line) => !line.number('cnt').startsWith('-') && isDrug(line.text('med_list_codg')))
    .map((line) => line.text('feedetl_sn'))
    .filter((number) => !has.has(number))
}

/** The first code among them that is out already with an unsplit pack, or twice among them; it does not stop a settlement (H 3505A), it is told. */
export async function repeatedTraceCode(db: CentreTransaction, rows: readonly Fields[]): Promise<string | undefined> {
  const here = new Set<string>()
  for (const row of rows) {
    if (row.text('trdn_flag') === '1') continue
    const code = row.text('drug_trac_codg')
    if (here.has(code)) return code
    here.add(code)
    const sold = await db
      .selectFrom('national_trace_code')
      .innerJoin('settlement', 'settlement.setl_id', 'national_trace_code.setl_id')
      .where('drug_trac_codg', '=', code)
      .where('trdn_flag', '=', '0')
      .where('settlement.reversed_by', 'is', null)
      .select('drug_trac_codg')
      .executeTakeFirst()
    if (sold !== undefined) return code
  }
  return undefined
}

export async function keepTraceCodes(db: CentreTransaction, setlId: string, rows: readonly Fields[]): Promise<void> {
  for (const row of rows) {
    await db
      .insertInto('national_trace_code')
      .values({ setl_id: setlId, feedetl_sn: row.text('feedetl_sn'), drug_trac_codg: row.text('drug_trac_codg'), trdn_flag: row.text('trdn_flag') })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}
