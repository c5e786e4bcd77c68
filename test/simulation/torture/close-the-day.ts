/** A cashier closes the day with whatever is open: counts, takes the first way that is offered for each item, signs. */

import { Refused, type TillWindow } from './till-window.ts'

const ITEMS_MAX = 20

export async function closeTheDay(window: TillWindow): Promise<void> {
  let view = await window.value('close.open', {})
  if (view.state === 'nothing') return
  view = await window.value('close.count', { float: '0.00', counted: view.drawer.received })
  for (let tries = 0; tries < ITEMS_MAX; tries += 1) {
    const open = view.items.find(({ chosen, offered }) => chosen === null && offered.length > 0)
    if (open === undefined) break
    // What waits for the card stays open under its name; a hand-over wants the name of a person.
    const offered = open.offered.find(({ resolution }) => resolution === 'carry-over') ?? open.offered[0]
    if (offered === undefined) break
    view = await window.value('close.resolve', { item: open.item, resolution: offered.resolution, note: '测试甲 测试' })
  }
  if (view.whyNot.length > 0) throw new Refused('close.sign', 'not-ready')
  await window.value('close.sign', { revision: view.revision })
}
