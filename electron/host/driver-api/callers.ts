/**
 * Which programs on this machine may call: each was paired once, with a code that stood in the window, and has a token since. The
 * file holds digests; a token is told once.
 */

import { createHash, timingSafeEqual } from 'node:crypto'
import { existsSync } from 'node:fs'
import { z } from 'zod'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Entropy } from '../../../card/ports.ts'
import { checkDocument } from '../../../settlement/wire/input-problem.ts'
import { readDocument } from '../files/document.ts'
import type { FileProblem } from '../files/file-problem.ts'
import { writeWhole } from '../files/file-steps.ts'
import type { Machine } from '../machine.ts'

export interface Caller {
  readonly id: string
  /** As it calls itself. */
  readonly name: string
  /** Of the page it was paired from; null: a program that is no page. */
  readonly origin: string | null
  readonly pairedOn: string
}

/** What stands in `driver-api.json` of the data folder. */
export interface DriverSettings {
  readonly on: boolean
  readonly port: number
}

const TOKEN_BYTES = 32
const ID_BYTES = 6
const CODE_DIGITS = 6
/** ms. Long enough to walk to the other screen and type. */
export const CODE_VALID_MS = 180_000
export const CODE_TRIES = 5
export const CALLERS_MAX = 16
export const DEFAULT_PORT = 8731
const OWNER_ONLY = 0o600

const fileSchema = z.strictObject({
  on: z.boolean(),
  port: z.int().min(1024).max(65_535),
  callers: z
    .array(z.strictObject({ id: z.string(), name: z.string().max(60), origin: z.string().nullable(), pairedOn: z.string(), digest: z.string().regex(/^[\da-f]{64}$/) }))
    .max(CALLERS_MAX)
})
type File = z.output<typeof fileSchema>

export interface PairingCode {
  readonly code: string
  /** ms of the clock that was handed in. */
  readonly until: number
}

/** `now` in ms. */
export type CallersPorts = Pick<Machine, 'now' | 'entropy' | 'files'>

export type PairingRefusal = 'no-pairing-open' | 'wrong-code' | 'too-many-callers'

export class Callers {
  readonly #path: string
  readonly #ports: CallersPorts
  #file: File
  #pairing: (PairingCode & { triesLeft: number }) | undefined

  private constructor(path: string, ports: CallersPorts, file: File) {
    this.#path = path
    this.#ports = ports
    this.#file = file
  }

  static open(path: string, ports: CallersPorts): Result<Callers, FileProblem> {
    if (!existsSync(path)) return ok(new Callers(path, ports, { on: false, port: DEFAULT_PORT, callers: [] }))
    const file = readDocument(path, 'driver-api', (json) => checkDocument(fileSchema, json))
    return file.ok ? ok(new Callers(path, ports, file.value)) : file
  }

  get settings(): DriverSettings {
    const { on, port } = this.#file
    return { on, port }
  }

  get all(): readonly Caller[] {
    return this.#file.callers.map(({ id, name, origin, pairedOn }) => ({ id, name, origin, pairedOn }))
  }

  /** undefined: no pairing is open. */
  get pairing(): PairingCode | undefined {
    if (this.#pairing !== undefined && this.#pairing.until <= this.#ports.now()) this.#pairing = undefined
    return this.#pairing && { code: this.#pairing.code, until: this.#pairing.until }
  }

  /** Who calls with this token from this place; undefined: nobody that was paired. A token works from where it was given only. */
  callerOf(token: string, origin: string | undefined): Caller | undefined {
    const digest = digestOf(token)
    return this.#file.callers.find((caller) => caller.origin === (origin ?? null) && timingSafeEqual(Buffer.from(caller.digest, 'hex'), digest))
  }

  isPairedOrigin(origin: string): boolean {
    return this.#file.callers.some((caller) => caller.origin === origin)
  }

  set(settings: DriverSettings): void {
    this.#save({ ...this.#file, ...settings })
  }

  /** A code for one caller; an earlier one is worth nothing any more. */
  beginPairing(): PairingCode {
    const code = digitsOf(this.#ports.entropy, CODE_DIGITS)
    const until = this.#ports.now() + CODE_VALID_MS
    this.#pairing = { code, until, triesLeft: CODE_TRIES }
    return { code, until }
  }

  endPairing(): void {
    this.#pairing = undefined
  }

  /** The token of a new caller. A code is used up by success, and by too many tries. */
  pair(code: string, name: string, origin: string | undefined, pairedOn: string): Result<string, PairingRefusal> {
    const open = this.pairing
    if (open === undefined || this.#pairing === undefined) return refuse('no-pairing-open')
    if (!timingSafeEqual(digestOf(code), digestOf(open.code))) {
      this.#pairing.triesLeft -= 1
      if (this.#pairing.triesLeft === 0) this.#pairing = undefined
      return refuse('wrong-code')
    }
    if (this.#file.callers.length >= CALLERS_MAX) return refuse('too-many-callers')
    this.#pairing = undefined
    const { entropy } = this.#ports
    const token = Buffer.from(entropy.bytes(TOKEN_BYTES)).toString('base64url')
    const caller = { id: Buffer.from(entropy.bytes(ID_BYTES)).toString('hex'), name, origin: origin ?? null, pairedOn, digest: digestOf(token).toString('hex') }
    this.#save({ ...this.#file, callers: [...this.#file.callers, caller] })
    return ok(token)
  }

  forget(id: string): void {
    this.#save({ ...this.#file, callers: this.#file.callers.filter((caller) => caller.id !== id) })
  }

  #save(file: File): void {
    writeWhole(this.#ports.files, this.#path, `${JSON.stringify(file, undefined, 2)}\n`, OWNER_ONLY)
    this.#file = file
  }
}

/** Every number of so many digits as likely as any other: a byte from 250 on would favour the low ones. */
function digitsOf(entropy: Entropy, count: number): string {
  let digits = ''
  while (digits.length < count) digits += [...entropy.bytes(count)].filter((byte) => byte < 250).map((byte) => String(byte % 10)).join('')
  return digits.slice(0, count)
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()
