/** The centre's log: JSON lines on standard error, for whoever runs it. What could name a person is struck out once more here. */

import pino from 'pino'
import type { CentreLog } from '../../settlement/centre/ports.ts'

/** Nobody logs these; if somebody does after all, they are not written. */
const NEVER_WRITTEN = ['authorization', 'code', 'certno', 'psn_no', 'psn_name', 'card_id', 'cardId', 'body', 'headers']

export const LOG_LEVELS = ['info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export function centreLog(level: LogLevel, destination: pino.DestinationStream = pino.destination({ dest: 2, sync: true })): CentreLog {
  const log = pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: NEVER_WRITTEN.flatMap((name) => [name, `*.${name}`]), censor: '...' } },
    destination
  )
  return {
    info: (fields, message) => log.info(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => log.error(fields, message)
  }
}
