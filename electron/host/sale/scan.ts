/** What a scanner has read: a pack's trace code, a barcode, an item's own code, or an electronic prescription. */

import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import type { Catalogue } from '../../../settlement/catalogue/catalogue.ts'
import type { CatalogueItem } from '../../../settlement/catalogue/item-schema.ts'
import { RX_NUMBER } from './rx-document.ts'
import { isTraceCode } from './trace-code.ts'

const BARCODE = /^\d{8,14}$/

export type Scanned =
  | { readonly kind: 'trace-code'; readonly code: string }
  /** More than one: one barcode stands on several items. */
  | { readonly kind: 'items'; readonly items: readonly CatalogueItem[] }
  | { readonly kind: 'prescription'; readonly text: string }
  | { readonly kind: 'unknown' }

export function scanned(text: string, catalogue: Catalogue, on: BusinessDate): Scanned {
  const read = text.trim()
  if (isTraceCode(read)) return { kind: 'trace-code', code: read }
  if (read.startsWith('{')) return { kind: 'prescription', text: read }
  const byBarcode = BARCODE.test(read) ? catalogue.byBarcode(read, on) : []
  if (byBarcode.length > 0) return { kind: 'items', items: byBarcode }
  const item = catalogue.get(read, on) ?? catalogue.get(read.toUpperCase(), on)
  if (item !== undefined) return { kind: 'items', items: [item] }
  return RX_NUMBER.test(read.toUpperCase()) ? { kind: 'prescription', text: read.toUpperCase() } : { kind: 'unknown' }
}
