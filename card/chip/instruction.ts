/** What one instruction of the card is: a row of the dispatch table, with the little that differs in how it is run. */

import type { CommandApdu } from '../apdu/command-apdu.ts'
import type { StatusWord } from '../apdu/status-word.ts'
import type { RunningCard } from './running-card.ts'

/** Bytes alone mean 9000. Data with another word only where the specification has it: 6282 with what there was. */
export type Answer = StatusWord | Uint8Array | { readonly data: Uint8Array; readonly sw: StatusWord }

export interface Instruction {
  readonly name: string
  readonly cla: number
  readonly ins: number
  /** Runs also in a blocked application, which answers 6985 to everything else. */
  readonly whenBlocked?: true
  /** Le of 00 takes whatever there is; other instructions answer 6Cxx to it. */
  readonly leZeroTakesAll?: true
  execute(card: RunningCard, command: CommandApdu): Answer
}
