/**
 * The national interface over HTTP: POST to any of its addresses, the transaction being named in the envelope. What the
 * gateway does not let in gets its JSON with code 401, what is no call at all a 4xx of the same form; everything else is
 * answered with an envelope. The connection may be closed on purpose (fault/fault.ts).
 */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { BrokenInvariant } from '../../../base/invariant.ts'
import { utf8 } from '../../../base/utf8.ts'
import { hasWholeCharacters } from '../../wire/fields.ts'
import { depthOf } from '../serve/body.ts'
import { JSON_BYTES_MAX, JSON_DEPTH_MAX } from '../serve/limits.ts'
import { RuleBook } from './booking/rule-book.ts'
import { carryOut, markLost, markSent } from './carry-out.ts'
import { acceptedAnswer, refusedAnswer, type AnswerEnvelope } from './envelope/answer.ts'
import { checkEnvelope, type Envelope } from './envelope/check-envelope.ts'
import { isDocument } from './envelope/check-input.ts'
import { FAULT_WORDS, FaultPlan, parseFault, type Fault } from './fault/fault.ts'
import { registerFaultControl } from './fault/control.ts'
import { checkGateway, gatewayMessage } from './gateway/check-gateway.ts'
import type { NationalPorts } from './ports.ts'
import { profileFor, type Profile } from './profile/profile.ts'
import { textOf } from './profile/field-rule.ts'
import { badField, badState, type NationalRefusal } from './refusal.ts'

/** Real systems are set to a path of their platform; all of these lead here. */
const ADDRESSES = ['/', '/national', '/national/*', '/fsi/*']
const FAULT_HEADER = 'x-caresettle-fault'

export function registerNational(app: FastifyInstance, ports: NationalPorts): void {
  const rules = new RuleBook()
  const plan = new FaultPlan()
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // Senders differ in what they call JSON.
    scope.addContentTypeParser<Buffer>('*', { parseAs: 'buffer', bodyLimit: JSON_BYTES_MAX }, (_request, body, done) => done(null, utf8(body)))
    scope.setErrorHandler((error: { readonly statusCode?: number; readonly code?: string }, request, reply) => {
      const status = error.statusCode ?? 500
      if (error instanceof BrokenInvariant || status >= 500) {
        ports.log.error({ route: request.routeOptions.url ?? 'none', failure: error.code ?? 'none', error: error instanceof Error ? error.name : 'none' }, 'a national call failed inside')
        return reply.code(500).send({ code: 500, message: 'the centre failed; find out by 3202 what was done 中心内部错误' })
      }
      return reply.code(status).send({ code: status, message: status === 413 ? `body: at most ${JSON_BYTES_MAX} bytes 报文过大` : 'the request cannot be read 请求无法读取' })
    })
    for (const address of ADDRESSES) {
      scope.post(address, { config: { access: 'open' } }, (request, reply) => serve(ports, { rules, plan }, request, reply))
      scope.route({ method: ['GET', 'PUT', 'PATCH', 'DELETE'], url: address, config: { access: 'open' }, handler: notPosted })
    }
    registerFaultControl(scope, ports, plan)
  })
}

const notPosted = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply.code(405).header('allow', 'POST').send({ code: 405, message: `${request.method}: a transaction is sent by POST 请用POST方法` })

interface Inside {
  readonly rules: RuleBook
  readonly plan: FaultPlan
}

async function serve(ports: NationalPorts, inside: Inside, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const now = ports.clock()
  const body = documentOf(request.body)
  if (body === undefined) return reply.code(400).send({ code: 400, message: 'body: must be a JSON object in UTF-8, its texts of whole characters 请求须为JSON对象，文本须为完整字符' })
  const profile = profileFor(ports.profiles, textOf(body['mdtrtarea_admvs']) ?? '') ?? ports.profiles[0]
  if (profile === undefined) return reply.code(500).send({ code: 500, message: 'no profile is loaded 未配置省级参数' })
  const caller = await checkGateway(ports.database.db, request, { toleranceMinutes: profile.timestamp_tolerance_minutes, unsigned: ports.unsigned }, now)
  if (!caller.ok) return reply.code(401).send({ code: 401, message: gatewayMessage(caller.error) })

  const division = textOf(body['mdtrtarea_admvs']) ?? ''
  const parts = () => ({ division, received: now, responded: ports.clock(), entropy: ports.entropy })
  const fault = faultOf(request, inside.plan, body)
  if (fault === 'none-such') return answer(reply, refusedAnswer(parts(), badField(FAULT_HEADER, request.headers[FAULT_HEADER], `must be ${FAULT_WORDS}`)))
  if (fault?.kind === 'drop-before') return drop(request, reply)
  if (fault?.kind === 'delay-before') await ports.wait(fault.milliseconds)
  if (fault?.kind === 'minus-one') return answer(reply, refusedAnswer(parts(), { kind: 'on-purpose' }))

  const envelope = checkEnvelope(profile, body, ports.clock().time)
  if (!envelope.ok) return answer(reply, refusedAnswer(parts(), envelope.error))
  const foreign = foreignKey(caller.value, envelope.value)
  if (foreign !== undefined) return answer(reply, refusedAnswer(parts(), foreign))
  return carried(ports, inside.rules, { envelope: envelope.value, profile, fault }, { request, reply, parts })
}

