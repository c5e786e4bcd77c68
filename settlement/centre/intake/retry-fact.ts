/**
 * A fact that was not booked is judged once more, because something has changed since: a person was registered, a policy
 * published, a card found again. What is booked stays booked: `exists` with the verdict that it has.
 *
 * A correction that came while its settlement was refused was refused with it. When the settlement is booked now, its correction is
 * judged right behind it: what was taken back never stands booked.
 */

import { invariant } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { BatchEntry, EntryVerdict, Verdict } from '../../batch/batch.ts'
import type { CentreMoment } from '../ports.ts'
import { ChainCopy, type KeptFact } from '../record/chain-copy.ts'
import { lockTerminal } from '../record/lock.ts'
import type { CentreTransaction } from '../store/centre-database.ts'
import type { TerminalRow } from '../store/schema.ts'
import { writeOnce } from './clash.ts'
import { gather } from './gather.ts'
import { judge } from './judge.ts'
import { keptVerdict } from './kept-verdict.ts'
import type { IntakePorts } from './take-batch.ts'
import { readVerdictText, verdictText } from './verdict-text.ts'
import { writeBookings } from './write-bookings.ts'

export type RetryRefusal =
  | { readonly kind: 'terminal-unknown'; readonly terminal: string }
  /** The centre has not been sent that fact. */
  | { readonly kind: 'fact-unknown'; readonly sequence: number }

export function retryFact(ports: IntakePorts, terminal: string, sequence: number): Promise<Result<EntryVerdict, RetryRefusal>> {
  const moment = ports.clock()
  return writeOnce(ports.database, async (transaction) => {
    const row = await lockTerminal(transaction, terminal)
    if (row === undefined) return refuse({ kind: 'terminal-unknown', terminal })
    const fact = await new ChainCopy(transaction).fact(terminal, sequence)
    if (fact === undefined) return refuse({ kind: 'fact-unknown', sequence })
    return ok({ sequence, verdict: await retry({ ports, transaction, terminal: row, moment }, fact) })
  })
}

interface Retrying {
  readonly ports: IntakePorts
  readonly transaction: CentreTransaction
  readonly terminal: TerminalRow
  readonly moment: CentreMoment
}

async function retry(retrying: Retrying, fact: KeptFact): Promise<Verdict> {
  const before = await keptVerdict(retrying.transaction, retrying.terminal.terminal, fact)
  if (before.kind === 'exists') return before
  if (before.kind === 'accepted' || before.kind === 'noted') return { kind: 'exists', verdict: before }
  const entry = entryOf(fact)
  const verdict = await judgeAgain(retrying, entry)
  if (verdict.kind === 'accepted' && entry.fact.kind === 'posting') await judgeCorrectionOf(retrying, entry.fact.hold)
  return verdict
}

async function judgeAgain({ ports, transaction, terminal, moment }: Retrying, entry: BatchEntry): Promise<Verdict> {
  const known = await gather(transaction, { terminal, moment, entries: [entry], policies: ports.policies, authority: ports.authority, booked: 'asked' })
  const { verdicts, bookings } = judge(known, ports.authority, [entry])
  const verdict = verdicts[0]?.verdict
  invariant(verdict !== undefined, `fact ${entry.sequence} was judged and got no verdict`)
  await writeBookings(transaction, bookings, ports.reached)
  await transaction
    .updateTable('unbooked')
    .set({ verdict: verdictText(verdict) })
    .where('terminal', '=', terminal.terminal)
    .where('sequence', '=', entry.sequence)
    .execute()
  return verdict
}

async function judgeCorrectionOf(retrying: Retrying, hold: number): Promise<void> {
  const { transaction, terminal } = retrying
  const corrections = await transaction
    .selectFrom('unbooked')
    .selectAll()
    .where('terminal', '=', terminal.terminal)
    .where('sequence', '>', hold)
    .where('kind', '=', 'correction')
    .execute()
  const copy = new ChainCopy(transaction)
  for (const { sequence, verdict } of corrections) {
    const correction = await copy.fact(terminal.terminal, sequence)
    if (correction?.fact.kind !== 'correction' || correction.fact.hold !== hold) continue
    if (readVerdictText(verdict).kind === 'refused') await judgeAgain(retrying, entryOf(correction))
  }
}

const entryOf = ({ sequence, hash, content, fact }: KeptFact): BatchEntry => ({ sequence, hash, content, fact })
