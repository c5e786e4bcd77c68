/**
 * An electronic prescription as the platform gives it out (7203, 7204) and as a QR code carries it: the prescription and the
 * platform's Ed25519 signature over it. What is signed is the prescription as JSON with the keys of every object in order and
 * no spaces, so that a code may be written anyhow and still be the same document.
 */

import { createPublicKey, verify } from 'node:crypto'
import { z } from 'zod'
import { ok, refuse, type Result } from '../../../base/result.ts'
import { dayOrTimeField, institutionCodeField, institutionKindField, quantityField, textField } from '../../../settlement/wire/fields.ts'
import { checkDocument, type InputProblem } from '../../../settlement/wire/input-problem.ts'

export const RX_NUMBER = /^[A-Z0-9]{8,30}$/
const LINES_MAX = 50
const DIAGNOSES_MAX = 20

const lineSchema = z.strictObject({
  medListCodg: textField(50).optional().describe('National code; left out: any drug of the substance fills it.'),
  drugGenname: textField(200),
  drugCnt: quantityField.describe('What is to be handed over, in drugDosunt.'),
  drugDosunt: textField(20),
  useDayNum: z.int().min(1).max(3660).optional().describe('Days that it is to last.'),
  sinDoscnt: quantityField.optional().describe('Single dose.'),
  usedFrquCodg: z.string().regex(/^\d{2}$/, 'must be the 2 digits of a frequency').optional(),
  takeDrugFlag: z.enum(['0', '1']).default('0').describe('"1": was dispensed already.'),
  hospApprFlag: z.enum(['0', '1', '2']).default('0').describe('0 no approval needed, 1 approved, 2 refused.')
})

export const rxSchema = z.strictObject({
  hiRxno: z.string().regex(RX_NUMBER, 'must be 8 to 30 capital letters and digits'),
  rxTraceCode: textField(50),
  prscTime: dayOrTimeField,
  valiEndTime: dayOrTimeField.describe('After it the prescription is not dispensed.'),
  longRxFlag: z.enum(['0', '1']).default('0'),
  rxExraAttrCode: z.enum(['01', '02', '99']).default('99').describe('01 dual channel, 02 outpatient pooling, 99 other.'),
  rxStasCodg: z.enum(['1', '2', '3']).default('1').describe('1 valid, 2 expired, 3 withdrawn.'),
  rxUsedStasCodg: z.enum(['1', '2']).default('1').describe('1 unused, 2 used.'),
  visit: z.enum(['ordinary', 'emergency', 'chronic', 'long-term', 'reduced-mobility']).default('ordinary'),
  fixmedinsCode: institutionCodeField,
  fixmedinsName: textField(200),
  hospLv: z.int().min(0).max(3).describe('1 to 3; 0: not rated.'),
  fixmedinsKind: institutionKindField.default('hospital'),
  drCode: textField(30).optional(),
  drName: textField(50),
  patnName: textField(50),
  certno: textField(50),
  diseinfo: z.array(z.strictObject({ diagCode: textField(30), diagName: textField(200) })).max(DIAGNOSES_MAX).default([]),
  rxdrugdetail: z.array(lineSchema, 'must be a list of lines').min(1).max(LINES_MAX)
})

const documentSchema = z.strictObject({ prescription: z.unknown(), signature: z.base64().max(200) })

export type Rx = z.output<typeof rxSchema>
export type RxLine = Rx['rxdrugdetail'][number]

export type RxRefusal =
  | { readonly kind: 'prescription-unreadable'; readonly problems: readonly InputProblem[] }
  /** The platform did not sign this. */
  | { readonly kind: 'prescription-forged' }

/** Ed25519, SPKI in DER, base64. */
export function openRx(json: unknown, platformKey: string): Result<Rx, RxRefusal> {
  const document = checkDocument(documentSchema, json)
  if (!document.ok) return refuse({ kind: 'prescription-unreadable', problems: document.error })
  const { prescription, signature } = document.value
  if (!isSigned(prescription, signature, platformKey)) return refuse({ kind: 'prescription-forged' })
  const rx = checkDocument(rxSchema, prescription)
  return rx.ok ? ok(rx.value) : refuse({ kind: 'prescription-unreadable', problems: rx.error })
}

function isSigned(prescription: unknown, signature: string, platformKey: string): boolean {
  const key = createPublicKey({ key: Buffer.from(platformKey, 'base64'), format: 'der', type: 'spki' })
  return verify(null, signedBytes(prescription), key, Buffer.from(signature, 'base64'))
}

export const signedBytes = (prescription: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(ordered(prescription)))

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, part]) => [key, ordered(part)])
  )
}

/** The key of the test platform: nobody's prescriptions. */
const platformSchema = z.strictObject({ note: textField(2000).optional(), public_key: z.base64().max(400), private_key: z.base64().max(400).optional() })
export type PlatformKeys = z.output<typeof platformSchema>
export const parsePlatformKeys = (json: unknown): Result<PlatformKeys, InputProblem[]> => checkDocument(platformSchema, json)

export const rxDay = (time: string): string => time.slice(0, 'YYYY-MM-DD'.length)
