/** The chronic diseases that people of the fixture cards have filed, as people.json tells them of a day: 5301 finds them, and 14.. pays for them. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result } from '../../base/result.ts'
import type { BusinessDate } from '../../settlement/calendar/business-date.ts'
import type { FilingRow } from '../../settlement/centre/store/schema.ts'
import { datedText } from '../host/files/dated-text.ts'
import { badDocument } from '../host/files/document.ts'
import type { FileProblem } from '../host/files/file-problem.ts'
import { readJsonFile } from '../host/files/read-file.ts'
import { FILING_KINDS, parsePeople, type KnownPerson } from '../host/sale/people-file.ts'

type Filing = Omit<FilingRow, 'psn_no'>

/** By citizen number; of fixtures without that file nobody has filed anything. */
export type Filings = ReadonlyMap<string, readonly Filing[]>

export function fixtureFilings(fixtures: string, today: BusinessDate): Result<Filings, FileProblem> {
  const path = join(fixtures, 'people', 'people.json')
  if (!existsSync(path)) return ok(new Map())
  const json = readJsonFile(path, 'people')
  if (!json.ok) return json
  const people = parsePeople(JSON.parse(datedText(JSON.stringify(json.value), today)))
  if (!people.ok) return badDocument(path, 'people', people.error)
  return ok(new Map([...people.value].map(([certno, { filings }]) => [certno, filings.flatMap(chronic)])))
}

/** The register has one place or none for a filing: of several, none is chosen. */
function chronic({ biz_appy_type, dise_codg, dise_name, begndate, enddate, fixmedins_code }: KnownPerson['filings'][number]): Filing[] {
  if (FILING_KINDS[biz_appy_type] !== 'chronic' || dise_codg === undefined) return []
  const [place, another] = fixmedins_code
  return [{ kind: 'chronic-disease', code: dise_codg, name: dise_name ?? '', begndate, enddate: enddate ?? null, fixmedins_code: another === undefined ? (place ?? null) : null }]
}
