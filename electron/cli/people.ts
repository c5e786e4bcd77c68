/** What a centre would tell of people, where none can be asked. */

import { join } from 'node:path'
import type { Result } from '../../base/result.ts'
import { datedText } from '../host/files/dated-text.ts'
import { parsePeople, type People } from '../host/sale/people-file.ts'
import { readDocument } from './document.ts'
import type { Failure } from './failure.ts'
import type { Terminal } from './terminal.ts'

/** Without a file the people of the fixture cards. A day may stand as "{D-30}", thirty days before today, in any such file. */
export function readPeopleOf(path: string | undefined, { fixtures, clock }: Terminal): Result<People, Failure> {
  const { today } = clock()
  return readDocument(path ?? join(fixtures, 'people', 'people.json'), 'people', (json) => parsePeople(JSON.parse(datedText(JSON.stringify(json), today))))
}
