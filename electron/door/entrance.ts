/**
 * Who may come in: whoever has the one-time token, and from then on the browser that holds the cookie it was changed for.
 * One session at a time; a new one ends the old. Browsers send a cookie to every port of an address, and two tills of one machine would
 * put each other out: so the port is in its name.
 */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const SECRET_BYTES = 32
const cookieOf = (port: number): string => `caresettle-session-${port}`

export class Entrance {
  #token: Uint8Array | undefined
  #session: Uint8Array | undefined

  /** 256 bits that open the door once. An earlier token that nobody used opens it no more. */
  newToken(): string {
    const token = secret()
    this.#token = digest(token)
    return token
  }

  /** The cookie of the session, or undefined: a wrong token, or one that was used. */
  open(token: string, port: number): string | undefined {
    if (!isSame(this.#token, token)) return undefined
    this.#token = undefined
    const session = secret()
    this.#session = digest(session)
    return `${cookieOf(port)}=${session}; Path=/; HttpOnly; SameSite=Strict`
  }

  isOpenFor(cookies: string | undefined, port: number): boolean {
    const own = cookieOf(port)
    return (cookies ?? '').split(';').some((cookie) => {
      const [name = '', value = ''] = cookie.trim().split('=')
      return name === own && isSame(this.#session, value)
    })
  }
}

const secret = (): string => randomBytes(SECRET_BYTES).toString('base64url')

const digest = (text: string): Uint8Array => createHash('sha256').update(text).digest()

/** Digests have one length and are compared whole: the time taken tells nothing of the secret. */
const isSame = (expected: Uint8Array | undefined, given: string): boolean =>
  expected !== undefined && timingSafeEqual(expected, digest(given))
