/**
 * One HTTP request to the centre, kept within bounds of time and size. node:http and not fetch: it tells when the whole
 * request has left, takes the certificate of a centre that is nobody's in the system's list, and says at which step it broke.
 * Loaded with the first question: node:http alone takes a till that has no centre 40 ms of its start.
 */

import type { IncomingMessage } from 'node:http'
import { ok, refuse, type Result } from '../../../base/result.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array | undefined
  /** PEM of who signs the centre's certificate. */
  readonly certificate?: string | undefined
  /** The whole request has left. */
  readonly sent?: (() => void) | undefined
  /** Breaks it off. */
  readonly signal?: AbortSignal | undefined
}

export interface HttpAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Uint8Array
}

/** `reached`: a machine is there, and what it does is nothing that a centre does. */
export interface HttpFailure {
  readonly reached: boolean
  readonly cause: string
}

export type AskHttp = (asked: HttpRequest) => Promise<Result<HttpAnswer, HttpFailure>>

/** Without a byte for so long, and all in all. */
const SILENCE_MS = 20_000
const WHOLE_MS = 120_000
/** A catalogue is the largest answer. */
const ANSWER_BYTES_MAX = 64 * 1024 * 1024

export const askOverHttp: AskHttp = async (asked) => {
  const { request: start } = await (asked.url.protocol === 'https:' ? import('node:https') : import('node:http'))
  return new Promise((resolve) => {
    const fail = (reached: boolean, cause: string): void => {
      clearTimeout(whole)
      resolve(refuse({ reached, cause }))
      request.destroy()
    }
    const { url, method, headers, body, certificate, sent, signal } = asked
    const length = { 'content-length': String(body?.length ?? 0) }
    // A connection of its own for each: one that was kept may be dead, and the batch on it lost for nothing.
    const request = start(url, {
      method,
      agent: false,
      timeout: SILENCE_MS,
      headers: { ...headers, ...(method === 'POST' ? length : {}) },
      ...(signal === undefined ? {} : { signal }),
      ...(certificate === undefined ? {} : { ca: certificate })
    })
    const whole = setTimeout(() => fail(false, 'timeout'), WHOLE_MS)
    request.on('finish', () => sent?.())
    request.on('timeout', () => fail(false, 'timeout'))
    request.on('error', (cause) => fail(isOfTheOther(cause), codeOf(cause)))
    request.on('response', (response) => {
      readBody(response, (read) => {
        if (!read.ok) return fail(read.error.reached, read.error.cause)
        clearTimeout(whole)
        resolve(ok({ status: response.statusCode ?? 0, headers: response.headers, body: read.value }))
      })
    })
    request.end(body)
  })
}

function readBody(response: IncomingMessage, done: (read: Result<Uint8Array, HttpFailure>) => void): void {
  const parts: Uint8Array[] = []
  let bytes = 0
  response.on('data', (part: Uint8Array) => {
    bytes += part.length
    if (bytes <= ANSWER_BYTES_MAX) parts.push(part)
    else done(refuse({ reached: true, cause: `an answer of more than ${ANSWER_BYTES_MAX} bytes` }))
  })
  response.on('end', () => done(response.complete ? ok(new Uint8Array(Buffer.concat(parts))) : refuse({ reached: false, cause: 'broken-off' })))
  response.on('error', (cause) => done(refuse({ reached: false, cause: codeOf(cause) })))
}

/** The machine is there, and what answers is no centre: nothing listens, it speaks no HTTP, or its certificate is another's. */
const isOfTheOther = (cause: Error): boolean => /^(ECONNREFUSED|HPE_|EPROTO|ERR_TLS|ERR_SSL|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|CERT_)/.test(codeOf(cause))

const codeOf = (cause: Error): string => ('code' in cause && typeof cause.code === 'string' ? cause.code : cause.message)
