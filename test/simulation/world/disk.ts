/**
 * The disk under one program: a folder of real files, a generation of it for every life. When a program is killed its files are
 * copied as they are at that moment into the next generation, and the dead one's connections keep the old one: whatever they
 * still do changes nothing. At a power loss what was not flushed is torn (`torn.ts`). Why that is faithful: README.md.
 */

import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import type { Database } from 'better-sqlite3'
import { diskSteps, type FileSteps } from '../../../electron/host/files/file-steps.ts'
import type { OpenDatabase } from '../../../settlement/store/sqlite/open-database.ts'
import { copyFolder } from './copy-folder.ts'
import type { Life } from './life.ts'
import type { Random } from './random.ts'
import { watchedDatabase, type DatabaseFaults } from './sim-database.ts'
import { torn, tornLog } from './torn.ts'
import { WriteCache } from './write-cache.ts'

export interface DiskPorts {
  /** Where the generations lie. */
  readonly folder: string
  readonly random: Random
  /** Asked before each step that changes a file; how the program ends there, if it does. */
  readonly fileFault: () => 'killed' | 'power-lost' | undefined
  readonly databaseFaults: DatabaseFaults
  /** The drive says that it has flushed and has not; without it, it never does. */
  readonly lies?: { readonly now: () => boolean; readonly moment: () => string }
}

export type Ending = 'stopped' | 'killed' | 'power-lost'

export class Disk {
  readonly #ports: DiskPorts
  readonly #databases = new Set<Database>()
  /** Paths whose last bytes were not flushed yet, with the length that was. */
  readonly #unflushed = new Map<string, number>()
  /** Names that were changed and whose folder was not flushed yet: what stood under the new name before. */
  #renamed: { readonly from: string; readonly to: string; readonly before: Uint8Array | undefined }[] = []
  /** By path: a log as it was when writes into it ceased to be flushed. */
  readonly #unflushedLogs = new Map<string, Uint8Array>()
  /** By path: what a torn write left of it. */
  readonly #left = new Map<string, Uint8Array>()
  readonly #cache: WriteCache | undefined
  #booksOf: string | undefined
  #isPowerLost = false
  #generation = 0
  #writes = 0

  constructor(ports: DiskPorts) {
    const { lies, folder, random } = ports
    this.#ports = ports
    this.#cache = lies && new WriteCache({ folder, random: random.fork('cache'), moment: lies.moment })
    mkdirSync(this.folder, { recursive: true })
  }

