/** Which reader a part of a name means. Names are long and end in numbers that change with the socket: nobody types them whole. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { ReaderTrouble } from './reader-trouble.ts'

/** The whole name wins over longer names that it is a part of; letter case does not count. */
export function chooseReader(asked: string, there: readonly string[]): Result<string, ReaderTrouble> {
  if (there.length === 0) return refuse({ kind: 'no-reader' })
  const wanted = asked.trim().toLowerCase()
  const exact = there.find((name) => name.toLowerCase() === wanted)
  if (exact !== undefined) return ok(exact)
  const matches = there.filter((name) => name.toLowerCase().includes(wanted))
  const [only, second] = matches
  if (only === undefined) return refuse({ kind: 'no-such-reader', asked, there })
  return second === undefined ? ok(only) : refuse({ kind: 'two-match', asked, matches })
}
