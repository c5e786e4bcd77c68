/**
 * How people end what a close finds open. Mostly they carry it over, or give it to somebody who knows more; but where the centre has
 * what is not here, some book it here too, and some have the centre take it back.
 */

import type { CloseItem } from '../../../electron/contract/close-view.ts'
import type { Random } from '../world/random.ts'

type Offered = CloseItem['offered'][number]

/** Of a hundred who are offered one of them. */
const BOLD = 60
const HUNDRED = 100
const BOLDLY: ReadonlySet<string> = new Set(['book-locally', 'reverse-at-centre', 'upload-again', 'take-centre-amount'])
const USUAL: ReadonlySet<string> = new Set(['hand-to-person', 'book-difference', 'carry-over'])

/** undefined: nothing is offered. The same item is decided the same way however often it is looked at. */
export function chosenOf({ item, offered }: Pick<CloseItem, 'item' | 'offered'>, draw: Random): Offered | undefined {
  const own = draw.fork(item)
  const bold = offered.filter(({ resolution }) => BOLDLY.has(resolution))
  if (bold.length > 0 && own.chance(BOLD, HUNDRED)) return own.pick(bold)
  return offered.find(({ resolution }) => USUAL.has(resolution)) ?? offered[0]
}
