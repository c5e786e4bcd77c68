/** What a host sent, looked at before it is believed: a half-written message must not take the window with it. */

import type { Result } from '../../base/result.ts'
import type { TerminalEvent } from '../contract/events.ts'
import type { RefusalView } from '../contract/refusal-view.ts'
import type { HostMessage } from '../contract/terminal.ts'

/** undefined: not a message of the contract. */
export function parseHostMessage(message: unknown): HostMessage | undefined {
  if (!isObject(message)) return undefined
  const { kind, id, answer, event } = message
  if (kind === 'answer' && typeof id === 'number' && isAnswer(answer)) return { kind, id, answer }
  if (kind === 'event' && isEvent(event)) return { kind, event }
  return undefined
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

const isAnswer = (value: unknown): value is Result<unknown, RefusalView> =>
  isObject(value) && (value['ok'] === true || (value['ok'] === false && isObject(value['error'])))

const isEvent = (value: unknown): value is TerminalEvent => isObject(value) && typeof value['topic'] === 'string'
