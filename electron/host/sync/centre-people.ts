/** What the centre told of people who were here before (/v1/entitlements): which funds each enjoys. */

import { z } from 'zod'
import { checkDocument } from '../../../settlement/wire/input-problem.ts'

const entitlementSchema = z.object({
  insutype: z.string(),
  fund_pay_type: z.string().regex(/^\d{6}$/),
  med_type: z.string().nullish(),
  begndate: z.string().nullish(),
  enddate: z.string().nullish(),
  trt_enjymnt_flag: z.enum(['0', '1']),
  trt_chk_rslt: z.string().nullish()
})

const personSchema = z.object({ certno: z.string(), entitlements: z.array(z.unknown()) })
const documentSchema = z.object({ people: z.array(z.unknown()) })

export interface ToldEntitlement {
  readonly fund_pay_type: string
  readonly med_type: string | undefined
  readonly trt_enjymnt_flag: '0' | '1'
  readonly begndate: string | undefined
  readonly enddate: string | undefined
  readonly trt_chk_rslt: string | undefined
}

export type ToldPeople = ReadonlyMap<string, readonly (ToldEntitlement & { readonly insutype: string })[]>

/** By citizen number; a row that cannot be read says nothing. */
export function toldPeople(json: unknown): ToldPeople {
  const document = checkDocument(documentSchema, json)
  if (!document.ok) return new Map()
  return new Map(
    document.value.people.flatMap((row) => {
      const person = personSchema.safeParse(row).data
      return person === undefined ? [] : [[person.certno, person.entitlements.flatMap(entitlementOf)] as const]
    })
  )
}

function entitlementOf(row: unknown) {
  const read = entitlementSchema.safeParse(row).data
  if (read === undefined) return []
  const { insutype, fund_pay_type, med_type, trt_enjymnt_flag, begndate, enddate, trt_chk_rslt } = read
  return [{ insutype, fund_pay_type, med_type: med_type ?? undefined, trt_enjymnt_flag, begndate: begndate ?? undefined, enddate: enddate ?? undefined, trt_chk_rslt: trt_chk_rslt ?? undefined }]
}
