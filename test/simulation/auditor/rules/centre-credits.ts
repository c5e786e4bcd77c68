/** What the centre has granted is loaded once: a credit stands as loaded when one load of it is closed, and of exactly its amount. */

import type { CentreData } from '../centre-rows.ts'
import type { Findings } from '../failure.ts'
import { textOf, wholeOf, type Row } from '../row-source.ts'

export function checkCredits({ credits, loads }: Pick<CentreData, 'credits' | 'loads'>, findings: Findings): void {
  const ofCredit = new Map<string, Row[]>()
  for (const load of loads) {
    const { creditId } = JSON.parse(textOf(load, 'purpose')) as { readonly creditId?: string }
    if (creditId !== undefined) ofCredit.set(creditId, [...(ofCredit.get(creditId) ?? []), load])
  }
  for (const credit of credits) {
    const [id, state] = [textOf(credit, 'credit_id'), textOf(credit, 'state')]
    const own = ofCredit.get(id) ?? []
    const closed = own.filter((load) => textOf(load, 'state') === 'closed')
    findings.expect('load-once', (state === 'loaded') === (closed.length === 1) && closed.length <= 1, () => `centre: credit ${id} is ${state}, and ${closed.length} loads of it are closed`)
    const other = own.find((load) => wholeOf(load, 'amount') !== wholeOf(credit, 'amount') || textOf(load, 'card_id') !== textOf(credit, 'card_id'))
    findings.expect('load-once', other === undefined, () => `centre: credit ${id} of ${wholeOf(credit, 'amount')} fen has a load of another card or of ${other === undefined ? 0 : wholeOf(other, 'amount')} fen`)
  }
}
