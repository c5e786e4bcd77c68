/** Days closed and opened again: a close is signed and follows the last that counts; only that one is opened again. */

import type { Row } from './decode-content.ts'
import { brokenSignature } from './close-signature.ts'
import { asInteger, asText, pick } from './identities.ts'
import type { ExpectedTables } from './tables.ts'

export class ReplayCloses {
  readonly #tables: ExpectedTables
  /** Those that count, the last one at the end. */
  readonly #closes: { readonly sequence: bigint; readonly day: string }[] = []

  constructor(tables: ExpectedTables) {
    this.#tables = tables
  }

  /** In words what does not hold, like `reopen`. */
  close(row: Row, sequence: bigint): string | undefined {
    const day = asText(row['day'])
    const last = this.#closes.at(-1)
    this.#closes.push({ sequence, day })
    this.#tables.expect('day_close', { ...pick(row, 'day', 'closed_at'), sequence })
    if (last !== undefined && day < last.day) return 'closes a day before the last closed one'
    const { report, signature } = row
    return report instanceof Uint8Array ? brokenSignature(report, asText(signature)) : undefined
  }

  reopen(row: Row, sequence: bigint): string | undefined {
    const last = this.#closes.at(-1)
    if (last?.sequence !== asInteger(row['close']) || last.day !== row['day']) return 'opens again what is not the last close'
    this.#closes.pop()
    this.#tables.expect('day_reopen', { ...pick(row, 'close', 'reason', 'reopened_at'), sequence })
    return undefined
  }
}
