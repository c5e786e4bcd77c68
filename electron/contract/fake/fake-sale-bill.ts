/** The open bill where it is a sale, on the revision that was seen. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { RefusalView } from '../refusal-view.ts'
import { editable } from './fake-bill.ts'
import { NO_SALE, NOT_A_PHARMACY } from './fake-refusals.ts'
import type { FakeSale, OpenBill, World } from './fake-world.ts'

export type SaleBill = OpenBill & { sale: FakeSale }

export const isPharmacy = (world: World): boolean => world.till.institution.kind === 'pharmacy'

export function saleAt(world: World, revision: number): Result<SaleBill, RefusalView> {
  if (!isPharmacy(world)) return refuse(NOT_A_PHARMACY)
  const bill = editable(world, revision)
  if (!bill.ok) return bill
  return bill.value.sale === null ? refuse(NO_SALE) : ok(bill.value as SaleBill)
}
