/** Nothing was printed that is not posted: a statement on paper is a promise too. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Findings } from '../failure.ts'
import type { LedgerBook } from '../ledger-book.ts'

const PRINTS = /^prints-\d{6}\.jsonl$/
/** A line that was torn was never answered, so it is no print. */
const LINE = /^\{"settlement":"([^"]+)".*\}$/

export function checkPrints(folder: string, book: LedgerBook, findings: Findings): void {
  for (const file of readdirSync(folder).filter((name) => PRINTS.test(name))) {
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      const id = LINE.exec(line)?.[1]
      if (id === undefined) continue
      const state = book.bySettlement.get(id)?.state
      findings.expect('told-is-durable', state === 'posted' || state === 'corrected', () => `${book.terminal}: a statement of ${id} was printed; it is ${state ?? 'in no ledger'}`)
    }
  }
}
