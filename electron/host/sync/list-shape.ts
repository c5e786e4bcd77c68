/**
 * What each list of the centre looks like on the outside. A list takes the place of the one before, so the answer to another
 * question, or somebody else's, must never pass for one: an empty list of lost cards is a list, a document without any is not.
 */

import { z } from 'zod'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { DownloadKind } from '../../../settlement/sync/link.ts'
import { checkDocument, describeProblem } from '../../../settlement/wire/input-problem.ts'

const version = z.string().min(1, 'must be a text')
/** What a row says is for whoever reads it: one that is read by nobody is left out. */
const row = z.looseObject({})
/** Item 01. A card that cannot be told from the others would be served. */
const lostCard = z.looseObject({ card_id: z.string().regex(/^[0-9A-F]{32}$/, 'must be 32 hex digits') })

const LISTS = {
  policies: z.looseObject({ version, policies: z.array(row) }),
  catalogue: z.looseObject({ version, catalogue: row }),
  'lost-cards': z.looseObject({ version, cards: z.array(lostCard) }),
  // As many as an institution has patients: each is read when the person comes, and one that cannot be read is nobody.
  entitlements: z.looseObject({ version, people: z.array(z.unknown()) })
} as const satisfies Readonly<Record<DownloadKind, z.ZodType<{ readonly version: string }>>>

/** Its version; refuses with the field that is not as it must be. */
export function versionOfList(kind: DownloadKind, json: unknown): Result<string, string> {
  const list = checkDocument<z.ZodType<{ readonly version: string }>>(LISTS[kind], json)
  return list.ok ? ok(list.value.version) : refuse(`no list of ${kind}: ${list.error.slice(0, 1).map(describeProblem).join('')}`)
}
