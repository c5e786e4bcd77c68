/**
 * People of an institution: those who were there within a year, and those whom it asks for by the number on their card, each with
 * insurances, entitlement per fund, and what each year has used, as of now. Whoever asks has used some of it: `sequence` says how far
 * that terminal's own facts are in it, so it can add those that are not.
 */

import type { FastifyInstance } from 'fastify'
import { plusDays } from '../../calendar/day-number.ts'
import type { Counters } from '../../calculation/counters.ts'
import { fen, formatFen } from '../../money/fen.ts'
import type { CentrePorts } from '../ports.ts'
import { yearsForTerminal, type YearCounters } from '../record/accounts.ts'
import { entitlementsOf, findPeople, identitiesOf, insurancesOf } from '../record/people.ts'
import type { CentreQueries } from '../store/centre-database.ts'
import type { EntitlementRow, IdentityRow, InsuranceRow, PersonRow } from '../store/schema.ts'
import { byPerson } from './by-person.ts'
import { callerOf } from './caller.ts'
import { CERTNOS_MAX } from './limits.ts'
import { refusal, sendRefusal } from './refusal.ts'
import { sendTagged } from './tagged.ts'
import { visitorList } from './visitor-list.ts'

const VISITORS_DAYS = 366

export function registerEntitlements(app: FastifyInstance, ports: CentrePorts): void {
  const { db } = ports.database
  app.get<{ Querystring: Readonly<Record<string, unknown>> }>('/v1/entitlements', async (request, reply) => {
    const certnos = [request.query['certno'] ?? []].flat().map(String)
    if (certnos.length > CERTNOS_MAX) return sendRefusal(reply, refusal(400, 'too-many-people', `certno: at most ${CERTNOS_MAX} of them`))
    const { terminal, institution } = callerOf(request).terminal
    if (certnos.length > 0) return sendTagged(request, reply, await peopleAskedFor(db, terminal, certnos))
    const { entitlements, people } = await visitorList(ports, institution, plusDays(ports.clock().today, -VISITORS_DAYS))
    return sendTagged(request, reply, `"entitlements":${JSON.stringify(entitlements)},"people":${JSON.stringify(people)}`)
  })
}

async function peopleAskedFor(db: CentreQueries, terminal: string, certnos: readonly string[]): Promise<string> {
  const people = await findPeople(db, certnos)
  const { sequence, years } = await yearsForTerminal(db, terminal, people.map(({ psn_no }) => psn_no))
  return `"sequence":${sequence},"people":${JSON.stringify(await described(db, people, years))}`
}

async function described(db: CentreQueries, people: readonly PersonRow[], years: readonly YearCounters[]): Promise<readonly object[]> {
  const psnNos = people.map(({ psn_no }) => psn_no)
  const insurances = byPerson(await insurancesOf(db, psnNos))
  const entitlements = byPerson(await entitlementsOf(db, psnNos))
  const identities = byPerson(await identitiesOf(db, psnNos))
  const accumulators = byPerson(years)
  return people.map(({ psn_no, certno }) => ({
    psn_no,
    certno,
    insurances: (insurances.get(psn_no) ?? []).map(insuranceOf),
    entitlements: (entitlements.get(psn_no) ?? []).map(entitlementOf),
    identities: (identities.get(psn_no) ?? []).map(identityOf),
    accumulators: (accumulators.get(psn_no) ?? []).map(accumulatorOf)
  }))
}

const insuranceOf = (row: InsuranceRow): object => ({
  insutype: row.insutype,
  insuplc_admdvs: row.insuplc_admdvs,
  psn_type: row.psn_type,
  psn_insu_stas: row.psn_insu_stas,
  psn_insu_date: row.psn_insu_date,
  paus_insu_date: row.paus_insu_date,
  cvlserv_flag: row.cvlserv_flag,
  emp_name: row.emp_name,
  balc: formatFen(fen(row.balc))
})

const entitlementOf = (row: EntitlementRow): object => ({
  insutype: row.insutype,
  fund_pay_type: row.fund_pay_type,
  med_type: row.med_type,
  begndate: row.begndate,
  enddate: row.enddate,
  trt_enjymnt_flag: row.trt_enjymnt_flag,
  trt_chk_rslt: row.trt_chk_rslt
})

const identityOf = ({ psn_idet_type, psn_type_lv, begntime, endtime }: IdentityRow): object => ({ psn_idet_type, psn_type_lv, begntime, endtime })

const accumulatorOf = ({ insutype, year, counters }: YearCounters): object => ({ insutype, year, counters: spoken(counters) })

/** In the order of their names, so that equal counters are equal text. */
const spoken = (counters: Counters): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(counters)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, amount]) => [name, formatFen(amount)])
  )
