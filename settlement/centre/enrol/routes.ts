/** POST /v1/enrol: the one request that needs no signature; the code is what it needs. */

import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { never } from '../../../base/invariant.ts'
import { institutionCodeField } from '../../wire/fields.ts'
import type { CentrePorts } from '../ports.ts'
import { TERMINAL_NAME_LENGTH_MAX, TERMINAL_NUMBERS_MAX } from '../serve/limits.ts'
import { refusal, sendRefusal, type RequestRefusal } from '../serve/refusal.ts'
import { enrol, isTerminalKey, type EnrolmentRefusal } from './enrol.ts'
import { parseEnrolmentCode } from './enrolment-code.ts'

const PLAIN_TEXT = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u

const requestSchema = z.strictObject({
  code: z.string().max(64),
  publicKey: z.string().refine(isTerminalKey, 'must be an Ed25519 public key, SPKI in base64'),
  terminalName: z.string().min(1).max(TERMINAL_NAME_LENGTH_MAX).regex(PLAIN_TEXT, 'must be text without control characters'),
  terminalNumbers: z
    .array(z.string().regex(/^\d{12}$/, 'must be 12 digits'))
    .min(1)
    .max(TERMINAL_NUMBERS_MAX),
  institution: institutionCodeField.optional()
})

export function registerEnrolment(app: FastifyInstance, ports: CentrePorts): void {
  app.post('/v1/enrol', { config: { access: 'open' } }, async ({ body }, reply) => {
    const request = requestSchema.safeParse(body)
    if (!request.success) return sendRefusal(reply, malformed(request.error))
    const code = parseEnrolmentCode(request.data.code)
    // What cannot be a code is no other news than a code that is not known.
    const enrolled = code === undefined ? UNKNOWN : await enrol(ports, { ...request.data, code })
    if (!enrolled.ok) {
      ports.log.warn({ kind: enrolled.error.kind }, 'enrolment refused')
      return sendRefusal(reply, spoken(enrolled.error))
    }
    const { terminal, institution } = enrolled.value
    ports.log.info({ terminal }, 'terminal enrolled')
    return { terminal, institution: { code: institution.fixmedins_code, name: institution.fixmedins_name }, region: institution.region }
  })
}

const UNKNOWN = { ok: false, error: { kind: 'code-unknown' } } as const

function malformed(error: z.ZodError): RequestRefusal {
  const issue = error.issues[0]
  const field = issue?.path.join('.') ?? ''
  const rule = issue?.message ?? 'cannot be read'
  return refusal(400, 'body-malformed', `${field === '' ? 'body' : field}: ${rule}`, { field, rule })
}

function spoken(wrong: EnrolmentRefusal): RequestRefusal {
  switch (wrong.kind) {
    case 'code-unknown':
      return refusal(403, wrong.kind, 'code: is none of this centre')
    case 'code-expired':
      return refusal(403, wrong.kind, `code: was good until ${wrong.expiresAt}; ask for a new one`, { expiresAt: wrong.expiresAt })
    case 'code-used':
      return refusal(409, wrong.kind, 'code: has enrolled another terminal; ask for a new one')
    case 'institution-differs':
      return refusal(409, wrong.kind, `institution: the code is for ${wrong.institution}, and stays good`, { institution: wrong.institution })
    case 'key-known':
      return refusal(409, wrong.kind, 'publicKey: has enrolled before, with another code')
    case 'institution-full':
      return refusal(409, wrong.kind, `the institution has ${wrong.terminalsMax} terminals, which is all that it may have`)
    default:
      return never(wrong)
  }
}
