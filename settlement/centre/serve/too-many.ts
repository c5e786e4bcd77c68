import type { FastifyReply } from 'fastify'
import { refusal, sendRefusal } from './refusal.ts'

/** 429, and when to come again. */
export const tooMany = (reply: FastifyReply, who: string, waitSeconds: number): FastifyReply =>
  sendRefusal(
    reply.header('retry-after', String(waitSeconds)),
    refusal(429, 'too-many-requests', `too many requests of ${who}: come again in ${waitSeconds} s`, { retryAfter: waitSeconds })
  )
