/**
 * The one text of a report: JSON without spaces, the fields of every object in the order of their names. It is what the key
 * signs and what the close's fact keeps, so that the same report has the same bytes wherever it is written again.
 */

import { invariant } from '../../base/invariant.ts'
import { jsonFromUtf8 } from '../../base/utf8.ts'
import { reportSchema, type CloseReport } from './report-schema.ts'

export const encodeReport = (report: CloseReport): Uint8Array => new TextEncoder().encode(canonicalJson(report))

/** undefined: no report of a version that this program knows. Reports of others are kept and shown as what they are. */
export function decodeReport(bytes: Uint8Array): CloseReport | undefined {
  const report = reportSchema.safeParse(jsonFromUtf8(bytes))
  return report.success ? report.data : undefined
}

export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1))
    return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`
  }
  const text = JSON.stringify(value)
  invariant(typeof text === 'string', `a report holds a ${typeof value}, which JSON does not know`)
  return text
}
