/**
 * Reads what eligibility looks at from a data folder: people, the prescription platform's key, its waiting prescriptions. What
 * the demonstration has of them is begun when the folder is new.
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result } from '../../../base/result.ts'
import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import { datedText } from '../files/dated-text.ts'
import { readDocument } from '../files/document.ts'
import type { FileProblem } from '../files/file-problem.ts'
import { diskSteps, writeWhole, type FileSteps } from '../files/file-steps.ts'
import { NO_PEOPLE, parsePeople, type People } from './people-file.ts'
import { parsePlatformKeys } from './rx-document.ts'
import { beginRxShelf } from './rx-shelf.ts'

export interface EligibilityFiles {
  readonly people: People
  /** Ed25519, SPKI in DER, base64. */
  readonly platformKey: string
  readonly rxFolder: string
}

export function openEligibilityFiles(data: string, fixtures: string, today: BusinessDate, files: FileSteps = diskSteps): Result<EligibilityFiles, FileProblem> {
  const keys = readPlatformKeys(fixtures)
  if (!keys.ok) return keys
  beginPeople(data, fixtures, today, files)
  const rxFolder = join(data, 'prescriptions')
  beginRxShelf(rxFolder, fixtures, { keys: keys.value, today, files })
  const people = readPeople(join(data, 'people.json'))
  return people.ok ? ok({ people: people.value, platformKey: keys.value.public_key, rxFolder }) : people
}

export const readPlatformKeys = (fixtures: string) => readDocument(join(fixtures, 'keys', 'test-prescription-platform.json'), 'platform keys', parsePlatformKeys)

/** Nobody is known where there is no file. */
export const readPeople = (path: string): Result<People, FileProblem> => (existsSync(path) ? readDocument(path, 'people', parsePeople) : ok(NO_PEOPLE))

function beginPeople(data: string, fixtures: string, today: BusinessDate, files: FileSteps): void {
  const [path, from] = [join(data, 'people.json'), join(fixtures, 'people', 'people.json')]
  if (existsSync(path) || !existsSync(from)) return
  writeWhole(files, path, datedText(readFileSync(from, 'utf8'), today))
}
