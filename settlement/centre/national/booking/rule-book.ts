/** Policies and catalogue of record, read once a version. */

import { invariant } from '../../../../base/invariant.ts'
import type { Result } from '../../../../base/result.ts'
import type { BusinessDate } from '../../../calendar/business-date.ts'
import { choosePolicy, type PolicyChoiceRefusal } from '../../../policy/choose-policy.ts'
import { compilePolicy, type CompiledPolicy } from '../../../policy/compile-policy.ts'
import { parsePolicy } from '../../../policy/parse-policy.ts'
import { MemoryCatalogue } from '../../../catalogue/memory-catalogue.ts'
import { parseCatalogue } from '../../../catalogue/parse-catalogue.ts'
import { currentCatalogue, findPolicy } from '../../record/places.ts'
import type { CentreQueries } from '../../store/centre-database.ts'

export interface VersionedCatalogue {
  readonly version: string
  readonly items: MemoryCatalogue
}

export class RuleBook {
  readonly #compiled = new Map<string, CompiledPolicy>()
  #catalogue: VersionedCatalogue | undefined

  /** The policy of the insured place for a kind of insurance on a day of service. */
  async policyFor(
    db: CentreQueries,
    query: { readonly region: string; readonly insutype: string; readonly date: BusinessDate }
  ): Promise<Result<CompiledPolicy, PolicyChoiceRefusal>> {
    const versions = await db.selectFrom('policy').where('region', '=', query.region).select('version').orderBy('version').execute()
    const compiled: CompiledPolicy[] = []
    for (const { version } of versions) compiled.push(await this.#policy(db, query.region, version))
    const chosen = choosePolicy(
      compiled.map(({ policy }) => policy),
      query
    )
    if (!chosen.ok) return chosen
    const found = compiled.find(({ policy }) => policy === chosen.value)
    invariant(found !== undefined, 'the chosen policy is one of those asked')
    return { ok: true, value: found }
  }

  /** The newest; empty when there is none: then every item is unlisted. */
  async catalogue(db: CentreQueries): Promise<VersionedCatalogue> {
    const row = await currentCatalogue(db)
    if (row === undefined) return { version: '', items: new MemoryCatalogue('', []) }
    if (this.#catalogue?.version === row.version) return this.#catalogue
    const parsed = parseCatalogue(JSON.parse(row.document))
    invariant(parsed.ok, `catalogue ${row.version} of record does not parse`)
    this.#catalogue = { version: row.version, items: parsed.value }
    return this.#catalogue
  }

  async #policy(db: CentreQueries, region: string, version: string): Promise<CompiledPolicy> {
    const key = `${region} ${version}`
    const known = this.#compiled.get(key)
    if (known !== undefined) return known
    const row = await findPolicy(db, region, version)
    invariant(row !== undefined, `policy ${key} is published`)
    const parsed = parsePolicy(JSON.parse(row.document))
    invariant(parsed.ok, `policy ${key} of record does not parse`)
    const compiled = compilePolicy(parsed.value)
    this.#compiled.set(key, compiled)
    return compiled
  }
}
