/** People, their insurances and what they are entitled to, asked for many at once: a batch is a thousand visits. */

import { isWithin } from '../../calendar/written-time.ts'
import { fundEntitlement, type FundEntitlement, type FundRow } from '../../policy/fund-entitlement.ts'
import { anyOf } from '../store/any-of.ts'
import type { CentreQueries } from '../store/centre-database.ts'
import type { EntitlementRow, FilingRow, IdentityRow, InsuranceRow, PersonRow } from '../store/schema.ts'

export const findPeople = (db: CentreQueries, certnos: readonly string[]): Promise<PersonRow[]> =>
  db.selectFrom('person').selectAll().where(anyOf(db, 'person.certno', certnos)).orderBy('certno').execute()

export const peopleByNumber = (db: CentreQueries, psnNos: readonly string[]): Promise<PersonRow[]> =>
  db.selectFrom('person').selectAll().where(anyOf(db, 'person.psn_no', psnNos)).orderBy('psn_no').execute()

/** Who was served at an institution from a day on; YYYY-MM-DD. */
export const peopleServed = (db: CentreQueries, institution: string, since: string): Promise<Pick<PersonRow, 'psn_no' | 'certno'>[]> =>
  db
    .selectFrom('person')
    .select(['psn_no', 'certno'])
    .where('psn_no', 'in', db.selectFrom('settlement').select('psn_no').where('institution', '=', institution).where('setl_time', '>=', `${since.replaceAll('-', '')}000000`))
    .orderBy('psn_no')
    .execute()

export const insurancesOf = (db: CentreQueries, psnNos: readonly string[]): Promise<InsuranceRow[]> =>
  db
    .selectFrom('insurance')
    .selectAll()
    .where(anyOf(db, 'insurance.psn_no', psnNos))
    .orderBy('psn_no')
    .orderBy('insutype')
    .orderBy('insuplc_admdvs')
    .execute()

export const identitiesOf = (db: CentreQueries, psnNos: readonly string[]): Promise<IdentityRow[]> =>
  db
    .selectFrom('identity_row')
    .selectAll()
    .where(anyOf(db, 'identity_row.psn_no', psnNos))
    .orderBy('psn_no')
    .orderBy('psn_idet_type')
    .orderBy('begntime')
    .execute()

/** Every entitlement, of the past and of the future too; `entitlementOn` reads them. */
export const entitlementsOf = (db: CentreQueries, psnNos: readonly string[]): Promise<EntitlementRow[]> =>
  db
    .selectFrom('entitlement')
    .selectAll()
    .where(anyOf(db, 'entitlement.psn_no', psnNos))
    .orderBy('psn_no')
    .orderBy('insutype')
    .orderBy('fund_pay_type')
    .orderBy('begndate')
    .orderBy('med_type')
    .execute()

export const filingsOf = (db: CentreQueries, psnNos: readonly string[]): Promise<FilingRow[]> =>
  db
    .selectFrom('filing')
    .selectAll()
    .where(anyOf(db, 'filing.psn_no', psnNos))
    .orderBy('psn_no')
    .orderBy('kind')
    .orderBy('code')
    .orderBy('begndate')
    .execute()

/** `day`: YYYY-MM-DD. Both ends belong to it; without an end it lasts. */
export const isValidOn = ({ begndate, enddate }: { readonly begndate: string; readonly enddate: string | null }, day: string): boolean =>
  isWithin(day, begndate, enddate)

export interface EntitlementQuestion {
  readonly insutype: string
  readonly fundPayType: string
  readonly medType: string
  readonly day: string
}

/** What a person's rows say of one fund on a day. */
export function entitlementOn(rows: readonly EntitlementRow[], { insutype, fundPayType, medType, day }: EntitlementQuestion): FundEntitlement<EntitlementRow & FundRow> {
  const ofFund = rows.filter((row) => row.insutype === insutype && row.fund_pay_type === fundPayType)
  return fundEntitlement(ofFund.map((row) => ({ ...row, enjoys: row.trt_enjymnt_flag === '1', medType: row.med_type ?? undefined, isNow: isValidOn(row, day) })), medType)
}
