/**
 * Where a run takes place: a folder with cards and tills, a database with a centre's people in it, a port for the centre. All
 * of it real: files, PostgreSQL, sockets.
 */

import { existsSync, mkdirSync, mkdtempSync, readFileSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { invariant } from '../../../base/invariant.ts'
import { runCommandLine, systemMachine } from '../../../electron/cli/command-line.ts'
import { freePort, startPostgres, type TestPostgres } from '../../support/postgres.ts'
import { fixturesOfTill, makeCards, type RunCard } from './cards-of-a-run.ts'
import { makeTill, type TillPlace } from './mortal-till.ts'
import type { TortureOptions } from './torture-options.ts'

const HOSPITAL = 'H99999900001'
const PHARMACY = 'P99999900001'
const MEMORY = '/dev/shm'
/** A grown log a till, and the centre. */
const ROOM_BYTES = 2 * 1024 * 1024 * 1024
/** Every third till. */
const PHARMACY_EVERY = 3

export interface IssuedCard extends RunCard {
  readonly file: string
  /** Its memory when the run began. */
  readonly opening: Uint8Array
}

export interface ProvingGround {
  readonly folder: string
  readonly cards: readonly IssuedCard[]
  readonly tills: readonly TillPlace[]
  /** Of the centre's database. */
  readonly db: string
  readonly port: number
  /** One-time code. */
  enrolmentCode(institution: string): Promise<string>
  close(): Promise<void>
}

export async function openGround({ db, tills, folder: parent = roomyFolder() }: Pick<TortureOptions, 'db' | 'tills' | 'folder'>): Promise<ProvingGround> {
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'caresettle-torture-'))
  const { fixtures, cards } = makeCards(folder)
  const command = (...args: readonly string[]): Promise<unknown> => json(args, fixtures)
  const cardFolder = join(folder, 'cards')
  mkdirSync(cardFolder)
  const issued: IssuedCard[] = []
  for (const card of cards) {
    const file = join(cardFolder, `${card.id}.card`)
    await command('card', 'new', '--from', join(fixtures, 'cards', `${card.id}.json`), '--out', file)
    issued.push({ ...card, file, opening: readFileSync(file) })
  }
  const postgres: TestPostgres | undefined = db === 'postgres' ? await startPostgres({ isDurable: true }) : undefined
  const url = (await postgres?.url()) ?? `sqlite:${join(folder, 'centre.db')}`
  await command('centre', 'seed', '--db', url)
  const places = Array.from({ length: tills }, (_, index) => place(index + 1, { folder, fixtures }))
  for (const each of places) makeTill(each, cardFolder)
  return {
    folder,
    cards: issued,
    tills: places,
    db: url,
    port: await freePort(),
    enrolmentCode: async (institution) => (await command('centre', 'enrol-code', '--db', url, '--institution', institution) as { readonly code: string }).code,
    close: async () => postgres?.stop()
  }
}

/**
 * In memory where there is room: what a killed process had written stays, as on a disk, because the system keeps it; and nobody
 * waits for flushes, which only a power cut would need.
 */
function roomyFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir()
  const { bavail, bsize } = statfsSync(MEMORY)
  return bavail * bsize > ROOM_BYTES ? MEMORY : tmpdir()
}

function place(number: number, { folder, fixtures }: { readonly folder: string; readonly fixtures: string }): TillPlace {
  const kind = number % PHARMACY_EVERY === 0 ? 'pharmacy' : 'hospital'
  const name = `${kind}-${number}`
  const own = fixturesOfTill(fixtures, join(folder, `fixtures-${number}`), number)
  return { name, kind, fixtures: own, folder: join(folder, name), institution: kind === 'pharmacy' ? PHARMACY : HOSPITAL }
}

/** The one document that a command of ours prints, run in this process. */
async function json(args: readonly string[], fixtures: string): Promise<unknown> {
  const said = { out: '', err: '' }
  const { CARESETTLE_KILL_AT: _, ...environment } = process.env
  const streams = { out: (text: string) => void (said.out += text), err: (text: string) => void (said.err += text) }
  const exit = await runCommandLine([...args, '--json'], { ...systemMachine, fixtures, environment }, streams)
  invariant(exit === 0, `${args.join(' ')} ended with ${exit}: ${said.err}`)
  return JSON.parse(said.out) as unknown
}
