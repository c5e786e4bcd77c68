/** 9101 upload and 9102 download of files. */

import { ok, refuse, type Result } from '../../../../base/result.ts'
import { date, daysInMonth } from '../../../calendar/business-date.ts'
import { dayOfTime, readableTime, timeDigits } from '../../../calendar/written-time.ts'
import { badField, badState, type NationalRefusal } from '../refusal.ts'
import { newId, type Call, type Done } from './transaction.ts'

/** The word that stands for everybody's files, and is taken for one's own too. */
const PUBLIC = 'plc'
export const FILE_BYTES_MAX = 512 * 1024

export interface StoredFile {
  readonly file_qury_no: string
  readonly filename: string
  /** yyyy-MM-dd HH:mm:ss */
  readonly endsAt: string
}

/** `institution` undefined: for everybody. Kept to the end of the next day. */
export async function storeFile(
  call: Call,
  file: { readonly id: string; readonly filename: string; readonly content: Uint8Array; readonly institution: string | undefined }
): Promise<StoredFile> {
  const endsAt = `${dayAfter(dayOfTime(call.now.time))} 23:59:59`
  await call.db
    .insertInto('national_file')
    .values({
      file_qury_no: file.id,
      institution: file.institution ?? null,
      filename: file.filename,
      content: file.content,
      made_at: call.now.time,
      ends_at: timeDigits(endsAt)
    })
    .execute()
  return { file_qury_no: file.id, filename: file.filename, endsAt }
}

export async function upload(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('fsUploadIn')
  const institution = call.institution.fixmedins_code
  if (node.text('fixmedins_code') !== institution) {
    return refuse(badState('fixmedins_code', node.text('fixmedins_code'), 'is not the institution of the envelope 与报文机构不一致'))
  }
  const content = bytesOf(node.raw('in'))
  if (content === undefined || content.length === 0) return refuse(badField('in', 'the file', 'must be its bytes as a list of numbers, or base64 文件内容须为字节数组或base64'))
  if (content.length > FILE_BYTES_MAX) return refuse(badField('in', `${content.length} bytes`, `at most ${FILE_BYTES_MAX} bytes 文件过大`))
  const stored = await storeFile(call, { id: newId(call), filename: node.text('filename'), content, institution })
  const answer = { file_qury_no: stored.file_qury_no, filename: stored.filename, fixmedins_code: institution, dld_endtime: stored.endsAt }
  return ok({ output: { ...answer, fsUploadOut: answer } })
}

const BASE64 = /^[A-Za-z0-9+/\r\n]+={0,2}[\r\n]*$/

/** Some languages write bytes with a sign. */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value === 'string') return BASE64.test(value) ? new Uint8Array(Buffer.from(value, 'base64')) : undefined
  if (!Array.isArray(value)) return undefined
  const bytes = new Uint8Array(value.length)
  for (const [index, byte] of value.entries()) {
    if (typeof byte !== 'number' || !Number.isInteger(byte) || byte < -128 || byte > 255) return undefined
    bytes[index] = byte & 0xff
  }
  return bytes
}

export async function download(call: Call): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('fsDownloadIn')
  const number = node.text('file_qury_no')
  const own = call.institution.fixmedins_code
  const file = await call.db.selectFrom('national_file').where('file_qury_no', '=', number).selectAll().executeTakeFirst()
  if (file === undefined || (file.institution !== null && file.institution !== own)) {
    return refuse(badState('file_qury_no', number, 'no file of this institution 文件不存在'))
  }
  const owner = node.text('fixmedins_code')
  if (owner !== PUBLIC && owner !== own) return refuse(badField('fixmedins_code', owner, `must be ${PUBLIC} or ${own} 须为plc或本机构编号`))
  if (node.text('filename') !== file.filename) return refuse(badState('filename', node.text('filename'), `the file is ${file.filename} 文件名不符`))
  if (file.ends_at < call.now.time) return refuse(badState('file_qury_no', number, `could be fetched until ${readableTime(file.ends_at)} 文件已过下载期限`))
  return ok({ output: {}, file: { name: file.filename, content: new Uint8Array(file.content) } })
}

const pad = (value: number): string => String(value).padStart(2, '0')

export function dayAfter(day: string): string {
  const [year, month, dayOfMonth] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))]
  if (dayOfMonth < daysInMonth(year, month)) return date(`${year}-${pad(month)}-${pad(dayOfMonth + 1)}`)
  return month < 12 ? date(`${year}-${pad(month + 1)}-01`) : date(`${year + 1}-01-01`)
}
