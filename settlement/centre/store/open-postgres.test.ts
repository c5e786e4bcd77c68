import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startPostgres, type TestPostgres } from '../../../test/support/postgres.ts'
import type { CentreDatabase } from './centre-database.ts'
import { openPostgresCentre, PATIENCE, type Patience } from './open-postgres.ts'

let postgres: TestPostgres
const ends: (() => Promise<unknown> | void)[] = []

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function opened(url: string, patience: Partial<Patience>): Promise<CentreDatabase> {
  const centre = await openPostgresCentre(url, true, { ...PATIENCE, ...patience })
  if (!centre.ok) throw new Error(JSON.stringify(centre.error))
  ends.push(() => centre.value.close())
  return centre.value
}

async function another(url: string): Promise<pg.Client> {
  const client = new pg.Client(url)
  await client.connect()
  ends.push(() => client.end())
  return client
}

const touch = (centre: CentreDatabase): Promise<unknown> =>
  centre.write((transaction) => transaction.updateTable('terminal').set({ name: '收费一' }).where('terminal', '=', 'H99999900001-01').execute())
const count = (centre: CentreDatabase): Promise<unknown> => centre.db.selectFrom('person').select((on) => on.fn.countAll().as('n')).execute()

test('a table that somebody keeps locked fails what needs it in time, and holds up nothing once it is let go', async () => {
  const url = await postgres.url()
  const centre = await opened(url, { lockMs: 200 })
  const person = await another(url)
  await person.query('BEGIN; LOCK TABLE terminal')
  const waits = await Promise.allSettled(Array.from({ length: 12 }, () => touch(centre)))
  expect(waits.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 'rejected'))
  expect(waits.every((wait) => wait.status === 'rejected' && /lock timeout/.test(String(wait.reason)))).toBe(true)
  expect(await count(centre)).toEqual([{ n: 0 }])
  await person.query('ROLLBACK')
  await touch(centre)
})

test('a question that runs too long is ended by the server, and the next is answered', async () => {
  const centre = await opened(await postgres.url(), { statementMs: 200 })
  await expect(sql`SELECT pg_sleep(60)`.execute(centre.db)).rejects.toThrow('statement timeout')
  expect(await count(centre)).toEqual([{ n: 0 }])
})

/** Passes on what is said both ways until it is told to be silent: nothing arrives any more, and nobody hangs up. */
async function throughProxy(url: string): Promise<{ readonly url: string; silence(isSilent: boolean): void }> {
  const target = new URL(url)
  const port = Number(target.port)
  const sockets = new Set<Socket>()
  let isSilent = false
  const server: Server = createServer((near) => {
    const far = connect(port, target.hostname)
    for (const [from, to] of [[near, far], [far, near]] as const) {
      sockets.add(from)
      from.on('data', (bytes) => void (isSilent || to.write(bytes)))
      from.on('error', () => to.destroy())
      from.on('close', () => void (sockets.delete(from), isSilent || to.destroy()))
    }
  })
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done))
  ends.push(() => {
    for (const socket of sockets) socket.destroy()
    return new Promise<void>((done) => void server.close(() => done()))
  })
  target.port = String((server.address() as AddressInfo).port)
  return { url: target.href, silence: (silent) => void (isSilent = silent) }
}

test('a server that falls silent fails what was asked, and every connection is good again when it speaks', async () => {
  const proxy = await throughProxy(await postgres.url())
  const centre = await opened(proxy.url, { silentMs: 300, connectMs: 500 })
  await Promise.all(Array.from({ length: 8 }, () => count(centre)))
  proxy.silence(true)
  const waits = await Promise.allSettled(Array.from({ length: 12 }, () => touch(centre)))
  expect(waits.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 'rejected'))
  proxy.silence(false)
  await Promise.all(Array.from({ length: 12 }, () => count(centre)))
  await touch(centre)
})
