/** The institutions that the fixtures name: those of the till, of the queue and of the visits; the first that names one is believed. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result } from '../../base/result.ts'
import type { InstitutionRow } from '../../settlement/centre/store/schema.ts'
import { parseVisit } from '../../settlement/visit/parse-visit.ts'
import type { Visit } from '../../settlement/visit/visit-schema.ts'
import { levelOf } from '../../settlement/wire/person-fields.ts'
import { readDocument } from '../host/files/document.ts'
import { jsonFiles } from '../host/files/delivered.ts'
import type { FileProblem } from '../host/files/file-problem.ts'
import { institutionDivision } from '../host/patient.ts'
import { readTill } from '../host/till-file.ts'

export interface FixturePlaces {
  readonly institutions: readonly InstitutionRow[]
  readonly visits: readonly Visit[]
}

export function fixturePlaces(fixtures: string): Result<FixturePlaces, FileProblem> {
  const institutions = new Map<string, InstitutionRow>()
  const till = readTill(join(fixtures, 'till'), fixtures)
  if (!till.ok) return till
  const { fixmedins_code, fixmedins_name, kind, level } = till.value.institution
  institutions.set(fixmedins_code, { fixmedins_code, fixmedins_name, kind, level: level ?? null, region: institutionDivision(fixmedins_code) })
  const visits = readVisits(fixtures)
  if (!visits.ok) return visits
  for (const visit of visits.value) {
    if (!institutions.has(visit.fixmedins_code)) institutions.set(visit.fixmedins_code, institutionOf(visit))
  }
  return ok({ institutions: [...institutions.values()], visits: visits.value })
}

function readVisits(fixtures: string): Result<readonly Visit[], FileProblem> {
  const visits: Visit[] = []
  for (const folder of ['queue', 'visits'].map((name) => join(fixtures, name))) {
    for (const file of existsSync(folder) ? jsonFiles(folder) : []) {
      const visit = readDocument(join(folder, file), 'visit', parseVisit)
      if (!visit.ok) return visit
      visits.push(visit.value)
    }
  }
  return ok(visits)
}

function institutionOf({ fixmedins_code, fixmedins_name, institution }: Visit): InstitutionRow {
  const level = levelOf(institution)
  return {
    fixmedins_code,
    fixmedins_name: fixmedins_name ?? fixmedins_code,
    kind: institution.kind,
    level: level === 0 ? null : level,
    region: institutionDivision(fixmedins_code)
  }
}
