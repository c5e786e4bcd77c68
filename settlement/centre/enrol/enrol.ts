/**
 * A terminal makes itself known once: with a code that a person was given, and the public half of a key that it has made.
 *
 *   person -> code (24 h, one use) -> terminal: code, public key -> terminal id
 *
 * When the answer is lost the terminal asks again with the same code and key and hears the same; with another key the code
 * is used up.
 */

import { createPublicKey } from 'node:crypto'
import { invariant } from '../../../base/invariant.ts'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { dayAfter } from '../../calendar/business-date.ts'
import { NO_BATCH } from '../../batch/batch.ts'
import type { CentrePorts } from '../ports.ts'
import { lockInstitution } from '../record/lock.ts'
import { findInstitution, terminalsOf } from '../record/places.ts'
import { TERMINALS_MAX } from '../serve/limits.ts'
import type { CentreTransaction } from '../store/centre-database.ts'
import type { EnrolmentCodeRow, InstitutionRow } from '../store/schema.ts'
import { codeHash, isSameHash, newEnrolmentCode } from './enrolment-code.ts'

export interface EnrolmentCode {
  /** To be shown now and never again. */
  readonly code: string
  readonly institution: InstitutionRow
  /** 14 digits, the same time of the next day: the last second in which it is good. */
  readonly expiresAt: string
}

export type CodeRefusal = { readonly kind: 'institution-unknown'; readonly institution: string }

export async function makeEnrolmentCode(
  { database, entropy, clock }: Pick<CentrePorts, 'database' | 'entropy' | 'clock'>,
  code: string
): Promise<Result<EnrolmentCode, CodeRefusal>> {
  const institution = await findInstitution(database.db, code)
  if (institution === undefined) return refuse({ kind: 'institution-unknown', institution: code })
  const made = newEnrolmentCode(entropy)
  const { time, today } = clock()
  const expiresAt = `${dayAfter(today).replaceAll('-', '')}${time.slice(8)}`
  const row: EnrolmentCodeRow = { code_hash: codeHash(made), institution: code, expires_at: expiresAt, used_by: null }
  await database.db.insertInto('enrolment_code').values(row).execute()
  return ok({ code: made, institution, expiresAt })
}

export interface EnrolmentRequest {
  /** As `parseEnrolmentCode` gives it. */
  readonly code: string
  /** SPKI in base64, an Ed25519 key: see `isTerminalKey`. */
  readonly publicKey: string
  readonly terminalName: string
  readonly terminalNumbers: readonly string[]
  /** Whose counter it is; undefined: whichever the code was given out for. */
  readonly institution?: string | undefined
}

export interface Enrolled {
  readonly terminal: string
  readonly institution: InstitutionRow
}

export type EnrolmentRefusal =
  | { readonly kind: 'code-unknown' }
  | { readonly kind: 'code-expired'; readonly expiresAt: string }
  | { readonly kind: 'code-used' }
  /** The code is another institution's, and stays good there. */
  | { readonly kind: 'institution-differs'; readonly institution: string }
  | { readonly kind: 'key-known' }
  | { readonly kind: 'institution-full'; readonly terminalsMax: number }

export function enrol({ database, clock }: Pick<CentrePorts, 'database' | 'clock'>, request: EnrolmentRequest): Promise<Result<Enrolled, EnrolmentRefusal>> {
  return database.write(async (transaction) => {
    const hash = codeHash(request.code)
    const found = await transaction.selectFrom('enrolment_code').selectAll().where('code_hash', '=', hash).executeTakeFirst()
    if (found === undefined || !isSameHash(found.code_hash, hash)) return refuse({ kind: 'code-unknown' })
    const institution = await lockInstitution(transaction, found.institution)
    invariant(institution !== undefined, `an enrolment code of ${found.institution}, which is not there`)
    // Whoever waited for the lock reads again what has become of the code.
    const code = await transaction.selectFrom('enrolment_code').selectAll().where('code_hash', '=', hash).executeTakeFirstOrThrow()
    const known = await transaction.selectFrom('terminal').select('terminal').where('public_key', '=', request.publicKey).executeTakeFirst()
    if (code.used_by !== null) return code.used_by === known?.terminal ? ok({ terminal: code.used_by, institution }) : refuse({ kind: 'code-used' })
    const { time } = clock()
    if (time > code.expires_at) return refuse({ kind: 'code-expired', expiresAt: code.expires_at })
    if (request.institution !== undefined && request.institution !== code.institution) return refuse({ kind: 'institution-differs', institution: code.institution })
    if (known !== undefined) return refuse({ kind: 'key-known' })
    return enrolTerminal(transaction, { institution, code, request, time })
  })
}

interface NewTerminal {
  readonly institution: InstitutionRow
  readonly code: EnrolmentCodeRow
  readonly request: EnrolmentRequest
  readonly time: string
}

async function enrolTerminal(transaction: CentreTransaction, { institution, code, request, time }: NewTerminal): Promise<Result<Enrolled, EnrolmentRefusal>> {
  const number = (await terminalsOf(transaction, institution.fixmedins_code)).length + 1
  if (number > TERMINALS_MAX) return refuse({ kind: 'institution-full', terminalsMax: TERMINALS_MAX })
  const terminal = `${institution.fixmedins_code}-${String(number).padStart(2, '0')}`
  await transaction
    .insertInto('terminal')
    .values({
      terminal,
      institution: institution.fixmedins_code,
      name: request.terminalName,
      public_key: request.publicKey,
      enrolled_at: time,
      terminal_numbers: JSON.stringify(request.terminalNumbers),
      batch: 0,
      batch_hash: NO_BATCH,
      sequence: 0,
      chain_hash: NO_BATCH
    })
    .execute()
  await transaction.updateTable('enrolment_code').set({ used_by: terminal }).where('code_hash', '=', code.code_hash).execute()
  return ok({ terminal, institution })
}

/** Ed25519 in the one SPKI encoding that there is of it, so that two texts are never one key. */
export function isTerminalKey(publicKey: string): boolean {
  const bytes = Buffer.from(publicKey, 'base64')
  if (bytes.length !== SPKI_LENGTH || bytes.toString('base64') !== publicKey) return false
  try {
    const key = createPublicKey({ key: bytes, format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && key.export({ format: 'der', type: 'spki' }).equals(bytes)
  } catch {
    // OpenSSL's words about what it cannot read are of no use to whoever sent it.
    return false
  }
}

/** 12 bytes that say Ed25519, and the key. */
const SPKI_LENGTH = 44
