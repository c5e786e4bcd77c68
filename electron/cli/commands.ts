/** Every command, in the order in which the help shows them. */

import type { Command } from './command.ts'
import { calculateCommand } from './command/calculate.ts'

export const COMMANDS: readonly Command[] = [calculateCommand]
