import type { StatusReading } from './status-text.ts'
import type { TracedCommand } from './traced-command.ts'
import type { Words } from './words.ts'

/** A command in words, and how its answer is to be read. */
export interface Described extends StatusReading {
  readonly words: Words
  /** It only asks: tries left are its answer and refuse nothing. */
  readonly isQuestion?: boolean
}

/** What an instruction says of a command, given the place where it strikes. */
export type Description<Place> = (command: TracedCommand, place: Place) => Described

/** CLA INS as one number. */
export const codeOf = ({ cla, ins }: TracedCommand): number => (cla << 8) | ins
