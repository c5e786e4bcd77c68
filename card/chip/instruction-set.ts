/** Every instruction of the card in one table, found by class and instruction byte. */

import { SW, type StatusWord } from '../apdu/status-word.ts'
import { invariant } from '../../base/invariant.ts'
import type { Instruction } from './instruction.ts'
import { EXTERNAL_AUTHENTICATE, GET_CHALLENGE, INTERNAL_AUTHENTICATE } from './instruction/authenticate.ts'
import { READ_BINARY, UPDATE_BINARY } from './instruction/binary.ts'
import { APPLICATION_BLOCK, APPLICATION_UNBLOCK, CARD_BLOCK } from './instruction/block.ts'
import { CHANGE_PIN, PIN_UNBLOCK, VERIFY } from './instruction/pin.ts'
import { APPEND_RECORD, READ_RECORD, UPDATE_RECORD } from './instruction/record.ts'
import { SELECT } from './instruction/select.ts'
import { purseInstructions } from './purse/purse-instructions.ts'
import type { PurseProfile } from './purse/purse-profile.ts'

const FILE_AND_SECURITY: readonly Instruction[] = [
  SELECT,
  READ_RECORD,
  UPDATE_RECORD,
  APPEND_RECORD,
  READ_BINARY,
  UPDATE_BINARY,
  GET_CHALLENGE,
  INTERNAL_AUTHENTICATE,
  EXTERNAL_AUTHENTICATE,
  VERIFY,
  CHANGE_PIN,
  PIN_UNBLOCK,
  APPLICATION_BLOCK,
  APPLICATION_UNBLOCK,
  CARD_BLOCK
]

export class InstructionSet {
  readonly #rows = new Map<number, Instruction>()
  readonly #classes = new Set<number>()
  readonly #instructions = new Set<number>()

  constructor(profile: PurseProfile) {
    for (const row of [...FILE_AND_SECURITY, ...purseInstructions(profile)]) {
      const code = (row.cla << 8) | row.ins
      invariant(!this.#rows.has(code), `${row.name} shares its bytes with another instruction`)
      this.#rows.set(code, row)
      this.#classes.add(row.cla)
      this.#instructions.add(row.ins)
    }
  }

  find(cla: number, ins: number): Instruction | undefined {
    return this.#rows.get((cla << 8) | ins)
  }

  /** 6E00 for a class the card does not know, or knows with other instructions only; 6D00 for an unknown instruction. */
  refusal(cla: number, ins: number): StatusWord {
    return this.#classes.has(cla) && !this.#instructions.has(ins) ? SW.INSTRUCTION_UNSUPPORTED : SW.CLASS_UNSUPPORTED
  }
}
