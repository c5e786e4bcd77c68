/** A disk that lied: what people were told at that till need not stand in its ledger any more, and its centre may know more than it does. */

import type { SyncView } from '../../../electron/contract/sync-view.ts'
import type { SimTerminal } from '../world/faces.ts'
import type { People } from './people.ts'

/** The cash that was taken lies in the drawer, and no book says what for. */
export function forgetDrawers(people: People): void {
  people.world.observe((observation) => {
    if (observation.kind !== 'lawful-loss') return
    const window = people.windows.find(({ till }) => till.name === observation.terminal)
    if (window !== undefined) people.at(window.till).drawerUnsure = true
  })
}

/** It sends nothing, and says so on every screen, until somebody has looked: two stories that differ are not joined by going on. */
export const isStoppedByLoss = ({ world }: People, till: SimTerminal, sync: SyncView): boolean =>
  sync.link === 'refused' && world.faults.struck.some(({ kind, terminal }) => kind === 'disk-lied' && terminal === till.name)
