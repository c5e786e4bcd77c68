/** Commands in tests: their bytes and what an answer in hexadecimal means to them. */

import { invariant } from '../../base/invariant.ts'
import type { Result } from '../../base/result.ts'
import { parseResponseApdu } from '../../card/apdu/response-apdu.ts'
import { fromHex, toHex } from '../../card/bytes/hex.ts'
import type { Command } from '../../card/command/command.ts'

export const bytesOf = (command: Command<unknown, unknown>): string => toHex(command.apdu)

export function answered<Value, Refusal>(command: Command<Value, Refusal>, answer: string): Result<Value, Refusal> {
  const parsed = parseResponseApdu(fromHex(answer))
  invariant(parsed !== undefined, 'an answer has a status word')
  return command.parse(parsed)
}

/** What the command makes of a bare status word: the kind of its refusal, or 'ok'. */
export function meaningOf<Value, Refusal extends { readonly kind: string }>(
  command: Command<Value, Refusal>,
  statusWord: string
): string {
  const result = answered(command, statusWord)
  return result.ok ? 'ok' : result.error.kind
}
