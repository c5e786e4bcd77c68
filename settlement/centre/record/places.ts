/** Institutions, their terminals, and the documents that everybody works by. */

import type { CentreQueries } from '../store/centre-database.ts'
import type { CatalogueRow, InstitutionRow, PolicyRow, TerminalRow } from '../store/schema.ts'

export const findInstitution = (db: CentreQueries, code: string): Promise<InstitutionRow | undefined> =>
  db.selectFrom('institution').selectAll().where('fixmedins_code', '=', code).executeTakeFirst()

export const terminalsOf = (db: CentreQueries, institution: string): Promise<TerminalRow[]> =>
  db.selectFrom('terminal').selectAll().where('institution', '=', institution).orderBy('terminal').execute()

export const publishedPolicies = (db: CentreQueries): Promise<PolicyRow[]> =>
  db.selectFrom('policy').selectAll().orderBy('region').orderBy('version').execute()

export const findPolicy = (db: CentreQueries, region: string, version: string): Promise<PolicyRow | undefined> =>
  db.selectFrom('policy').selectAll().where('region', '=', region).where('version', '=', version).executeTakeFirst()

/** The one in force: the highest version. */
export const currentCatalogue = (db: CentreQueries): Promise<CatalogueRow | undefined> =>
  db.selectFrom('catalogue').selectAll().orderBy('version', 'desc').limit(1).executeTakeFirst()
