/** A centre's app without a socket, on a real SQLite file or a real PostgreSQL, with a clock that stands until it is moved. */

import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { parseDate } from '../../settlement/calendar/business-date.ts'
import type { CardAuthority, CentreMoment, CentrePorts } from '../../settlement/centre/ports.ts'
import { centreApp, type CentreAppOptions } from '../../settlement/centre/serve/centre-app.ts'
import { openCentre } from '../../settlement/centre/store/open-centre.ts'
import { makeEnrolmentCode } from '../../settlement/centre/enrol/enrol.ts'
import { CentreClient, type Send } from './centre-client.ts'

export interface TestCentre {
  readonly app: FastifyInstance
  readonly ports: CentrePorts
  readonly send: Send
  /** What was logged, as text. */
  readonly logged: () => string
  /** China's time, 14 digits. */
  time: string
  close(): Promise<void>
}

/** Knows no key: for tests in which no card says anything. */
const NO_AUTHORITY: CardAuthority = {
  verifyDebit: () => false,
  verifyLoadRequest: () => false,
  signLoad: () => '00000000',
  verifyLoadTac: () => false
}

/** `url` undefined: a SQLite file that goes with the centre. */
export async function testCentre(url?: string, options: Partial<CentreAppOptions> = {}): Promise<TestCentre> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'test-centre-'))
  const opened = await openCentre(url ?? `sqlite:${join(folder, 'centre.db')}`)
  if (!opened.ok) throw new Error(JSON.stringify(opened.error))
  const database = opened.value
  const lines: string[] = []
  const log = (fields: object, message: string): void => void lines.push(`${message} ${JSON.stringify(fields)}`)
  const centre = { time: '20261126101500' }
  const ports: CentrePorts = {
    database,
    authority: NO_AUTHORITY,
    clock: () => momentOf(centre.time),
    entropy: { bytes: (length) => Uint8Array.from(randomBytes(length)) },
    log: { info: log, warn: log, error: log }
  }
  const app = centreApp(ports, { areas: [], version: '0.0.0', ...options })
  return Object.assign(centre, {
    app,
    ports,
    send: injected(app),
    logged: () => lines.join('\n'),
    close: async () => {
      await app.close()
      await database.close()
      rmSync(folder, { recursive: true })
    }
  })
}

const injected =
  (app: FastifyInstance): Send =>
  async ({ method, path, headers = {}, body }) => {
    const answer = await app.inject({ method, url: path, headers: { ...headers }, ...(body === undefined ? {} : { payload: Buffer.from(body) }) })
    return {
      status: answer.statusCode,
      headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
      body: answer.body
    }
  }

function momentOf(time: string): CentreMoment {
  const [, year = '', month = '', day = '', hour = '', minute = '', second = ''] = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(time) ?? []
  const today = parseDate(`${year}-${month}-${day}`)
  if (today === undefined) throw new Error(`${time} is no time`)
  return { time, today, epochMs: Date.parse(`${today}T${hour}:${minute}:${second}+08:00`) }
}

/** A terminal of an institution that the centre knows. */
export async function enrolledAt(centre: TestCentre, institution: string): Promise<CentreClient> {
  const client = new CentreClient(centre.send, () => centre.time)
  const code = await makeEnrolmentCode(centre.ports, institution)
  if (!code.ok) throw new Error(code.error.kind)
  await client.enrol(code.value.code)
  return client
}
