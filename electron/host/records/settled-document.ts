/**
 * What a hold keeps beside its amounts: the whole calculation under the national names, and, so that a statement can be
 * printed from the ledger alone, whose card it was and what the visit said of itself. UTF-8 JSON.
 *
 * Only a part is read back: the hold itself has the amounts. Holds written before the person was kept have no such fields,
 * and any of them may be missing.
 */

import { z } from 'zod'
import { jsonFromUtf8 } from '../../../base/utf8.ts'
import type { CardIdentity } from '../../../card/session/identity.ts'
import type { Calculation } from '../../../settlement/calculation/calculation.ts'
import type { AccountPlace } from '../../../settlement/case/debit-amounts.ts'
import type { InsuredPerson, Visit } from '../../../settlement/visit/visit-schema.ts'
import { calculationToWire } from '../../../settlement/wire/calculation-to-wire.ts'
import type { Text } from '../../contract/text.ts'
import { chrgitmLvField } from '../../../settlement/wire/fields.ts'

const text = z.string().catch('')

const lineSchema = z.object({
  feedetl_sn: z.string(),
  med_list_codg: text,
  name: text,
  chrgitm_lv: chrgitmLvField,
  pric: z.string(),
  cnt: z.string()
})

/** The visit in the hospital's own words; empty where it said nothing. */
const visitSchema = z.object({
  ipt_otp_no: text,
  begntime: text,
  med_type: text,
  dept_name: text,
  dr_name: text,
  /** The patient as the hospital wrote the name; the holder's is beside it. */
  psn_name: text,
  dise_name: text
})

const documentSchema = z.object({
  insutype: text,
  psn_type: text,
  med_type: text,
  begntime: text,
  lines: z.array(lineSchema).catch([]),
  /** What was left of each part of the personal share once the supplements had relieved it. */
  personal: z.array(z.object({ part: z.string(), amount: z.string() })).catch([]),
  psn_name: z.string().optional().catch(undefined),
  certno: z.string().optional().catch(undefined),
  card_number: z.string().optional().catch(undefined),
  fixmedins_name: z.string().optional().catch(undefined),
  account_place: z.enum(['on-card', 'at-centre']).optional().catch(undefined),
  visit: visitSchema.optional().catch(undefined),
  /** Of a sale: why no fund paid for a line, by its number. */
  own_pay: z.record(z.string(), z.object({ zh: z.string(), en: z.string() })).catch({})
})

/** The part of a document that screens and paper read. */
export type SettledDocument = z.output<typeof documentSchema>

export interface SettledParts {
  readonly calculation: Calculation
  readonly patient: {
    readonly person: Pick<InsuredPerson, 'psn_name' | 'certno'>
    readonly session: { readonly identity: Pick<CardIdentity, 'cardNumber'> }
  }
  readonly visit: Visit
  readonly accountPlace: AccountPlace
  /** Of a sale: why no fund pays for a line. */
  readonly ownPay?: OwnPayReasons | undefined
}

export type OwnPayReasons = Readonly<Record<string, Text>>

export function settledDocument({ calculation, patient, visit, accountPlace, ownPay }: SettledParts): Uint8Array {
  const { person, session } = patient
  const document = {
    psn_name: person.psn_name,
    certno: person.certno,
    card_number: session.identity.cardNumber,
    fixmedins_name: visit.fixmedins_name,
    account_place: accountPlace,
    own_pay: ownPay,
    visit: {
      ipt_otp_no: visit.ipt_otp_no,
      begntime: visit.begntime,
      med_type: visit.med_type,
      dept_name: visit.dept_name,
      dr_name: visit.dr_name,
      psn_name: visit.patient.psn_name,
      dise_name: visit.dise_name
    },
    ...calculationToWire(calculation)
  }
  return new TextEncoder().encode(JSON.stringify(document))
}

/** undefined when the bytes are no such document: the hold is then all there is. */
export function readSettledDocument(result: Uint8Array): SettledDocument | undefined {
  const document = documentSchema.safeParse(jsonFromUtf8(result))
  return document.success ? document.data : undefined
}

/** Whose card it was; empty where the document does not tell. */
export interface SettledPerson {
  readonly name: string
  readonly cardNumber: string
}

/** The little that a list shows, without checking every line of the bill. */
export function readSettledPerson(result: Uint8Array): SettledPerson {
  const json = jsonFromUtf8(result)
  const fields: Readonly<Record<string, unknown>> = typeof json === 'object' && json !== null ? { ...json } : {}
  const textOf = (field: string): string => (typeof fields[field] === 'string' ? fields[field] : '')
  return { name: textOf('psn_name'), cardNumber: textOf('card_number') }
}
