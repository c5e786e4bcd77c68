/** Single packs come back: the sale is taken back in the ledger, and what stays of it becomes the bill that takes its place. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { returnPacks, type ReturnRequest } from '../../../settlement/case/return-packs.ts'
import type { Ledger } from '../../../settlement/ledger/ledger.ts'
import { parseQuantity } from '../../../settlement/money/price.ts'
import type { Params } from '../../contract/requests.ts'
import { isPharmacyCode } from '../patient.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { readSettledDocument } from '../records/settled-document.ts'
import type { Moment } from '../system.ts'
import { saleRefused, type Refusable } from './refusable.ts'
import { ReturnSale } from './return-sale.ts'
import type { SalePorts } from './sale.ts'
import type { SaleRefusal } from './sale-refusal.ts'

/** undefined: everything came back, and nothing is to be settled anew. */
export function takeBack(
  ports: SalePorts & { readonly ledger: Ledger },
  { settlementId, packs, reason }: Params<'sale.return'>,
  { moment, terminal }: { readonly moment: Moment; readonly terminal: string | undefined }
): Refusable<ReturnSale | undefined> {
  const { ledger } = ports
  const sold = ledger.settlement(settlementId)
  if (!sold.ok) return refuse({ kind: 'ledger', refusal: sold.error })
  const hold = sold.value?.hold.fact
  if (hold !== undefined && !isPharmacyCode(hold.visit.institution)) return saleRefused({ kind: 'not-a-sale', settlementId })
  const asked = returnedPacks(packs)
  if (!asked.ok) return saleRefused(asked.error)
  const returned = returnPacks(ledger, { settlementId, packs: asked.value, reason, time: moment.cardTime, terminal })
  if (!returned.ok) return saleRefused({ kind: 'return', refusal: returned.error })
  const { bill } = returned.value
  if (bill === undefined) return ok(undefined)
  const ownPay = hold === undefined ? {} : (readSettledDocument(hold.result)?.own_pay ?? {})
  const returnOf = { settlementId, when: readableTime(hold?.heldAt ?? moment.cardTime) }
  return ReturnSale.open(ports, { ...bill, fixmedins_name: ports.placeName }, { returnOf, ownPay })
}

function returnedPacks(packs: Params<'sale.return'>['packs']): Result<ReturnRequest['packs'], SaleRefusal> {
  const returned: ReturnRequest['packs'][number][] = []
  for (const { line, codes, quantity } of packs) {
    const parsed = parseQuantity(quantity)
    if (parsed === undefined || parsed <= 0) return refuse({ kind: 'bad-field', field: 'quantity', value: quantity, rule: { zh: '应为正数', en: 'a positive number' } })
    returned.push({ line, codes, quantity: parsed })
  }
  return ok(returned)
}
