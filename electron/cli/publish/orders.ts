/**
 * What can be said to a published card while it is in its slot, one order a line, in words or as JSON:
 *
 *   insert | remove | fault KIND | faults | clear | quit
 *   {"order": "fault", "fault": "mute"}
 */

import { z } from 'zod'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { FAULT_KINDS } from '../../contract/reader-view.ts'

const orderSchema = z.discriminatedUnion('order', [
  z.strictObject({ order: z.literal('insert') }),
  z.strictObject({ order: z.literal('remove') }),
  z.strictObject({ order: z.literal('fault'), fault: z.enum(FAULT_KINDS) }),
  z.strictObject({ order: z.literal('faults') }),
  z.strictObject({ order: z.literal('clear') }),
  z.strictObject({ order: z.literal('quit') })
])

export type Order = z.output<typeof orderSchema>

const ALLOWED = `insert, remove, fault KIND, faults, clear, quit; KIND: ${FAULT_KINDS.join(', ')}`
const LINE_LENGTH_MAX = 200

/** undefined: an empty line. The refusal says what is allowed. */
export function parseOrder(line: string): Result<Order | undefined, string> {
  const text = line.trim()
  if (text === '') return ok(undefined)
  const parsed = orderSchema.safeParse(text.startsWith('{') ? jsonOf(text) : wordsOf(text))
  return parsed.success ? ok(parsed.data) : refuse(`"${text.slice(0, LINE_LENGTH_MAX)}" is no order; allowed: ${ALLOWED}`)
}

function wordsOf(text: string): unknown {
  const [order, fault, ...surplus] = text.split(/\s+/)
  if (surplus.length > 0) return undefined
  return fault === undefined ? { order } : { order, fault }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined
    throw cause
  }
}
