/**
 * Reading and writing by address, as the drivers that hospital software knows do it (card.md 2.3): any item of any file, the
 * key or the PIN shown as the file asks.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { stepOf } from '../command/command.ts'
import { readRecordByNumber } from '../command/read-record.ts'
import { updateRecordByTag } from '../command/update-record.ts'
import { enter, openFile, readItem, showKey, type CardContext } from './access.ts'
import { readToEnd } from './biometrics.ts'
import { faultOf, type CardFault } from './fault.ts'
import type { KeyReference } from '../identifier/key-reference.ts'
import type { CardFile, FileItem, ReadRight } from './file-table.ts'

/** 'by-pin' shows no key, 'by-key' wants no PIN, where the file leaves the choice. */
export type ReadBy = 'by-pin' | 'by-key'

/** The values in the order asked for; undefined where the card has no such item. */
export async function readFileItems(context: CardContext, file: CardFile, items: readonly FileItem[], by: ReadBy): Promise<Result<(Uint8Array | undefined)[], CardFault>> {
  const opened = await openToRead(context, file, by)
  if (!opened.ok) return opened
  const values: (Uint8Array | undefined)[] = []
  for (const item of items) {
    const value = await readItem(context, item)
    if (!value.ok) return value
    values.push(value.value)
  }
  return ok(values)
}

/** One record of a cyclic file, 1 the newest; undefined where there is none. */
export async function readFileRecord(
  context: CardContext,
  file: CardFile,
  record: { readonly number: number; readonly length: number },
  by: ReadBy
): Promise<Result<Uint8Array | undefined, CardFault>> {
  const opened = await openToRead(context, file, by)
  if (!opened.ok) return opened
  const command = readRecordByNumber(record.number, record.length)
  const read = await context.conversation.send(command)
  if (read.ok) return read
  return read.error.kind === 'not-found' ? ok(undefined) : refuse(faultOf(stepOf(command.apdu), read.error))
}

/** The whole of a transparent file, until the card says that it ends. */
export async function readWholeFile(context: CardContext, file: CardFile, by: ReadBy): Promise<Result<Uint8Array, CardFault>> {
  const opened = await openToRead(context, file, by)
  return opened.ok ? readToEnd(context) : opened
}

export interface ItemWrite {
  readonly tag: number
  /** As long as the item. */
  readonly value: Uint8Array
}

/** How many were written before the card refused; the rest were not. A card has no write over several records. */
export type WriteOutcome = Result<null, { readonly written: number; readonly fault: CardFault }>

/** Shows the file's update key, then writes one item after the other, each once. */
export async function writeFileItems(context: CardContext, file: CardFile & { readonly write: NonNullable<CardFile['write']> }, writes: readonly ItemWrite[]): Promise<WriteOutcome> {
  const ready = await openToWrite(context, file)
  if (!ready.ok) return refuse({ written: 0, fault: ready.error })
  for (const [written, { tag, value }] of writes.entries()) {
    const done = await context.conversation.ask(updateRecordByTag(tag, value))
    if (!done.ok) return refuse({ written, fault: done.error })
  }
  return ok(null)
}

async function openToWrite(context: CardContext, { aid, fileId, write }: CardFile & { readonly write: NonNullable<CardFile['write']> }): Promise<Result<null, CardFault>> {
  const entered = await enter(context, aid)
  if (!entered.ok) return entered
  const shown = await showKey(context, write)
  return shown.ok ? openFile(context, fileId) : shown
}

async function openToRead(context: CardContext, { aid, fileId, read }: CardFile, by: ReadBy): Promise<Result<null, CardFault>> {
  const entered = await enter(context, aid)
  if (!entered.ok) return entered
  if (wantsPin(read, by) && !context.access.pinVerified) return refuse({ kind: 'pin-not-verified' })
  const key = keyToShow(read, by)
  const shown = key === undefined ? ok(null) : await showKey(context, key)
  return shown.ok ? openFile(context, fileId) : shown
}

const wantsPin = ({ kind }: ReadRight, by: ReadBy): boolean => kind === 'pin' || kind === 'pin-and-key' || (kind === 'pin-or-key' && by === 'by-pin')

function keyToShow(read: ReadRight, by: ReadBy): KeyReference | undefined {
  if (read.kind === 'free' || read.kind === 'pin') return undefined
  return read.kind === 'pin-or-key' && by === 'by-pin' ? undefined : read.key
}
