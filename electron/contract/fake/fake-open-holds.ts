/** Holds that nobody has closed, with what only the card knows of them. */

import type { InDoubtView } from '../settlement-view.ts'
import { setInDoubt, type Doubt, type World } from './fake-world.ts'

export function leaveOpen(world: World, view: InDoubtView, doubt: Omit<Doubt, 'card'>): void {
  if (world.inserted !== null) world.doubts.set(view.settlementId, { ...doubt, card: world.inserted })
  setInDoubt(world, [...world.inDoubt, view])
}

export const isInDoubt = (world: World, card: string): boolean => world.inDoubt.some(({ settlementId }) => world.doubts.get(settlementId)?.card === card)
