/**
 * The amounts of a posting as the index of its hour has them: the low 32 bits of each that bills usually have, big-endian and behind
 * each other. A group's are handed over as one blob and summed here, which takes a third of the time of ten sums for every row. The index of
 * the unusual has what is left of a posting: what is above those bits, and what seldom funds pay.
 */

import { MalformedContent } from '../../ledger/canonical.ts'
import { INDEPENDENT_COLUMNS, type IndependentCells } from './amount-columns.ts'

type Column = (typeof INDEPENDENT_COLUMNS)[number]

const SELDOM: readonly Column[] = ['hifob_pay', 'hifmi_pay', 'hifes_pay', 'hifdm_pay', 'maf_pay', 'oth_pay']
const USUAL = INDEPENDENT_COLUMNS.filter((column) => !SELDOM.includes(column))

const WORD_BYTES = 4
/** Each posting but the first has a comma before it, as group_concat joins them. */
const STEP_BYTES = WORD_BYTES * USUAL.length + 1
const LOW_BITS = 0xffff_ffff

/** Both written as the indexes have them: SQLite uses an index of an expression only for the very same expression. */
export const WORDS = `unhex(printf('${'%08x'.repeat(USUAL.length)}', ${USUAL.map((column) => `${column} & ${LOW_BITS}`).join(', ')}))`
export const UNUSUAL = `(${SELDOM.join(' | ')} | ((${USUAL.join(' | ')}) >> 32)) <> 0`

/** What the words leave out of a column, in SQL. */
export const beyondWord = (column: Column): string => (SELDOM.includes(column) ? column : `${column} - (${column} & ${LOW_BITS})`)

const NOTHING = Object.fromEntries(INDEPENDENT_COLUMNS.map((column) => [column, 0])) as IndependentCells

/**
 * How many postings have these words, and what each column of them comes to in fen. A damaged index may have none for a key that
 * it has, or pieces of some, which SQLite does not notice.
 */
export function sumOfWords(words: Uint8Array | null): { readonly count: number; readonly cells: IndependentCells } {
  const end = words?.length ?? 0
  if (words === null || (end + 1) % STEP_BYTES !== 0) throw new MalformedContent(`${end} bytes of amounts are no whole number of postings`)
  const view = new DataView(words.buffer, words.byteOffset, end)
  const cells: Record<Column, number> = { ...NOTHING }
  for (const [index, column] of USUAL.entries()) {
    let sum = 0
    for (let at = index * WORD_BYTES; at < end; at += STEP_BYTES) sum += view.getUint32(at)
    cells[column] = sum
  }
  return { count: (end + 1) / STEP_BYTES, cells }
}
