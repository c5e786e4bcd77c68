/** The centre that signs loads, over the terminal's signed questions. */

import { z } from 'zod'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { LoadSigner, SignerFailure, WaitingCredit } from '../../../settlement/case/load-signer.ts'
import { formatFen, parseFen } from '../../../settlement/money/fen.ts'
import { amountField, textField } from '../../../settlement/wire/fields.ts'
import { checkDocument, describeProblem } from '../../../settlement/wire/input-problem.ts'
import { jsonBody, type AskSigned } from '../sync/centre-link.ts'
import { documentOf } from '../sync/centre-request.ts'

export interface KnownCentre {
  /** As enrolled. */
  readonly terminal: string
  readonly ask: AskSigned
}

/** `centre` is asked anew each time: a till may be connected while it runs, or set offline. */
export function loadSigner(centre: () => KnownCentre | undefined): LoadSigner {
  const asking = <Value>(work: (ask: AskSigned) => Promise<Result<Value, SignerFailure>>): Promise<Result<Value, SignerFailure>> => {
    const known = centre()
    return known === undefined ? Promise.resolve(refuse({ kind: 'not-connected' })) : work(known.ask)
  }
  return {
    get terminal() {
      return centre()?.terminal
    },
    sign: ({ loadId, purpose, offer }) =>
      asking(async (ask) => {
        const wire = { ...offer, balance: formatFen(offer.balance), amount: formatFen(offer.amount) }
        const answer = await ask({ method: 'POST', path: '/v1/loads', ...jsonBody({ loadId, purpose, offer: wire }) })
        return answer.ok ? documentOf(answer.value, (json) => read(signatureSchema, json)) : answer
      }),
    voidLoad: (loadId) =>
      asking(async (ask) => {
        const answer = await ask({ method: 'POST', path: '/v1/loads/void', ...jsonBody({ loadId }) })
        return answer.ok ? ok(null) : answer
      }),
    credits: (cardId) =>
      asking(async (ask) => {
        const answer = await ask({ method: 'GET', path: `/v1/credits?cardId=${cardId}` })
        return answer.ok ? documentOf(answer.value, readCredits) : answer
      })
  }
}

const signatureSchema = z.object({
  time: z.string().regex(/^\d{14}$/, 'must be a time of 14 digits'),
  mac2: z.string().regex(/^[0-9A-F]{8}$/, 'must be 8 hex digits'),
  setlId: textField(40)
})

const creditsSchema = z.object({
  credits: z.array(z.object({ creditId: textField(60), amount: amountField, reason: textField(200) })).max(100)
})

function readCredits(json: unknown): Result<readonly WaitingCredit[], string> {
  const document = read(creditsSchema, json)
  if (!document.ok) return document
  return ok(
    document.value.credits.flatMap(({ creditId, amount, reason }) => {
      const fen = parseFen(amount)
      return fen === undefined ? [] : [{ creditId, amount: fen, reason }]
    })
  )
}

function read<Schema extends z.ZodType>(schema: Schema, json: unknown): Result<z.output<Schema>, string> {
  const document = checkDocument(schema, json)
  return document.ok ? document : refuse(document.error.slice(0, 1).map(describeProblem).join(''))
}
