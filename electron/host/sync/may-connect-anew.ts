import type { Sync } from '../../../settlement/sync/sync.ts'

/** What the centre says to a terminal that it does not know, whose key is another, or whose ledger does not follow what it has of it. */
const ANOTHER = ['terminal-unknown', 'signature-wrong', 'chain-broken', 'batch-conflict'] as const

export const isOfAnother = (reason: string): reason is (typeof ANOTHER)[number] => ANOTHER.some((other) => other === reason)

/**
 * Whether this till and its centre find each other again only under another name: the ledger and the centre's copy of it have parted, or the
 * centre does not know the terminal any more. A ledger that lacks what the centre has is fetched instead, while its key still proves whose it is.
 */
export function mayConnectAnew({ health, stopped, older }: Pick<Sync, 'health' | 'stopped' | 'older'>): boolean {
  if (older !== undefined) return false
  const refused = stopped?.kind === 'refused' ? stopped : health.failure?.kind === 'refused' ? health.failure : undefined
  return stopped?.kind === 'histories-differ' || (refused !== undefined && isOfAnother(refused.reason))
}
