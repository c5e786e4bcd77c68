/**
 * Who asks: the terminal's own signature on every request. The header says which terminal and when; the signature covers
 * method, path with query, terminal, time and the SHA-256 of the uncompressed body (`signingText`).
 *
 *   authorization: CareSettle terminal="H99999900001-01", time="20261126101500", signature="<base64, Ed25519>"
 *
 * A signature is good for as long as clocks may differ, so a request may come twice within that time: what it asks for has a
 * number of its own and is done once.
 */

import { createPublicKey, verify } from 'node:crypto'
import { signingText } from '../../batch/batch.ts'
import { CLOCK_TOLERANCE_MS, milliseconds } from '../../calendar/clock-tolerance.ts'

export interface SignedHeader {
  readonly terminal: string
  /** 14 digits. */
  readonly time: string
  /** Base64 of 64 bytes. */
  readonly signature: string
}

const HEADER = /^CareSettle terminal="([A-Z0-9]{12}-\d{2})", ?time="(\d{14})", ?signature="([A-Za-z0-9+/]{86}==)"$/

export function parseSignedHeader(header: string | undefined): SignedHeader | undefined {
  const match = HEADER.exec(header ?? '')
  if (match === null) return undefined
  const [, terminal = '', time = '', signature = ''] = match
  return { terminal, time, signature }
}

export interface SignedRequest extends SignedHeader {
  readonly method: string
  /** As it was sent, query included. */
  readonly path: string
  /** SHA-256 of the uncompressed body in hex. */
  readonly digest: string
}

/** `publicKey`: SPKI in base64, as it was checked at enrolment. */
export function isSignedBy(publicKey: string, { method, path, terminal, time, digest, signature }: SignedRequest): boolean {
  const text = signingText({ method, path, terminal, time, digest })
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'))
}

/** Both 14 digits. A time that is none, the thirteenth month, is nowhere near. */
export function isNear(time: string, centreTime: string): boolean {
  const [then, now] = [milliseconds(time), milliseconds(centreTime)]
  return then !== undefined && now !== undefined && Math.abs(then - now) <= CLOCK_TOLERANCE_MS
}
