/** The envelope of an answer (1.4). */

import type { CentreEntropy, CentreMoment } from '../../ports.ts'
import { errMsg, type NationalRefusal } from '../refusal.ts'
import { wireTime17 } from './moment.ts'

export type Output = Readonly<Record<string, unknown>>

export interface AnswerEnvelope {
  /** 0 success, -1 failure */
  readonly infcode: 0 | -1
  /** division (6) + time (14) + serial (10) */
  readonly inf_refmsgid: string
  readonly refmsg_time: string
  readonly respond_time: string
  readonly err_msg: string
  /** Not in every region: what went well and is worth knowing. */
  readonly warn_msg: string
  readonly output: Output
}

export interface AnswerParts {
  readonly division: string
  readonly received: CentreMoment
  readonly responded: CentreMoment
  readonly entropy: CentreEntropy
}

export const acceptedAnswer = (parts: AnswerParts, output: Output, warning: string): AnswerEnvelope => ({
  infcode: 0,
  ...head(parts),
  err_msg: '',
  warn_msg: warning,
  output
})

export const refusedAnswer = (parts: AnswerParts, refusal: NationalRefusal): AnswerEnvelope => ({
  infcode: -1,
  ...head(parts),
  err_msg: errMsg(refusal),
  warn_msg: '',
  output: {}
})

const head = ({ division, received, responded, entropy }: AnswerParts) => ({
  inf_refmsgid: numberedId(division, received.time, entropy),
  refmsg_time: wireTime17(received),
  respond_time: wireTime17(responded)
})

const SERIAL_DIGITS = 10

/** 30 digits; the last ten are drawn, so that several centres on one database need no counter between them. */
export function numberedId(division: string, time: string, entropy: CentreEntropy): string {
  const drawn = entropy.bytes(8).reduce((value, byte) => value * 256n + BigInt(byte), 0n) % 10n ** BigInt(SERIAL_DIGITS)
  return `${division.slice(0, 6).padStart(6, '0')}${time}${drawn.toString().padStart(SERIAL_DIGITS, '0')}`
}