  get folder(): string {
    return join(this.#ports.folder, `g${this.#generation}`)
  }

  get writes(): number {
    return this.#writes
  }

  /** After an end at which the drive had lied: the moment that its files are of. */
  get booksOf(): string | undefined {
    return this.#booksOf
  }

  /** What a program with this life does to its databases. */
  opener(life: Life): OpenDatabase {
    return (path, options) => {
      life.check()
      const database = watchedDatabase(path, options, {
        life,
        faults: this.#ports.databaseFaults,
        powerLostIn: (work) => this.#powerLostIn(life, path, work),
        flushing: (isFlushing) => this.#flushing(path, isFlushing),
        written: () => {
          this.#writes += 1
          if (this.#ports.lies?.now() === true) this.#cache?.committed(this.folder)
        }
      })
      this.#databases.add(database)
      return database
    }
  }

  /** What a program with this life does to its other files. */
  steps(life: Life): FileSteps {
    const step = (work: () => void, inside?: () => void): void => {
      life.check()
      const fault = this.#ports.fileFault()
      if (fault === undefined) return work()
      if (this.#ports.random.below(2) === 0) inside?.()
      this.#isPowerLost = fault === 'power-lost'
      life.kill()
    }
    const part = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, this.#ports.random.below(bytes.length + 1))
    return {
      makeFolder: (path) => step(() => diskSteps.makeFolder(path)),
      writeDraft: (path, bytes, mode) =>
        step(
          () => {
            this.#unflushed.set(path, 0)
            diskSteps.writeDraft(path, bytes, mode)
          },
          () => diskSteps.writeDraft(path, part(bytes), mode)
        ),
      append: (path, bytes) => {
        let written = 0
        step(
          () => {
            if (!this.#unflushed.has(path)) this.#unflushed.set(path, lengthOf(path))
            written = diskSteps.append(path, bytes)
          },
          () => void diskSteps.append(path, part(bytes))
        )
        return written
      },
      truncate: (path, length) => step(() => diskSteps.truncate(path, length)),
      flush: (path) =>
        step(() => {
          this.#unflushed.delete(path)
          diskSteps.flush(path)
        }),
      rename: (from, to) =>
        step(() => {
          this.#renamed.push({ from, to, before: fileAt(to) })
          diskSteps.rename(from, to)
        }),
      flushFolder: (path) =>
        step(() => {
          this.#renamed = this.#renamed.filter(({ to }) => dirname(to) !== path)
          diskSteps.flushFolder(path)
        }),
      remove: (path) => step(() => diskSteps.remove(path))
    }
  }

  /** The program is no more. Answers how it ended. */
  end(): Ending {
    const dead = this.folder
    const ending = this.#isPowerLost ? 'power-lost' : 'killed'
    this.#generation += 1
    this.#booksOf = this.#isPowerLost ? this.#cache?.fallBack(this.folder) : undefined
    if (this.#booksOf === undefined) this.#leave(dead)
    this.#forget()
    return ending
  }

  #leave(dead: string): void {
    copyFolder(dead, this.folder)
    for (const [path, bytes] of this.#left) writeFileSync(this.#nowAt(dead, path), bytes)
    if (this.#isPowerLost) this.#loseUnflushed(dead)
  }

  /** Later, when the dead one's last call has returned: its connections are closed and its files go. */
  sweep(): void {
    this.close()
    for (let old = 0; old < this.#generation; old += 1) rmSync(join(this.#ports.folder, `g${old}`), { recursive: true, force: true })
  }

  /** Whatever is open still. */
  close(): void {
    for (const database of this.#databases) if (database.open) database.close()
    this.#databases.clear()
  }

  /** After an orderly end: what it has flushed no longer counts. */
  stopped(): void {
    this.#databases.clear()
    this.#forget()
  }

  /** The power goes now, between two calls of the program. */
  losePower(life: Life): void {
    this.#isPowerLost = true
    life.end()
  }

  /** The files of another folder take the place of these; nobody has them open. */
  replaceBy(folder: string): void {
    this.#generation += 1
    copyFolder(folder, this.folder)
    this.#forget()
    this.sweep()
  }

  #forget(): void {
    this.#writes += 1
    this.#isPowerLost = false
    this.#cache?.writtenOut()
    this.#left.clear()
    this.#unflushed.clear()
    this.#unflushedLogs.clear()
    this.#renamed = []
  }

  /** A commit or a checkpoint is under way. */
  #powerLostIn(life: Life, path: string, work: () => void): never {
    const log = `${path}-wal`
    const before = { database: fileAt(path), log: this.#unflushedLogs.get(log) ?? fileAt(log) }
    work()
    const { random } = this.#ports
    const after = { database: fileAt(path), log: fileAt(log) }
    if (before.database !== undefined && after.database !== undefined) this.#left.set(path, torn(before.database, after.database, random))
    if (before.log !== undefined && after.log !== undefined) this.#left.set(log, tornLog(before.log, after.log, random))
    this.#unflushedLogs.delete(log)
    this.#isPowerLost = true
    return life.kill()
  }

  #flushing(path: string, isFlushing: boolean): void {
    const log = `${path}-wal`
    if (isFlushing) this.#unflushedLogs.delete(log)
    else if (!this.#unflushedLogs.has(log)) this.#unflushedLogs.set(log, fileAt(log) ?? new Uint8Array(0))
  }

  #loseUnflushed(dead: string): void {
    const { random } = this.#ports
    for (const [path, before] of this.#unflushedLogs) {
      const after = fileAt(path)
      if (after !== undefined) writeFileSync(this.#nowAt(dead, path), tornLog(before, after, random))
    }
    for (const { from, to, before } of this.#renamed.toReversed()) {
      const [now, then] = [this.#nowAt(dead, to), this.#nowAt(dead, from)]
      if (!existsSync(now) || random.below(2) === 0) continue
      copyFolderOrFile(now, then)
      rmSync(now, { recursive: true, force: true })
      if (before !== undefined) writeFileSync(now, before)
    }
    for (const [path, flushed] of this.#unflushed) {
      const now = this.#nowAt(dead, path)
      if (existsSync(now)) truncateSync(now, random.between(Math.min(flushed, lengthOf(now)), lengthOf(now)))
    }
  }

  #nowAt(dead: string, path: string): string {
    return join(this.folder, relative(dead, path))
  }
}

const fileAt = (path: string): Uint8Array | undefined => {
  try {
    return new Uint8Array(readFileSync(path))
  } catch {
    return undefined
  }
}

const lengthOf = (path: string): number => fileAt(path)?.length ?? 0

function copyFolderOrFile(from: string, to: string): void {
  if (readdirSync(dirname(from), { withFileTypes: true }).some((entry) => entry.name === basename(from) && entry.isDirectory())) copyFolder(from, to)
  else copyFileSync(from, to)
}
