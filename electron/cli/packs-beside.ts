/** The policies of the packs that are installed where a ledger lies: a data folder's counter and its ledger alone work by the same. */

import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Policy } from '../../settlement/policy/policy-schema.ts'
import { activePath } from '../host/packs/active-packs.ts'

/** What is damaged is left out and named on standard error, as the host does. */
export async function withPacksBeside(ledger: string, delivered: readonly Policy[]): Promise<readonly Policy[]> {
  const folder = dirname(ledger)
  if (!existsSync(activePath(folder))) return delivered
  // Read when they are needed: most ledgers lie where no pack is.
  const { loadPacks } = await import('../host/packs/load-packs.ts')
  const { layerPolicies } = await import('../../settlement/pack/layers.ts')
  const { layers, problems } = loadPacks(folder)
  for (const line of problems) process.stderr.write(`caresettle: ${line}\n`)
  return layerPolicies(delivered, layers)
}
