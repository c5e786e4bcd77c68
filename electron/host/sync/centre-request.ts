/**
 * A question to the centre and what came of it, sorted by who can mend it: nobody reached, somebody reached who is no centre
 * or a broken one, or a centre that understood and says no.
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import { utf8 } from '../../../base/utf8.ts'
import type { LinkFailure } from '../../../settlement/sync/link.ts'
import type { AskHttp, HttpAnswer, HttpRequest } from './http-request.ts'

export interface CentreAnswer {
  /** 200 or 304. */
  readonly status: number
  readonly headers: HttpAnswer['headers']
  /** UTF-8; empty at 304. */
  readonly text: string
}

const SECOND_MS = 1_000
const RETRY_AFTER_DEFAULT_S = 5
const SAID_LENGTH_MAX = 200

export async function askCentre(ask: AskHttp, asked: HttpRequest): Promise<Result<CentreAnswer, LinkFailure>> {
  const answered = await ask(asked)
  if (!answered.ok) {
    const { reached, cause } = answered.error
    return refuse(reached ? { kind: 'centre-down', status: undefined, cause } : { kind: 'network-down', cause })
  }
  const { status, headers, body } = answered.value
  if (status === 200 || status === 304) {
    const text = utf8(body)
    return text === undefined ? noCentre(status, 'the answer is not UTF-8 text') : ok({ status, headers, text })
  }
  if (status === 429) return refuse({ kind: 'too-many', retryAfterMs: retryAfterMs(headers) })
  return refuse(refusalOf(status, utf8(body)))
}

/** The document of an answer, read by whoever knows its shape. */
export function documentOf<Value>(answer: CentreAnswer, read: (json: unknown) => Result<Value, string>): Result<Value, LinkFailure> {
  const json = parsed(answer.text)
  const document = json.ok ? read(json.value) : json
  return document.ok ? document : noCentre(answer.status, document.error)
}

const noCentre = (status: number, cause: string): { readonly ok: false; readonly error: LinkFailure } =>
  refuse({ kind: 'centre-down', status, cause })

/** A centre says no with 4xx and a kind; whatever else answers is none, or is broken. */
function refusalOf(status: number, text: string | undefined): LinkFailure {
  const json = text === undefined ? undefined : parsed(text)
  const error = json?.ok === true ? errorOf(json.value) : undefined
  if (status < 400 || status > 499 || error === undefined) return { kind: 'centre-down', status, cause: `answered with status ${status}` }
  const { kind, message, centreTime } = error
  if (kind === 'clock-skew' && centreTime !== undefined) return { kind: 'clock-skew', centreTime }
  return { kind: 'refused', reason: kind, message }
}

interface SaidError {
  readonly kind: string
  readonly message: string
  readonly centreTime: string | undefined
}

function errorOf(json: unknown): SaidError | undefined {
  const error = typeof json === 'object' && json !== null && 'error' in json ? json.error : undefined
  if (typeof error !== 'object' || error === null) return undefined
  const { kind, message, centreTime }: { kind?: unknown; message?: unknown; centreTime?: unknown } = error
  if (typeof kind !== 'string') return undefined
  const time = typeof centreTime === 'string' && /^\d{14}$/.test(centreTime) ? centreTime : undefined
  return { kind: sayable(kind), message: typeof message === 'string' ? sayable(message) : '', centreTime: time }
}

/** Who answers may be no centre, and what it says comes to a screen, a console that obeys control characters, and a close. */
const sayable = (text: string): string => text.slice(0, SAID_LENGTH_MAX).replaceAll(/[\p{Cc}\p{Surrogate}]/gu, ' ')

function retryAfterMs(headers: HttpAnswer['headers']): number {
  const header = headers['retry-after']
  const seconds = typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number.parseInt(header, 10) : RETRY_AFTER_DEFAULT_S
  return seconds * SECOND_MS
}

function parsed(text: string): Result<unknown, string> {
  try {
    const json: unknown = JSON.parse(text)
    return ok(json)
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    return refuse('the answer is not JSON')
  }
}
