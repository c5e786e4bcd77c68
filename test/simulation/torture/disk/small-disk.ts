/**
 * A disk that is really full, or really read-only: a file system of a few megabytes in memory, mounted for the purpose. Neither a
 * limit on the size of files (it ends the process by a signal instead of refusing the write) nor SQLite's max_page_count (it bounds
 * the database and neither its log nor the files beside it) is what a till meets, and file modes stop nobody who is root.
 */

import { spawnSync } from 'node:child_process'
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export class SmallDisk {
  readonly folder: string
  readonly #ballast: string

  private constructor(folder: string) {
    this.folder = folder
    this.#ballast = join(folder, 'ballast')
  }

  /** undefined: this machine does not let us mount. */
  static mount(folder: string, megabytes: number): SmallDisk | undefined {
    mkdirSync(folder, { recursive: true })
    return run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder) ? new SmallDisk(folder) : undefined
  }

  /** Leaves so many bytes, rounded to the file system's blocks; a till may be taking some at this moment. */
  fill(left: number): void {
    this.free()
    const block = Buffer.alloc(statfsSync(this.folder).bsize)
    const ballast = openSync(this.#ballast, 'w')
    let bytes = 0
    try {
      for (;;) bytes += writeSync(ballast, block)
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')) throw cause
      ftruncateSync(ballast, Math.max(0, bytes - left))
    } finally {
      closeSync(ballast)
    }
  }

  free(): void {
    rmSync(this.#ballast, { force: true })
  }

  /** Files that are open for writing stay so until they are closed, so nobody may have one open. */
  readOnly(): void {
    if (!run('mount', '-o', 'remount,ro', this.folder)) throw new Error(`${this.folder} cannot be made read-only`)
  }

  writable(): void {
    run('mount', '-o', 'remount,rw', this.folder)
  }

  unmount(): void {
    run('umount', this.folder)
  }
}

const run = (command: string, ...args: readonly string[]): boolean => spawnSync(command, args, { stdio: 'ignore' }).status === 0
