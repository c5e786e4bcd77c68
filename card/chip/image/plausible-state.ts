/**
 * What commands change has no checksum, but it has states that no card writes: a counter above its limit, a balance with
 * more digits than the card shows, a record pointer outside its file. The rest of the chip relies on these never standing
 * there. Values for which every byte will do, such as amounts within their limit and the text of items, cannot be told.
 */

import { readUint } from '../../bytes/bytes.ts'
import { unpackDecimal } from '../../bytes/packed-decimal.ts'
import type { Generation } from '../file-system/generation.ts'
import { isPackedPin, UNBLOCK_TRIES_MAX } from '../pin.ts'
import { isProofState } from '../purse/proof.ts'
import { APPLICATION_STATES, KEY_TRIES_LEFT_AT, KEY_TRIES_MAX_AT } from '../running-card.ts'
import {
  PIN_LENGTH_MAX,
  PURSE,
  SYSTEM,
  type Layout,
  type PlacedApplication,
  type PlacedContent,
  type PlacedFile
} from './layout.ts'

interface Tables {
  readonly generation: Generation
  readonly layout: Layout
}

/** The first field that no card could have left so, with its value; undefined when there is none. Never shows the PIN. */
export function implausibleState(memory: Uint8Array, { generation, layout }: Tables): string | undefined {
  const problems = [
    ...systemProblems(memory),
    ...purseProblems(memory, generation),
    ...layout.applications.flatMap((application) => applicationProblems(memory, application))
  ]
  return problems[0]
}

function systemProblems(memory: Uint8Array): string[] {
  const problems: string[] = []
  const byte = (address: number): number => readUint(memory, address, 1)
  if (byte(SYSTEM.cardBlocked) > 1) problems.push(`card block state is ${byte(SYSTEM.cardBlocked)}`)
  const counters = [
    ['PIN', byte(SYSTEM.pinTriesLeft), byte(SYSTEM.pinTriesMax)],
    ['PIN UNBLOCK', byte(SYSTEM.unblockTriesLeft), UNBLOCK_TRIES_MAX]
  ] as const
  for (const [name, left, max] of counters) if (left > max) problems.push(`${name} has ${left} tries left of ${max}`)
  const pinLength = byte(SYSTEM.pinLength)
  if (pinLength > PIN_LENGTH_MAX) problems.push(`a PIN of ${pinLength} bytes`)
  else if (pinLength > 0 && !isPackedPin(memory.subarray(SYSTEM.pin, SYSTEM.pin + pinLength))) problems.push('the PIN is no PIN')
  return problems
}

function purseProblems(memory: Uint8Array, { version, amountMax }: Generation): string[] {
  const problems: string[] = []
  const amounts = [
    ['balance', PURSE.balance],
    ['own payment total', PURSE.ownPaymentTotal],
    ['pooled payment total', PURSE.pooledPaymentTotal]
  ] as const
  for (const [name, address] of amounts) {
    const fen = readUint(memory, address, 4)
    if (fen > amountMax) problems.push(`${name} of ${fen} fen; version ${version} holds ${amountMax}`)
  }
  if (unpackDecimal(memory.subarray(PURSE.year, PURSE.yearStart))?.length !== 4) problems.push('payment year is no 4 digits')
  const proof = readUint(memory, PURSE.proof, 1)
  if (!isProofState(proof)) problems.push(`transaction proof state is ${proof}`)
  return problems
}

function applicationProblems(memory: Uint8Array, { name, state, keys, files }: PlacedApplication): string[] {
  const problems: string[] = []
  const written = readUint(memory, state, 1)
  if (written >= APPLICATION_STATES.length) problems.push(`${name}: application state is ${written}`)
  for (const key of keys) {
    const left = readUint(memory, key.offset + KEY_TRIES_LEFT_AT, 1)
    const max = readUint(memory, key.offset + KEY_TRIES_MAX_AT, 1)
    if (left > max) problems.push(`${name}: key ${key.name} has ${left} tries left of ${max}`)
  }
  return [...problems, ...files.flatMap((file) => fileProblems(memory, name, file))]
}

function fileProblems(memory: Uint8Array, name: string, { fid, content }: PlacedFile): string[] {
  if (content.kind !== 'cyclic' || isRecordPointer(memory, content)) return []
  return [`${name}: EF${(fid & 0xff).toString(16).padStart(2, '0').toUpperCase()} points at a record it has not`]
}

/** A file that is not full yet was filled from its first record on. */
function isRecordPointer(memory: Uint8Array, { offset, records }: Extract<PlacedContent, { readonly kind: 'cyclic' }>): boolean {
  const newest = readUint(memory, offset, 1)
  const count = readUint(memory, offset + 1, 1)
  if (count === records) return newest < records
  return count < records && newest === Math.max(count - 1, 0)
}
