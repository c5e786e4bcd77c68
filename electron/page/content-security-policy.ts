/**
 * What the page may load and run: only what was built with it. Styles made at run time carry a nonce that is fresh for
 * every load, so that injected markup brings no style with it either.
 */

import { randomBytes } from 'node:crypto'

const NONCE_BYTES = 18

export const freshNonce = (): string => randomBytes(NONCE_BYTES).toString('base64')

export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'"
  ].join('; ')
