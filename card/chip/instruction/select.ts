/**
 * SELECT 00 A4 (P1 6.2.14; ISO 7816-4 7.1.1).
 *
 *   00 A4 04 00|0C Lc AID      by name, whole names only; 00: answers FCI, 0C: nothing
 *   00 A4 00 00|0C 02 FID      directory, or file of the current directory
 *   00 A4 02 00|0C 02 FID      file of the current directory
 *   00 A4 00 00|0C             the root
 */

import type { CommandApdu } from '../../apdu/command-apdu.ts'
import { SW } from '../../apdu/status-word.ts'
import { concat } from '../../bytes/bytes.ts'
import { encodeTlv } from '../../bytes/tlv.ts'
import { DF } from '../../identifier/application.ts'
import type { PlacedApplication } from '../image/layout.ts'
import type { Answer, Instruction } from '../instruction.ts'
import type { RunningCard } from '../running-card.ts'

const BY_FILE_ID = 0x00
const FILE_UNDER_CURRENT = 0x02
const BY_NAME = 0x04
const WITH_FCI = 0x00
const WITHOUT_FCI = 0x0c
const NOTHING = new Uint8Array(0)

export const SELECT: Instruction = {
  name: 'SELECT',
  cla: 0x00,
  ins: 0xa4,
  whenBlocked: true,
  execute(card, command) {
    if (command.p2 !== WITH_FCI && command.p2 !== WITHOUT_FCI) return SW.WRONG_P1_P2
    if (card.kind === 'bank') return SW.FILE_NOT_FOUND
    switch (command.p1) {
      case BY_NAME:
        return selectByName(card, command)
      case BY_FILE_ID:
        return command.data.length === 0 ? choose(card, card.root, command) : selectByFileId(card, command)
      case FILE_UNDER_CURRENT:
        return selectByFileId(card, command)
      default:
        return SW.WRONG_P1_P2
    }
  }
}

function selectByName(card: RunningCard, command: CommandApdu): Answer {
  const { data } = command
  if (data.length === 0) return SW.WRONG_LENGTH
  for (const application of card.applications) {
    const { aid } = application.table
    if (aid !== undefined && isName(aid, data)) return choose(card, application, command)
  }
  return SW.FILE_NOT_FOUND
}

/** Names differ in their last bytes: comparing from the end finds that out first. */
function isName(aid: Uint8Array, data: Uint8Array): boolean {
  if (aid.length !== data.length) return false
  for (let i = aid.length - 1; i >= 0; i--) if (aid[i] !== data[i]) return false
  return true
}

function selectByFileId(card: RunningCard, command: CommandApdu): Answer {
  const [high, low] = command.data
  if (high === undefined || low === undefined || command.data.length !== 2) return SW.WRONG_LENGTH
  const fid = (high << 8) | low
  const file = card.volatile.application.files.find((candidate) => candidate.fid === fid)
  if (file !== undefined) {
    const state = card.stateOf(card.volatile.application)
    if (state === 'working') card.volatile.file = file
    if (state === 'locked') return SW.APPLICATION_LOCKED
    return state === 'working' ? SW.OK : SW.CONDITIONS_NOT_SATISFIED
  }
  if (command.p1 === FILE_UNDER_CURRENT) return SW.FILE_NOT_FOUND
  const sought = fid === DF.SSSE_ALIAS ? DF.SSSE : fid
  const application = card.applications.find(({ table }) => table.fid === sought)
  return application === undefined ? SW.FILE_NOT_FOUND : choose(card, application, command)
}

function choose(card: RunningCard, application: PlacedApplication, { p2 }: CommandApdu): Answer {
  const state = card.stateOf(application)
  if (state === 'locked' || card.stateOf(card.root) === 'locked') return SW.APPLICATION_LOCKED
  const { volatile } = card
  volatile.application = application
  volatile.file = undefined
  volatile.localKeys = 0
  volatile.purse = { kind: 'idle' }
  if (state === 'blocked') return SW.FILE_INVALIDATED
  return p2 === WITHOUT_FCI ? SW.OK : fileControlInformation(card, application)
}

/**
 *   6F Li  84 Li AID  [A5 Li 9F0C 86 xx]
 *
 * The SSSE announces its algorithm as 9F0C 86 xx: drivers search for these three bytes and read the next. The 86 is taken
 * literally; as a BER length it would be malformed, and no source says what it stands for.
 */
function fileControlInformation(card: RunningCard, application: PlacedApplication): Uint8Array {
  const known = templates.get(application)
  if (known !== undefined) return known
  const name = application.table.aid ?? Uint8Array.of(application.table.fid >> 8, application.table.fid & 0xff)
  const announcement = Uint8Array.of(0x9f, 0x0c, 0x86, card.suite.fciAlgorithm)
  const content = concat(encodeTlv(0x84, name), application === card.root ? encodeTlv(0xa5, announcement) : NOTHING)
  const template = encodeTlv(0x6f, content)
  templates.set(application, template)
  return template
}

/** Placed applications are shared by all cards of a version, and so are their templates. */
const templates = new WeakMap<PlacedApplication, Uint8Array>()
