/**
 * What the centre told of people (/v1/entitlements): which funds each enjoys, and of whoever it was asked about how each is insured and
 * what their years have used. The list of visitors is as long as an institution has patients, and a day needs a few hundred of them: a
 * person's rows are looked at when the person comes.
 */

import { z } from 'zod'
import { accumulatorsSchema } from '../../../settlement/wire/claim-schema.ts'
import { accumulatorsOf } from '../../../settlement/wire/parse-claim.ts'
import { psnTypeField, textField } from '../../../settlement/wire/fields.ts'
import type { ToldEntitlement, ToldIdentity, ToldInsurance, ToldPerson, ToldYears } from '../told-person.ts'

const entitlementSchema = z.object({
  insutype: z.string(),
  fund_pay_type: z.string().regex(/^\d{6}$/),
  med_type: z.string().nullish(),
  begndate: z.string().nullish(),
  enddate: z.string().nullish(),
  trt_enjymnt_flag: z.enum(['0', '1']),
  trt_chk_rslt: z.string().nullish()
})

const insuranceSchema = z.object({
  insutype: z.string(),
  insuplc_admdvs: z.string(),
  psn_insu_stas: z.enum(['0', '1', '2', '3', '4']),
  psn_insu_date: z.string(),
  paus_insu_date: z.string().nullish(),
  psn_type: psnTypeField.optional(),
  cvlserv_flag: z.enum(['0', '1']).optional()
})

const identitySchema = z.object({ psn_idet_type: textField(6), begntime: z.string(), endtime: z.string().nullish() })

const yearSchema = z.object({ insutype: z.string(), year: z.int().nonnegative(), counters: accumulatorsSchema })
const sequenceSchema = z.int().nonnegative()

export class ToldPeople {
  /** Rows that many people have; a person points at them by their place. */
  readonly #shared: readonly unknown[]
  readonly #people: ReadonlyMap<string, unknown>
  readonly #sequence: number | undefined
  readonly #isWhole: boolean

  /**
   * A person that cannot be read is nobody. `formerTo`: this ledger's facts up to that one came to the centre under an older name, and are in
   * what the years have used: while fewer have come under the new one, nobody can tell what is not.
   */
  constructor(document: unknown, formerTo = 0) {
    this.#shared = listIn(document, 'entitlements')
    const sequence = sequenceSchema.safeParse(fieldOf(document, 'sequence')).data
    this.#sequence = sequence === undefined || sequence < formerTo ? undefined : sequence
    const people = fieldOf(document, 'people')
    const named = listIn(document, 'people').flatMap((person) => {
      const certno = fieldOf(person, 'certno')
      return typeof certno === 'string' ? [[certno, person] as const] : []
    })
    this.#people = new Map(named)
    this.#isWhole = Array.isArray(people) && named.length === people.length
  }

  /** Of somebody who was asked about: that there is nobody of this number. An answer that cannot be read says no such thing. */
  lacks(citizenNumber: string): boolean {
    return this.#isWhole && !this.#people.has(citizenNumber)
  }

  /** Of one kind of insurance; undefined: nothing was told of that person. A row of a fund that cannot be read says nothing. */
  person(citizenNumber: string, insutype: string): ToldPerson | undefined {
    const person = this.#people.get(citizenNumber)
    if (person === undefined) return undefined
    return {
      entitlements: listIn(person, 'entitlements').flatMap((row) => entitlementOf(typeof row === 'number' ? this.#shared[row] : row, insutype)),
      insurances: insurancesOf(fieldOf(person, 'insurances'), insutype),
      identities: identitiesOf(fieldOf(person, 'identities')),
      used: this.#sequence === undefined ? undefined : yearsOf(fieldOf(person, 'accumulators'), insutype, this.#sequence)
    }
  }
}

/** An insurance that is not among them is none: where one cannot be read, nothing was said of any. */
function insurancesOf(rows: unknown, insutype: string): readonly ToldInsurance[] | undefined {
  const read = z.array(insuranceSchema).safeParse(rows).data
  return read
    ?.filter((row) => row.insutype === insutype)
    .map(({ insuplc_admdvs, psn_insu_stas, psn_insu_date, paus_insu_date, psn_type, cvlserv_flag }) => ({
      insuplc_admdvs,
      psn_insu_stas,
      psn_insu_date,
      paus_insu_date: paus_insu_date ?? undefined,
      psn_type,
      cvlserv_flag
    }))
}

const identitiesOf = (rows: unknown): readonly ToldIdentity[] | undefined =>
  z.array(identitySchema).safeParse(rows).data?.map(({ endtime, ...row }) => ({ ...row, endtime: endtime ?? undefined }))

/** A year that is not among them has used nothing: where one cannot be read, nothing was said of any. */
function yearsOf(rows: unknown, insutype: string, sequence: number): ToldYears | undefined {
  const read = z.array(yearSchema).safeParse(rows).data
  if (read === undefined) return undefined
  const years = read.filter((row) => row.insutype === insutype).map(({ year, counters }) => [year, accumulatorsOf({ accumulators: counters })] as const)
  return { sequence, years: new Map(years) }
}

function entitlementOf(row: unknown, insutype: string): readonly ToldEntitlement[] {
  const read = entitlementSchema.safeParse(row).data
  if (read?.insutype !== insutype) return []
  const { fund_pay_type, med_type, trt_enjymnt_flag, begndate, enddate, trt_chk_rslt } = read
  return [{ fund_pay_type, med_type: med_type ?? undefined, trt_enjymnt_flag, begndate: begndate ?? undefined, enddate: enddate ?? undefined, trt_chk_rslt: trt_chk_rslt === '' || trt_chk_rslt === null ? undefined : trt_chk_rslt }]
}

const fieldOf = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined)

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = fieldOf(value, name)
  return Array.isArray(list) ? list : []
}
