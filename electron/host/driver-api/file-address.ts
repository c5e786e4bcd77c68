/**
 * Addresses as the national reader functions write them (card.md 2.3), and the answers in the same shape:
 *
 *   SSSEEF05|06|07|$SSSEEF06|08|09|$    files, the tags of their items in hex, each file ended by $
 *   DF04EF08:01$                        record 1, the newest, of a cyclic file
 *   SSSEEF08$                           a transparent file, whole
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CardVersion } from '../../../card/session/identity.ts'
import { cardFile, type CardFile, type FileItem } from '../../../card/session/file-table.ts'

/** `head`: the file as the caller wrote it; answers repeat it letter for letter. */
export type AddressedPart = { readonly head: string; readonly file: CardFile } & (
  | { readonly kind: 'items'; readonly items: readonly FileItem[] }
  | { readonly kind: 'record'; readonly number: number; readonly length: number }
  | { readonly kind: 'whole' }
)

/** What is wrong with which part of an address, in English, for whoever writes the calling program. */
export interface AddressProblem {
  readonly kind: 'address'
  readonly part: string
  readonly problem: string
}

const ADDRESS_PARTS_MAX = 32
const RECORD = /^(\w+):(\d{1,2})$/

export function parseAddress(text: string, version: CardVersion): Result<readonly AddressedPart[], AddressProblem> {
  const written = text.split('$')
  if (written.pop() !== '' || written.length === 0) return problem(text, 'must be files, each ended by "$", such as SSSEEF05|07|$')
  if (written.length > ADDRESS_PARTS_MAX) return problem(text, `names ${written.length} files; at most ${ADDRESS_PARTS_MAX}`)
  const parts: AddressedPart[] = []
  for (const part of written) {
    const parsed = parsePart(part, version)
    if (!parsed.ok) return parsed
    parts.push(parsed.value)
  }
  return ok(parts)
}

function parsePart(part: string, version: CardVersion): Result<AddressedPart, AddressProblem> {
  const [head = '', ...fields] = part.split('|')
  const [, recordFile, number] = RECORD.exec(head) ?? []
  const file = cardFile(version, recordFile ?? head)
  if (file === undefined) return problem(part, `there is no file "${recordFile ?? head}" on a card of version ${version}`)
  const tags = fields.at(-1) === '' ? fields.slice(0, -1) : fields
  const { content } = file
  if (content.kind === 'cyclic') return recordOf(part, file, content.recordLength, number)
  if (number !== undefined) return problem(part, `${file.name} has no records to number`)
  if (content.kind === 'transparent') return ok({ kind: 'whole', head, file })
  if (fields.length === 0 || fields.at(-1) !== '') return problem(part, 'must end its last item by "|"')
  const items: FileItem[] = []
  for (const tag of tags) {
    const item = /^[\dA-F]{2}$/i.test(tag) ? content.items.get(Number.parseInt(tag, 16)) : undefined
    if (item === undefined) return problem(part, `${file.name} has no item "${tag}"; it has ${[...content.items.keys()].map(tagText).join(' ')}`)
    items.push(item)
  }
  return items.length === 0 ? problem(part, 'names no item') : ok({ kind: 'items', head, file, items })
}

function recordOf(part: string, file: CardFile, length: number, number: string | undefined): Result<AddressedPart, AddressProblem> {
  if (number === undefined || Number(number) === 0) return problem(part, `${file.name} wants the number of a record, 01 the newest: ${file.name}:01$`)
  return ok({ kind: 'record', head: part.split('|')[0] ?? '', file, number: Number(number), length })
}

export const tagText = (tag: number): string => tag.toString(16).toUpperCase().padStart(2, '0')

const problem = (part: string, text: string): Result<never, AddressProblem> => refuse({ kind: 'address', part: part.slice(0, 120), problem: text })
