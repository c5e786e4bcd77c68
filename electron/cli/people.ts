/** What a centre would tell of people, where none can be asked. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '../../base/result.ts'
import { datedText } from '../host/files/dated-text.ts'
import { parseJsonText } from '../host/files/read-file.ts'
import { parsePeople, type People } from '../host/sale/people-file.ts'
import { badDocument, readDocument } from './document.ts'
import { badInput, type Failure } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** Without a file the people of the fixture cards, as of today. */
export function readPeopleOf(path: string | undefined, { fixtures, clock }: Terminal): Result<People, Failure> {
  if (path !== undefined) return readDocument(path, 'people', parsePeople)
  const delivered = join(fixtures, 'people', 'people.json')
  const json = parseJsonText(datedText(readFileSync(delivered, 'utf8'), clock().today))
  if (!json.ok) return badInput('malformed-json', `people: ${delivered} is not JSON: ${json.error}`)
  const people = parsePeople(json.value)
  return people.ok ? people : badDocument(delivered, 'people', people.error)
}
