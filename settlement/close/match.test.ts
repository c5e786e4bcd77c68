import { describe, expect, it } from 'vitest'
import { fen, formatFen } from '../money/fen.ts'
import { idOf, matchRows, type MatchedRow } from './match.ts'
import type { LocalRow, RecordRow } from './rows.ts'

/**
 * Two tables of rows, in fen:
 *
 *   local:   id | kind | of which settlement | total fund account cash | setl_id when confirmed
 *   record:  id | setl_id | total fund account cash | reverses | reversed by
 */
const cells = (line: string): string[] => line.split('|').map((cell) => cell.trim())
const lines = (table: string): string[] => table.trim().split('\n').filter((line) => line.trim() !== '')

const sums = (text = '') => {
  const [total = 0, fundPaid = 0, account = 0, cash = 0] = text.split(' ').map(Number)
  return { total: fen(total), fundPaid: fen(fundPaid), account: fen(account), cash: fen(cash) }
}

const local = (table: string): LocalRow[] =>
  lines(table).map((line, index) => {
    const [id = '', kind, settlementId = '', amounts, setlId = ''] = cells(line)
    return {
      kind: kind === 'refund' ? 'refund' : 'settlement',
      id,
      settlementId: settlementId === '' ? id : settlementId,
      sequence: index + 1,
      at: '20260315093000',
      insuranceType: '310',
      clearingType: '11',
      sums: sums(amounts),
      confirmed: setlId === '' ? undefined : { setlId, setlTime: '20260315093001' }
    }
  })

const record = (table: string): RecordRow[] =>
  lines(table).map((line) => {
    const [id = '', setlId = '', amounts, reverses = '', reversedBy = ''] = cells(line)
    return {
      id,
      setlId,
      setlTime: '20260315093001',
      insuranceType: '310',
      clearingType: '11',
      sums: sums(amounts),
      reverses: reverses === '' ? undefined : reverses,
      reversedBy: reversedBy === '' ? undefined : reversedBy,
      posting: undefined
    }
  })

/** "B amounts-differ cash 45.00 40.00" */
function textOf(row: MatchedRow): string {
  const more =
    row.kind === 'amounts-differ'
      ? row.differences.map(({ field, local: here, record: there }) => ` ${field} ${formatFen(here)} ${formatFen(there)}`).join('')
      : row.kind === 'refund-pair-incomplete'
        ? ` ${row.missing}`
        : row.kind === 'centre-only' && row.isHeld
          ? ' held'
          : ''
  return `${idOf(row)} ${row.kind}${more}`
}

const matched = (here: string, there: string, { held = [], elsewhere = [] }: { held?: string[]; elsewhere?: string[] } = {}): string[] =>
  matchRows({ local: local(here), record: record(there), held: new Set(held), elsewhere: ({ id }) => elsewhere.includes(id) }).map(textOf)

