/**
 * Two windows and one person at the same moment, on PostgreSQL: one sends a refund, the other a settlement. What the person has
 * used of the year is moved by both, whoever comes first. A third transaction holds the year's row until both wait.
 */

import { afterAll, beforeAll, expect, it } from 'vitest'
import { sql } from 'kysely'
import { decodeBatch } from '../../settlement/batch/decode-batch.ts'
import { batchHash } from '../../settlement/batch/encode-batch.ts'
import { CompiledPolicies } from '../../settlement/centre/intake/policies.ts'
import { noStep } from '../../settlement/centre/intake/steps.ts'
import { takeBatch } from '../../settlement/centre/intake/take-batch.ts'
import type { CentreDatabase } from '../../settlement/centre/store/centre-database.ts'
import { openCentre } from '../../settlement/centre/store/open-centre.ts'
import { NOW, psnNoOf, seedCentre, terminalName, till } from '../support/centre-of-tests.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { standInAuthority, testCard } from '../support/test-till.ts'

const MORNING = '20260315090000'

let postgres: TestPostgres
let database: CentreDatabase

beforeAll(async () => {
  postgres = await startPostgres()
  const opened = await openCentre(await postgres.url())
  if (!opened.ok) throw new Error(JSON.stringify(opened.error))
  database = opened.value
})
afterAll(async () => {
  await database.close()
  await postgres.stop()
})

async function take(terminal: string, bytes: Uint8Array): Promise<readonly string[]> {
  const batch = decodeBatch(bytes)
  if (!batch.ok) throw new Error(JSON.stringify(batch.error))
  const ports = { database, authority: standInAuthority, clock: () => NOW, policies: new CompiledPolicies(), reached: noStep }
  const answer = await takeBatch(ports, { terminal, batch: batch.value, body: bytes, hash: batchHash(bytes), signature: '', time: NOW.time })
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value.verdicts.map(({ verdict }) => verdict.kind)
}

async function used(psnNo: string): Promise<unknown> {
  const { counters } = await database.db.selectFrom('accumulator').select('counters').where('psn_no', '=', psnNo).executeTakeFirstOrThrow()
  return JSON.parse(counters)
}

async function waiting(count: number): Promise<void> {
  const look = async (): Promise<number> =>
    (await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(database.db)).rows[0]?.n ?? 0
  await expect.poll(look, { timeout: 10_000, interval: 20 }).toBe(count)
}

it('a refund and a settlement of one person, sent at once from two windows, are both counted', async () => {
  const card = testCard(1)
  await seedCentre(database, { terminals: [terminalName(1), terminalName(2)], cards: [card] })
  const [first, second] = [till(1), till(2)]
  const sold = first.settle({ card, time: MORNING })
  expect(await take(terminalName(1), first.batch(NOW.time))).toEqual(['noted', 'accepted'])
  const once = await used(psnNoOf(card))

  first.correct(sold, '20260315091000')
  second.settle({ card, time: '20260315092000' })
  const both = await database.write(async (transaction) => {
    await sql`select * from accumulator for update`.execute(transaction)
    const refund = take(terminalName(1), first.batch(NOW.time))
    await waiting(1)
    const sale = take(terminalName(2), second.batch(NOW.time))
    await waiting(2)
    return [refund, sale] as const
  })
  expect(await Promise.all(both)).toEqual([['accepted'], ['noted', 'accepted']])
  // The same bill once more, and the first one taken back.
  expect(await used(psnNoOf(card))).toEqual(once)
}, 60_000)
