/** The people of a batch and their cards, as they are of record. */

import type { Counters } from '../../calculation/counters.ts'
import { issuedCard } from '../record/cards.ts'
import { readCounters } from '../record/counters-text.ts'
import { anyOf } from '../store/any-of.ts'
import type { CentreQueries } from '../store/centre-database.ts'
import {
  counterKey,
  type CardOfRecord,
  type EntitlementOfRecord,
  type IdentityOfRecord,
  type InsuranceOfRecord,
  type PersonOfRecord
} from './knowledge.ts'

/** By certno. `lock` gets the people's numbers before anything that hangs on them is read. */
export async function peopleOf(
  db: CentreQueries,
  certnos: readonly string[],
  lock: (psnNos: readonly string[]) => Promise<void>
): Promise<Map<string, PersonOfRecord>> {
  if (certnos.length === 0) {
    await lock([])
    return new Map()
  }
  const rows = await db.selectFrom('person').select(['psn_no', 'certno', 'brdy']).where(anyOf(db, 'person.certno', certnos)).execute()
  const psnNos = rows.map(({ psn_no }) => psn_no)
  await lock(psnNos)
  const insurances = await insurancesOf(db, psnNos)
  const identities = await identitiesOf(db, psnNos)
  const entitlements = await entitlementsOf(db, psnNos)
  return new Map(
    rows.map(({ psn_no, certno, brdy }) => [
      certno,
      {
        psnNo: psn_no,
        brdy,
        insurances: insurances.get(psn_no) ?? [],
        identities: identities.get(psn_no) ?? [],
        entitlements: entitlements.get(psn_no) ?? []
      }
    ])
  )
}

async function insurancesOf(db: CentreQueries, psnNos: readonly string[]): Promise<Map<string, InsuranceOfRecord[]>> {
  const rows = await db.selectFrom('insurance').selectAll().where(anyOf(db, 'insurance.psn_no', psnNos)).execute()
  return grouped(rows, (row) => ({
    insutype: row.insutype,
    region: row.insuplc_admdvs,
    psnType: row.psn_type,
    status: row.psn_insu_stas,
    insuredSince: row.psn_insu_date,
    pausedSince: row.paus_insu_date ?? undefined,
    cvlservFlag: row.cvlserv_flag
  }))
}

async function identitiesOf(db: CentreQueries, psnNos: readonly string[]): Promise<Map<string, IdentityOfRecord[]>> {
  const rows = await db.selectFrom('identity_row').selectAll().where(anyOf(db, 'identity_row.psn_no', psnNos)).execute()
  return grouped(rows, (row) => ({ psnIdetType: row.psn_idet_type, begins: row.begntime, ends: row.endtime ?? undefined }))
}

async function entitlementsOf(db: CentreQueries, psnNos: readonly string[]): Promise<Map<string, EntitlementOfRecord[]>> {
  const rows = await db.selectFrom('entitlement').selectAll().where(anyOf(db, 'entitlement.psn_no', psnNos)).execute()
  return grouped(rows, (row) => ({
    insutype: row.insutype,
    fundPayType: row.fund_pay_type,
    medType: row.med_type ?? undefined,
    begins: row.begndate,
    ends: row.enddate ?? undefined,
    isEnjoyed: row.trt_enjymnt_flag === '1'
  }))
}

function grouped<Row extends { readonly psn_no: string }, Value>(rows: readonly Row[], of: (row: Row) => Value): Map<string, Value[]> {
  const groups = new Map<string, Value[]>()
  for (const row of rows) {
    const group = groups.get(row.psn_no)
    if (group === undefined) groups.set(row.psn_no, [of(row)])
    else group.push(of(row))
  }
  return groups
}

/** psn_no of the holders of these cards. */
export async function ownersOf(db: CentreQueries, cardIds: readonly string[]): Promise<string[]> {
  if (cardIds.length === 0) return []
  const rows = await db.selectFrom('card').select('psn_no').where(anyOf(db, 'card.card_id', cardIds)).execute()
  return rows.map(({ psn_no }) => psn_no)
}

export async function cardsOf(db: CentreQueries, cardIds: readonly string[]): Promise<Map<string, CardOfRecord>> {
  if (cardIds.length === 0) return new Map()
  const rows = await db.selectFrom('card').selectAll().where(anyOf(db, 'card.card_id', cardIds)).execute()
  return new Map(
    rows.map((row) => [
      row.card_id,
      {
        ...issuedCard(row),
        ref: row.card_ref,
        psnNo: row.psn_no,
        isLost: row.lost !== null,
        lostSince: row.lost_since ?? ''
      }
    ])
  )
}

/** By `counterKey`: what all their years have used. */
export async function countersOf(db: CentreQueries, psnNos: readonly string[]): Promise<Map<string, Counters>> {
  if (psnNos.length === 0) return new Map()
  const rows = await db.selectFrom('accumulator').selectAll().where(anyOf(db, 'accumulator.psn_no', psnNos)).execute()
  return new Map(rows.map(({ psn_no, insutype, year, counters }) => [counterKey(psn_no, insutype, year), readCounters(counters)]))
}
