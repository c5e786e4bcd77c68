/** What stands in a cell, as the host says it; empty for what is not known. */

import type { LineView } from '../../../../electron/contract/bill-view.ts'
import type { Column } from './edit-lane.ts'

export const cellText = (line: LineView, column: Column): string => (column === 'days' ? (line.sale?.days ?? '') : line[column])
