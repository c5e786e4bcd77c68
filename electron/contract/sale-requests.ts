/** What a window may ask about a pharmacy's sale, and of eligibility without one. `bill.add-line` and its like work on a sale too. */

import { z } from 'zod'

/** A scanner types what it reads: barcode, trace code, or the text of a QR code. */
export const SCAN_TEXT_MAX = 16_384
export const DIAGNOSES_MAX = 10
export const RETURN_LINES_MAX = 200
export const TRACE_CODES_MAX = 200

const revision = z.int().nonnegative()
const line = z.string().min(1).max(30)
const number = z.string().max(20)
const traceCode = z.string().min(1).max(100)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const words = z.string().max(200)
const itemCode = z.string().min(1).max(50)

const paperPrescription = z.strictObject({
  kind: z.literal('paper'),
  number: z.string().min(1).max(30),
  issuedOn: day,
  doctor: words,
  institutionCode: z.string().max(12),
  institution: words,
  /** 1 to 3; 0: not rated. */
  level: z.int().min(0).max(3),
  visit: z.enum(['ordinary', 'emergency', 'chronic', 'long-term', 'reduced-mobility']),
  diagnoses: z.array(words).max(DIAGNOSES_MAX),
  review: z.enum(['passed', 'refused', 'open'])
})

export const SALE_REQUESTS = {
  'sale.start': z.strictObject({}),
  /** `line`: the selected one, for a trace code that says nothing of its product. */
  'sale.scan': z.strictObject({ revision, text: z.string().min(1).max(SCAN_TEXT_MAX), line: line.optional() }),
  'sale.set-line': z.strictObject({
    revision,
    line,
    quantity: number.optional(),
    /** Units of the pack at a time; with `frequency` (11, 12 ... or qd, bid ...) it makes the days. Empty text takes it away. */
    dose: number.optional(),
    frequency: z.string().max(10).optional(),
    /** Instead of what dose and frequency come to; empty text takes it away. */
    days: number.optional(),
    ownPay: z.boolean().optional()
  }),
  'sale.trace': z.strictObject({ revision, line, code: traceCode, split: z.boolean() }),
  'sale.untrace': z.strictObject({ revision, line, code: traceCode }),
  /** A limited line becomes two: what a fund may pay, and the rest as own pay. */
  'sale.split': z.strictObject({ revision, line }),
  'sale.prescribe': z.strictObject({ revision, prescription: paperPrescription }),
  /**
   * What a QR code or a file of an electronic prescription says: the document, or its number at the platform. A sale rests on one
   * prescription: another, also one that is scanned, is refused, unless it is to `replace` the first.
   */
  'sale.prescription-text': z.strictObject({ revision, text: z.string().min(1).max(SCAN_TEXT_MAX), replace: z.boolean().optional() }),
  /** Those that wait at the platform. */
  'sale.prescriptions': z.strictObject({}),
  'sale.unprescribe': z.strictObject({ revision }),
  /** Of the pharmacist. */
  'sale.review': z.strictObject({ revision, passed: z.boolean(), note: words }),
  'sale.substitutes': z.strictObject({ revision, line }),
  'sale.substitute': z.strictObject({ revision, line, code: itemCode }),
  /**
   * Single packs come back: the whole sale is taken back at once, and opens anew with them as negative lines, to be settled in its
   * place. Asked again after it was broken off it opens the same bill and takes nothing back twice.
   */
  'sale.return': z.strictObject({
    settlementId: z.string().min(1).max(64),
    packs: z.array(z.strictObject({ line, codes: z.array(traceCode).max(TRACE_CODES_MAX), quantity: number })).min(1).max(RETURN_LINES_MAX),
    reason: words
  }),
  /** The card in the reader, or without one the general rules of the place. */
  'eligibility.check': z.strictObject({ code: itemCode, quantity: number, days: number.nullable() })
} as const satisfies Readonly<Record<string, z.ZodType>>
