/**
 * What makes this terminal itself to its centre: an Ed25519 key that is made here at enrolment, never leaves the machine, and
 * nobody but the till's own user may read. The centre has its public half.
 */

import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { Entropy } from '../../../card/ports.ts'
import { diskSteps, writeWhole, type FileSteps } from '../files/file-steps.ts'
import { systemEntropy } from '../system.ts'

const KEY_BYTES_MAX = 4_096

export type KeyRefusal = { readonly kind: 'terminal-key'; readonly path: string; readonly problem: string }

export class TerminalKey {
  readonly #key: KeyObject

  constructor(key: KeyObject) {
    this.#key = key
  }

  /** Base64 of the SPKI in DER: what a centre is told at enrolment. */
  get publicKey(): string {
    return createPublicKey(this.#key).export({ type: 'spki', format: 'der' }).toString('base64')
  }

  /** Base64 of the signature over the text's UTF-8. */
  sign(text: string): string {
    return sign(null, new TextEncoder().encode(text), this.#key).toString('base64')
  }

  /** Whether this key has made that signature. */
  hasSigned(text: string, signature: string): boolean {
    return verify(null, new TextEncoder().encode(text), createPublicKey(this.#key), Buffer.from(signature, 'base64'))
  }

  /** A key is not for a log. */
  toJSON(): string {
    return 'terminal key'
  }
}

/** The key of an enrolled till. */
export function readTerminalKey(path: string): Result<TerminalKey, KeyRefusal> {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined) return refuse({ kind: 'terminal-key', path, problem: 'it is not there: the terminal has to be enrolled anew' })
  if (!found.isFile() || found.size > KEY_BYTES_MAX) return refuse({ kind: 'terminal-key', path, problem: 'it is no key' })
  try {
    const key = createPrivateKey(readFileSync(path))
    if (key.asymmetricKeyType !== 'ed25519') return refuse({ kind: 'terminal-key', path, problem: 'it is a key of another kind than Ed25519' })
    return ok(new TerminalKey(key))
  } catch (cause) {
    // What the file holds is nobody's business, so neither is what the parser says of it.
    if (cause instanceof Error && 'code' in cause) return refuse({ kind: 'terminal-key', path, problem: `it cannot be read (${String(cause.code)})` })
    throw cause
  }
}

/** Where a key comes from and goes to; default: this computer. */
export interface KeyMaking {
  readonly entropy?: Entropy
  readonly files?: FileSteps
}

const OWNER_ONLY = 0o600

/** A key whose enrolment was broken off is used again, so that a lost answer can be asked for once more. */
export function makeTerminalKey(path: string, { entropy = systemEntropy, files = diskSteps }: KeyMaking = {}): Result<TerminalKey, KeyRefusal> {
  if (!existsSync(path)) {
    const key = keyOfSeed(entropy.bytes(SEED_BYTES))
    writeWhole(files, path, key.export({ type: 'pkcs8', format: 'pem' }).toString(), OWNER_ONLY)
  }
  return readTerminalKey(path)
}

const SEED_BYTES = 32
/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410, section 7). */
const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

function keyOfSeed(seed: Uint8Array): KeyObject {
  const der = Buffer.concat([PKCS8_ED25519, seed])
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  der.fill(0)
  seed.fill(0)
  return key
}

/** Of a key that no centre.json names: nothing was ever signed with it but its own enrolment. */
export const forgetTerminalKey = (path: string, files: FileSteps = diskSteps): void => files.remove(path)

/** By one that the centre knows: from then on it is this till's. */
export function replaceTerminalKey(from: string, path: string, files: FileSteps = diskSteps): void {
  files.rename(from, path)
  files.flushFolder(dirname(path))
}
