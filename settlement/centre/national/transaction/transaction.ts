/** One call on its way through the interface, and what a transaction of the interface is made of. */

import type { Result } from '../../../../base/result.ts'
import type { CentreEntropy, CentreMoment } from '../../ports.ts'
import type { CentreTransaction } from '../../store/centre-database.ts'
import type { InstitutionRow } from '../../store/schema.ts'
import type { RuleBook } from '../booking/rule-book.ts'
import { numberedId, type Output } from '../envelope/answer.ts'
import type { Envelope } from '../envelope/check-envelope.ts'
import type { CheckedInput } from '../envelope/fields.ts'
import type { Profile } from '../profile/profile.ts'
import type { NationalRefusal } from '../refusal.ts'

export interface Call {
  readonly db: CentreTransaction
  readonly now: CentreMoment
  readonly profile: Profile
  readonly envelope: Envelope
  readonly institution: InstitutionRow
  readonly input: CheckedInput
  readonly rules: RuleBook
  readonly entropy: CentreEntropy
}

export interface Done {
  readonly output: Output
  /** What the message log keeps of it. */
  readonly setlId?: string
  readonly mdtrtId?: string
  /** Answered as it is, without an envelope. */
  readonly file?: { readonly name: string; readonly content: Uint8Array }
  /** warn_msg */
  readonly warning?: string
}

export type Handler = (call: Call) => Promise<Result<Done, NationalRefusal>>

export interface NationalTransaction {
  readonly infno: string
  readonly name: string
  readonly handler: Handler
  /** Moves money: an answer that is lost leaves its sender in doubt. */
  readonly settles: boolean
}

/** setl_id, mdtrt_id, sign_no, file_qury_no: unique, and telling when they were made. */
export const newId = ({ institution, now, entropy }: Call): string => numberedId(institution.region, now.time, entropy)
