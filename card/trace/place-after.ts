/** Where a conversation stands after a command: what is selected, and which command's answer waits to be fetched. */

import { bytesAvailable, SW } from '../apdu/status-word.ts'
import type { CardChannel } from '../channel/card-channel.ts'
import { redactAnswer } from '../channel/trace.ts'
import { DF } from '../identifier/application.ts'
import { EF, ISSUER_ITEM } from '../identifier/data-item.ts'
import { codeOf, type Described } from './described.ts'
import { GET_RESPONSE, statusWordOf } from './describe-exchange.ts'
import { directoryById, directoryByName, isPsamName } from './file-names.ts'
import type { CardPlace, Place, PsamPlace } from './place.ts'
import type { TracedCommand } from './traced-command.ts'

export type Answer = Awaited<ReturnType<CardChannel['transmit']>>

const SELECT = 0x00a4
const READ_RECORD = 0x00b2
const BY_NAME = 0x04

export function placeAfter(place: Place, command: TracedCommand, answer: Answer, described: Described): Place {
  if (!answer.ok) return { ...place, waiting: undefined }
  const sw = statusWordOf(redactAnswer('', answer.value)) ?? 0
  const isStep = bytesAvailable(sw) !== undefined
  const waiting = isStep ? (codeOf(command) === GET_RESPONSE ? place.waiting : described) : undefined
  const done = isStep || sw === SW.OK || sw === SW.FILE_INVALIDATED
  const moved = { ...place, waiting }
  if (!done) return moved
  if (codeOf(command) === SELECT) return moved.slot === 'card' ? selectedOnCard(moved, command) : selectedInPsam(moved, command)
  if (codeOf(command) === READ_RECORD && moved.slot === 'card') return afterRead(moved, command, answer.value)
  return moved
}

const fileIdOf = ({ data }: TracedCommand): number =>
  data.length === 0 ? DF.SSSE_ALIAS : ((data[0] ?? 0) << 8) | (data[1] ?? 0)

const nameOf = ({ data }: TracedCommand): Uint8Array => Uint8Array.from(data, (byte) => byte ?? 0)

function selectedOnCard(place: CardPlace, command: TracedCommand): CardPlace {
  const fileId = fileIdOf(command)
  const directory = command.p1 === BY_NAME ? directoryByName(nameOf(command)) : directoryById(fileId)
  if (directory !== undefined) return { ...place, directory, file: undefined }
  return command.p1 === BY_NAME ? place : { ...place, file: fileId }
}

function selectedInPsam(place: PsamPlace, command: TracedCommand): PsamPlace {
  if (command.p1 === BY_NAME) return isPsamName(nameOf(command)) ? { ...place, directory: 'ADF', file: undefined } : place
  const fileId = fileIdOf(command)
  if (fileId === DF.SSSE_ALIAS) return { ...place, directory: 'MF', file: undefined }
  if (fileId === DF.PSAM) return { ...place, directory: 'ADF', file: undefined }
  return { ...place, file: fileId }
}

const FIRST_GENERATION = '1.00'

/** Which generation the card is of is no secret of its holder, and decides what the tags of DF04 mean. */
function afterRead(place: CardPlace, { p1, p2 }: TracedCommand, answer: Uint8Array): CardPlace {
  const shortId = p2 >> 3
  const file = shortId === 0 ? place.file : 0xef00 | shortId
  const isVersion = place.directory === 'SSSE' && file === EF.EF05 && p1 === ISSUER_ITEM.VERSION && (p2 & 0x07) === 0
  if (!isVersion) return { ...place, file }
  const text = String.fromCharCode(...answer.subarray(0, -2))
  return { ...place, file, isFirstGeneration: text.endsWith(FIRST_GENERATION) }
}
