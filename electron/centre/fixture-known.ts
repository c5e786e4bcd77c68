/** What people.json tells of the holders of the fixture cards on a day, as the register keeps it: its counters and its centre are to say the same of a person. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ok, type Result } from '../../base/result.ts'
import type { BusinessDate } from '../../settlement/calendar/business-date.ts'
import type { EntitlementRow, FilingRow, InsuranceRow } from '../../settlement/centre/store/schema.ts'
import { datedText } from '../host/files/dated-text.ts'
import { badDocument } from '../host/files/document.ts'
import type { FileProblem } from '../host/files/file-problem.ts'
import { readJsonFile } from '../host/files/read-file.ts'
import { FILING_KINDS, NO_PEOPLE, parsePeople, type KnownPerson, type People } from '../host/sale/people-file.ts'

/** By citizen number; of fixtures without that file nobody is told of. */
export function fixtureKnown(fixtures: string, today: BusinessDate): Result<People, FileProblem> {
  const path = join(fixtures, 'people', 'people.json')
  if (!existsSync(path)) return ok(NO_PEOPLE)
  const json = readJsonFile(path, 'people')
  if (!json.ok) return json
  const people = parsePeople(JSON.parse(datedText(JSON.stringify(json.value), today)))
  return people.ok ? people : badDocument(path, 'people', people.error)
}

type Standing = Partial<Pick<InsuranceRow, 'psn_insu_stas' | 'psn_insu_date' | 'paus_insu_date' | 'cvlserv_flag'>>

export const standingOf = (known: KnownPerson | undefined): Standing =>
  known === undefined
    ? {}
    : {
        psn_insu_stas: known.insurance.psn_insu_stas,
        ...(known.insurance.psn_insu_date !== undefined && { psn_insu_date: known.insurance.psn_insu_date }),
        paus_insu_date: known.insurance.paus_insu_date ?? null,
        cvlserv_flag: known.cvlserv_flag
      }

/** Beside the insurance of the card. */
export const alsoInsured = (known: KnownPerson | undefined, ofCard: InsuranceRow): InsuranceRow[] =>
  known?.also_insured.map((row) => ({ ...ofCard, cvlserv_flag: '0', emp_name: '', balc: 0, ...row, paus_insu_date: row.paus_insu_date ?? null })) ?? []

type Told = Pick<EntitlementRow, 'fund_pay_type' | 'med_type' | 'begndate' | 'enddate' | 'trt_enjymnt_flag' | 'trt_chk_rslt'>

/** What is told of a fund takes the place of what everybody has of it. `since`: where no first day is told. */
export const entitlementsTold = (known: KnownPerson | undefined, since: string): readonly Told[] =>
  known?.entitlements.map(({ fund_pay_type, med_type, begndate, enddate, trt_enjymnt_flag, trt_chk_rslt }) => ({
    fund_pay_type,
    med_type: med_type ?? null,
    begndate: begndate ?? since,
    enddate: enddate ?? null,
    trt_enjymnt_flag,
    trt_chk_rslt: trt_chk_rslt ?? ''
  })) ?? []

/** The chronic diseases that were filed: 5301 finds them, and 14.. pays for them. */
export const filingsOf = (known: KnownPerson | undefined): readonly Omit<FilingRow, 'psn_no'>[] => known?.filings.flatMap(chronic) ?? []

/** The register has one place or none for a filing: of several, none is chosen. */
function chronic({ biz_appy_type, dise_codg, dise_name, begndate, enddate, fixmedins_code }: KnownPerson['filings'][number]): Omit<FilingRow, 'psn_no'>[] {
  if (FILING_KINDS[biz_appy_type] !== 'chronic' || dise_codg === undefined) return []
  const [place, another] = fixmedins_code
  return [{ kind: 'chronic-disease', code: dise_codg, name: dise_name ?? '', begndate, enddate: enddate ?? null, fixmedins_code: another === undefined ? (place ?? null) : null }]
}
