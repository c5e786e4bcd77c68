/** The centre over HTTP, every question signed with the terminal's key. */

import { hash } from 'node:crypto'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { readBatchAnswer, readBatchCopy, readEntryVerdict, readHeldSerial, readKeptBatch, readStanding, readUnbookedFacts } from '../../../settlement/batch/answer.ts'
import { signingText, type BatchCopy } from '../../../settlement/batch/batch.ts'
import type { CentreLink, LinkFailure } from '../../../settlement/sync/link.ts'
import type { SyncClock } from '../../../settlement/sync/ports.ts'
import { askCentre, documentOf, type CentreAnswer } from './centre-request.ts'
import { askOverHttp, type AskHttp } from './http-request.ts'
import { versionOfList } from './list-shape.ts'
import type { TerminalKey } from './terminal-key.ts'

export interface CentreAccess {
  /** Where the centre is, without /v1. */
  readonly url: string
  readonly terminal: string
  readonly key: TerminalKey
  readonly clock: SyncClock
  readonly certificate?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** Default: over this computer's network. */
  readonly askHttp?: AskHttp | undefined
}

export interface SignedQuestion {
  readonly method: 'GET' | 'POST'
  /** Behind the centre's address, query included: "/v1/standing". */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  /** SHA-256 of the uncompressed body in hex, where the body is compressed. */
  readonly digest?: string
  readonly sent?: () => void
}

/** Asks with this terminal's signature: for sync, and for whatever else a terminal may ask. */
export type AskSigned = (question: SignedQuestion) => Promise<Result<CentreAnswer, LinkFailure>>

export function signedAsking({ url, terminal, key, clock, certificate, signal, askHttp = askOverHttp }: CentreAccess): AskSigned {
  return ({ method, path, headers, body, digest, sent }) => {
    const address = addressOf(url, path)
    const { time } = clock()
    const signature = key.sign(
      signingText({
        method,
        path: `${address.pathname}${address.search}`,
        terminal,
        time,
        digest: digest ?? hash('sha256', body ?? new Uint8Array(0), 'hex')
      })
    )
    const authorization = `CareSettle terminal="${terminal}", time="${time}", signature="${signature}"`
    return askCentre(askHttp, { method, url: address, headers: { ...headers, authorization }, body, certificate, sent, signal })
  }
}

/** Whether this terminal has sent that batch: with its own key, to this address. */
export const ownBatch =
  ({ url, terminal, key }: Pick<CentreAccess, 'url' | 'terminal' | 'key'>) =>
  ({ hash: digest, signature, time }: BatchCopy): boolean =>
    key.hasSigned(signingText({ method: 'POST', path: addressOf(url, '/v1/batches').pathname, terminal, time, digest }), signature)

const addressOf = (url: string, path: string): URL => new URL(`${url.replace(/\/+$/, '')}${path}`)

const JSON_TYPE = { 'content-type': 'application/json' } as const

export const jsonBody = (document: unknown): Pick<SignedQuestion, 'headers' | 'body'> => ({
  headers: JSON_TYPE,
  body: new TextEncoder().encode(JSON.stringify(document))
})

export function centreLink(ask: AskSigned): CentreLink {
  return {
    standing: async () => {
      const answer = await ask({ method: 'GET', path: '/v1/standing' })
      return answer.ok ? documentOf(answer.value, readStanding) : answer
    },
    kept: async (number) => {
      const answer = await ask({ method: 'GET', path: `/v1/batches/${number}` })
      return answer.ok ? documentOf(answer.value, readKeptBatch) : answer
    },
    copy: async (number) => {
      const answer = await ask({ method: 'GET', path: `/v1/batches/${number}/copy` })
      return answer.ok ? documentOf(answer.value, readBatchCopy) : answer
    },
    upload: async ({ hash: digest, body }, sent) => {
      const headers = { 'content-type': 'application/vnd.caresettle.batch', 'content-encoding': 'zstd' }
      const answer = await ask({ method: 'POST', path: '/v1/batches', headers, body, digest, sent })
      return answer.ok ? documentOf(answer.value, readBatchAnswer) : answer
    },
    retry: async (sequence) => {
      const answer = await ask({ method: 'POST', path: '/v1/facts/retry', ...jsonBody({ sequence }) })
      return answer.ok ? documentOf(answer.value, readEntryVerdict) : answer
    },
    unbooked: async (after) => {
      const answer = await ask({ method: 'GET', path: `/v1/facts/unbooked/${after}` })
      return answer.ok ? documentOf(answer.value, readUnbookedFacts) : answer
    },
    heldSerial: async (sequence) => {
      const answer = await ask({ method: 'GET', path: `/v1/holds/${sequence}` })
      return answer.ok ? documentOf(answer.value, readHeldSerial) : answer
    },
    download: async (kind, etag) => {
      const answer = await ask({ method: 'GET', path: `/v1/${kind}`, ...(etag === undefined ? {} : { headers: { 'if-none-match': etag } }) })
      if (!answer.ok) return answer
      const { status, headers, text } = answer.value
      if (status === 304) return ok({ kind: 'unchanged' })
      const tag = headers['etag']
      const version = documentOf(answer.value, (json) => versionOfList(kind, json))
      if (!version.ok) return version
      if (typeof tag !== 'string') return refuse({ kind: 'centre-down', status, cause: 'a list without an ETag' })
      return ok({ kind: 'fresh', version: version.value, etag: tag, document: text })
    }
  }
}
