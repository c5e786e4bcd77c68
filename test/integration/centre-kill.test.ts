/**
 * kill -9 of a real centre at every statement boundary of a batch, on both databases. Whenever it dies: the batch is there as
 * a whole or not at all, the terminal sends it again and hears the same, and in the end the tables are those of a centre that
 * never died.
 */

import { spawn } from 'node:child_process'
import { generateKeyPairSync, hash, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cardAuthority } from '../../electron/centre/card-authority.ts'
import { readIssuer } from '../../electron/host/files/delivered.ts'
import { signingText, type BatchAnswer } from '../../settlement/batch/batch.ts'
import { decodeBatch } from '../../settlement/batch/decode-batch.ts'
import { batchHash } from '../../settlement/batch/encode-batch.ts'
import { CompiledPolicies } from '../../settlement/centre/intake/policies.ts'
import { INTAKE_STEPS, noStep } from '../../settlement/centre/intake/steps.ts'
import { takeBatch } from '../../settlement/centre/intake/take-batch.ts'
import type { CentreDatabase } from '../../settlement/centre/store/centre-database.ts'
import { openCentre } from '../../settlement/centre/store/open-centre.ts'
import { INSTITUTION, contentsOf, NOW, seedCentre, terminalName, testPolicy } from '../support/centre-of-tests.ts'
import { debitTac } from '../support/issuer-signs.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { testCard, TestTill } from '../support/test-till.ts'

const CHILD = new URL('centre-kill-child.ts', import.meta.url).pathname
const MORNING = '20260315090000'
const FIXTURES = new URL('../../fixtures', import.meta.url).pathname

const folder = mkdtempSync(join(tmpdir(), 'centre-kill-'))
const keys = generateKeyPairSync('ed25519')
const issuer = readIssuer(FIXTURES)
if (!issuer.ok) throw new Error(JSON.stringify(issuer.error))
const authority = cardAuthority(issuer.value)
let postgres: TestPostgres
let files = 0

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true })
})

async function opened(url: string): Promise<CentreDatabase> {
  const centre = await openCentre(url)
  if (!centre.ok) throw new Error(JSON.stringify(centre.error))
  return centre.value
}

/** Two batches: the second books two settlements and takes one of the first back, so that every statement has something to write. */
function batches(): readonly [Uint8Array, Uint8Array] {
  const till = new TestTill({
    terminal: terminalName(1),
    institution: INSTITUTION,
    terminalNo: '999999000001',
    policy: testPolicy(),
    tacOf: ({ issued }, debit) => debitTac(issued, debit)
  })
  const [one, two] = [testCard(1), testCard(2)]
  const sold = till.settle({ card: one, time: MORNING })
  const first = till.batch(NOW.time)
  till.settle({ card: one, time: '20260315091000' })
  till.settle({ card: two, time: '20260315092000' })
  till.correct(sold, '20260315093000')
  return [first, till.batch(NOW.time)]
}

const [FIRST, SECOND] = batches()

/** A centre that knows the terminal and has taken the first batch. */
async function begun(url: string): Promise<void> {
  const database = await opened(url)
  await seedCentre(database, { terminals: [terminalName(1)], cards: [testCard(1), testCard(2)] })
  const spki = keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
  await database.db.updateTable('terminal').set({ public_key: spki }).execute()
  await take(database, FIRST)
  await database.close()
}

const signatureOf = (bytes: Uint8Array): string => {
  const digest = hash('sha256', bytes, 'hex')
  const text = signingText({ method: 'POST', path: '/v1/batches', terminal: terminalName(1), time: NOW.time, digest })
  return sign(null, Buffer.from(text), keys.privateKey).toString('base64')
}

async function take(database: CentreDatabase, bytes: Uint8Array): Promise<BatchAnswer> {
  const batch = decodeBatch(bytes)
  if (!batch.ok) throw new Error(JSON.stringify(batch.error))
  const ports = { database, authority, clock: () => NOW, policies: new CompiledPolicies(), reached: noStep }
  const answer = await takeBatch(ports, { terminal: terminalName(1), batch: batch.value, body: bytes, hash: batchHash(bytes), signature: signatureOf(bytes), time: NOW.time })
  if (!answer.ok) throw new Error(JSON.stringify(answer.error))
  return answer.value
}

/** Sends the second batch to a centre that dies at `step`; gives what is heard of it. */
async function sendToDying(url: string, step: string): Promise<string> {
  const child = spawn(process.execPath, [CHILD, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, CARESETTLE_KILL_AT: step }
  })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.on('exit', (_, signal) => resolve(signal))
  })
  const address = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    child.on('exit', () => reject(new Error('the centre ended before it listened')))
  })
  const answer = fetch(`${address}/v1/batches`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-ndjson',
      authorization: `CareSettle terminal="${terminalName(1)}", time="${NOW.time}", signature="${signatureOf(SECOND)}"`
    },
    body: Buffer.from(SECOND)
  })
  const heard = await answer.then(
    (response) => `${response.status}`,
    () => 'nothing'
  )
  if (heard !== 'nothing') child.kill('SIGKILL')
  return (await ended) === 'SIGKILL' ? heard : 'no kill'
}

describe.each([
  ['SQLite', async () => `sqlite:${join(folder, `centre-${(files += 1)}.db`)}`],
  ['PostgreSQL', () => postgres.url()]
])('a centre on %s', (_engine, url) => {
  let before: unknown
  let after: unknown
  let expected: BatchAnswer

  /** The centre that never dies. */
  beforeAll(async () => {
    const living = await url()
    await begun(living)
    const database = await opened(living)
    before = await contentsOf(database)
    expected = await take(database, SECOND)
    after = await contentsOf(database)
    await database.close()
    expect(after).not.toEqual(before)
  })

  it.each(INTAKE_STEPS)('killed at %s has all of the batch or nothing, and takes it once', async (step) => {
    const dying = await url()
    await begun(dying)
    expect(await sendToDying(dying, step)).toBe('nothing')
    const database = await opened(dying)
    expect(await contentsOf(database)).toEqual(step === 'intake-committed' ? after : before)
    expect(await take(database, SECOND)).toEqual(expected)
    expect(await take(database, SECOND)).toEqual(expected)
    expect(await contentsOf(database)).toEqual(after)
    await database.close()
  })

  it('that nobody kills answers over the same way', async () => {
    const address = await url()
    await begun(address)
    expect(await sendToDying(address, 'never')).toBe('200')
  })
})
