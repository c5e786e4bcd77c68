/** Changes that only a pharmacy's sale knows, each named like the request that carries it. */

import type { Params } from '../../../../electron/contract/requests.ts'
import type { Answer, Terminal } from '../../../../electron/contract/terminal.ts'

type SaleRequest =
  | 'sale.set-line'
  | 'sale.trace'
  | 'sale.untrace'
  | 'sale.split'
  | 'sale.prescribe'
  | 'sale.prescription-text'
  | 'sale.unprescribe'
  | 'sale.review'
  | 'sale.substitute'

interface SaleEditOf<Name extends SaleRequest> {
  readonly kind: 'sale'
  readonly name: Name
  readonly params: Omit<Params<Name>, 'revision'>
}

export type SaleEdit = { readonly [Name in SaleRequest]: SaleEditOf<Name> }[SaleRequest]

export const saleEdit = <Name extends SaleRequest>(name: Name, params: SaleEditOf<Name>['params']): SaleEditOf<Name> => ({ kind: 'sale', name, params })

/** All of them answer with what changed. */
export const askSale = (terminal: Terminal, revision: number, { name, params }: SaleEdit): Promise<Answer<'bill.set-line'>> =>
  terminal.call(name, { ...params, revision })

/** Of one line the same fields: what was typed later takes the place of what waits. */
export function isSameSaleCell(left: SaleEdit, right: SaleEdit): boolean {
  if (left.name !== 'sale.set-line' || right.name !== 'sale.set-line' || left.params.line !== right.params.line) return false
  return Object.keys(left.params).toSorted().join() === Object.keys(right.params).toSorted().join()
}
