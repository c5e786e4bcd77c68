/** A search of the catalogue as the window shows it: each hit as it is today. */

import type { BusinessDate } from '../../settlement/calendar/business-date.ts'
import type { Catalogue } from '../../settlement/catalogue/catalogue.ts'
import { classOn } from '../../settlement/catalogue/item-on-day.ts'
import type { CatalogueHit } from '../contract/bill-view.ts'

export type SearchCatalogue = (text: string, limit: number) => Promise<CatalogueHit[]>

export const searchOf =
  (catalogue: Catalogue, today: () => BusinessDate): SearchCatalogue =>
  async (text, limit) => {
    const on = today()
    const hits = await catalogue.search(text, limit, on)
    return hits.map(({ item, initials }) => ({
      code: item.med_list_codg,
      name: item.name,
      initials,
      spec: item.spec ?? '',
      producer: item.producer ?? '',
      // What no fund pays on this day is class C at the counter.
      chargeClass: classOn(item, on) ?? '03',
      price: item.pric ?? null,
      restriction: item.restriction ?? null
    }))
  }
