/**
 * Makes this terminal one of a centre's: the centre's one-time code, and the public half of a key made here. The key is on
 * disk before it is shown to anybody, so an answer that was lost is asked for once more with the same key and the same code.
 *
 *   key durable -> POST /v1/enrol -> centre.json durable
 *
 * One that a centre knows already may be enrolled anew, under another name: when its key is lost, when the centre has forgotten it, or when
 * its ledger and the centre's copy have parted. Until the centre has answered it is who it was.
 *
 *   second key durable -> POST /v1/enrol -> takes the first one's place -> centre.json durable
 *
 * What breaks off before the last step is taken up by the same code: the key that is there is asked about first.
 */

import { z } from 'zod'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { textField } from '../../../settlement/wire/fields.ts'
import { checkDocument, describeProblem } from '../../../settlement/wire/input-problem.ts'
import type { LinkFailure } from '../../../settlement/sync/link.ts'
import type { SyncClock } from '../../../settlement/sync/ports.ts'
import { readCentreFile, writeCentreFile, type CentreFile, type CentrePaths } from './centre-files.ts'
import { askCentre, documentOf } from './centre-request.ts'
import { askOverHttp, type AskHttp } from './http-request.ts'
import { forgetTerminalKey, makeTerminalKey, readTerminalKey, replaceTerminalKey, type KeyMaking, type KeyRefusal } from './terminal-key.ts'
import type { FileProblem } from '../files/file-problem.ts'

export interface EnrolRequest extends KeyMaking {
  readonly paths: CentrePaths
  /** As a person typed it. */
  readonly url: string
  readonly code: string
  readonly terminalName: string
  /** Of the PSAMs, 12 digits each. */
  readonly terminalNumbers: readonly string[]
  /** fixmedins_code whose counter this is; undefined: whichever the code was given out for. */
  readonly institution: string | undefined
  /** Also when it is a centre's already. */
  readonly anew?: boolean
  /** PEM. */
  readonly certificate?: string | undefined
  readonly clock: SyncClock
  /** Default: over this computer's network. */
  readonly askHttp?: AskHttp
}

export type EnrolRefusal =
  | { readonly kind: 'address-malformed'; readonly url: string }
  | { readonly kind: 'already-connected'; readonly url: string; readonly terminal: string }
  /** The code was given out for another institution than this counter's, and stays good there. */
  | { readonly kind: 'institution-differs'; readonly here: string }
  | { readonly kind: 'link'; readonly failure: LinkFailure }
  | { readonly kind: 'file'; readonly problem: FileProblem }
  | KeyRefusal

const answerSchema = z.object({
  terminal: z.string().regex(/^[HP]\d{11}-\d{2}$/, 'must be a terminal, such as "H99999900001-01"'),
  institution: z.object({ code: textField(12), name: textField(200) }),
  region: z.string().regex(/^\d{6}$/, 'must be the 6 digits of a division')
})

const healthSchema = z.object({ name: textField(200) })

/** The centre answered nothing at all: it is asked once more for the same. */
const TRIES = 2

/** A key that is known, one that was left behind by an enrolment that was broken off, and a new one. */
const KEYS = 3

export async function enrol(asked: EnrolRequest): Promise<Result<CentreFile, EnrolRefusal>> {
  const { paths, files } = asked
  const known = readCentreFile(paths)
  if (!known.ok) return refuse({ kind: 'file', problem: known.error })
  if (known.value !== undefined && asked.anew !== true) return refuse({ kind: 'already-connected', url: known.value.url, terminal: known.value.terminal })
  const url = centreAddress(asked.url)
  if (url === undefined) return refuse({ kind: 'address-malformed', url: asked.url })
  // Who is asked anew at the same address is known by the same certificate.
  const request = { ...asked, certificate: asked.certificate ?? (known.value?.url === url ? known.value.certificate : undefined) }
  const name = await nameOfCentre(request, url)
  if (!name.ok) return refuse({ kind: 'link', failure: name.error })
  const enrolled = await withKey(request, url)
  if (!enrolled.ok) return enrolled
  const { terminal, region } = enrolled.value
  const file: CentreFile = {
    url,
    terminal,
    institution: enrolled.value.institution,
    region,
    name: name.value,
    enrolled_at: request.clock().time,
    paused: false,
    ...(request.certificate === undefined ? {} : { certificate: request.certificate })
  }
  writeCentreFile(paths, file, files)
  return ok(file)
}

/** "http://centre:8080/" and "https://centre" alike; undefined for what is no address of a centre. */
export function centreAddress(typed: string): string | undefined {
  const url = URL.parse(typed.trim())
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

async function nameOfCentre({ certificate, askHttp = askOverHttp }: EnrolRequest, url: string): Promise<Result<string, LinkFailure>> {
  const answer = await askCentre(askHttp, { method: 'GET', url: new URL(`${url}/v1/health`), headers: {}, certificate })
  if (!answer.ok) return answer
  const health = documentOf(answer.value, (json) => checked(healthSchema, json))
  return health.ok ? ok(health.value.name) : health
}

type EnrolAnswer = z.output<typeof answerSchema>

/** A key that an earlier code has used up, or that cannot be read, is replaced by another, as soon as the centre knows that one. */
async function withKey(request: EnrolRequest, url: string): Promise<Result<EnrolAnswer, EnrolRefusal>> {
  const { key: first } = request.paths
  const second = `${first}.new`
  let path = request.anew === true && !readTerminalKey(first).ok ? second : first
  for (let attempt = 1; ; attempt += 1) {
    const key = makeTerminalKey(path, request)
    if (!key.ok) return key
    const enrolled = await ask(request, url, key.value.publicKey)
    if (enrolled.ok) {
      if (path === second) replaceTerminalKey(second, first, request.files)
      return enrolled
    }
    const failure = enrolled.error
    if (failure.kind !== 'refused' || failure.reason !== 'key-known' || attempt === KEYS) return refuse(refusalOf(failure, request))
    if (path === second) forgetTerminalKey(second, request.files)
    path = second
  }
}

const refusalOf = (failure: LinkFailure, { institution }: EnrolRequest): EnrolRefusal =>
  failure.kind === 'refused' && failure.reason === 'institution-differs' && institution !== undefined
    ? { kind: 'institution-differs', here: institution }
    : { kind: 'link', failure }

async function ask(request: EnrolRequest, url: string, publicKey: string): Promise<Result<EnrolAnswer, LinkFailure>> {
  const { code, terminalName, terminalNumbers, institution, certificate, askHttp = askOverHttp } = request
  const body = new TextEncoder().encode(JSON.stringify({ code: code.trim(), publicKey, terminalName, terminalNumbers, institution }))
  const headers = { 'content-type': 'application/json' }
  for (let attempt = 1; ; attempt += 1) {
    const answer = await askCentre(askHttp, { method: 'POST', url: new URL(`${url}/v1/enrol`), headers, body, certificate })
    if (answer.ok) return documentOf(answer.value, (json) => checked(answerSchema, json))
    if (answer.error.kind !== 'network-down' || attempt === TRIES) return answer
  }
}

function checked<Schema extends z.ZodType>(schema: Schema, json: unknown): Result<z.output<Schema>, string> {
  const document = checkDocument(schema, json)
  return document.ok ? document : refuse(document.error.slice(0, 1).map(describeProblem).join(''))
}
