/**
 * What a person at the till may rely on, whatever draws the window. Run for Electron and for a browser at the door. What needs a
 * centre takes as long as all the rest, and is run beside it.
 */

import { describe } from 'vitest'
import type { OpenWindow } from '../support/window.ts'
import { describeBill } from './bill.contract.ts'
import { describeCentre } from './centre.contract.ts'
import { describeDoubt } from './doubt.contract.ts'
import { describeKilled } from './killed.contract.ts'
import { describePharmacy } from './pharmacy.contract.ts'
import { describePin } from './pin.contract.ts'
import { describeSettling } from './settling.contract.ts'
import { describeZoom } from './zoom.contract.ts'

export function describeWindow(name: string, open: OpenWindow): void {
  describe(`${name}:`, () => {
    describeSettling(open)
    describeBill(open)
    describePin(open)
    describeDoubt(open)
    describeKilled(open)
    describePharmacy(open)
    describeZoom(open)
  })
}

export function describeCentreWindow(name: string, open: OpenWindow): void {
  describe(`${name}:`, () => {
    describeCentre(open)
  })
}
