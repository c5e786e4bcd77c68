/** What anything at a pharmacy's counter may answer instead. */

import { refuse, type Result } from '../../../base/result.ts'
import type { CounterRefusal } from '../counter-refusal.ts'
import type { DeskRefusal } from '../desk/desk-refusal.ts'
import type { SaleRefusal } from './sale-refusal.ts'

export type Refusable<Value> = Result<Value, CounterRefusal | DeskRefusal>

export const saleRefused = (refusal: SaleRefusal): { readonly ok: false; readonly error: DeskRefusal } => refuse({ kind: 'sale', refusal })
