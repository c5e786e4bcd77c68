/** Has another reader serve from now on, as a choice in the window would: it stands in the data folder's till.json. */

import { mkdirSync } from 'node:fs'
import { ok, refuse, type Result } from '../../base/result.ts'
import type { ReaderChoice } from '../contract/reader-choice.ts'

/** Where the PSAM is stays as it was. The refusal is one line. */
export async function beginReader(data: string, fixtures: string, asked: ReaderChoice): Promise<Result<null, string>> {
  // Only for those who ask: what checks a till is not small.
  const { readTill, rememberReader } = await import('../host/till-file.ts')
  mkdirSync(data, { recursive: true, mode: 0o700 })
  const till = readTill(data, fixtures)
  if (!till.ok) return refuse(`--reader: ${till.error.message}`)
  const before = till.value.reader
  const choice = asked.kind === 'pcsc' && before.kind === 'pcsc' ? { ...asked, psam: before.psam } : asked
  const remembered = rememberReader(data, choice)
  return remembered.ok ? ok(null) : refuse(`--reader: ${remembered.error.message}`)
}