describe('rows of the terminal against rows of record', () => {
  it('that are the same to the fen are matched, refunds among them', () => {
    const here = `
      A | settlement |   | 42000 17500 20000 4500     | S1
      B | settlement |   | 10000 0 0 10000            | S2
      C | refund     | A | -42000 -17500 -20000 -4500 | S3
    `
    const there = `
      A | S1 | 42000 17500 20000 4500     |    | S3
      B | S2 | 10000 0 0 10000            |    |
      C | S3 | -42000 -17500 -20000 -4500 | S1 |
    `
    expect(matched(here, there)).toEqual(['A matched', 'B matched', 'C matched'])
  })

  it('one fen apart is not the same, and every sum that differs is named', () => {
    const here = 'A | settlement | | 42000 17500 20000 4500 | S1'
    expect(matched(here, 'A | S1 | 42000 17499 20000 4501 | |')).toEqual(['A amounts-differ fundPaid 175.00 174.99 cash 45.00 45.01'])
  })

  it('what one side lacks is named after the side that has it', () => {
    expect(matched('A | settlement | | 100 0 0 100 | ', 'B | S9 | 200 0 0 200 | |')).toEqual(['A local-only', 'B centre-only'])
  })

  it('the posting of an open hold is known as such', () => {
    expect(matched('', 'B | S9 | 200 0 0 200 | |', { held: ['B'] })).toEqual(['B centre-only held'])
  })

  it('rows of another period are left to that one, whatever they say', () => {
    expect(matched('A | settlement | | 100 0 0 100 | S1', 'A | S1 | 100 0 0 100 | |\nOLD | S0 | 700 0 0 700 | |', { elsewhere: ['OLD'] })).toEqual(['A matched'])
  })

  it('a refund that the centre does not have leaves its pair incomplete', () => {
    const here = 'A | settlement | | 100 0 0 100 | S1\nR | refund | A | -100 0 0 -100 | '
    expect(matched(here, 'A | S1 | 100 0 0 100 | |')).toEqual(['A matched', 'R refund-pair-incomplete refund-at-centre'])
  })

  it('a refund of what the centre does not have either is simply missing there', () => {
    const here = 'A | settlement | | 100 0 0 100 | \nR | refund | A | -100 0 0 -100 | '
    expect(matched(here, '')).toEqual(['A local-only', 'R local-only'])
  })

  it('a refund made at the centre leaves the pair incomplete here', () => {
    const there = 'A | S1 | 100 0 0 100 | | S2\nX | S2 | -100 0 0 -100 | S1 |'
    expect(matched('A | settlement | | 100 0 0 100 | S1', there)).toEqual(['A matched', 'X refund-pair-incomplete refund-here'])
  })

  it('also when the settlement lies in another period', () => {
    const there = 'A | S1 | 100 0 0 100 | | S2\nX | S2 | -100 0 0 -100 | S1 |'
    expect(matched('', there, { elsewhere: ['A'] })).toEqual(['X refund-pair-incomplete refund-here'])
  })

  it('a refund whose settlement is not among the rows of record is told apart', () => {
    expect(matched('', 'X | S2 | -100 0 0 -100 | S1 |')).toEqual(['X refund-pair-incomplete settlement-at-centre'])
  })

  it('a pair that only the centre has is two rows of its own', () => {
    const there = 'A | S1 | 100 0 0 100 | | S2\nX | S2 | -100 0 0 -100 | S1 |'
    expect(matched('', there)).toEqual(['A centre-only', 'X centre-only'])
  })

  it('a pair whose second number the centre has made is taken back, and nothing together', () => {
    expect(matched('', 'A | S1 | 100 0 0 100 | | S1R\nS1R | S1R | -100 0 0 -100 | S1 |')).toEqual(['A taken-back', 'S1R taken-back'])
  })

  it('unless it does not come to nothing, or the settlement is known or held here', () => {
    const there = 'A | S1 | 100 0 0 100 | | S1R\nS1R | S1R | -100 0 0 -100 | S1 |'
    expect(matched('', there.replaceAll('-100', '-99'))).toEqual(['A centre-only', 'S1R centre-only'])
    expect(matched('A | settlement | | 100 0 0 100 | S1', there)).toEqual(['A matched', 'S1R refund-pair-incomplete refund-here'])
    expect(matched('', there, { held: ['A'] })).toEqual(['A centre-only held', 'S1R centre-only'])
  })

  it('every row is in exactly one answer', () => {
    const here = 'A | settlement | | 1 0 0 1 | S1\nB | settlement | | 2 0 0 2 | \nR | refund | A | -1 0 0 -1 | '
    const there = 'A | S1 | 1 0 0 1 | |\nC | S3 | 3 0 0 3 | |\nX | S4 | -9 0 0 -9 | S0 |'
    expect(matched(here, there)).toHaveLength(5)
  })

  it('two rows of one number are a fault of the program', () => {
    expect(() => matched('A | settlement | | 1 0 0 1 | \nA | settlement | | 1 0 0 1 | ', '')).toThrow('1 rows share a number with another')
  })
})
