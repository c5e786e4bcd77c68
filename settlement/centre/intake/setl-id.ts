import { numberedSetlId } from '../../batch/short-answer.ts'

/**
 * setl_id of what a terminal's fact has become, at most 30 characters: terminal 14, sequence 12 or more. Made of where the
 * fact stands and not of when it came, so that a transaction that runs again books it under the same number.
 */
export const setlIdOf = (terminal: string, sequence: number): string => numberedSetlId(terminal.replace('-', ''), sequence)
