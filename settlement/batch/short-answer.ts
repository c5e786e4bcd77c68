/**
 * The answer to a batch of frames. Nearly every fact of a batch is booked as it was stated, at one time and under a number that
 * is made of where it stands, or has nothing to book: that is one bit each, and whatever else there is to say is said in full.
 *
 *   {"number":7,"hash":"..","first":1201,"count":500,
 *    "booked":{"setlIdPrefix":"H9999990000101","setlTime":"20260315101500","facts":"<base64>"},"others":[{"sequence":1207,"verdict":{..}}]}
 *
 * Fact `first + n` is booked when bit n of `facts` is set, the lowest bit of the first byte being n = 0: its setl_id is the prefix
 * and its sequence number in twelve digits. What has no bit and is not among the others is noted.
 */

import { BATCH_FACTS_MAX, type BatchAnswer, type EntryVerdict, type Verdict } from './batch.ts'
import { identifier, integer, list, Malformed, text, time, type Fields } from './read-fields.ts'

const SEQUENCE_DIGITS = 12
const BYTE_BITS = 8
const NOTED: Verdict = { kind: 'noted' }

export const numberedSetlId = (prefix: string, sequence: number): string => `${prefix}${String(sequence).padStart(SEQUENCE_DIGITS, '0')}`

type Booked = Extract<Verdict, { readonly kind: 'accepted' }>

/** The same as `writeBatchAnswer`'s in fewer words. `other`: how one verdict is written. */
export function writeShortAnswer({ number, hash, verdicts }: BatchAnswer, other: (verdict: EntryVerdict) => object): object {
  const first = verdicts[0]?.sequence ?? 1
  const bits = new Uint8Array(Math.ceil(verdicts.length / BYTE_BITS))
  const others: object[] = []
  let common: { readonly setlIdPrefix: string; readonly setlTime: string } | undefined
  for (const [index, entry] of verdicts.entries()) {
    const { sequence, verdict } = entry
    if (verdict.kind === 'noted') continue
    if (verdict.kind === 'accepted' && verdict.ofRecord === undefined) {
      common ??= commonOf(sequence, verdict)
      if (common !== undefined && verdict.setlTime === common.setlTime && verdict.setlId === numberedSetlId(common.setlIdPrefix, sequence)) {
        bits[index >> 3] = (bits[index >> 3] ?? 0) | (1 << (index & 7))
        continue
      }
    }
    others.push(other(entry))
  }
  const booked = common && { booked: { ...common, facts: Buffer.from(bits).toString('base64') } }
  return { number, hash, first, count: verdicts.length, ...booked, others }
}

function commonOf(sequence: number, { setlId, setlTime }: Booked): { readonly setlIdPrefix: string; readonly setlTime: string } | undefined {
  const end = numberedSetlId('', sequence)
  return setlId.endsWith(end) ? { setlIdPrefix: setlId.slice(0, -end.length), setlTime } : undefined
}

export const isShort = (fields: Fields): boolean => fields['others'] !== undefined

/** Every verdict in its place. Throws Malformed. `other`: reads one that is said in full. */
export function readShortVerdicts(fields: Fields, other: (value: unknown, path: string) => EntryVerdict): EntryVerdict[] {
  const first = integer(fields, 'first', '', 1)
  const count = integer(fields, 'count', '', 1)
  if (count > BATCH_FACTS_MAX) throw new Malformed('count', count, `must be at most ${BATCH_FACTS_MAX}`)
  const verdicts = bookedOrNoted(fields['booked'], first, count)
  for (const [index, value] of list(fields['others'], 'others', count).entries()) {
    const said = other(value, `others[${index}].`)
    const place = said.sequence - first
    if (verdicts[place]?.verdict !== NOTED) throw new Malformed(`others[${index}].sequence`, said.sequence, 'must be of a fact of which nothing else is said')
    verdicts[place] = said
  }
  return verdicts
}

function bookedOrNoted(value: unknown, first: number, count: number): EntryVerdict[] {
  const booked = value === undefined ? undefined : readBooked(value, count)
  return Array.from({ length: count }, (_, index) => {
    const sequence = first + index
    if (booked === undefined || !isSet(booked.bits, index)) return { sequence, verdict: NOTED }
    return { sequence, verdict: { kind: 'accepted', setlId: numberedSetlId(booked.prefix, sequence), setlTime: booked.setlTime } }
  })
}

function readBooked(value: unknown, count: number): { readonly prefix: string; readonly setlTime: string; readonly bits: Uint8Array } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed('booked', value, 'must be a JSON object')
  const fields = value as Fields
  const bits = new Uint8Array(Buffer.from(text(fields, 'facts', 'booked.', { min: 1, max: BATCH_FACTS_MAX }), 'base64'))
  const isWhole = bits.length === Math.ceil(count / BYTE_BITS)
  const isWithin = Array.from({ length: bits.length * BYTE_BITS - count }, (_, over) => isSet(bits, count + over)).every((set) => !set)
  if (!isWhole || !isWithin) throw new Malformed('booked.facts', undefined, `must have ${count} bits, in base64`)
  return { prefix: identifier(fields, 'setlIdPrefix', 'booked.'), setlTime: time(fields, 'setlTime', 'booked.'), bits }
}

const isSet = (bits: Uint8Array, index: number): boolean => (((bits[index >> 3] ?? 0) >> (index & 7)) & 1) === 1
