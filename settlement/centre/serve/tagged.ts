/** Downloads that a terminal holds a copy of: a strong ETag over the bytes, and 304 when it has them already. */

import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** First 32 hex digits of SHA-256. */
export const versionOf = (content: string): string => createHash('sha256').update(content).digest('hex').slice(0, 32)

/** `fields`: the JSON text of the answer without its braces and its version, which is made from it. */
export function sendTagged(request: FastifyRequest, reply: FastifyReply, fields: string): FastifyReply {
  const version = versionOf(fields)
  const tag = `"${version}"`
  void reply.headers({ etag: tag, 'cache-control': 'private, no-cache' })
  if (isKnown(request.headers['if-none-match'], tag)) return reply.code(304).send()
  return reply.type('application/json; charset=utf-8').send(`{"version":"${version}",${fields}}`)
}

/** A comparison of strong tags; "*" asks for any. */
const isKnown = (header: string | undefined, tag: string): boolean =>
  header !== undefined && header.split(',').some((each) => each.trim() === tag || each.trim() === '*')
