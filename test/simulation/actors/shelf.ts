/** What stands on a pharmacy's shelves: drugs of the test catalogue with their barcodes, and packs that each carry a code of their own. */

import type { OperationId } from '../operation.ts'

export interface Drug {
  readonly barcode: string
  /** Seven digits that each of its trace codes begins with. */
  readonly product: string
  readonly onPrescription: boolean
  /** Two items carry this barcode; this is the one that is meant. */
  readonly chosen?: string
}

const drug = (barcode: string, product: string, onPrescription = false): Drug => ({ barcode, product, onPrescription })

export const SHELF: readonly Drug[] = [
  drug('9990000000001', '8360001'),
  drug('9990000000002', '8360002'),
  drug('9990000000003', '8360003'),
  drug('9990000000004', '8360004'),
  drug('9990000000037', '8360037'),
  drug('9990000000038', '8360038'),
  drug('9990000000039', '8360039'),
  drug('9990000000040', '8360040'),
  drug('9990000000041', '8360041'),
  drug('9990000000042', '8360042'),
  drug('9990000000048', '8360050'),
  drug('9990000000049', '8360051'),
  drug('9990000000050', '8360052'),
  drug('9990000000051', '8360053'),
  drug('9990000000052', '8360054'),
  drug('9990000000056', '8360058'),
  drug('9990000000047', '8360047'),
  drug('9990000000006', '8360006', true),
  drug('9990000000007', '8360007', true),
  drug('9990000000009', '8360009', true),
  drug('9990000000010', '8360010', true),
  drug('9990000000013', '8360013', true),
  drug('9990000000015', '8360015', true),
  drug('9990000000018', '8360018', true),
  drug('9990000000019', '8360019', true),
  drug('9990000000023', '8360023', true),
  drug('9990000000054', '8360056', true),
  { ...drug('9990000900001', '8360048', true), chosen: 'XS01XAB045T001010199999' }
]

const PACKS_OF_OPERATION = 1000

/** Twenty digits; no two operations sell the same pack. */
export function packCode({ product }: Pick<Drug, 'product'>, id: OperationId, pack: number): string {
  const number = Number.parseInt(id.slice('op-'.length), 10) * PACKS_OF_OPERATION + pack
  return `${product}${String(number).padStart(13, '0')}`
}
