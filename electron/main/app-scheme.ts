/**
 * The page has an origin of its own, caresettle://app. A page from file:// would share one with every file on the disk, and
 * could not be given headers.
 */

import { readFile } from 'node:fs/promises'
import { protocol, type ProtocolResponse, type Session } from 'electron'
import { builtFiles, type BuiltFile, type BuiltFiles } from '../page/built-files.ts'
import { freshNonce } from '../page/content-security-policy.ts'
import { withNonce } from '../page/nonce-page.ts'
import { pageHeaders } from '../page/page-headers.ts'
import { fileOf } from './security/app-file.ts'
import { APP_SCHEME } from './security/origin.ts'

/** Before the app is ready, or not at all. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }
  ])
}

const NOT_FOUND: ProtocolResponse = { statusCode: 404, mimeType: 'text/plain', data: Buffer.from('not found') }

/**
 * Buffers, and not `protocol.handle`: that one speaks in Request and Response, and loading those takes Node longer than all
 * files of the page together, at the very moment when the page is waited for.
 */
export function serveScheme(session: Session, folder: string): void {
  const files: BuiltFiles = builtFiles(folder)
  session.protocol.registerBufferProtocol(APP_SCHEME, (request, answer) => {
    const file = fileOf(files, request)
    if (file === undefined) answer(NOT_FOUND)
    else void respond(file).then(answer)
  })
}

async function respond({ file, contentType }: BuiltFile): Promise<ProtocolResponse> {
  const nonce = freshNonce()
  const [mimeType = contentType] = contentType.split(';')
  const isPage = mimeType === 'text/html'
  const data = isPage ? Buffer.from(withNonce(await readFile(file, 'utf8'), nonce)) : await readFile(file)
  return { statusCode: 200, mimeType, charset: 'utf-8', headers: { ...pageHeaders(nonce), 'cache-control': isPage ? 'no-store' : 'no-cache' }, data }
}
