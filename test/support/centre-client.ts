/**
 * A terminal as the centre meets it, written from the list of fields alone: it shares no line with the centre's own signing
 * or with the terminal's link, so that both can be wrong together only if the list is.
 */

import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Ask {
  readonly method: 'GET' | 'POST'
  /** With its query. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

/** Over a socket, or into the app without one. */
export type Send = (ask: Ask) => Promise<Answer>

export const sendTo =
  (address: string): Send =>
  async ({ method, path, headers = {}, body }) => {
    const response = await fetch(address + path, { method, headers, ...(body === undefined ? {} : { body: Uint8Array.from(body) }) })
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() }
  }

export class CentreClient {
  readonly #send: Send
  readonly #key: KeyObject
  /** SPKI in base64. */
  readonly publicKey: string
  terminal = 'H99999900001-01'
  /** 14 digits, China's time: the terminal's clock. */
  now: () => string

  constructor(send: Send, now: () => string = chinaTime) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    this.#send = send
    this.#key = privateKey
    this.publicKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    this.now = now
  }

  /** Takes the terminal's id from the answer. */
  async enrol(code: string, changes: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    const request = { code, publicKey: this.publicKey, terminalName: '1号窗口', terminalNumbers: ['999999000001'], ...changes }
    const answer = await this.#send(jsonAsk('/v1/enrol', request))
    if (answer.status === 200) this.terminal = textField(JSON.parse(answer.body), 'terminal')
    return answer
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.ask({ method: 'GET', path, headers })
  }

  post(path: string, json: unknown): Promise<Answer> {
    return this.ask(jsonAsk(path, json))
  }

  /** `signedBody`: what the signature is over, when that is not what is sent. */
  ask(ask: Ask, signedBody: Uint8Array = ask.body ?? new Uint8Array(0)): Promise<Answer> {
    return this.#send({ ...ask, headers: { ...ask.headers, authorization: this.authorization(ask, signedBody) } })
  }

  authorization({ method, path }: Pick<Ask, 'method' | 'path'>, body: Uint8Array): string {
    const time = this.now()
    const digest = createHash('sha256').update(body).digest('hex')
    const text = `caresettle-1\n${method}\n${path}\n${this.terminal}\n${time}\n${digest}`
    const signature = sign(null, Buffer.from(text), this.#key).toString('base64')
    return `CareSettle terminal="${this.terminal}", time="${time}", signature="${signature}"`
  }
}

export const jsonAsk = (path: string, json: unknown): Ask => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(json))
})

/** The refusal's kind, or its absence. */
export function errorKind({ body }: Answer): unknown {
  const answer: unknown = JSON.parse(body)
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return undefined
  const { error } = answer
  return typeof error === 'object' && error !== null && 'kind' in error ? error.kind : undefined
}

const chinaTime = (): string =>
  new Date(Date.now() + 8 * 60 * 60 * 1000).toISOString().slice(0, 19).replace(/[-:T]/g, '')

function textField(json: unknown, name: string): string {
  const value: unknown = Object.entries(Object(json)).find(([key]) => key === name)?.[1]
  if (typeof value !== 'string') throw new Error(`${name} is no text`)
  return value
}
