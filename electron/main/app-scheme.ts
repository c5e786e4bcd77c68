/**
 * The page has an origin of its own, caresettle://app. A page from file:// would share one with every file on the disk, and
 * could not be given headers.
 */

import { readFile } from 'node:fs/promises'
import { protocol, type Session } from 'electron'
import { builtFiles, type BuiltFiles } from '../page/built-files.ts'
import { freshNonce } from '../page/content-security-policy.ts'
import { withNonce } from '../page/nonce-page.ts'
import { pageHeaders } from '../page/page-headers.ts'
import { fileOf } from './security/app-file.ts'
import { APP_SCHEME, APP_URL } from './security/origin.ts'

/** Before the app is ready, or not at all. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }
  ])
}

/**
 * Call the result while the window waits for its first process: what the first answer needs of Node is loaded then, and not
 * when the page asks.
 */
export function serveScheme(session: Session, folder: string): () => void {
  const files = builtFiles(folder)
  session.protocol.handle(APP_SCHEME, (request) => answer(files, request))
  return () => void answer(files, new Request(APP_URL))
}

const NOT_FOUND = { status: 404, headers: { 'content-type': 'text/plain' } } as const

async function answer(files: BuiltFiles, request: Request): Promise<Response> {
  const found = fileOf(files, request)
  if (found === undefined) return new Response('not found', NOT_FOUND)
  const nonce = freshNonce()
  const headers = { ...pageHeaders(nonce), 'content-type': found.contentType }
  if (!found.contentType.startsWith('text/html')) return new Response(await readFile(found.file), { headers })
  return new Response(withNonce(await readFile(found.file, 'utf8'), nonce), { headers: { ...headers, 'cache-control': 'no-store' } })
}
