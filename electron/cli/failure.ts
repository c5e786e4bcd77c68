/**
 * How a command ends badly, and the exit code that tells a script which kind it was:
 *
 *   1  an answer that is a no (see Output)
 *   2  bad input: a file, a field, an option that nobody can act on
 *   3  refused by the card or by the rules; nothing was charged, or what was is named
 *   4  a fault outside: disk, reader, another program holding the file
 */

import type { Result } from '../../base/result.ts'

export interface Failure {
  readonly exitCode: 2 | 3 | 4
  /** Stable name for scripts. */
  readonly kind: string
  /** One line: field, value and rule. Never a PIN, a key or a whole card number. */
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>>
}

/** What a command prints: lines for people, one document for `--json`. Amounts in it are decimal strings. */
export interface Output {
  readonly text: string
  readonly json: unknown
  /** 1: the answer is a no, such as "may not be sold"; the command itself did what it should. Left out: 0. */
  readonly exitCode?: 0 | 1
  /** One of many that a command says while it runs: its document stands on one line. */
  readonly isLine?: true
}

/** Of a command that has said everything when it ran. */
export const NOTHING_MORE: Output = { text: '', json: undefined }

export type Outcome = Result<Output, Failure>

const failure =
  (exitCode: Failure['exitCode']) =>
  (kind: string, message: string, details?: Failure['details']): { readonly ok: false; readonly error: Failure } => ({
    ok: false,
    error: { exitCode, kind, message: oneLine(message), ...(details === undefined ? {} : { details }) }
  })

export const badInput = failure(2)
export const refused = failure(3)
export const fault = failure(4)

const oneLine = (message: string): string => message.replace(/\s*\n\s*/g, ' ')
