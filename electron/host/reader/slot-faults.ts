/**
 * What a tester has armed in a simulated slot: faults of the contact, which the virtual reader's switches carry out, and the
 * loss of supply in the middle of a debit, which only the card's own memory can show.
 */

import type { Fault, FaultSwitches } from '../../../card/channel/fault.ts'
import { PowerLost } from '../../../card/ports.ts'
import { PBOC, SSC_LB002 } from '../../../card/session/purse-commands.ts'
import type { FaultKind } from '../../contract/reader-view.ts'

/** The commands that move money, in either purse dialect: DEBIT FOR PURCHASE, and CREDIT FOR LOAD the other way. */
const DEBIT: readonly number[] = [
  SSC_LB002.debitForPurchase.ins,
  PBOC.debitForPurchase.ins,
  SSC_LB002.creditForLoad.ins,
  PBOC.creditForLoad.ins
]
/** The journal's body is on the card, its mark is not: the next supply finds nothing to carry out. */
const CUT_BEFORE_WRITE = 2

const FAULTS: Readonly<Record<Exclude<FaultKind, 'cut-in-debit'>, Fault>> = {
  mute: { effect: 'mute', occurrence: 1 },
  'lose-answer': { effect: 'lose-answer', occurrence: 1 },
  truncate: { effect: 'truncate', occurrence: 1 },
  'foreign-reset': { effect: 'reset-before', occurrence: 1 },
  'remove-before-debit': { effect: 'remove-before', instruction: DEBIT, occurrence: 1 },
  'remove-after-debit': { effect: 'remove-after', instruction: DEBIT, occurrence: 1 },
  'lose-debit-answer': { effect: 'lose-answer', instruction: DEBIT, occurrence: 1 }
}

export class SlotFaults {
  readonly #switches: FaultSwitches
  readonly #mutes: number
  #cutArmed = false
  #writesInDebit: number | undefined
  #armed: FaultKind[] = []

  /** `mutes`: so many commands in a row get no answer of a mute card, for whoever asks so often. */
  constructor(switches: FaultSwitches, mutes: number) {
    this.#switches = switches
    this.#mutes = mutes
  }

  /** Armed and not struck yet. */
  get armed(): readonly FaultKind[] {
    const { waiting } = this.#switches
    return this.#armed.filter((kind) => (kind === 'cut-in-debit' ? this.#cutArmed : waiting.includes(FAULTS[kind])))
  }

  arm(kind: FaultKind): void {
    this.#armed = [...this.armed, kind]
    if (kind === 'cut-in-debit') this.#cutArmed = true
    else for (let time = 0; time < (kind === 'mute' ? this.#mutes : 1); time += 1) this.#switches.arm(FAULTS[kind])
  }

  clear(): void {
    this.#armed = []
    this.#cutArmed = false
    this.#switches.clear()
  }

  /** Before a command goes to the card. */
  begin(command: Uint8Array): void {
    if (this.#cutArmed && DEBIT.includes(command[1] ?? 0)) this.#writesInDebit = 0
  }

  /** The command has ended, or the card has left. */
  end(): void {
    this.#writesInDebit = undefined
  }

  /** Before each write into the card's memory; throws PowerLost where the supply is to go. */
  writing(): void {
    if (this.#writesInDebit === undefined) return
    this.#writesInDebit += 1
    if (this.#writesInDebit < CUT_BEFORE_WRITE) return
    this.#writesInDebit = undefined
    this.#cutArmed = false
    throw new PowerLost('the card lost its supply while it wrote the debit, or the load')
  }
}
