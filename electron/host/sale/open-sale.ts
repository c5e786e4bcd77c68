/** A visit document at a pharmacy: a sale to be judged, or the bill of a return, which was judged when it was sold. */

import { refuse } from '../../../base/result.ts'
import type { LedgerReader } from '../../../settlement/ledger/ledger.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import { dayOfService } from '../patient.ts'
import { replacedVisit } from '../records/replaced-visit.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import { readSettledDocument } from '../records/settled-document.ts'
import type { OpenBill } from '../bill/open-bill.ts'
import type { DeskRefusal } from '../desk/desk-refusal.ts'
import type { Refusable } from './refusable.ts'
import type { Pharmacy } from './pharmacy.ts'
import { ReturnSale } from './return-sale.ts'
import { Sale, type SaleSource } from './sale.ts'

export function openSale(pharmacy: Pharmacy, visit: Visit, from: SaleSource): Refusable<OpenBill> {
  const ports = pharmacy.salePorts(dayOfService(visit))
  if (!ports.ok) return refuse<DeskRefusal>({ kind: 'sale', refusal: { kind: 'rules', refusal: ports.error } })
  const sold = takenBackSale(pharmacy.ledger, visit)
  if (sold === undefined) return Sale.open(ports.value, visit, from)
  const { settlementId, heldAt, result } = sold
  return ReturnSale.open(ports.value, visit, { returnOf: { settlementId, when: readableTime(heldAt) }, ownPay: readSettledDocument(result)?.own_pay ?? {} })
}

/** The sale whose place this bill takes: its packs came back, and the ledger has taken it back. Anything else is judged as a sale. */
export function takenBackSale(ledger: LedgerReader, { fixmedins_code, ipt_otp_no, lines }: Visit) {
  const replaced = replacedVisit(ipt_otp_no)
  if (replaced === null || lines.every(({ return_of }) => return_of === undefined)) return undefined
  const held = ledger.holdByVisit({ institution: fixmedins_code, visitNo: replaced })
  const settlementId = held.ok ? held.value?.hold.fact.settlementId : undefined
  const settled = settlementId === undefined ? undefined : ledger.settlement(settlementId)
  return settled?.ok === true && settled.value?.correction !== undefined ? settled.value.hold.fact : undefined
}
