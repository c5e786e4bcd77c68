/** `manifest.sig`: which key signed the manifest's bytes, and how. */

import { z } from 'zod'
import { ok, refuse, type Result } from '../../base/result.ts'
import { checkDocument, describeProblem } from '../wire/input-problem.ts'
import { describeProblemZh } from '../wire/rule-zh.ts'
import { SIGNATURE_PATH } from './manifest.ts'
import { parseJsonMember } from './json-member.ts'
import { packProblem, type PackProblem } from './pack-problem.ts'
import { isSignedBy, type SigningKey, type TrustedKey } from './publisher-key.ts'

const signatureSchema = z.strictObject({
  algorithm: z.literal('ed25519', 'must be "ed25519"'),
  key: z.string().regex(/^[0-9a-f]{16}$/, 'must be the 16 digits that name a key'),
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/, 'must be the base64 of 64 bytes')
})

export const signatureFile = (key: SigningKey, manifest: Uint8Array): string =>
  `${JSON.stringify({ algorithm: 'ed25519', key: key.id, signature: Buffer.from(key.sign(manifest)).toString('base64') })}\n`

/** The trusted key that signed the manifest. */
export function checkSignature(manifest: Uint8Array, signature: Uint8Array, trusted: readonly TrustedKey[]): Result<TrustedKey, PackProblem> {
  const json = parseJsonMember(SIGNATURE_PATH, signature)
  if (!json.ok) return refuse(json.error[0] ?? packProblem('not-json', SIGNATURE_PATH, '', 'must be JSON'))
  const stated = checkDocument(signatureSchema, json.value)
  if (!stated.ok) return refuse(packProblem('bad-signature', SIGNATURE_PATH, '', stated.error.map(describeProblem).join('; '), stated.error.map(describeProblemZh).join('；')))
  const key = trusted.find(({ id }) => id === stated.value.key)
  if (key === undefined) {
    const known = trusted.map(({ id, publisher }) => `${id} (${publisher})`).join(', ')
    return refuse(packProblem('unknown-publisher', '', `key ${stated.value.key}`, known === '' ? 'no key is trusted yet' : `must be one of the trusted keys: ${known}`))
  }
  if (isSignedBy(key.publicKey, manifest, Buffer.from(stated.value.signature, 'base64'))) return ok(key)
  return refuse(packProblem('wrong-signature', SIGNATURE_PATH, `key ${key.id} (${key.publisher})`, 'must be the signature of this manifest'))
}
