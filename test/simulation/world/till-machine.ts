/** A machine of the world that says what happens on it under its till's name. */

import type { Machine } from '../../../electron/host/machine.ts'
import { simMachine, type MachineParts } from './sim-machine.ts'
import type { TerminalPlace } from './terminal-place.ts'

export const tillMachine = ({ name, scheduler, log, tell }: TerminalPlace, parts: Omit<MachineParts, 'scheduler' | 'reached' | 'warn'>): Machine =>
  simMachine({
    ...parts,
    scheduler,
    reached: (point) => log.say(name, 'reached', point),
    warn: (line) => {
      tell({ kind: 'support-line', from: name, line })
      log.say(name, 'warns', line.replaceAll(parts.disk.folder, '.'))
    }
  })
