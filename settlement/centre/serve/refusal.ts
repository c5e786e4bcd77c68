/**
 * What the centre says when it does not do what it was asked: a status of 4xx and `{ "error": { "kind", "message", ... } }`.
 * `kind` is for programs, `message` for people; neither repeats a name, a card's number or a code.
 */

import type { FastifyReply } from 'fastify'

export interface RequestRefusal {
  readonly status: number
  readonly kind: string
  readonly message: string
  readonly fields?: Readonly<Record<string, unknown>>
}

export const refusal = (status: number, kind: string, message: string, fields: Readonly<Record<string, unknown>> = {}): RequestRefusal => ({
  status,
  kind,
  message,
  fields
})

export const refusalBody = ({ kind, message, fields }: RequestRefusal): { readonly error: Readonly<Record<string, unknown>> } => ({
  error: { kind, message, ...fields }
})

/** For routes and for hooks that answer: `return sendRefusal(reply, refusal(409, 'code-used', '...'))`. */
export const sendRefusal = (reply: FastifyReply, wrong: RequestRefusal): FastifyReply => reply.code(wrong.status).send(refusalBody(wrong))

/** For places where fastify hears of a refusal only by a throw: the readers of bodies. The app's error handler sends it. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
  readonly refusal: RequestRefusal

  constructor(wrong: RequestRefusal) {
    super(wrong.message)
    this.refusal = wrong
  }
}
