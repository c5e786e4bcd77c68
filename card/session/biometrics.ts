/**
 * Photo and fingerprint: transparent files of the SSSE behind RKSSSE. Their sizes differ between sources (fingerprint 300 or
 * 400 hex), so a file is read until the card says that it ends, and never beyond what the largest could hold.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import { concat } from '../bytes/bytes.ts'
import { stepOf } from '../command/command.ts'
import { readBinary } from '../command/read-binary.ts'
import { AID_SSSE } from '../identifier/application.ts'
import { EF } from '../identifier/data-item.ts'
import { KEY } from '../identifier/key-reference.ts'
import { enter, openFile, showKey, type CardContext } from './access.ts'
import { faultOf, type CardFault } from './fault.ts'

/** Bytes a command asks for (WAPP). */
const CHUNK_LENGTH = 0xf0
/** 4096 bytes of photo in chunks of F0, and one for the end. */
export const CHUNKS_MAX = 19

/** Compressed picture as stored, up to 4096 bytes. */
export const readPhoto = (context: CardContext): Promise<Result<Uint8Array, CardFault>> => readWhole(context, EF.EF08)

export const readFingerprint = (context: CardContext): Promise<Result<Uint8Array, CardFault>> => readWhole(context, EF.EF07)

async function readWhole(context: CardContext, fileId: number): Promise<Result<Uint8Array, CardFault>> {
  const entered = await enter(context, AID_SSSE)
  if (!entered.ok) return entered
  const shown = await showKey(context, KEY.RKSSSE)
  if (!shown.ok) return shown
  const opened = await openFile(context, fileId)
  return opened.ok ? readToEnd(context) : opened
}

/** The transparent file selected, until the card says that it ends. */
export async function readToEnd({ conversation }: Pick<CardContext, 'conversation'>): Promise<Result<Uint8Array, CardFault>> {
  const chunks: Uint8Array[] = []
  let offset = 0
  while (chunks.length < CHUNKS_MAX) {
    const command = readBinary(offset, CHUNK_LENGTH)
    const chunk = await conversation.send(command)
    if (!chunk.ok) {
      if (chunk.error.kind === 'offset-outside') break
      return refuse(faultOf(stepOf(command.apdu), chunk.error))
    }
    chunks.push(chunk.value)
    offset += chunk.value.length
    if (chunk.value.length < CHUNK_LENGTH) break
  }
  return ok(concat(...chunks))
}