interface Carrying {
  readonly envelope: Envelope
  readonly profile: Profile
  readonly fault: Fault | undefined
}

interface Line {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly parts: () => Parameters<typeof acceptedAnswer>[0]
}

async function carried(ports: NationalPorts, rules: RuleBook, { envelope, profile, fault }: Carrying, { request, reply, parts }: Line): Promise<unknown> {
  const outcome = await carryOut(ports, rules, { envelope, profile, now: ports.clock() })
  if (fault?.kind === 'drop-after') return drop(request, reply)
  if (fault?.kind === 'delay') await ports.wait(fault.milliseconds)
  if (fault?.kind === 'minus-one-after') return answer(reply, refusedAnswer(parts(), { kind: 'on-purpose' }))
  if (!outcome.ok) return answer(reply, refusedAnswer(parts(), outcome.error))
  // Hung up already, perhaps while the answer was being made: nobody reads it.
  if (request.raw.socket.destroyed) return drop(request, reply)
  const { db } = ports.database
  await markSent(db, envelope)
  noticeLoss(reply, () => markLost(db, envelope))
  const { output, warning = '', file } = outcome.value
  if (file === undefined) return answer(reply, acceptedAnswer(parts(), output, warning))
  if (wantsEnvelope(request)) {
    const inBase64 = { filename: file.name, in: Buffer.from(file.content).toString('base64') }
    return answer(reply, acceptedAnswer(parts(), { ...inBase64, fsDownloadOut: inBase64 }, warning))
  }
  return reply
    .header('content-type', 'application/octet-stream')
    .header('content-disposition', `attachment; filename="${encodeURIComponent(file.name)}"`)
    .send(Buffer.from(file.content))
}

/** The sender hangs up before he has all of it. */
function noticeLoss(reply: FastifyReply, lost: () => Promise<void>): void {
  // A database that is closed by now has nothing more to learn.
  reply.raw.once('close', () => (reply.raw.writableFinished ? undefined : void lost().catch(() => undefined)))
}

function drop(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack()
  request.raw.socket.destroy()
  return reply
}

const answer = (reply: FastifyReply, envelope: AnswerEnvelope): FastifyReply =>
  reply.header('content-type', 'application/json; charset=utf-8').send(JSON.stringify(envelope))

/** A file comes as it is, unless its receiver takes nothing but JSON. */
const wantsEnvelope = ({ headers }: FastifyRequest): boolean => /^application\/json(;.*)?$/.test(headers.accept ?? '')

function faultOf(request: FastifyRequest, plan: FaultPlan, body: Readonly<Record<string, unknown>>): Fault | 'none-such' | undefined {
  const header = request.headers[FAULT_HEADER]
  if (typeof header === 'string' && header !== '') return parseFault(header) ?? 'none-such'
  return plan.take(textOf(body['infno']) ?? '', textOf(body['fixmedins_code']) ?? '')
}

const foreignKey = (owner: string | undefined, { fixmedinsCode }: Envelope): NationalRefusal | undefined =>
  owner === undefined || owner === fixmedinsCode
    ? undefined
    : badState('fixmedins_code', fixmedinsCode, `the access key belongs to ${owner} 访问密钥与机构不符`)

/** Half of a character, escaped, is a text that no database and no other system takes. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string' && !hasWholeCharacters(value)) throw new SyntaxError('a lone surrogate')
  return value
}

function documentOf(body: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof body !== 'string' || depthOf(Buffer.from(body)) > JSON_DEPTH_MAX) return undefined
  try {
    const parsed: unknown = JSON.parse(body, (_, value: unknown) => wellFormed(value))
    return isDocument(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}
