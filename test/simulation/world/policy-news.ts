/** New rules come to the centre when a day begins: tried again while it is away, and once more when it was put back to a day before. */

import type { BackOffice } from './faces.ts'
import type { Observer } from './observation.ts'
import type { Scheduler } from './scheduler.ts'
import type { NewPolicy } from './swarm.ts'

const AGAIN_MS = 10 * 60_000

export interface NewsPorts {
  readonly scheduler: Scheduler
  readonly office: Pick<BackOffice, 'publishPolicies'>
  readonly observe: (observer: Observer) => void
}

export function planPolicy({ scheduler, office, observe }: NewsPorts, policy: NewPolicy): void {
  let isOut = false
  const publish = async (): Promise<void> => {
    isOut = true
    if (!(await office.publishPolicies(policy))) scheduler.after(AGAIN_MS, 'policies are published', publish)
  }
  scheduler.at(Date.parse(`${policy.publishedOn}T00:00:00+08:00`), 'policies are published', publish)
  observe(({ kind }) => {
    if (kind === 'centre-restored' && isOut) scheduler.after(AGAIN_MS, 'policies are published', publish)
  })
}
