/** A row of a list, as a line or an object has it: passed over, named as broken, or kept. */

import type { Gathered, Place } from './gathered.ts'
import { readListRow, type ListRows } from './read-list.ts'
import type { CellOf, CellProblem } from './row-check.ts'
import type { ListShape } from './shapes.ts'

export interface ListRow<Of extends ListShape> {
  readonly shape: Of
  readonly division: string | undefined
  readonly cell: CellOf
}

export function takeListRow<Of extends ListShape>(gathered: Gathered, place: Place, { shape, division, cell }: ListRow<Of>): void {
  const read = readListRow(shape, cell, division)
  if (read === 'void') place.file.isVoid += 1
  else if (read === 'other-division') place.file.otherDivision += 1
  else if (isProblem(read)) gathered.broken(place, read)
  else keep(gathered, place, shape, read)
}

const isProblem = (read: object): read is CellProblem => 'rule' in read

function keep<Of extends ListShape>(gathered: Gathered, place: Place, shape: Of, row: ListRows[Of]): void {
  if (!isMatch(shape, row)) return gathered.take(shape as Exclude<ListShape, '1316'>, place, row)
  if (gathered.store.match(row.hilist, row.code)) place.file.taken += 1
  else gathered.broken(place, { column: 'med_list_codg', value: row.code, rule: `must be matched with ${row.hilist} once; an earlier row does so` })
}

const isMatch = (shape: ListShape, row: object): row is ListRows['1316'] => shape === '1316' && 'hilist' in row
