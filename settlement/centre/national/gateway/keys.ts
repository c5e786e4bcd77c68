/** Gateway keys of institutions. */

import { ok, refuse, type Result } from '../../../../base/result.ts'
import type { CentreEntropy, CentreMoment } from '../../ports.ts'
import type { CentreQueries } from '../../store/centre-database.ts'

export interface NationalKey {
  readonly accessKey: string
  readonly secret: string
}

export interface UnknownInstitution {
  readonly kind: 'institution-unknown'
  readonly institution: string
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** A new pair; older ones of the institution stay valid. */
export async function makeNationalKey(
  db: CentreQueries,
  institution: string,
  entropy: CentreEntropy,
  now: CentreMoment
): Promise<Result<NationalKey, UnknownInstitution>> {
  const known = await db.selectFrom('institution').where('fixmedins_code', '=', institution).select('fixmedins_code').executeTakeFirst()
  if (known === undefined) return refuse({ kind: 'institution-unknown', institution })
  const key = { accessKey: hex(entropy.bytes(16)), secret: hex(entropy.bytes(20)) }
  await db
    .insertInto('national_key')
    .values({ access_key: key.accessKey, secret: key.secret, institution, made_at: now.time })
    .execute()
  return ok(key)
}
