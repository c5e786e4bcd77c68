/**
 * What the centre told of people who were here before (/v1/entitlements): which funds each enjoys. The list is as long as an institution
 * has patients, and a day needs a few hundred of them: a person's rows are looked at when the person comes.
 */

import { z } from 'zod'
import type { ToldEntitlement } from '../told-funds.ts'

const entitlementSchema = z.object({
  insutype: z.string(),
  fund_pay_type: z.string().regex(/^\d{6}$/),
  med_type: z.string().nullish(),
  begndate: z.string().nullish(),
  enddate: z.string().nullish(),
  trt_enjymnt_flag: z.enum(['0', '1']),
  trt_chk_rslt: z.string().nullish()
})

export class ToldPeople {
  /** Rows that many people have; a person points at them by their place. */
  readonly #shared: readonly unknown[]
  readonly #people: ReadonlyMap<string, readonly unknown[]>

  /** A person that cannot be read is nobody. */
  constructor(document: unknown) {
    this.#shared = listIn(document, 'entitlements')
    this.#people = new Map(
      listIn(document, 'people').flatMap((person) => {
        const certno = fieldOf(person, 'certno')
        return typeof certno === 'string' ? [[certno, listIn(person, 'entitlements')] as const] : []
      })
    )
  }

  /** Of one kind of insurance; undefined: nothing was told of that person. A row that cannot be read says nothing. */
  entitlements(citizenNumber: string, insutype: string): readonly ToldEntitlement[] | undefined {
    return this.#people.get(citizenNumber)?.flatMap((row) => entitlementOf(typeof row === 'number' ? this.#shared[row] : row, insutype))
  }
}

function entitlementOf(row: unknown, insutype: string): readonly ToldEntitlement[] {
  const read = entitlementSchema.safeParse(row).data
  if (read?.insutype !== insutype) return []
  const { fund_pay_type, med_type, trt_enjymnt_flag, begndate, enddate, trt_chk_rslt } = read
  return [{ fund_pay_type, med_type: med_type ?? undefined, trt_enjymnt_flag, begndate: begndate ?? undefined, enddate: enddate ?? undefined, trt_chk_rslt: trt_chk_rslt ?? undefined }]
}

const fieldOf = (value: unknown, name: string): unknown => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined)

function listIn(value: unknown, name: string): readonly unknown[] {
  const list = fieldOf(value, name)
  return Array.isArray(list) ? list : []
}
