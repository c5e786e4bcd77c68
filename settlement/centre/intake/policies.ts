/** The centre's policies, compiled once: a document of one region and version is never another document. */

import { invariant } from '../../../base/invariant.ts'
import { compilePolicy, type CompiledPolicy } from '../../policy/compile-policy.ts'
import { parsePolicy } from '../../policy/parse-policy.ts'
import type { CentreQueries } from '../store/centre-database.ts'

export interface PolicyName {
  readonly region: string
  readonly version: string
}

const POLICIES_MAX = 256

export class CompiledPolicies {
  readonly #known = new Map<string, CompiledPolicy>()

  /** Reads those that are not known yet. What the centre has not is asked for again the next time. */
  async load(db: CentreQueries, names: readonly PolicyName[]): Promise<(region: string, version: string) => CompiledPolicy | undefined> {
    const missing = names.filter((name) => !this.#known.has(keyOf(name)))
    if (missing.length > 0) {
      const rows = await db
        .selectFrom('policy')
        .selectAll()
        .where((row) => row.or(missing.map(({ region, version }) => row.and({ region, version }))))
        .execute()
      if (this.#known.size + rows.length > POLICIES_MAX) this.#known.clear()
      for (const row of rows) this.#known.set(keyOf(row), compiled(row.document))
    }
    // Who settles one after the other is as a rule ruled by one policy.
    let last: PolicyName & { readonly policy: CompiledPolicy | undefined } = { region: '', version: '', policy: undefined }
    return (region, version) => {
      if (region !== last.region || version !== last.version) last = { region, version, policy: this.#known.get(keyOf({ region, version })) }
      return last.policy
    }
  }
}

const keyOf = ({ region, version }: PolicyName): string => JSON.stringify([region, version])

function compiled(document: string): CompiledPolicy {
  const policy = parsePolicy(JSON.parse(document))
  invariant(policy.ok, 'the centre keeps a policy that is none')
  return compilePolicy(policy.value)
}
