/** The national codes that rules name, with where: whoever has a catalogue at hand can tell which of them match nothing. */

import type { RuleDocument } from './rules-schema.ts'

export interface NamedCode {
  /** A whole code or its beginning. */
  readonly code: string
  readonly path: string
}

export const codesNamed = (document: RuleDocument): readonly NamedCode[] =>
  Object.entries(document.groups).flatMap(([name, { codes = [] }]) =>
    codes.map((code, index) => ({ code, path: `groups.${name}.codes[${index}]` }))
  )
