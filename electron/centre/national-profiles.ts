/** The provinces' profiles of the national interface, as they are delivered. */

import { join } from 'node:path'
import { ok, type Result } from '../../base/result.ts'
import { parseProfiles, type Profile } from '../../settlement/centre/national/profile/profile.ts'
import { badDocument } from '../host/files/document.ts'
import { jsonFiles } from '../host/files/delivered.ts'
import type { FileProblem } from '../host/files/file-problem.ts'
import { readJsonFile } from '../host/files/read-file.ts'

export function readProfiles(fixtures: string): Result<readonly Profile[], FileProblem> {
  const folder = join(fixtures, 'national')
  const documents: unknown[] = []
  for (const name of jsonFiles(folder)) {
    const document = readJsonFile(join(folder, name), 'profile')
    if (!document.ok) return document
    documents.push(document.value)
  }
  // A province is laid over its baseline, so they can only be read together.
  const profiles = parseProfiles(documents)
  return profiles.ok ? ok(profiles.value) : badDocument(folder, 'profile', profiles.error)
}
