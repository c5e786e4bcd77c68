/**
 * Whether a request comes from the page that this door itself served. A foreign page in the same browser can send requests
 * here, and a foreign name can be made to point here: Host, Origin and the browser's own word on it must all agree.
 */

import type { IncomingHttpHeaders } from 'node:http'
import { refused, type Refused } from './refusal-body.ts'

export interface Asked {
  readonly method: string
  readonly headers: IncomingHttpHeaders
}

/** undefined: it may pass. `hosts`: the names under which this door is served. */
export function foreignness(hosts: readonly string[], { method, headers }: Asked): Refused | undefined {
  const { host, origin, 'sec-fetch-site': site } = headers
  if (host === undefined || !hosts.includes(host)) {
    return refused(403, { kind: 'foreign-host', zh: '请求的主机名不是本机门户', en: `Host: must be ${hosts.join(' or ')}` })
  }
  const own = `http://${host}`
  if (origin !== undefined && origin !== own) {
    return refused(403, { kind: 'foreign-origin', zh: '请求来自其他网页', en: `Origin: must be ${own}` })
  }
  if (origin === undefined && method !== 'GET') {
    return refused(403, { kind: 'no-origin', zh: '请求未注明来源', en: `Origin: must be given, and be ${own}` })
  }
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return refused(403, { kind: 'foreign-site', zh: '请求来自其他网站', en: 'Sec-Fetch-Site: must be same-origin or none' })
  }
  return undefined
}
