/**
 * The signature of a close, with the public key that its report names. The chain covers both already; whoever makes a whole
 * new chain over a changed report has no such key, or has to name another one, which the centre then does not know.
 */

import { createPublicKey, verify, type KeyObject } from 'node:crypto'

const REPORT = 'caresettle-close'

/** In words what does not hold. Bytes that are no report of ours are nobody's promise and are not judged. */
export function brokenSignature(report: Uint8Array, signature: string): string | undefined {
  const json = jsonOf(report)
  if (fieldOf(json, 'report') !== REPORT) return undefined
  const key = keyOf(fieldOf(fieldOf(json, 'signer'), 'public_key'))
  if (key === undefined) return 'is a close that names no key'
  const isSigned = /^[0-9a-f]{128}$/.test(signature) && verify(null, report, key, Buffer.from(signature, 'hex'))
  return isSigned ? undefined : 'is a close whose report is not what was signed'
}

function keyOf(publicKey: unknown): KeyObject | undefined {
  if (typeof publicKey !== 'string') return undefined
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' ? key : undefined
  } catch {
    return undefined
  }
}

function fieldOf(value: unknown, field: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const fields: Readonly<Record<string, unknown>> = { ...value }
  return fields[field]
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
}
