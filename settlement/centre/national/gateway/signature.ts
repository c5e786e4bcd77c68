/**
 * The gateway in front of the interface (H T5, T6): who calls is told by headers, signed with the institution's secret.
 *
 *   _api_signature = base64(HmacSHA1(secret, "k=v" pairs of the headers below, ascending by name, joined by "&"))
 *   pairs          _api_access_key, _api_name, _api_timestamp, _api_version   (which ones are signed is inferred)
 */

import { createHmac, timingSafeEqual } from 'node:crypto'

export const SIGNED_HEADERS = ['_api_access_key', '_api_name', '_api_timestamp', '_api_version'] as const
export type SignedHeaders = Readonly<Record<(typeof SIGNED_HEADERS)[number], string>>

export const signedText = (headers: SignedHeaders): string =>
  SIGNED_HEADERS.toSorted()
    .map((name) => `${name}=${headers[name]}`)
    .join('&')

export const gatewaySignature = (secret: string, headers: SignedHeaders): string =>
  createHmac('sha1', secret).update(signedText(headers), 'utf8').digest('base64')

export function isSignedWith(secret: string, headers: SignedHeaders, signature: string): boolean {
  const [expected, given] = [Buffer.from(gatewaySignature(secret, headers)), Buffer.from(signature)]
  return expected.length === given.length && timingSafeEqual(expected, given)
}
