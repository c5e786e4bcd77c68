/** The catalogue that is installed in the folder of a ledger, as the window of that folder works by it. */

import { dirname } from 'node:path'
import type { Catalogue } from '../../settlement/catalogue/catalogue.ts'
import { openTillCatalogue } from '../host/till-catalogue.ts'

interface Beside {
  readonly ledger: string
  /** Somebody has named a file to work by: it stays. */
  readonly catalogue?: string | undefined
}

/** One line, where the file beside the ledger cannot be used. */
export async function withCatalogueBeside<Value>({ ledger, catalogue }: Beside, otherwise: Catalogue, work: (catalogue: Catalogue) => Promise<Value>): Promise<Value | string> {
  if (catalogue !== undefined) return work(otherwise)
  const opened = openTillCatalogue(dirname(ledger), otherwise)
  if (!opened.ok) return opened.error
  try {
    return await work(opened.value)
  } finally {
    opened.value.close()
  }
}
