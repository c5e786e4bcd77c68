/** Why a document that somebody named cannot be used. One line for a person: file, field, value and rule. */

export interface FileProblem {
  /** Stable name for scripts: "no-such-file", "malformed-json", "invalid-policy". */
  readonly kind: string
  readonly message: string
  readonly details?: Readonly<Record<string, unknown>>
}

export function fileProblem(
  kind: string,
  message: string,
  details?: FileProblem['details']
): { readonly ok: false; readonly error: FileProblem } {
  return { ok: false, error: { kind, message, ...(details === undefined ? {} : { details }) } }
}
