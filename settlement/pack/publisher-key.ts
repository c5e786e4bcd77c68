/**
 * Who publishes packs: an Ed25519 key pair (RFC 8032). The private half signs, on the publisher's machine; a terminal has a
 * list of public halves that somebody decided to trust. A key is named by the first 16 digits of its SHA-256.
 */

import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { ok, refuse, type Result } from '../../base/result.ts'
import { textField } from '../wire/fields.ts'
import { checkDocument, type InputProblem } from '../wire/input-problem.ts'
import { sha256 } from './manifest.ts'

const KEY_ID_LENGTH = 16
const TRUSTED_KEYS_MAX = 100

export interface TrustedKey {
  readonly id: string
  /** What whoever trusts it calls its owner. */
  readonly publisher: string
  /** SPKI in DER, base64. */
  readonly publicKey: string
}

export const trustedKeysSchema = z.strictObject({
  $schema: z.string().optional(),
  note: textField(2000).optional(),
  keys: z
    .array(
      z.strictObject({
        publisher: textField(80).describe('Who that is, in the words of whoever trusts it.'),
        public_key: z.base64('must be base64').max(400, 'must have at most 400 characters').describe('Ed25519 public key: SPKI in DER, base64.')
      }),
      'must be a list of keys'
    )
    .max(TRUSTED_KEYS_MAX, `must have at most ${TRUSTED_KEYS_MAX} keys`)
})

/** The publishers that somebody trusts: `{ "keys": [{ "publisher", "public_key" }] }`. */
export function parseTrustedKeys(json: unknown): Result<readonly TrustedKey[], InputProblem[]> {
  const document = checkDocument(trustedKeysSchema, json)
  if (!document.ok) return document
  const problems: InputProblem[] = []
  const keys: TrustedKey[] = []
  for (const [index, { publisher, public_key }] of document.value.keys.entries()) {
    if (publicKeyOf(public_key) === undefined) problems.push({ path: `keys[${index}].public_key`, value: public_key, rule: 'must be an Ed25519 public key: SPKI in DER, base64' })
    else keys.push({ id: keyId(public_key), publisher, publicKey: public_key })
  }
  return problems.length > 0 ? refuse(problems) : ok(keys)
}

export const keyId = (publicKey: string): string => sha256(Buffer.from(publicKey, 'base64')).slice(0, KEY_ID_LENGTH)

/** RFC 8410: the SPKI of an Ed25519 key is these 12 bytes and the 32 of the key. */
const SPKI_PREFIX = '302a300506032b6570032100'
const SPKI_BYTES = 44

/** undefined: not an Ed25519 key. */
function publicKeyOf(publicKey: string): KeyObject | undefined {
  const der = Buffer.from(publicKey, 'base64')
  if (der.length !== SPKI_BYTES || !der.toString('hex').startsWith(SPKI_PREFIX)) return undefined
  return createPublicKey({ key: der, type: 'spki', format: 'der' })
}

export function isSignedBy(publicKey: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  const key = publicKeyOf(publicKey)
  return key !== undefined && verify(null, bytes, key, signature)
}

export class SigningKey {
  readonly #key: KeyObject

  constructor(key: KeyObject) {
    this.#key = key
  }

  get publicKey(): string {
    return createPublicKey(this.#key).export({ type: 'spki', format: 'der' }).toString('base64')
  }

  get id(): string {
    return keyId(this.publicKey)
  }

  sign(bytes: Uint8Array): Uint8Array {
    return sign(null, bytes, this.#key)
  }

  /** A key is not for a log. */
  toJSON(): string {
    return 'signing key'
  }
}

/** PKCS #8 in PEM. What is wrong with it is never said in its own words: it is a secret. */
export function parseSigningKey(pem: string): Result<SigningKey, string> {
  try {
    const key = createPrivateKey(pem)
    return key.asymmetricKeyType === 'ed25519' ? ok(new SigningKey(key)) : refuse('must be an Ed25519 key')
  } catch (cause) {
    if (cause instanceof Error) return refuse('must be a private key in PEM (PKCS #8)')
    throw cause
  }
}
