/** Medical aid (医疗救助) pays of what every other fund has left: a policy in which another fund follows it is refused. */

import type { Fund } from '../calculation/settlement-result.ts'

const LAST = 'maf_pay' satisfies Fund

interface Payers {
  readonly bands: readonly { readonly pays: Fund }[]
  readonly supplements: readonly { readonly pays: Fund }[]
}

export function afterMedicalAid({ bands, supplements }: Payers): { path: readonly (string | number)[]; message: string }[] {
  const payers = [
    ...bands.map(({ pays }, index) => ({ pays, path: ['bands', index, 'pays'] })),
    ...supplements.map(({ pays }, index) => ({ pays, path: ['supplements', index, 'pays'] }))
  ]
  const first = payers.findIndex(({ pays }) => pays === LAST)
  if (first === -1) return []
  return payers
    .slice(first)
    .filter(({ pays }) => pays !== LAST)
    .map(({ path }) => ({ path, message: `must stand before medical aid (${LAST}), which is the last of the funds` }))
}
