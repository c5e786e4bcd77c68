/** The one origin that this program trusts, compared part by part: a string that begins like it is another address. */

export const APP_SCHEME = 'caresettle'
export const APP_HOST = 'app'
export const APP_URL = `${APP_SCHEME}://${APP_HOST}/`

/** `trusted`: the app's own origin, or in development the server of the page. */
export function isOf(trusted: string, address: string): boolean {
  const own = parse(trusted)
  const other = parse(address)
  if (own === undefined || other === undefined) return false
  return other.protocol === own.protocol && other.host === own.host && other.host !== '' && other.username === '' && other.password === ''
}

function parse(address: string): URL | undefined {
  try {
    return new URL(address)
  } catch {
    return undefined
  }
}
