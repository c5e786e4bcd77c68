/**
 * Electronic prescriptions that wait, as the platform would give them out: one document a file in `prescriptions/` of the data
 * folder. It begins with those of the demonstration, written as if they were of these days and signed by the test platform.
 */

import { createPrivateKey, sign } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { BusinessDate } from '../../../settlement/calendar/business-date.ts'
import { textField } from '../../../settlement/wire/fields.ts'
import { checkDocument } from '../../../settlement/wire/input-problem.ts'
import type { WaitingPrescriptionView } from '../../contract/sale-view.ts'
import { datedText } from '../files/dated-text.ts'
import { beginFolder, type FileSteps } from '../files/file-steps.ts'
import { readJsonFile } from '../files/read-file.ts'
import { rxSchema, signedBytes, type PlatformKeys } from './rx-document.ts'

const WAITING_MAX = 200

/** A prescription of the demonstration: `{D}` is the day, `{D-5}` five days before it. */
const templateSchema = z.strictObject({
  note: z.strictObject({ zh: textField(100), en: textField(100) }),
  prescription: z.record(z.string(), z.unknown()),
  forged: z.boolean().default(false)
})

const waitingSchema = z.object({ prescription: rxSchema })
const notedSchema = z.object({ note: z.object({ zh: z.string(), en: z.string() }) })

interface Beginning {
  readonly keys: PlatformKeys
  readonly today: BusinessDate
  readonly files: FileSteps
}

/** Only when the folder is not there yet, and whole or not at all. */
export function beginRxShelf(folder: string, fixtures: string, { keys, today, files }: Beginning): void {
  const from = join(fixtures, 'prescriptions')
  if (existsSync(folder) || !existsSync(from) || keys.private_key === undefined) return
  const { private_key: key } = keys
  const documents = jsonFilesOf(from).flatMap((file) => {
    const json = readJsonFile(join(from, file), 'prescription')
    const template = json.ok ? checkDocument(templateSchema, json.value) : undefined
    if (template?.ok !== true) return []
    return [[file, `${JSON.stringify(signed(template.value, key, today), undefined, 2)}\n`] as const]
  })
  beginFolder(files, folder, new Map(documents))
}

function signed({ note, prescription, forged }: z.output<typeof templateSchema>, privateKey: string, today: BusinessDate) {
  const dated = JSON.parse(datedText(JSON.stringify(prescription), today)) as Record<string, unknown>
  const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' })
  const signature = sign(null, signedBytes(dated), key).toString('base64')
  // What somebody wrote into it after it was signed.
  return { note, prescription: forged ? { ...dated, drName: '测试冒名医生' } : dated, signature }
}

const jsonFilesOf = (folder: string): string[] => readdirSync(folder).filter((name) => name.endsWith('.json')).toSorted().slice(0, WAITING_MAX)

interface Waiting {
  readonly view: WaitingPrescriptionView
  /** With its signature, as a code carries it. */
  readonly document: unknown
}

/** What cannot be read is nobody's prescription. */
export function waitingRx(folder: string): readonly Waiting[] {
  if (!existsSync(folder)) return []
  return jsonFilesOf(folder).flatMap((file) => {
    const json = readJsonFile(join(folder, file), 'prescription')
    const waiting = json.ok ? checkDocument(waitingSchema, json.value) : undefined
    return json.ok && waiting?.ok === true ? [waitingOf(json.value as Record<string, unknown>, waiting.value.prescription)] : []
  })
}

function waitingOf({ note, prescription, signature }: Record<string, unknown>, rx: z.output<typeof rxSchema>): Waiting {
  const document = { prescription, signature }
  const noted = checkDocument(notedSchema, { note })
  return {
    document,
    view: {
      number: rx.hiRxno,
      patient: rx.patnName,
      doctor: rx.drName,
      issuedOn: rx.prscTime.slice(0, 10),
      note: noted.ok ? noted.value.note : { zh: '', en: '' },
      text: JSON.stringify(document)
    }
  }
}

export const rxNumbered = (folder: string, number: string): unknown => waitingRx(folder).find(({ view }) => view.number === number)?.document
