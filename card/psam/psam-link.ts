/** One exchange with a PSAM, and the trials a terminal cannot avoid: it does not know at which level a PSAM holds a key. */

import { invariant } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import { parseResponseApdu, type ResponseApdu } from '../apdu/response-apdu.ts'
import { SW } from '../apdu/status-word.ts'
import { concat } from '../bytes/bytes.ts'
import type { CardChannel } from '../channel/card-channel.ts'
import { refusalFor, stepOf, type PsamRefusal } from './psam-refusal.ts'

/** 8 bytes each (PSG 3.2). */
export interface DiversificationFactors {
  readonly card: Uint8Array
  readonly city: Uint8Array
  readonly province: Uint8Array
}

const FACTOR_COUNTS = [3, 2, 1] as const

/** One way of asking for a key: under this usage byte, with so many factors. */
export interface Attempt {
  readonly usage: number
  readonly count: number
}

export class PsamLink {
  readonly #channel: CardChannel
  readonly #worked = new Map<string, Attempt>()

  /** `channel` answers 61xx and 6Cxx by itself. */
  constructor(channel: CardChannel) {
    this.#channel = channel
  }

  /** Any status word is an answer here; only silence is refused. */
  async exchange(apdu: Uint8Array): Promise<Result<ResponseApdu, PsamRefusal>> {
    const answer = await this.#channel.transmit(apdu)
    if (!answer.ok) return refuse({ kind: 'psam-unreachable', failure: answer.error })
    const response = parseResponseApdu(answer.value)
    return response === undefined ? refuse({ kind: 'psam-unreachable', failure: { kind: 'no-answer' } }) : ok(response)
  }

  /** 9000 with exactly `length` bytes of data; undefined takes any. */
  async ask(apdu: Uint8Array, length?: number): Promise<Result<Uint8Array, PsamRefusal>> {
    const answer = await this.exchange(apdu)
    if (!answer.ok) return answer
    const { data, sw } = answer.value
    if (sw !== SW.OK) return refuse(refusalFor(apdu, sw))
    if (length === undefined || data.length === length) return ok(data)
    return refuse({ kind: 'psam-answer-malformed', step: stepOf(apdu), length: data.length })
  }

  /**
   * Asks as it worked last time for `subject`, else through `usages` with 3, 2 and 1 factors, beginning with the number
   * that the usage byte names. Only 6A80 (wrong number of factors) leads to another number and 6A88 (no such key) to
   * another usage; PSG 4 calls this plan one. Neither changes anything in the PSAM.
   */
  async askForKey(
    subject: string,
    usages: readonly number[],
    apduFor: (attempt: Attempt) => Uint8Array
  ): Promise<Result<Uint8Array, PsamRefusal>> {
    const worked = this.#worked.get(subject)
    const attempts = [...(worked === undefined ? [] : [worked]), ...usages.flatMap(attemptsWith)]
    const missing = new Set<number>()
    let refusal: PsamRefusal | undefined
    for (const attempt of attempts) {
      if (missing.has(attempt.usage)) continue
      const apdu = apduFor(attempt)
      const answer = await this.exchange(apdu)
      if (!answer.ok) return answer
      const { data, sw } = answer.value
      if (sw === SW.OK) {
        this.#worked.set(subject, attempt)
        return ok(data)
      }
      if (sw !== SW.WRONG_DATA && sw !== SW.KEY_NOT_FOUND) return refuse(refusalFor(apdu, sw))
      if (sw === SW.KEY_NOT_FOUND) missing.add(attempt.usage)
      // What a key that is there says tells more than that another usage is not.
      if (refusal === undefined || sw === SW.WRONG_DATA) refusal = refusalFor(apdu, sw)
    }
    invariant(refusal !== undefined, `no usage to ask for ${subject} with`)
    return refuse(refusal)
  }
}

function attemptsWith(usage: number): Attempt[] {
  const named = usage >> 5
  const counts = FACTOR_COUNTS.toSorted((left, right) => Number(right === named) - Number(left === named))
  return counts.map((count) => ({ usage, count }))
}

/** Nearest first, as every PSAM command takes them: card | city | province. */
export const joinFactors = ({ card, city, province }: DiversificationFactors, count: number): Uint8Array =>
  concat(...[card, city, province].slice(0, count))
