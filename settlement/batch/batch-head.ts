/** The head line of a batch: which terminal, which batch, which facts. */

import { BATCH_FACTS_MAX, BATCH_VERSION, FRAMES_VERSION, type BatchHead, type FramesHead } from './batch.ts'
import { fieldsOf, identifier, integer, list, Malformed, matching, time, type Fields } from './read-fields.ts'

export const HASH = /^[0-9a-f]{64}$/
export const HASH_RULE = 'must be a SHA-256 of 64 hex digits'

const NAMES: ReadonlySet<string> = new Set(['version', 'terminal', 'number', 'previous', 'first', 'count', 'madeAt'])
const FRAMES_NAMES: ReadonlySet<string> = new Set([...NAMES, 'chain'])
/** Before the first fact, and at the last. */
const CHAIN_LENGTH = 2

/** Looked for before anything else: what a newer version may have besides is not known here. */
export function newerVersion(head: unknown): number | undefined {
  if (typeof head !== 'object' || head === null || !('version' in head)) return undefined
  const { version } = head
  return typeof version === 'number' && Number.isSafeInteger(version) && version > FRAMES_VERSION ? version : undefined
}

export function readHead(value: unknown): BatchHead {
  const fields = fieldsOf(value, '', NAMES)
  return { version: versionOf(fields, BATCH_VERSION), ...placeOf(fields) }
}

export function readFramesHead(value: unknown): FramesHead {
  const fields = fieldsOf(value, '', FRAMES_NAMES)
  const chain = list(fields['chain'], 'chain', CHAIN_LENGTH)
  const [before, end] = [0, 1].map((index) => matching({ chain: chain[index] }, 'chain', '', HASH, HASH_RULE))
  return { version: versionOf(fields, FRAMES_VERSION), ...placeOf(fields), chain: [before ?? '', end ?? ''] }
}

function versionOf<Version extends number>(fields: Fields, known: Version): Version {
  const version = integer(fields, 'version', '', known)
  if (version !== known) throw new Malformed('version', version, `must be ${known}`)
  return known
}

function placeOf(fields: Fields): Omit<BatchHead, 'version'> {
  const place = {
    terminal: identifier(fields, 'terminal', ''),
    number: integer(fields, 'number', '', 1),
    previous: matching(fields, 'previous', '', HASH, HASH_RULE),
    first: integer(fields, 'first', '', 1),
    count: integer(fields, 'count', '', 1),
    madeAt: time(fields, 'madeAt', '')
  } as const
  if (place.count > BATCH_FACTS_MAX) throw new Malformed('count', place.count, `must be at most ${BATCH_FACTS_MAX}`)
  if (!Number.isSafeInteger(place.first + place.count)) throw new Malformed('first', place.first, 'must leave numbers for the facts')
  return place
}
