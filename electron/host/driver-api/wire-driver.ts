/** The door for other programs over a till's desk: its card, its ledger's holds, its clock. */

import type { Ledger } from '../../../settlement/ledger/ledger.ts'
import type { DriverView } from '../../contract/driver-view.ts'
import type { Desk } from '../desk/desk.ts'
import type { Machine } from '../machine.ts'
import { openOnCard } from '../open-on-card.ts'
import { DriverAccess } from './driver-access.ts'
import type { CardsForCallers } from './driver-api.ts'

export interface DriverWiring {
  readonly data: string
  readonly ledger: Ledger
  readonly machine: Machine
  readonly changed: (view: DriverView) => void
  readonly desk: () => Desk
}

export const wireDriver = ({ data, ledger, machine, changed, desk }: DriverWiring): DriverAccess =>
  new DriverAccess({
    ...machine,
    data,
    cards: cardsOf(desk),
    // A ledger that cannot be asked may hold anything.
    isInDoubt: (cardId) => openOnCard(ledger, cardId) !== false,
    changed
  })

const cardsOf = (desk: () => Desk): CardsForCallers => ({
  get refusal() {
    return desk().cards.notOpened
  },
  get firstPin() {
    return desk().cards.firstPin
  },
  isFirstPin: (pin) => desk().cards.isFirstPin(pin),
  lend: (work, changes) => desk().cards.lend((session) => work(session, desk().ports.slot.psams.terminalNumbers[0] ?? ''), changes),
  get hasPad() {
    return desk().cards.hasPad
  },
  verifyPin: (pin) => desk().cards.forCaller((presence) => desk().cards.verifyPin(presence, pin, true)),
  verifyPinOnPad: () => desk().cards.forCaller((presence) => desk().cards.verifyPinOnPad(presence, true)),
  changePinOnPad: () => desk().cards.forCaller((presence) => desk().cards.changePinOnPad(presence, true))
})
