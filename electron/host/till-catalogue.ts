/**
 * The catalogue that a till works by: the active version of its own `catalogue.db`, which somebody installed here on purpose and can
 * take back; else what its centre published, else what it was delivered with. A version that is activated meanwhile counts at once.
 */

import { statSync } from 'node:fs'
import { join } from 'node:path'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { BusinessDate } from '../../settlement/calendar/business-date.ts'
import type { Catalogue, CatalogueHit } from '../../settlement/catalogue/catalogue.ts'
import type { CatalogueItem } from '../../settlement/catalogue/item-schema.ts'
import { CATALOGUE_FILE_NAME, describeFileRefusal } from '../../settlement/catalogue/sqlite/catalogue-file.ts'
import { openCatalogue, type SqliteCatalogue } from '../../settlement/catalogue/sqlite/sqlite-catalogue.ts'

export const cataloguePathIn = (data: string): string => join(data, CATALOGUE_FILE_NAME)

/** The refusal is one line that names the file: prices of another catalogue would be charged in silence. */
export function openTillCatalogue(data: string, otherwise: Catalogue): Result<TillCatalogue, string> {
  const path = cataloguePathIn(data)
  if (!isThere(path)) return ok(new TillCatalogue(path, undefined, otherwise))
  const opened = openCatalogue(path)
  if (opened.ok) return ok(new TillCatalogue(path, opened.value, otherwise))
  return refuse(`catalogue: ${describeFileRefusal(opened.error)}; move it away and import again`)
}

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined

export class TillCatalogue implements Catalogue {
  readonly #path: string
  #otherwise: Catalogue
  #installed: SqliteCatalogue | undefined

  constructor(path: string, installed: SqliteCatalogue | undefined, otherwise: Catalogue) {
    this.#path = path
    this.#installed = installed
    this.#otherwise = otherwise
  }

  /** What a centre published takes the place of what was delivered. */
  otherwise(published: Catalogue | undefined): this {
    if (published !== undefined) this.#otherwise = published
    return this
  }

  /** false: nothing is installed here. */
  get isInstalled(): boolean {
    return this.#current !== this.#otherwise
  }

  get version(): string {
    return this.#current.version
  }

  get size(): number {
    return this.#current.size
  }

  get(code: string, on?: BusinessDate): CatalogueItem | undefined {
    return this.#current.get(code, on)
  }

  search(text: string, limit: number, on?: BusinessDate): Promise<readonly CatalogueHit[]> {
    return this.#current.search(text, limit, on)
  }

  hasCodePrefix(prefix: string): boolean {
    return this.#current.hasCodePrefix(prefix)
  }

  byBarcode(barcode: string, on?: BusinessDate): readonly CatalogueItem[] {
    return this.#current.byBarcode(barcode, on)
  }

  byDrugId(drugId: string, on?: BusinessDate): readonly CatalogueItem[] {
    return this.#current.byDrugId(drugId, on)
  }

  sameSubstance(code: string, limit: number, on?: BusinessDate): readonly CatalogueItem[] {
    return this.#current.sameSubstance(code, limit, on)
  }

  close(): void {
    this.#installed?.close()
  }

  get #current(): Catalogue {
    if (this.#installed === undefined && isThere(this.#path)) {
      // The first import of this till was made while it ran.
      const opened = openCatalogue(this.#path)
      if (opened.ok) this.#installed = opened.value
    }
    return this.#installed?.isActive === true ? this.#installed : this.#otherwise
  }
}
