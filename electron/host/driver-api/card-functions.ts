/** The functions that read and write the card; the card lies in the reader and its session is lent. */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { CardFault } from '../../../card/session/fault.ts'
import type { CardSession } from '../../../card/session/card-session.ts'
import type { CardFile } from '../../../card/session/file-table.ts'
import { contradicts } from './card-info.ts'
import { parseAddress, tagText, type AddressedPart } from './file-address.ts'
import { returned, type FunctionParams, type Returned } from './functions.ts'
import { bytesOfItem, textOfItem, textOfRecord, textOfTransaction } from './item-text.ts'
import { codeOfFault, RETURN } from './return-code.ts'

/**
 * region | social security number | card number | identification code | name | reset information | version | issue date |
 * expiry date | terminal number | device number | : the order that deployed callers take apart (fs28082033740).
 */
export async function readCardBas(session: CardSession, terminalNumber: string): Promise<Returned> {
  const holder = await session.readHolder()
  if (!holder.ok) return failed(holder.error)
  const { region, cardNumber, identificationCode, resetInformation, version, issueDate, expiryDate } = session.identity
  const { socialSecurityNumber, name } = holder.value
  const fields = [region, socialSecurityNumber, cardNumber, identificationCode, name, resetInformation, version, digits(issueDate), digits(expiryDate), terminalNumber, '']
  return returned(RETURN.done, { pOutInfo: fields.map((field) => `${field ?? ''}|`).join('') })
}

export async function readCard(session: CardSession, { iAuthType, pCardInfo, pFileAddr }: FunctionParams<'iReadCard'>): Promise<Returned> {
  const other = contradicts(pCardInfo, session.identity)
  if (other !== undefined) return other
  const parts = parseAddress(pFileAddr, session.identity.version)
  if (!parts.ok) return wrongAddress('pFileAddr', parts.error.part, parts.error.problem)
  const by = iAuthType === 1 ? 'by-pin' : 'by-key'
  let out = ''
  for (const part of parts.value) {
    const text = await readPart(session, part, by)
    if (!text.ok) return failed(text.error)
    out += `${part.head}|${text.value}$`
  }
  return returned(RETURN.done, { pOutInfo: out })
}

const digits = (day: string | undefined): string => day?.replaceAll('-', '') ?? ''

async function readPart(session: CardSession, part: AddressedPart, by: 'by-pin' | 'by-key'): Promise<Result<string, CardFault>> {
  if (part.kind === 'whole') {
    const whole = await session.readWholeFile(part.file, by)
    return whole.ok ? ok(`${Buffer.from(whole.value).toString('hex').toUpperCase()}|`) : whole
  }
  if (part.kind === 'record') {
    const record = await session.readFileRecord(part.file, part, by)
    return record.ok ? ok(textOfRecord(part.file.name, record.value)) : record
  }
  const values = await session.readFileItems(part.file, part.items, by)
  return values.ok ? ok(part.items.map((item, index) => `${textOfItem(item, values.value[index])}|`).join('')) : values
}

/** Identification code and version: with another one no terminal knows the card any more. */
const ISSUER_FILE = 'SSSEEF05'
const ISSUED_ONCE: ReadonlySet<number> = new Set([0x01, 0x03])

type Writable = CardFile & { readonly write: NonNullable<CardFile['write']> }

interface PartWrite {
  readonly head: string
  readonly file: Writable
  readonly writes: readonly { readonly tag: number; readonly value: Uint8Array }[]
}

/** Every value is looked at before the first is written. `pWriteData` has the shape of `pFileAddr`, values in the place of tags. */
export async function writeCard(session: CardSession, { pCardInfo, pFileAddr, pWriteData }: FunctionParams<'iWriteCard'>): Promise<Returned> {
  const other = contradicts(pCardInfo, session.identity)
  if (other !== undefined) return other
  const parts = parseAddress(pFileAddr, session.identity.version)
  if (!parts.ok) return wrongAddress('pFileAddr', parts.error.part, parts.error.problem)
  const writes = writesOf(parts.value, pWriteData)
  if (!writes.ok) return returned(RETURN.wrongData, { problem: writes.error })
  const written: string[] = []
  for (const part of writes.value) {
    const done = await session.writeFileItems(part.file, part.writes)
    const count = done.ok ? part.writes.length : done.error.written
    if (count > 0) written.push(`${part.head}|${part.writes.slice(0, count).map(({ tag }) => `${tagText(tag)}|`).join('')}$`)
    // What is on the card already cannot be taken back: the caller is told how far it got.
    if (!done.ok) return { ...failed(done.error.fault), pOutInfo: written.join('') }
  }
  return returned(RETURN.done, { pOutInfo: written.join('') })
}

function writesOf(parts: readonly AddressedPart[], data: string): Result<readonly PartWrite[], string> {
  const written = data.split('$')
  if (written.pop() !== '' || written.length !== parts.length) return refuse(`pWriteData: has ${written.length} parts ended by "$"; pFileAddr has ${parts.length}`)
  const writes: PartWrite[] = []
  for (const [index, part] of parts.entries()) {
    const write = writeOf(part, written[index] ?? '')
    if (!write.ok) return write
    writes.push(write.value)
  }
  return ok(writes)
}

function writeOf(part: AddressedPart, data: string): Result<PartWrite, string> {
  const { file, head } = part
  if (part.kind !== 'items' || !isWritable(file)) return refuse(`pFileAddr: ${file.name} is not written by items`)
  const fixed = part.items.find(({ tag }) => file.name === ISSUER_FILE && ISSUED_ONCE.has(tag))
  if (fixed !== undefined) return refuse(`pFileAddr: ${file.name} item ${tagText(fixed.tag)} is written when a card is issued, and never again`)
  const [name, ...values] = data.split('|')
  if (name !== head || values.pop() !== '' || values.length !== part.items.length) {
    return refuse(`pWriteData: "${data.slice(0, 60)}" must be ${head} and ${part.items.length} values, each ended by "|"`)
  }
  const writes: { tag: number; value: Uint8Array }[] = []
  for (const [index, item] of part.items.entries()) {
    const value = bytesOfItem(item, values[index] ?? '')
    if (!value.ok) return refuse(`pWriteData: ${file.name} item ${tagText(item.tag)} ${value.error}`)
    writes.push({ tag: item.tag, value: value.value })
  }
  return ok({ head, file, writes })
}

const isWritable = (file: CardFile): file is Writable => file.write !== undefined

/** The lines of DF04 EF08, newest first, each ended by "$". */
export async function readDebitRecord(session: CardSession): Promise<Returned> {
  const log = await session.readTransactionLog()
  return log.ok ? returned(RETURN.done, { pOutInfo: log.value.map((entry) => `${textOfTransaction(entry)}$`).join('') }) : failed(log.error)
}

const failed = (fault: CardFault): Returned => returned(codeOfFault(fault))

const wrongAddress = (parameter: string, part: string, problem: string): Returned =>
  returned(RETURN.wrongParameter, { problem: `${parameter}: "${part}" ${problem}` })
