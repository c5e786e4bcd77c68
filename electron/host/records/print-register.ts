/**
 * How often a settlement was printed: the second print says that it is a copy. One line of JSON a print, on the disk before
 * the print is answered. A file a month of settlements, so that a till of ten years reads a month and not ten years:
 *
 *   prints.jsonl -> prints-202603.jsonl    {"settlement":"H999...","time":"20260315093501","format":"a5"}
 *
 * It counts paper, not money: whatever is wrong with it, nothing but the word "copy" depends on it. A torn last line is a
 * print that was never answered, and goes. A line that says nothing may have been any print until the next line was written,
 * so every settlement made before that counts as printed; `problems` says which file is damaged.
 */

import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { diskSteps, type FileSteps } from '../files/file-steps.ts'

export interface Print {
  readonly settlementId: string
  readonly format: 'a5' | '80mm'
  /** 14 digits YYYYMMDDhhmmss. */
  readonly time: string
}

const FILE_BYTES_MAX = 64 * 1024 * 1024
const LINE = /^\{"settlement":"(?<settlement>[\w.-]{1,64})","time":"(?<time>\d{14})","format":"(?:a5|80mm)"\}$/

/** Institution 12, time 14, serial 4. */
const MADE_NUMBER = /^\w{12}(?<time>(?<month>\d{6})\d{8})\d{4}$/

/** No good line follows the damage. */
const ALWAYS = '99999999999999'

interface Month {
  readonly path: string
  readonly counts: Map<string, number>
  /** Settlements made up to this time may have a print among the damaged lines. */
  doubtUntil: string | undefined
  /** Bytes up to the end of the last whole line. */
  wholeBytes: number
}

export class PrintRegister {
  readonly #path: string
  readonly #files: FileSteps
  readonly #problems = new Map<string, string>()
  /** The month read last. */
  #month: Month | undefined

  private constructor(path: string, files: FileSteps) {
    this.#path = path
    this.#files = files
  }

  /** `path` ends in ".jsonl"; its folder must exist. Nothing is read or made yet. */
  static open(path: string, files: FileSteps = diskSteps): PrintRegister {
    return new PrintRegister(path, files)
  }

  /** What is wrong, a line a file, for support staff. */
  get problems(): readonly string[] {
    return [...this.#problems.values()]
  }

  /** Prints so far. */
  count(settlementId: string): number {
    const month = this.#monthOf(settlementId)
    const counted = month.counts.get(settlementId) ?? 0
    return counted === 0 && isDoubtful(month, settlementId) ? 1 : counted
  }

  /** Notes a print and gives how many there were before it: 0 is the original. What cannot be noted is a copy. */
  record({ settlementId, format, time }: Print): number {
    const before = this.count(settlementId)
    const month = this.#monthOf(settlementId)
    month.counts.set(settlementId, before + 1)
    const noted = this.#append(month, `${JSON.stringify({ settlement: settlementId, time, format })}\n`)
    if (noted && month.doubtUntil === ALWAYS) month.doubtUntil = time
    return noted ? before : Math.max(before, 1)
  }

  #append(month: Month, line: string): boolean {
    try {
      const size = statSync(month.path, { throwIfNoEntry: false })?.size
      if (size !== undefined && size > month.wholeBytes) this.#files.truncate(month.path, month.wholeBytes)
      month.wholeBytes += this.#files.append(month.path, new TextEncoder().encode(line))
      this.#files.flush(month.path)
      if (size === undefined) this.#files.flushFolder(dirname(month.path))
      return true
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause)) throw cause
      this.#problems.set(month.path, `${month.path}: a print could not be noted: ${messageOf(cause)}`)
      return false
    }
  }

  #monthOf(settlementId: string): Month {
    const path = this.#path.replace(/\.jsonl$/, `-${MADE_NUMBER.exec(settlementId)?.groups?.['month'] ?? 'other'}.jsonl`)
    if (this.#month?.path === path) return this.#month
    const month = this.#read(path)
    this.#month = month
    return month
  }

  #read(path: string): Month {
    try {
      const size = statSync(path, { throwIfNoEntry: false })?.size
      if (size === undefined) return { path, counts: new Map(), doubtUntil: undefined, wholeBytes: 0 }
      if (size > FILE_BYTES_MAX) throw new RangeError(`${size} bytes are more than the ${FILE_BYTES_MAX} that are read`)
      const month = parse(path, readFileSync(path))
      if (month.doubtUntil !== undefined) this.#problems.set(path, `${path}: damaged lines; settlements made before them count as printed`)
      return month
    } catch (cause) {
      this.#problems.set(path, `${path}: cannot be read, every statement counts as a copy: ${messageOf(cause)}`)
      return { path, counts: new Map(), doubtUntil: ALWAYS, wholeBytes: statSync(path, { throwIfNoEntry: false })?.size ?? 0 }
    }
  }
}

function parse(path: string, bytes: Buffer): Month {
  const counts = new Map<string, number>()
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1
  let doubtUntil: Month['doubtUntil']
  for (const line of bytes.toString('utf8', 0, wholeBytes).split('\n').slice(0, -1)) {
    const { settlement, time } = LINE.exec(line)?.groups ?? {}
    if (settlement === undefined || time === undefined) {
      doubtUntil = ALWAYS
      continue
    }
    if (doubtUntil === ALWAYS) doubtUntil = time
    counts.set(settlement, (counts.get(settlement) ?? 0) + 1)
  }
  return { path, counts, doubtUntil, wholeBytes }
}

function isDoubtful({ doubtUntil }: Month, settlementId: string): boolean {
  if (doubtUntil === undefined) return false
  const madeAt = MADE_NUMBER.exec(settlementId)?.groups?.['time']
  return madeAt === undefined || madeAt <= doubtUntil
}

/** Windows keeps a new name by itself and refuses to be asked. */
const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
